import { assert } from '../assert.ts'
import { foldConduct } from '../exits/part-ways.ts'
import type { CustomerKey } from '../ids.ts'
import { foldProfiling } from '../privacy/profiling.ts'
import { type Instant, instantOf } from '../time/instant.ts'
import { foldContact } from './contact.ts'
import { type CustomerEvent, compareEvents } from './event.ts'
import { type Exit, foldExit, noExit, restarted, restarts } from './exit.ts'
import { type Facts, noFacts } from './facts.ts'
import { foldFailure } from './failure.ts'
import { foldOffer } from './offer.ts'
import { foldPerson, type Person, unknownPerson } from './person.ts'
import { foldPromise } from './promise.ts'
import { refersToUnknown } from './reference.ts'
import { type Consent, foldConsents, foldVouchers, type Voucher } from './standing.ts'
import { foldTrade } from './trade.ts'
import { foldVoice } from './voice.ts'

const AWAITED_MAX = 16

/**
 * The state of one customer: everything that scoring needs, so that scoring never reads the log. Plain JSON, a few
 * hundred bytes as a rule and a few kilobytes at most; it is never changed, only replaced.
 */
export type Relationship = Readonly<{
  customer: CustomerKey
  eventCount: number
  firstAt: Instant | null
  /** The last event folded: its time, id and source say whether a new event comes after it. */
  lastAt: Instant | null
  lastId: string
  lastSource: string
  /** Events that refer to something never reported (a fix for an unknown failure): kept, counted, never refused. */
  unknownReferences: number
  /** Retractions of events that have not arrived, as `source` newline `id`; null when there are too many to list. */
  awaitedRetractions: readonly string[] | null
  person: Person
  consents: readonly Consent[]
  /** Since when the customer refuses to be profiled; while set, nothing is scored and nothing learned (trap T25). */
  profilingRefusedAt: Instant | null
  vouchers: readonly Voucher[]
  /** When it was last noted how colleagues were treated: a reason to think of parting, and read by nothing else. */
  conductNotedAt: Instant | null
  /** What happened, as far as the leave model reads it. It goes on after an exit, for the screen. */
  facts: Facts
  /** The facts as they were at the first intent to leave; while set, features read these (trap T4). */
  factsAtExit: Facts | null
  exit: Exit
}>

/** A customer of whom nothing is known. */
export const initial = (customer: CustomerKey): Relationship => ({
  customer,
  eventCount: 0,
  firstAt: null,
  lastAt: null,
  lastId: '',
  lastSource: '',
  unknownReferences: 0,
  awaitedRetractions: [],
  person: unknownPerson,
  consents: [],
  profilingRefusedAt: null,
  vouchers: [],
  conductNotedAt: null,
  facts: noFacts,
  factsAtExit: null,
  exit: noExit,
})

/**
 * The state after one more event, which must come after everything folded so far (ask `comesAfter`; for any other
 * order use `foldAll`). Costs about a microsecond: what an event does not touch is shared with the state before.
 */
export function fold(was: Relationship, event: CustomerEvent): Relationship {
  const again = was.exit.intentAt !== null && restarts(event)
  const before = again ? beginAgain(was, event.at) : was
  const facts = foldFacts(begun(before.facts, event), event)
  const exit = foldExit(before.exit, event, facts)
  const leaves = before.exit.intentAt === null && exit.intentAt !== null
  const next: Relationship = {
    customer: was.customer,
    eventCount: was.eventCount + 1,
    firstAt: was.firstAt ?? event.at,
    lastAt: event.at,
    lastId: event.id,
    lastSource: event.source,
    unknownReferences: was.unknownReferences + (refersToUnknown(was, event) ? 1 : 0),
    awaitedRetractions: was.awaitedRetractions,
    person: foldPerson(was.person, event),
    consents: foldConsents(was.consents, event),
    profilingRefusedAt: foldProfiling(was.profilingRefusedAt, event),
    vouchers: foldVouchers(was.vouchers, event),
    conductNotedAt: foldConduct(was.conductNotedAt, event),
    facts,
    // The word of leaving itself stays out too: what was true before it is what could have warned.
    factsAtExit: leaves ? begun(before.facts, event) : before.factsAtExit,
    exit,
  }
  // Erasure stays in force: what is personal in later events is not kept either.
  return next.person.erased ? erased(next) : next
}

