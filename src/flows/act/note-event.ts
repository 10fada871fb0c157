import { randomUUID } from 'node:crypto'
import { type Accepted, parseEvent, type Refused } from '../../contract/ingest.ts'
import type { NotedEvent, NoteWish } from '../../contract/noted-events.ts'
import { CASE_SOURCE } from '../../core/cases/case-facts.ts'
import type { Actor } from '../../core/people/actor.ts'
import { failureIn } from '../../core/relationship/concerns-cases.ts'
import type { CustomerEvent } from '../../core/relationship/event.ts'
import { completed, HAND_SOURCE } from '../../core/relationship/noted-event.ts'
import { inForce } from '../../core/relationship/relationship.ts'
import { type Instant, rfc3339 } from '../../core/time/instant.ts'
import { audit } from '../../store/audit.ts'
import { dropCase, lockCase, readCasesOf, readEntries, readNotes } from '../../store/cases.ts'
import type { Tx } from '../../store/db.ts'
import { eraseProse } from '../../store/erase.ts'
import { readLog } from '../../store/log.ts'
import { appendDecided, type Decided } from '../append-events.ts'
import { readCaseStandards } from '../case-standards.ts'
import { emit } from '../emit.ts'
import { personOf } from '../person-of.ts'
import type { World } from '../world.ts'

/** What became of a wish to write something down. */
type Noted = Readonly<{ kind: 'noted'; event: NotedEvent }> | Refused | Readonly<{ kind: 'customer-unknown' }>

/** Appends what somebody of the firm writes down about a customer, after the same checks as everything that is sent. */
export const noteEvent = (world: World, key: string, wish: NoteWish, who: Actor): Promise<Noted> =>
  appendDecided<Noted>(world, async (tx) => {
    const person = await personOf(tx, key)
    if (person === undefined || person.state.person.erased) return nothing({ kind: 'customer-unknown' })
    const id = `noted-${randomUUID()}`
    const { type, at = rfc3339(world.now()) } = wish
    const { severity } = (await readCaseStandards(tx)).rules
    const data = completed(type, wish.data, { name: id, severity })
    const wire = { id, customer: person.customer, type, at, data }
    const item = parseEvent(wire, { now: world.now(), source: HAND_SOURCE, strict: true })
    if (item.kind === 'refused') return nothing(item)
    await audit(tx, who, 'customer.event-noted', { kind: 'customer', id: person.customer }, { type, event: id })
    return { events: [item], answer: { kind: 'noted', event: viewOf(item.event) } }
  })

/** What became of a wish to take an event back. `worked-on`: somebody has worked on the case that it opened. */
type TakenBack =
  | Readonly<{ kind: 'taken-back'; event: NotedEvent }>
  | Readonly<{ kind: 'customer-unknown' }>
  | Readonly<{ kind: 'event-unknown' }>
  | Readonly<{ kind: 'worked-on'; case: string }>

/** Takes back what was written down, with the case that it opened while nobody has worked on it. */
export const takeBackEvent = (world: World, key: string, id: string, who: Actor): Promise<TakenBack> =>
  appendDecided<TakenBack>(world, async (tx) => {
    const person = await personOf(tx, key)
    if (person === undefined) return nothing({ kind: 'customer-unknown' })
    const log = inForce(await readLog(tx, person.keys))
    const event = log.find((one) => one.source === HAND_SOURCE && one.id === id && one.type !== 'event.retracted')
    if (event === undefined) return nothing({ kind: 'event-unknown' })
    const inferred: CustomerEvent[] = []
    for (const { case: name, customer, failure } of await openedBy(tx, person.keys, event)) {
      if (!(await isUntouched(tx, { customer, id: name }))) return nothing({ kind: 'worked-on', case: name })
      await dropCase(tx, { customer, id: name })
      await emit(world, tx, { type: 'case.closed', customer, data: { case: name, failure, rootCause: null } })
      inferred.push(...log.filter((one) => one.source === CASE_SOURCE && failureIn(one) === failure))
    }
    await audit(tx, who, 'customer.event-taken-back', { kind: 'customer', id: person.customer }, { event: id })
    const events = [event, ...inferred].map((one) => retractionOf(one, world.now()))
    return { events, answer: { kind: 'taken-back', event: viewOf(event) } }
  })

/** Erases the free text of one event for good; false where nobody is there. */
export const eraseText = (world: World, key: string, event: Readonly<{ id: string; source: string }>, who: Actor) =>
  world.db.transaction(async (tx): Promise<boolean> => {
    const person = await personOf(tx, key)
    if (person === undefined) return false
    if ((await eraseProse(tx, person.keys, event)) > 0)
      await audit(tx, who, 'customer.text-erased', { kind: 'customer', id: person.customer }, {})
    return true
  })

const nothing = <Answer>(answer: Answer): Decided<Answer> => ({ events: [], answer })

const viewOf = ({ customer, id, source, type, at }: CustomerEvent): NotedEvent => ({
  customer,
  event: id,
  source,
  type,
  at: rfc3339(at),
})

function retractionOf({ id, source, customer }: CustomerEvent, at: Instant): Accepted {
  const wire = {
    id: `not-${randomUUID()}`,
    customer,
    type: 'event.retracted',
    at: rfc3339(at),
    data: { id, source },
  }
  const item = parseEvent(wire, { now: at, source: HAND_SOURCE, strict: true })
  if (item.kind === 'refused') throw new Error(`a retraction of ours was refused: ${item.detail}`)
  return item
}

/** The cases that an event opened: that of the failure which it reports, or which a rule inferred from it. */
async function openedBy(tx: Tx, keys: readonly string[], event: CustomerEvent) {
  const reported = event.type === 'failure.occurred' ? event.data.failure : null
  return (await readCasesOf(tx, keys)).filter(
    (one) => one.failure === reported || (one.failure === `case:${one.case}` && one.openedAt === event.at),
  )
}

/** Whether nothing was done about a case but to open it. Nobody else can do anything until the transaction ends. */
async function isUntouched(tx: Tx, name: Readonly<{ customer: string; id: string }>): Promise<boolean> {
  if ((await lockCase(tx, name)) === undefined) return false
  const entries = await readEntries(tx, name.customer, name.id)
  const notes = await readNotes(tx, name.customer, name.id)
  return notes.length === 0 && entries.every(({ entry }) => entry.kind === 'opened' || entry.kind === 'regime applied')
}
