import { windowDays } from '../goodwill/leave-priors.ts'
import { DAY_MS, type Instant, instantOf } from '../time/instant.ts'
import { appended, replaced } from './bounded.ts'
import type { CustomerEvent } from './event.ts'
import type { Facts } from './facts.ts'
import { isSameReport, linksIn } from './failure-links.ts'
import { followUpWindow, isOpen } from './recovery.ts'
import { monthsSinceStart, positivesInYear, purchasesInYear } from './reserve.ts'

const FAILURES_MAX = 16
const OWNERS_MAX = 4
const APOLOGIES_MAX = 4
const NAMES_MAX = 4
const LINKS_MAX = 8

/** How bad a failure is, as first reported. */
export type Severity = 'minor' | 'major' | 'critical'

/** Something that happened at an instant, with the event that said it. */
export type Mark = Readonly<{ at: Instant; event: string }>

/** A let-down and how it was put right so far. Null: not (yet) said. */
export type Failure = Readonly<{
  failure: string
  /** Further names under which the same failure was reported. */
  also: readonly string[]
  /** The order, service, promise and incident that it is about, as `linksIn` writes them. */
  links: readonly string[]
  /** Nobody reported it: a rule inferred it from another event, or from time. */
  isInferred: boolean
  /** Id of the event that reported it. */
  event: string
  at: Instant
  severity: Severity
  category: string | null
  rootCause: string | null
  lossMinor: number | null
  /** Of the loss; null is the firm's. */
  currency: string | null
  atFault: 'firm' | 'customer' | 'third party'
  disrespect: boolean
  fixBy: Instant | null
  acknowledgeBy: Instant | null
  acknowledged: Mark | null
  owners: readonly string[]
  secondOwner: Mark | null
  repeatedStory: Mark | null
  apologised: Mark | null
  furtherApologies: readonly Mark[]
  fixed: Mark | null
  compensatedMinor: number
  compensated: Mark | null
  confirmed: Mark | null
  /** A follow-up in its window, 3 to 14 days after the end. */
  followedUp: Mark | null
  /** A recovery that failed: with it the failure is a double deviation. */
  failedRecovery: Mark | null
  closed: Mark | null
  /** The reserve as it was just before the failure: months of tenure, purchases and positive contacts in 12 months. */
  monthsBefore: number
  purchasesBefore: number
  positivesBefore: number
}>

/** Nothing has been done about a failure yet. */
export const noRecovery = {
  acknowledged: null,
  owners: [],
  secondOwner: null,
  repeatedStory: null,
  apologised: null,
  furtherApologies: [],
  fixed: null,
  compensatedMinor: 0,
  compensated: null,
  confirmed: null,
  followedUp: null,
  failedRecovery: null,
  closed: null,
} as const satisfies Partial<Failure>

/** Whether a failure goes by a name. */
export const isNamed = (one: Pick<Failure, 'failure' | 'also'>, name: string): boolean =>
  one.failure === name || one.also.includes(name)

type FailureEvent = Extract<CustomerEvent, { type: `failure.${string}` }>
type Occurred = Extract<FailureEvent, { type: 'failure.occurred' }>
type Step = Exclude<FailureEvent, Occurred>

/** The facts after a failure or a step of its recovery. */
export function foldFailure(was: Facts, event: FailureEvent): Facts {
  if (event.type === 'failure.occurred') return occurred(was, event)
  const index = was.failures.findLastIndex((one) => isNamed(one, event.data.failure))
  const old = was.failures[index]
  if (old === undefined) return was
  const next = stepped(old, event)
  return next === old ? was : deviated({ ...was, failures: replaced(was.failures, index, next) }, old, next)
}

