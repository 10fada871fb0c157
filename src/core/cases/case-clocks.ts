/** The clocks of a case: by when each step is owed, in working time, and who must be told when it is late. */
import { assert } from '../assert.ts'
import type { Severity } from '../relationship/failure.ts'
import type { Calendar } from '../time/calendar.ts'
import { type Clock, type ClockView, readClock } from '../time/clock.ts'
import { DAY_MS, type Instant, instant } from '../time/instant.ts'
import { elapsed } from '../time/working-time.ts'
import { isConfirmed, isOwedMoney, type RecoveryCase, type Round, TRIES_ENOUGH } from './recovery-case.ts'

/** The protocol, in its order. */
export const caseSteps = [
  'acknowledge',
  'own',
  'apologise',
  'agree remedy',
  'fix',
  'compensate',
  'confirm',
  'close',
  'follow up',
] as const
/** A step of the protocol. */
export type CaseStep = (typeof caseSteps)[number]
/** A step whose time is counted in working minutes; the follow-up has days of its own. */
export type ClockedStep = Exclude<CaseStep, 'follow up'>

/** As the leave model counts it: from day 3 to day 14 after closing. */
const FOLLOW_UP_FROM_DAYS = 3
const FOLLOW_UP_DUE_DAYS = 14

/** How fast the firm wants to be. Data: versioned and edited by the firm. */
export type CasePolicy = Readonly<{
  calendar: Calendar
  /** Working minutes allowed for each step, from what starts it. */
  minutes: Readonly<Record<Severity, Readonly<Record<ClockedStep, number>>>>
  /** Share of the minutes after which a clock warns. */
  warnShare: number
  /** Working minutes that a step may be late before a manager is told. */
  managerAfterMinutes: number
  /** Minutes of work that a step takes as a rule, for the order of the queue. */
  workMinutes: Readonly<Record<CaseStep, number>>
  /** A deadline from law counts as near so long before it. */
  legalWarnMs: number
}>

/** One step with its clock; null while what starts it has not happened. */
export type StepClock = Readonly<{
  step: CaseStep
  startedAt: Instant
  doneAt: Instant | null
  /** The first instant that counts, for a follow-up. */
  notBefore: Instant | null
  clock: ClockView
}>

/** The clocks that have started in this round, in the order of the protocol. Steps that are not owed have none. */
export function caseClocks(one: RecoveryCase, policy: CasePolicy, now: Instant): readonly StepClock[] {
  return caseSteps.flatMap((step) => {
    const span = spanOf(one, step)
    if (span === null) return []
    return [{ step, ...span, notBefore: notBefore(one, step), clock: viewOf(one, policy, step, span, now) }]
  })
}

type Span = Readonly<{ startedAt: Instant; doneAt: Instant | null }>

// What starts a step and when it was done; null for one that is not owed, not yet, or no more: what was not done before
// the case was closed (another system may close it early) is skipped, and only the follow-up is still owed.
function spanOf(one: RecoveryCase, step: CaseStep): Span | null {
  const { startedAt, doneAt } = timesOf(one, step)
  if (startedAt === null) return null
  return doneAt === null && one.round.closedAt !== null && step !== 'follow up' ? null : { startedAt, doneAt }
}

type Times = Readonly<{ startedAt: Instant | null; doneAt: Instant | null }>
const from = (startedAt: Instant | null, doneAt: Instant | null): Times => ({ startedAt, doneAt })

function timesOf({ round, atFault }: RecoveryCase, step: CaseStep): Times {
  switch (step) {
    case 'acknowledge':
      return from(round.startedAt, round.acknowledgedAt)
    case 'own':
      return from(round.startedAt, round.ownedAt)
    case 'apologise':
      return from(atFault === 'firm' ? round.startedAt : null, round.apologisedAt)
    case 'agree remedy':
      return from(round.startedAt, round.agreedAt)
    case 'fix':
      // Another system may tell of a fix, or of money, that nobody agreed here.
      return from(round.agreedAt ?? (round.fixedAt === null ? null : round.startedAt), round.fixedAt)
    case 'compensate':
      return from(moneyOwedSince(round), isOwedMoney(round) ? null : round.compensatedAt)
    case 'confirm':
      return from(round.fixedAt, round.confirmedAt ?? (isConfirmed(round) ? round.closedAt : null))
    case 'close':
      return from(round.confirmedAt ?? round.tries[TRIES_ENOUGH - 1] ?? round.closedAt, round.closedAt)
    case 'follow up':
      return from(round.closedAt, round.followedUpAt)
  }
}

