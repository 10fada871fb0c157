/**
 * The law of putting right: which step of a recovery is missed at an instant. All are penalty coded: a step counts
 * only when it is overdue or was skipped; done, not due yet, and not applicable are all nothing.
 */

import { DAY_MS, HOUR_MS, type Instant, instant } from '../time/instant.ts'
import type { Failure } from './failure.ts'

/** When no date was promised for the fix. */
const FIX_DAYS = 14
/** When no time was promised for the acknowledgement. */
const ACKNOWLEDGE_DAYS = 1
/** A fix that nobody closes and nobody complains about ends the failure after the time in which it may re-open. */
const ENDS_AFTER_FIX_DAYS = 14
const FOLLOW_UP_FROM_DAYS = 3
/** A follow-up is missed so long after the end. */
export const FOLLOW_UP_DUE_DAYS = 14
/** Compensation that counts as more than enough; what exceeds it by so much more says nothing new. */
const GENEROUS = 1.2
const COMP_OVER_MAX = 3
/** Doublings of the promised time, after which more says nothing new. */
const LATENESS_MAX = 3

type Ends = Pick<Failure, 'closed' | 'fixed'>

/** When a failure has ended if nothing more happens, as `endedAt`; infinite if never. */
export function endOf({ closed, fixed }: Ends): number {
  const settled = fixed === null ? Number.POSITIVE_INFINITY : fixed.at + ENDS_AFTER_FIX_DAYS * DAY_MS
  return Math.min(closed === null ? Number.POSITIVE_INFINITY : closed.at, settled)
}

/** When the failure ended: closed, or 14 days after a fix that nobody closed; null while it is open at `at`. */
export function endedAt(failure: Ends, at: Instant): Instant | null {
  const end = endOf(failure)
  return end <= at ? instant(end) : null
}

/** True until the failure has ended. */
export const isOpen = (failure: Ends, at: Instant): boolean => endedAt(failure, at) === null

/** By when the fix was promised, or may be expected. */
export const fixDueAt = (failure: Failure): Instant => failure.fixBy ?? instant(failure.at + FIX_DAYS * DAY_MS)

/** By when an acknowledgement was promised, or may be expected. */
export const acknowledgeDueAt = (failure: Failure): Instant =>
  failure.acknowledgeBy ?? instant(failure.at + ACKNOWLEDGE_DAYS * DAY_MS)

/** The days in which a follow-up counts; null while the failure is open. */
export function followUpWindow(failure: Failure, at: Instant): Readonly<{ from: Instant; due: Instant }> | null {
  const end = endedAt(failure, at)
  if (end === null) return null
  return { from: instant(end + FOLLOW_UP_FROM_DAYS * DAY_MS), due: instant(end + FOLLOW_UP_DUE_DAYS * DAY_MS) }
}

/** Steps that can be missed, named after their covariates; `amount` 1 for a flag. */
export type Misses = Readonly<{
  miss_fix: number
  unconfirmed: number
  miss_ack: number
  miss_owner: number
  miss_apology: number
  lateness: number
  comp_short: number
  comp_over: number
  miss_followup: number
}>

/** A step of the recovery protocol, by what missing it is called. */
export type Step = keyof Misses

const flag = (holds: boolean): number => (holds ? 1 : 0)

/** What of the recovery is missed at an instant, before the weight and the decay of the failure. */
export function misses(failure: Failure, at: Instant): Misses {
  const ended = endedAt(failure, at) !== null
  const overdue = failure.fixed === null && at > fixDueAt(failure)
  // What is owed by the end of the failure is missed when the end, or the promised date, has passed without it.
  const late = ended || overdue
  const acknowledgeDue = acknowledgeDueAt(failure)
  const window = followUpWindow(failure, at)
  return {
    miss_fix: flag(failure.fixed === null && late),
    unconfirmed: flag(failure.confirmed === null && late),
    miss_ack: flag(
      failure.acknowledged === null ? ended || at > acknowledgeDue : failure.acknowledged.at > acknowledgeDue,
    ),
    miss_owner: flag(failure.secondOwner !== null || failure.repeatedStory !== null),
    miss_apology: flag(failure.apologised === null && failure.atFault === 'firm' && late),
    lateness: lateness(failure, at),
    comp_short: late ? compensationShort(failure) : 0,
    comp_over: compensationOver(failure),
    miss_followup: flag(failure.followedUp === null && window !== null && at >= window.due),
  }
}

/** Doublings of the promised time to fix, -2 to 3; 0 without a promise, and while it may still be kept. */
function lateness(failure: Failure, at: Instant): number {
  if (failure.fixBy === null) return 0
  if (failure.fixed === null && at <= failure.fixBy) return 0
  return latenessOf(failure.fixed?.at ?? at, failure.at, promisedMs(failure.fixBy, failure))
}

/** Doublings of a promised time by a fix at an instant, or by none until then. */
export const latenessOf = (at: number, failedAt: number, promised: number): number =>
  Math.min(LATENESS_MAX, Math.max(-2, Math.log2(Math.max(1, at - failedAt) / promised)))

/** Time promised for a fix: from the failure on, at least an hour. */
export const promisedMs = (fixBy: Instant, failure: Failure): number => Math.max(HOUR_MS, fixBy - failure.at)

/** From when lateness grows no more, while there is no fix. */
export const latestAt = (failedAt: number, promised: number): number => failedAt + 2 ** LATENESS_MAX * promised

/** Share of a documented loss that was not compensated; 0 where none was due. */
export function compensationShort(failure: Failure): number {
  if (failure.lossMinor === null || failure.lossMinor === 0 || failure.atFault === 'customer') return 0
  return Math.max(0, 1 - failure.compensatedMinor / failure.lossMinor)
}

/** Compensation beyond what counts as generous, as a share of the loss. */
export function compensationOver(failure: Failure): number {
  if (failure.lossMinor === null || failure.lossMinor === 0) return 0
  return Math.min(COMP_OVER_MAX, Math.max(0, failure.compensatedMinor / failure.lossMinor - GENEROUS))
}