function occurred(was: Facts, event: Occurred): Facts {
  const { data } = event
  // The same failure reported twice is one failure (trap T30); severity stays as it was set at intake (trap T4).
  if (was.failures.some((one) => isNamed(one, data.failure))) return was
  const links = linksIn(data)
  const isInferred = data.inferred === true
  const index = was.failures.findLastIndex((one) => isSameReport(one, { at: event.at, links, isInferred }))
  const known = was.failures[index]
  if (known !== undefined) return { ...was, failures: replaced(was.failures, index, reportedAgain(known, event)) }
  const failure: Failure = {
    failure: data.failure,
    also: [],
    links,
    isInferred,
    event: event.id,
    at: event.at,
    severity: data.severity,
    category: data.category ?? null,
    rootCause: data.rootCause ?? null,
    lossMinor: data.loss ?? null,
    currency: data.currency ?? null,
    atFault: data.atFault ?? 'firm',
    disrespect: data.disrespect === true,
    fixBy: data.promisedFixBy === undefined ? null : instantOf(data.promisedFixBy),
    acknowledgeBy: data.acknowledgeBy === undefined ? null : instantOf(data.acknowledgeBy),
    ...noRecovery,
    monthsBefore: Math.round(monthsSinceStart(was, event.at) * 100) / 100,
    purchasesBefore: purchasesInYear(was, event.at),
    positivesBefore: positivesInYear(was, event.at),
  }
  return { ...was, failures: [...roomFor(was.failures, event.at), failure] }
}

// One failure under two names. What the firm reported takes the place of what a rule inferred; nothing takes its place.
function reportedAgain(was: Failure, { data }: Occurred): Failure {
  const also = appended(was.also, data.failure, NAMES_MAX)
  const links = [...new Set([...was.links, ...linksIn(data)])].slice(0, LINKS_MAX)
  if (!was.isInferred || data.inferred === true) return { ...was, also, links }
  return {
    ...was,
    also,
    links,
    isInferred: false,
    severity: data.severity,
    category: data.category ?? was.category,
    rootCause: data.rootCause ?? was.rootCause,
    lossMinor: data.loss ?? was.lossMinor,
    currency: data.currency ?? was.currency,
    atFault: data.atFault ?? was.atFault,
    disrespect: was.disrespect || data.disrespect === true,
    fixBy: data.promisedFixBy === undefined ? was.fixBy : instantOf(data.promisedFixBy),
    acknowledgeBy: data.acknowledgeBy === undefined ? was.acknowledgeBy : instantOf(data.acknowledgeBy),
  }
}

// Where the list is full the oldest that has ended gives way, and only if all are open the oldest of those.
function roomFor(failures: readonly Failure[], at: Instant): readonly Failure[] {
  if (failures.length < FAILURES_MAX) return failures
  const ended = failures.findIndex((one) => !isOpen(one, at))
  return failures.toSpliced(Math.max(ended, 0), 1)
}

function stepped(was: Failure, event: Step): Failure {
  const mark = { at: event.at, event: event.id }
  switch (event.type) {
    case 'failure.acknowledged':
      return acknowledged(was, mark)
    case 'failure.owned':
      return owned(acknowledged(was, mark), event.data.owner, mark)
    case 'failure.apologised':
      return apologised(acknowledged(was, mark), event.data.specific !== false, mark)
    case 'failure.fixed':
      return { ...acknowledged(was, mark), fixed: was.fixed ?? mark }
    case 'failure.compensated':
      return compensated(acknowledged(was, mark), event.data.value, event.data.currency ?? null, mark)
    case 'failure.confirmed':
      return event.data.satisfied ? { ...was, confirmed: was.confirmed ?? mark } : reopened(was, mark)
    case 'failure.followed_up':
      if (event.data.satisfied === false) return reopened(was, mark)
      return followedUp(event.data.satisfied === true ? { ...was, confirmed: was.confirmed ?? mark } : was, mark)
    case 'failure.reopened':
      return reopened(was, mark)
    case 'failure.closed':
      return closed(was, event.data.fixed !== false, event.data.rootCause ?? was.rootCause, mark)
  }
}

// Whoever takes the case, apologises, pays or fixes it shows that the failure was seen.
const acknowledged = (was: Failure, mark: Mark): Failure =>
  was.acknowledged === null ? { ...was, acknowledged: mark } : was

function owned(was: Failure, owner: string, mark: Mark): Failure {
  if (was.owners.includes(owner)) return was
  const secondOwner = was.owners.length > 0 ? (was.secondOwner ?? mark) : null
  return { ...was, owners: appended(was.owners, owner, OWNERS_MAX), secondOwner }
}

