import { randomUUID } from 'node:crypto'
import type { AffectedWish, IncidentFacts, IncidentWish } from '../../../contract/incidents.ts'
import type { Incident } from '../../../core/cases/incident.ts'
import { instantOf } from '../../../core/time/instant.ts'
import { audit } from '../../../store/audit.ts'
import type { Tx } from '../../../store/db.ts'
import { addCustomers, addStep } from '../../../store/incident-steps.ts'
import { addIncident, findIncident, saveIncident } from '../../../store/incidents.ts'
import { addTask } from '../../../store/tasks.ts'
import type { Caller } from '../../caller.ts'
import { askerOf } from '../../incident-asker.ts'
import { Refusal } from '../../respond.ts'
import type { World } from '../../world.ts'

/** The refusal where no incident has this id. */
export const unknownIncident = () => new Refusal('not-found', 'There is no such incident.')

type Facts = Omit<Incident, 'id' | 'openedAt' | 'revision'>

function factsOf(world: World, wish: IncidentFacts): Facts {
  const beganAt = instantOf(wish.beganAt)
  const endedAt = wish.endedAt === null ? null : instantOf(wish.endedAt)
  if (beganAt > world.now()) {
    throw new Refusal('parameter-malformed', 'An incident began before now.', { pointer: '/beganAt' })
  }
  if (endedAt !== null && endedAt < beganAt) {
    throw new Refusal('parameter-malformed', 'An incident ends after it began.', { pointer: '/endedAt' })
  }
  return { ...wish, beganAt, endedAt }
}

/** Opens an incident, and begins to add those who were hit where they are named. */
export async function openIncident(
  world: World,
  caller: Caller,
  { affected, ...wish }: IncidentWish,
): Promise<Readonly<{ id: string; step: string | null }>> {
  const { atFault = 'firm', endedAt = null, known = '', rootCause = null, team = null, ...rest } = wish
  const facts = factsOf(world, { ...rest, atFault, endedAt, known, rootCause, team })
  const one: Incident = { ...facts, id: randomUUID(), openedAt: world.now(), revision: 1 }
  return world.db.transaction(async (tx) => {
    await addIncident(tx, one)
    const step = affected === undefined ? null : await listAffected(world, tx, caller, { incident: one.id, affected })
    await audit(tx, caller.actor, 'incident.opened', { kind: 'incident', id: one.id }, { severity: one.severity })
    return { id: one.id, step }
  })
}

/** Keeps what is known by now; null when somebody changed it since `revision`. */
export async function changeIncident(
  world: World,
  caller: Caller,
  { id, revision, facts }: Readonly<{ id: string; revision: number | null; facts: IncidentFacts }>,
): Promise<Incident | null> {
  const wished = factsOf(world, facts)
  return world.db.transaction(async (tx) => {
    const was = await findIncident(tx, id)
    if (was === undefined) throw unknownIncident()
    const next = { ...was, ...wished, revision: was.revision + 1 }
    if (!(await saveIncident(tx, next, revision ?? was.revision))) return null
    await audit(tx, caller.actor, 'incident.changed', { kind: 'incident', id }, { revision: next.revision })
    return next
  })
}

/** Begins to add customers who were hit; answers the step in which that is done. */
export async function addAffected(world: World, caller: Caller, id: string, affected: AffectedWish): Promise<string> {
  return world.db.transaction(async (tx) => {
    if ((await findIncident(tx, id)) === undefined) throw unknownIncident()
    const step = await listAffected(world, tx, caller, { incident: id, affected })
    await audit(
      tx,
      caller.actor,
      'incident.customers-added',
      { kind: 'incident', id },
      { by: affected.kind.replaceAll(' ', '-') },
    )
    return step
  })
}

async function listAffected(
  world: World,
  tx: Tx,
  caller: Caller,
  { incident, affected }: Readonly<{ incident: string; affected: AffectedWish }>,
): Promise<string> {
  const id = randomUUID()
  // Keys go on the list at once; whoever is found by a question is put there by the worker.
  const wish = affected.kind === 'keys' ? { kind: 'keys' } : affected
  if (affected.kind !== 'keys' && instantOf(affected.to) <= instantOf(affected.from)) {
    throw new Refusal('parameter-malformed', 'A period ends after it began.', { pointer: '/to' })
  }
  await addStep(tx, {
    id,
    incident,
    kind: 'add',
    wish,
    askedBy: askerOf(caller),
    askedAt: world.now(),
    state: 'started',
    undoes: null,
    totalMinor: 0,
  })
  if (affected.kind === 'keys') {
    const keys = [...new Set(affected.customers.map((key) => key.trim()).filter((key) => key !== ''))]
    await addCustomers(
      tx,
      id,
      keys.map((customer) => ({ customer, order: null })),
    )
  }
  await addTask(tx, { id, kind: 'incident', title: incident, input: {} })
  return id
}
