import { randomUUID } from 'node:crypto'
import type { CaseWish } from '../../contract/cases.ts'
import { actorText } from '../../core/actor.ts'
import { assert } from '../../core/assert.ts'
import type { CaseEntry } from '../../core/case-entry.ts'
import { teamFor } from '../../core/case-rules.ts'
import { type Failure, isNamed } from '../../core/failure.ts'
import { readable } from '../../core/relationship.ts'
import { audit } from '../../store/audit.ts'
import { addNote, lockCasesOf, readStakes } from '../../store/cases.ts'
import { appendDecided } from '../append-events.ts'
import { beginCase, entryId, newCaseName } from '../begin-case.ts'
import type { Caller } from '../caller.ts'
import { readCaseStandards } from '../case-standards.ts'
import { type KnownPerson, personOf } from '../person-of.ts'
import type { World } from '../world.ts'

/** What became of the wish; `known` when the failure has a case already. */
export type OpenedCase =
  | Readonly<{ kind: 'opened' | 'known'; id: string }>
  | Readonly<{ kind: 'customer-unknown' }>
  | Readonly<{ kind: 'failure-unknown' }>

/**
 * Opens a case by hand or for a program: for a failure that events have told of, or for a new one, which is then told.
 * One failure has one case.
 */
export async function openCase(world: World, caller: Caller, wish: CaseWish): Promise<OpenedCase> {
  return appendDecided<OpenedCase>(world, async (tx) => {
    const person = await personOf(tx, wish.customer)
    if (person === undefined) return { events: [], answer: { kind: 'customer-unknown' } }
    const { failure: asked } = wish
    const failures = readable(person.state, world.now()).facts.failures
    const failure = asked === undefined ? undefined : failures.find((one) => isNamed(one, asked))
    if (asked !== undefined && failure === undefined) return { events: [], answer: { kind: 'failure-unknown' } }
    if (asked !== undefined) {
      const [known] = await lockCasesOf(
        tx,
        person.keys.map((customer) => ({ customer, failure: asked })),
      )
      if (known !== undefined) return { events: [], answer: { kind: 'known', id: known.case } }
    }
    const standards = await readCaseStandards(tx)
    const entry = entryFor(world, caller, { wish, customer: person.customer, failure })
    const team = wish.team ?? teamFor(standards.rules, entry.category)
    const stakeMinor = (await readStakes(tx, [person.customer])).get(person.customer) ?? 0
    const begun = await beginCase(world, tx, { ...entry, team }, { standards, stakeMinor, now: world.now() })
    assert(begun !== undefined, 'a failure without a case can have one')
    const { state, events } = begun
    if (wish.note !== undefined) {
      const note = { id: randomUUID(), at: world.now(), author: actorText(caller.actor), body: wish.note }
      await addNote(tx, state, note)
    }
    await audit(tx, caller.actor, 'case.opened', { kind: 'case', id: state.case }, { severity: state.severity })
    return { events, answer: { kind: 'opened', id: state.case } }
  })
}

type Opening = Readonly<{ wish: CaseWish; customer: KnownPerson['customer']; failure: Failure | undefined }>

function entryFor(
  world: World,
  { actor, colleague }: Caller,
  { wish, customer, failure }: Opening,
): Extract<CaseEntry, { kind: 'opened' }> {
  const name = newCaseName()
  return {
    kind: 'opened',
    id: entryId(1),
    at: world.now(),
    by: colleague?.id ?? actorText(actor),
    isReported: failure !== undefined,
    case: name,
    customer,
    failure: failure?.failure ?? `case:${name}`,
    openedBy: colleague === undefined ? 'api' : 'hand',
    severity: wish.severity,
    category: wish.category ?? failure?.category ?? null,
    lossMinor: wish.lossMinor ?? failure?.lossMinor ?? null,
    currency: wish.currency ?? failure?.currency ?? null,
    atFault: wish.atFault ?? failure?.atFault ?? 'firm',
    incident: wish.incident ?? null,
    team: null,
    isDoubleDeviation: failure?.failedRecovery != null,
  }
}