function foldFacts(was: Facts, event: CustomerEvent): Facts {
  switch (event.type) {
    case 'order.placed':
    case 'order.returned':
    case 'subscription.started':
    case 'subscription.renewed':
    case 'subscription.changed':
    case 'subscription.ended':
      return foldTrade(was, event)
    case 'promise.made':
    case 'promise.kept':
    case 'promise.broken':
    case 'promise.exceeded':
      return foldPromise(was, event)
    case 'contact.opened':
    case 'contact.handled':
      return foldContact(was, event)
    case 'failure.occurred':
    case 'failure.acknowledged':
    case 'failure.owned':
    case 'failure.apologised':
    case 'failure.fixed':
    case 'failure.compensated':
    case 'failure.confirmed':
    case 'failure.followed_up':
    case 'failure.reopened':
    case 'failure.closed':
      return foldFailure(was, event)
    case 'survey.invited':
    case 'survey.answered':
    case 'post.published':
    case 'praise.given':
      return foldVoice(was, event)
    case 'offer.sent':
    case 'offer.opened':
    case 'offer.accepted':
    case 'offer.declined':
    case 'consent.changed':
      return foldOffer(was, event)
    case 'customer.profiled': {
      const { segment, startedAt } = event.data
      if (segment === undefined && startedAt === undefined) return was
      const start = startedAt === undefined ? was.startedAt : instantOf(startedAt)
      return { ...was, segment: segment ?? was.segment, startedAt: start }
    }
    default:
      return was
  }
}

// A relation starts with its first event, until a profile says otherwise.
const begun = (facts: Facts, event: CustomerEvent): Facts =>
  facts.startedAt === null ? { ...facts, startedAt: event.at, firstEvent: event.id } : facts

// An intent taken back leaves the relation as old as it was; one that had ended begins at month 0 again.
function beginAgain(was: Relationship, at: Instant): Relationship {
  const { exit, facts } = was
  if (exit.leftAt === null) return { ...was, factsAtExit: null, exit: restarted(exit, 0) }
  const from = Math.max(facts.startedAt ?? exit.leftAt, was.firstAt ?? exit.leftAt)
  return {
    ...was,
    factsAtExit: null,
    facts: { ...facts, startedAt: at },
    exit: restarted(exit, Math.max(0, exit.leftAt - from)),
  }
}

function erased(was: Relationship): Relationship {
  const { facts, factsAtExit } = was
  return {
    ...was,
    conductNotedAt: null,
    facts: unsaid(facts),
    factsAtExit: factsAtExit === null ? null : unsaid(factsAtExit),
  }
}

const unsaid = (facts: Facts): Facts => ({
  ...facts,
  segment: null,
  promises: facts.promises.map((one) => ({ ...one, what: null })),
  promisesBroken: facts.promisesBroken.map((one) => ({ ...one, what: null })),
})

const nameOf = (source: string, id: string) => `${source}\n${id}`

/**
 * The state after a whole history, in any order of arrival. Events retracted by an `event.retracted` in force are
 * left out. A retraction is in force unless a later one retracts it; one that names a later retraction, or itself,
 * does nothing to it. The input is not changed.
 */
export function foldAll(customer: CustomerKey, events: readonly CustomerEvent[]): Relationship {
  const ordered = events.toSorted(compareEvents)
  const { left, awaited } = retract(ordered)
  let state = initial(customer)
  for (const event of left) state = fold(state, event)
  return { ...state, awaitedRetractions: awaited }
}

