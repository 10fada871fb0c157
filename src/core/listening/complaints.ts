/**
 * Whether people still complain about what goes wrong (trap T3). Fewer complaints with as many failures is bad news:
 * they gave up. More of them after a way to complain was opened is good news. No figure here is a target.
 */
import { type Share, wilson } from '../../stats/compare/share.ts'

/** Failures of a week, and how many of these the customer spoke of within two weeks. */
export type ComplaintWeek = Readonly<{ failures: number; complaints: number }>

/** `gave-up`: complaints per failure fell by a third or more, and failures did not. */
export type ComplaintTrend = Readonly<{
  kind: 'gave-up' | 'steady' | 'too-few'
  now: Share
  before: Share
  /** Let-downs behind each of the two. */
  failures: Readonly<{ now: number; before: number }>
}>

/** Compared are the last four weeks with the twelve before. */
const WEEKS_NOW = 4
const WEEKS_BEFORE = 12
const FAILURES_MIN = 30
const FALL = 2 / 3

/** Compares the newest weeks with those before; `weeks` are whole, oldest first. */
export function complaintTrend(weeks: readonly ComplaintWeek[]): ComplaintTrend {
  const late = sumOf(weeks.slice(-WEEKS_NOW))
  const early = sumOf(weeks.slice(-WEEKS_NOW - WEEKS_BEFORE, -WEEKS_NOW))
  const [now, before] = [wilson(late.complaints, late.failures), wilson(early.complaints, early.failures)]
  const failures = { now: late.failures, before: early.failures }
  const isFew = late.failures < FAILURES_MIN || early.failures < FAILURES_MIN || weeks.length < WEEKS_NOW + WEEKS_BEFORE
  if (isFew || now.kind !== 'counted' || before.kind !== 'counted') return { kind: 'too-few', now, before, failures }
  // A fall that chance alone makes is no alarm: the intervals must part.
  const fell = now.value <= before.value * FALL && now.high < before.low
  const failuresFell = late.failures / WEEKS_NOW <= (early.failures / WEEKS_BEFORE) * FALL
  return { kind: fell && !failuresFell ? 'gave-up' : 'steady', now, before, failures }
}

const sumOf = (weeks: readonly ComplaintWeek[]): ComplaintWeek =>
  weeks.reduce((sum, one) => ({ failures: sum.failures + one.failures, complaints: sum.complaints + one.complaints }), {
    failures: 0,
    complaints: 0,
  })
