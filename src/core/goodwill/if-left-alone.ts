/** The two futures of a let-down: put right now in every step, or left alone until the customer is given up. */
import { leaving } from '../relationship/exit.ts'
import type { Facts } from '../relationship/facts.ts'
import type { Failure } from '../relationship/failure.ts'
import { endedAt, isOpen, misses } from '../relationship/recovery.ts'
import { type Relationship, readable } from '../relationship/relationship.ts'
import { DAY_MS, type Instant, instant } from '../time/instant.ts'

/** An open failure that nobody works on counts as given up, closed without a fix, after so many days. */
const GIVEN_UP_DAYS = 90
/** What was missed in a failure that ended can still be made good for so long. */
export const REPAIRABLE_DAYS = 90
/** The steps that can be done late; a late acknowledgement or a second owner cannot be undone. */
const REPAIRABLE_STEPS = ['miss_fix', 'unconfirmed', 'miss_apology', 'comp_short', 'miss_followup'] as const

/**
 * True when something can still be put right: a failure open, or ended lately with a step missed, of a customer who has
 * not left. One who left in silence counts as gone here too, as on every page.
 */
export function isRepairable(state: Relationship, at: Instant): boolean {
  const { facts, at: now } = readable(state, at)
  return facts.failures.some((failure) => isToRepair(failure, now)) && leaving(state.exit, state.facts, at) === null
}

function isToRepair(failure: Failure, now: Instant): boolean {
  const end = endedAt(failure, now)
  if (end === null) return true
  if (now - end >= REPAIRABLE_DAYS * DAY_MS) return false
  const missed = misses(failure, now)
  return REPAIRABLE_STEPS.some((step) => missed[step] > 0)
}

/** The same customer with every step of every repairable failure done at `at`. What came late stays late. */
export function ifPutRight(state: Relationship, at: Instant): Relationship {
  const { at: now } = readable(state, at)
  return withFailures(state, (failure) => (isToRepair(failure, now) ? putRight(failure, now) : failure))
}

function putRight(failure: Failure, at: Instant): Failure {
  const mark = { at, event: '' }
  return {
    ...failure,
    acknowledged: failure.acknowledged ?? mark,
    apologised: failure.apologised ?? mark,
    fixed: failure.fixed ?? mark,
    compensatedMinor: Math.max(failure.compensatedMinor, failure.lossMinor ?? 0),
    confirmed: failure.confirmed ?? mark,
    followedUp: failure.followedUp ?? mark,
    closed: failure.closed ?? mark,
  }
}

/** From when an open failure counts as given up, if nothing more is done. */
export const givenUpAt = (at: Instant): Instant => instant(at + GIVEN_UP_DAYS * DAY_MS)

/** The same customer with every failure that is open at `at` closed without a fix. */
export function ifGivenUp(state: Relationship, at: Instant): Relationship {
  // Features stopped at the intent to leave: what is done or left undone after it changes nothing (trap T4).
  if (state.exit.intentAt !== null) return state
  const mark = { at, event: '' }
  const lost = state.facts.failures.findLast((failure) => isOpen(failure, at))
  if (lost === undefined) return state
  const closed = withFailures(state, (failure) =>
    isOpen(failure, at) ? { ...failure, closed: mark, fixed: null } : failure,
  )
  return withFacts(closed, (was) => ({ ...was, doubleDeviation: { ...mark, failure: lost.failure } }))
}

const withFailures = (state: Relationship, change: (failure: Failure) => Failure) =>
  withFacts(state, (facts) => ({ ...facts, failures: facts.failures.map(change) }))

/** The same customer with the facts that features read changed. */
export function withFacts(state: Relationship, change: (facts: Facts) => Facts): Relationship {
  return state.factsAtExit === null
    ? { ...state, facts: change(state.facts) }
    : { ...state, factsAtExit: change(state.factsAtExit) }
}