function apologised(was: Failure, specific: boolean, mark: Mark): Failure {
  if (!specific && was.apologised === null) return was
  if (was.apologised === null) return { ...was, apologised: mark }
  return { ...was, furtherApologies: appended(was.furtherApologies, mark, APOLOGIES_MAX) }
}

// What was paid in another currency than the loss cannot be held against it without a rate: it counts as neither short
// nor generous.
function compensated(was: Failure, minor: number, currency: string | null, mark: Mark): Failure {
  const comparable = currency === null || was.currency === null || currency === was.currency
  const compensatedMinor = comparable
    ? was.compensatedMinor + minor
    : Math.max(was.compensatedMinor, was.lossMinor ?? 0)
  return { ...was, compensatedMinor, compensated: mark }
}

function followedUp(was: Failure, mark: Mark): Failure {
  const window = followUpWindow(was, mark.at)
  const inTime = window !== null && mark.at >= window.from && mark.at <= window.due
  return inTime && was.followedUp === null ? { ...was, followedUp: mark } : was
}

// A bad answer re-opens: nothing that was said to be done counts as done.
const reopened = (was: Failure, mark: Mark): Failure => ({
  ...was,
  fixed: null,
  confirmed: null,
  closed: null,
  followedUp: null,
  failedRecovery: mark,
})

// Closing without a word on the fix takes the failure as fixed; that the customer confirms it is still owed.
function closed(was: Failure, fixed: boolean, rootCause: string | null, mark: Mark): Failure {
  return {
    ...was,
    rootCause,
    closed: was.closed ?? mark,
    fixed: fixed ? (was.fixed ?? mark) : null,
    failedRecovery: fixed ? was.failedRecovery : mark,
  }
}

function deviated(next: Facts, was: Failure, now: Failure): Facts {
  const failed = now.failedRecovery
  if (failed === null || failed === was.failedRecovery) return next
  return { ...next, doubleDeviation: { ...failed, failure: now.failure } }
}

/** The facts after an answer to how a recovery went: 0.6 of the scale and more confirms, 0.4 and less re-opens. */
export function recoveryRated(was: Facts, failure: string, score: number, mark: Mark): Facts {
  const index = was.failures.findLastIndex((one) => isNamed(one, failure))
  const old = was.failures[index]
  if (old === undefined || (score > 0.4 && score < 0.6)) return was
  const next = score >= 0.6 ? { ...old, confirmed: old.confirmed ?? mark } : reopened(old, mark)
  return deviated({ ...was, failures: replaced(was.failures, index, next) }, old, next)
}

/** The failures after the customer had to tell a story again: that of the issue, else the newest that is open. */
export function repeatedStory(failures: readonly Failure[], issue: string | null, mark: Mark): readonly Failure[] {
  const named = issue === null ? -1 : failures.findLastIndex((one) => isNamed(one, issue))
  const index = named >= 0 ? named : failures.findLastIndex((one) => isOpen(one, mark.at))
  const failure = failures[index]
  return failure === undefined || failure.repeatedStory !== null
    ? failures
    : replaced(failures, index, { ...failure, repeatedStory: mark })
}

/** The newest failure; null without any. */
export const newestFailure = (facts: Facts): Failure | null => facts.failures.at(-1) ?? null

/** The failure with which the newest one falls within 90 days, if any. */
export const secondWithin90Days = ({ failures }: Facts): Failure | null =>
  isSecond(failures, failures.length - 1) ? (failures.at(-2) ?? null) : null

/** Whether a failure came within 90 days of the one before it. */
export function isSecond(failures: readonly Failure[], index: number): boolean {
  const [one, before] = [failures[index], failures[index - 1]]
  return one !== undefined && before !== undefined && one.at - before.at <= 90 * DAY_MS
}

/** Whether a failure has the root cause of one in the 12 months before it. */
export function repeatsCause(failures: readonly Failure[], index: number): boolean {
  const one = failures[index]
  if (one === undefined || one.rootCause === null) return false
  for (let other = 0; other < index; other += 1) {
    const before = failures[other]
    if (before?.rootCause === one.rootCause && one.at - before.at <= windowDays.same_cause_repeat * DAY_MS) return true
  }
  return false
}
