import type { BulkWish } from '../contract/incidents.ts'
import { BULK_UNDO_MS, bulkStepsOfPeople } from '../core/cases/incident.ts'
import { actorText } from '../core/people/actor.ts'
import type { StoredStep } from '../store/incident-steps.ts'
import type { Colleague } from '../store/people.ts'
import type { Caller } from './caller.ts'
import { Refusal } from './respond.ts'

/** Who asked for a step, as it is kept until it is done. */
export type Asker = Readonly<{ actor: Caller['actor']; colleague: Omit<Colleague, 'email' | 'name'> | null }>

/** The asker of a step; no name or address is kept with it. */
export function askerOf({ actor, colleague }: Caller): Asker {
  if (colleague === undefined) return { actor, colleague: null }
  const { email: _email, name: _name, ...kept } = colleague
  return { actor, colleague: kept }
}

/** Whoever asked, as she works on each case. */
export const callerFrom = ({ actor, colleague }: Asker): Caller => ({
  name: actorText(actor),
  actor,
  permissions: new Set(),
  colleague: colleague === null ? undefined : { ...colleague, email: '', name: '' },
})

/** Refuses at once what a program may not do for any case. */
export function refuseProgram(caller: Caller, { kind }: BulkWish): void {
  if (caller.colleague === undefined && bulkStepsOfPeople.includes(kind)) {
    throw new Refusal('permission-missing', 'Only a person may do this.')
  }
}

/** Whether a caller may take a step for many back now. */
export const mayUndo = (
  { kind, state, askedAt, askedBy }: Pick<StoredStep<unknown, Asker>, 'kind' | 'state' | 'askedAt' | 'askedBy'>,
  caller: Pick<Caller, 'actor'>,
  now: number,
): boolean =>
  state === 'started' &&
  !['add', 'undo', 'compensate'].includes(kind) &&
  actorText(askedBy.actor) === actorText(caller.actor) &&
  now <= askedAt + BULK_UNDO_MS