/** These events in their order, without those that a retraction in force takes back. */
export const inForce = (events: readonly CustomerEvent[]): readonly CustomerEvent[] =>
  retract(events.toSorted(compareEvents)).left

// From the last to the first, so that every retraction is judged after those that may undo it.
function retract(ordered: readonly CustomerEvent[]) {
  const undone = new Set<string>()
  const powerless = new Set<CustomerEvent>()
  for (const event of ordered.toReversed()) {
    if (event.type !== 'event.retracted') continue
    if (undone.has(nameOf(event.source, event.id))) powerless.add(event)
    else undone.add(nameOf(event.data.source ?? event.source, event.data.id))
  }
  if (undone.size === 0) return { left: ordered, awaited: [] }
  const awaited = new Set(undone)
  const left = ordered.filter((event) => {
    const name = nameOf(event.source, event.id)
    awaited.delete(name)
    return event.type === 'event.retracted' ? !powerless.has(event) : !undone.has(name)
  })
  return { left, awaited: awaited.size > AWAITED_MAX ? null : [...awaited].toSorted() }
}

/**
 * True when `fold` may take the event as it is: strictly after the last one, not retracted before it came, and not a
 * retraction. Where it is false, fold the whole history anew with `foldAll`.
 */
export function comesAfter(state: Relationship, event: CustomerEvent): boolean {
  if (event.type === 'event.retracted' || state.awaitedRetractions === null) return false
  if (state.awaitedRetractions.includes(nameOf(event.source, event.id))) return false
  if (state.lastAt === null || event.at !== state.lastAt) return state.lastAt === null || event.at > state.lastAt
  if (event.id !== state.lastId) return event.id > state.lastId
  return event.source > state.lastSource
}

/** Stops at a state that no history can lead to: a bug of ours or a damaged row. */
export function check(state: Relationship): void {
  const { facts, exit } = state
  assert(Number.isInteger(state.eventCount) && state.eventCount >= 0, 'an event count is a whole number, at least 0')
  assert((state.eventCount === 0) === (state.lastAt === null), 'a last event exists exactly when there are events')
  assert((state.lastAt === null) === (state.firstAt === null), 'a first event exists exactly when there is a last')
  assert(state.lastAt === null || state.firstAt === null || state.firstAt <= state.lastAt, 'the first is not the last')
  assert(state.unknownReferences <= state.eventCount, 'not more unknown references than events')
  assert((exit.intentAt === null) === (state.factsAtExit === null), 'features are cut exactly from the first intent')
  assert(exit.leftAt === null || (exit.intentAt ?? exit.leftAt) <= exit.leftAt, 'the intent precedes the end')
  assert((exit.leftAt === null) === (exit.leftBy === null), 'an end has somebody who made it')
  assert(
    facts.orders.every(([at], index, all) => index === 0 || (all[index - 1]?.[0] ?? at) <= at),
    'orders are kept in the order of time',
  )
  assert(facts.failures.every(isAfterTheOneBefore), 'failures are kept in the order of time')
  assert(
    facts.failures.every((one) => one.compensatedMinor >= 0),
    'compensation is never negative',
  )
  assert(
    state.vouchers.every((one) => one.leftMinor > 0 || one.leftMinor === 0),
    'a voucher is never overdrawn',
  )
}

const isAfterTheOneBefore = (
  one: Readonly<{ at: Instant }>,
  index: number,
  all: readonly Readonly<{ at: Instant }>[],
) => index === 0 || (all[index - 1]?.at ?? one.at) <= one.at

/** What the leave model may read at an instant: the facts and the clock, both stopped at the first intent to leave. */
export function readable(state: Relationship, at: Instant): Readonly<{ facts: Facts; at: Instant }> {
  const { intentAt } = state.exit
  return {
    facts: state.factsAtExit ?? state.facts,
    at: intentAt !== null && intentAt < at ? intentAt : at,
  }
}