const moneyOwedSince = ({ startedAt, agreedAt, remedy, compensatedAt }: Round): Instant | null =>
  compensatedAt !== null || (remedy !== null && remedy.valueMinor > 0) ? (agreedAt ?? startedAt) : null

const notBefore = ({ round }: RecoveryCase, step: CaseStep): Instant | null =>
  step === 'follow up' && round.closedAt !== null ? instant(round.closedAt + FOLLOW_UP_FROM_DAYS * DAY_MS) : null

function viewOf(
  one: RecoveryCase,
  policy: CasePolicy,
  step: CaseStep,
  { startedAt, doneAt }: Span,
  now: Instant,
): ClockView {
  const { fixBy } = one.round.remedy ?? { fixBy: null }
  if (step === 'follow up')
    return dated(policy, startedAt, instant(startedAt + FOLLOW_UP_DUE_DAYS * DAY_MS), doneAt, now)
  // What was promised to the customer takes the place of the firm's own minutes, and does not pause.
  if (step === 'fix' && fixBy !== null) return dated(policy, startedAt, fixBy, doneAt, now)
  const clock: Clock = {
    calendar: policy.calendar,
    start: startedAt,
    minutes: policy.minutes[one.severity][step],
    pauses: one.pauses,
    warnShare: policy.warnShare,
  }
  const view = readClock(clock, now, doneAt)
  assert(view.kind === 'clock', 'the calendar of a policy was checked when it was saved')
  return view
}

/** When a clock that ends at a given instant begins to warn. */
export const datedWarnAt = (from: Instant, dueAt: Instant, warnShare: number): Instant =>
  instant(from + Math.floor((dueAt - from) * warnShare))

// A clock that ends at a given instant, whatever the firm's hours.
function dated(
  { calendar, warnShare }: CasePolicy,
  from: Instant,
  dueAt: Instant,
  doneAt: Instant | null,
  now: Instant,
): ClockView {
  const at = doneAt ?? now
  const warnAt = datedWarnAt(from, dueAt, warnShare)
  const minutes = (start: Instant, end: Instant): number => {
    const found = elapsed(calendar, start, instant(Math.max(start, end)))
    assert(found.kind === 'elapsed', 'the calendar of a policy was checked when it was saved')
    return found.minutes
  }
  const isOver = at >= dueAt
  const open = isOver ? 'breached' : at >= warnAt ? 'warning' : 'running'
  return {
    kind: 'clock',
    state: doneAt === null ? open : isOver ? 'met late' : 'met',
    warnAt,
    dueAt,
    usedMinutes: minutes(from, at),
    remainingMinutes: minutes(at, dueAt),
    lateMinutes: minutes(dueAt, at),
  }
}

/** The clocks of what is still owed. */
export const openClocks = (one: RecoveryCase, policy: CasePolicy, now: Instant): readonly StepClock[] =>
  caseClocks(one, policy, now).filter(({ doneAt }) => doneAt === null)

/** The earliest instant at which something is due; null when nothing is, or it waits for the customer. */
export function nextDueAt(one: RecoveryCase, policy: CasePolicy, now: Instant): Instant | null {
  const ends = openClocks(one, policy, now).flatMap(({ clock }) => (clock.dueAt === null ? [] : [clock.dueAt]))
  return ends.length === 0 ? null : instant(Math.min(...ends))
}

/** Somebody who must be told that a step is late. */
export type Escalation = Readonly<{ step: CaseStep; to: 'next person' | 'manager' }>

/**
 * Whom to tell now, each once a round: the next person when a clock is breached, a manager when it stays so. After a
 * double deviation a manager is told at the first breach.
 */
export function escalationsDue(one: RecoveryCase, policy: CasePolicy, now: Instant): readonly Escalation[] {
  const isTold = (step: CaseStep, to: Escalation['to']) =>
    one.escalations.some((known) => known.step === step && known.to === to && known.at >= one.round.startedAt)
  return openClocks(one, policy, now)
    .filter(({ clock }) => clock.state === 'breached')
    .flatMap(({ step, clock }): readonly Escalation[] => {
      const isManagers = one.failedRounds > 0 || clock.lateMinutes >= policy.managerAfterMinutes
      return isManagers
        ? [
            { step, to: 'next person' },
            { step, to: 'manager' },
          ]
        : [{ step, to: 'next person' }]
    })
    .filter(({ step, to }) => !isTold(step, to))
}
