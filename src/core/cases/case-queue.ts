/**
 * In which order cases are worked on: what is at stake per minute of work, above floors. Nobody waits past a deadline
 * because others are worth more, and a recovery that failed comes before everything.
 */

import type { ClockView } from '../time/clock.ts'
import { type Instant, instant } from '../time/instant.ts'
import { type CasePolicy, caseSteps, datedWarnAt, openClocks } from './case-clocks.ts'
import { isDoubleDeviation, isOwedMoney, openPromises, type RecoveryCase } from './recovery-case.ts'

/** Why a case stands where it stands, first floors first. */
export const queueReasons = [
  'double deviation',
  'overdue',
  'due soon',
  'at stake',
  'waiting for the customer',
  'asleep',
] as const
/** One of the reasons. */
export type QueueReason = (typeof queueReasons)[number]

/**
 * What is at stake with a customer. Of who refuses to be profiled it is not known, and cases stand where those with what
 * is usual stand: nobody waits longer for having objected.
 */
export type Stake = Readonly<{ minor: number | null; usualMinor: number }>

/** Nothing at stake, or nothing known of the customer. */
export const noStake: Stake = { minor: 0, usualMinor: 0 }

/** What the order needs of a case. */
export type QueueRow = Readonly<{
  case: string
  openedAt: Instant
  reason: QueueReason
  /** The earliest deadline of what is owed: of the firm, promised to the customer, or from law. */
  dueAt: Instant | null
  stakeMinor: number | null
  /** What the steps still owed take as a rule. */
  workMinutes: number
  /** Minor units at stake per minute of work left, or what is usual of it. */
  perMinuteMinor: number
}>

/** The row of a case that is open or owes a follow-up. `legalDueAt`: the earliest deadline from law that is not met. */
export function queueRow(
  one: RecoveryCase,
  policy: CasePolicy,
  now: Instant,
  worth: Readonly<{ stake: Stake; legalDueAt: Instant | null }>,
): QueueRow {
  const clocks = openClocks(one, policy, now)
  const promises = promiseTimes(one, policy)
  const ends = [
    worth.legalDueAt,
    ...promises.map(({ dueAt: at }) => at),
    ...clocks.map(({ clock }) => clock.dueAt),
  ].filter((at) => at !== null)
  const dueAt = ends.length === 0 ? null : instant(Math.min(...ends))
  const workMinutes = workLeft(one, policy)
  const isSoon =
    clocks.some(({ step, clock }) => clock.state === 'warning' || isTight(clock, policy.workMinutes[step])) ||
    promises.some(({ warnAt }) => warnAt <= now) ||
    (worth.legalDueAt !== null && worth.legalDueAt - now <= policy.legalWarnMs)
  return {
    case: one.case,
    openedAt: one.openedAt,
    reason: reasonOf(one, now, {
      dueAt,
      isSoon,
      isEarly: clocks.every(({ notBefore: from }) => from !== null && from > now),
    }),
    dueAt,
    stakeMinor: worth.stake.minor,
    workMinutes,
    perMinuteMinor: (worth.stake.minor ?? worth.stake.usualMinor) / workMinutes,
  }
}

/**
 * When each open promise warns and is due. It never pauses, as a deadline from law does not, but warns as the firm's
 * own clocks do: else every case with a date in the coming days would stand before those that wait for a first word.
 */
export const promiseTimes = (
  one: RecoveryCase,
  { warnShare }: CasePolicy,
): readonly Readonly<{ warnAt: Instant; dueAt: Instant }>[] =>
  openPromises(one).map(({ madeAt = one.openedAt, due }) => ({
    warnAt: datedWarnAt(madeAt, due, warnShare),
    dueAt: due,
  }))

// Less time on the clock than the step takes.
const isTight = ({ state, remainingMinutes }: ClockView, minutes: number): boolean =>
  state === 'running' && remainingMinutes <= minutes

type Times = Readonly<{ dueAt: Instant | null; isSoon: boolean; isEarly: boolean }>

function reasonOf(one: RecoveryCase, now: Instant, { dueAt, isSoon, isEarly }: Times): QueueReason {
  const isClosed = one.round.closedAt !== null
  if (isDoubleDeviation(one) && !isClosed) return 'double deviation'
  if (dueAt !== null && dueAt <= now) return 'overdue'
  if (isSoon) return 'due soon'
  // A follow-up sleeps until the first day that counts.
  if (isEarly || (one.snoozedUntil !== null && one.snoozedUntil > now)) return 'asleep'
  return one.waitingFor === null ? 'at stake' : 'waiting for the customer'
}

/** Minutes of work that the steps still owed take as a rule, at least 1. */
function workLeft({ round, atFault }: RecoveryCase, { workMinutes }: CasePolicy): number {
  if (round.closedAt !== null) return Math.max(1, round.followedUpAt === null ? workMinutes['follow up'] : 0)
  const isOwed = {
    acknowledge: round.acknowledgedAt === null,
    own: round.ownedAt === null,
    apologise: atFault === 'firm' && round.apologisedAt === null,
    'agree remedy': round.agreedAt === null,
    fix: round.fixedAt === null,
    compensate: isOwedMoney(round),
    confirm: round.confirmedAt === null,
    close: true,
    'follow up': true,
  } as const
  return Math.max(
    1,
    caseSteps.reduce((sum, step) => sum + (isOwed[step] ? workMinutes[step] : 0), 0),
  )
}

/**
 * The rows in the order of work. Above the floors what is due first comes first; below them what is at stake per minute
 * of work decides. Ties go to who has waited longest, then to the smaller name, so that every screen agrees.
 */
export const inQueueOrder = (rows: readonly QueueRow[]): readonly QueueRow[] => rows.toSorted(compareRows)

function compareRows(a: QueueRow, b: QueueRow): number {
  const floor = queueReasons.indexOf(a.reason) - queueReasons.indexOf(b.reason)
  if (floor !== 0) return floor
  const isFloor = a.reason === 'double deviation' || a.reason === 'overdue' || a.reason === 'due soon'
  const order = isFloor ? when(a.dueAt) - when(b.dueAt) : b.perMinuteMinor - a.perMinuteMinor
  if (order !== 0 && !Number.isNaN(order)) return order
  if (a.openedAt !== b.openedAt) return a.openedAt - b.openedAt
  return a.case < b.case ? -1 : 1
}

const when = (at: Instant | null): number => at ?? Number.MAX_SAFE_INTEGER
