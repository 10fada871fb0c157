/** Where a case stands in the queue, and when time alone will change that. */

import { DAY_MS, type Instant, instant } from '../time/instant.ts'
import { due } from '../time/working-time.ts'
import { type CasePolicy, type CaseStep, openClocks, type StepClock } from './case-clocks.ts'
import { nextQuestion } from './case-questions.ts'
import { promiseTimes, type QueueReason, type QueueRow, queueReasons, queueRow, type Stake } from './case-queue.ts'
import { caseRegimes, legalDueAt } from './case-regimes.ts'
import type { RecoveryCase } from './recovery-case.ts'
import type { Regime } from './regime-deadlines.ts'

/** What is at stake is read again at the latest after so long: goodwill fades without any event. */
const FRESH_MS = DAY_MS

/** What the place of a case depends on beside the case. */
export type Standards = Readonly<{ policy: CasePolicy; regimes: ReadonlyMap<string, Regime> }>

/**
 * The place of a case: by floor, within it by rank, smallest first. `wakeAt`: when time changes it; null for a case on
 * which nothing is owed.
 */
export type CasePlace = QueueRow &
  Readonly<{
    isOpen: boolean
    floor: number
    rank: number
    nextStep: CaseStep | null
    wakeAt: Instant | null
  }>

/** Reads the place as of `now`. */
export function casePlace(one: RecoveryCase, { policy, regimes }: Standards, now: Instant, stake: Stake): CasePlace {
  const legal = legalDueAt(caseRegimes(one, regimes, now))
  const row = queueRow(one, policy, now, { stake, legalDueAt: legal })
  const clocks = openClocks(one, policy, now)
  const isOpen = one.round.followedUpAt === null
  return {
    ...row,
    isOpen,
    floor: queueReasons.indexOf(row.reason),
    rank: rankOf(row),
    nextStep: clocks[0]?.step ?? null,
    wakeAt: isOpen ? wakeAt(one, policy, now, { clocks, legal }) : null,
  }
}

const byDeadline: readonly QueueReason[] = ['double deviation', 'overdue', 'due soon']

// The order of `inQueueOrder` as one number: above the floors the deadline, below them what is at stake a minute.
const rankOf = ({ reason, dueAt, perMinuteMinor }: QueueRow): number =>
  byDeadline.includes(reason) ? (dueAt ?? Number.MAX_SAFE_INTEGER) : -perMinuteMinor

type Ends = Readonly<{ clocks: readonly StepClock[]; legal: Instant | null }>

function wakeAt(one: RecoveryCase, policy: CasePolicy, now: Instant, { clocks, legal }: Ends): Instant {
  const ends = [
    ...clocks.flatMap((step) => turnsOf(one, policy, step)),
    ...promiseTimes(one, policy).flatMap(({ warnAt, dueAt }) => [warnAt, dueAt]),
    one.snoozedUntil,
    nextQuestion(one, policy)?.from ?? null,
    legal,
    legal === null ? null : instant(legal - policy.legalWarnMs),
  ]
  const ahead = ends.filter((at): at is Instant => at !== null && at > now)
  return instant(Math.min(now + FRESH_MS, ...ahead))
}

// When a clock warns, ends, has less time left than the step takes, and when its breach becomes a manager's.
function turnsOf(
  { pauses, severity }: RecoveryCase,
  policy: CasePolicy,
  { step, startedAt, notBefore, clock }: StepClock,
): readonly (Instant | null)[] {
  const own = [clock.warnAt, clock.dueAt, notBefore]
  if (clock.dueAt === null) return own
  const late = due(policy.calendar, clock.dueAt, policy.managerAfterMinutes, pauses)
  const manager = late.kind === 'due' ? late.at : null
  if (step === 'follow up') return [...own, manager]
  const minutes = Math.max(0, policy.minutes[severity][step] - policy.workMinutes[step])
  const tight = due(policy.calendar, startedAt, minutes, pauses)
  return [...own, manager, tight.kind === 'due' ? tight.at : null]
}
