/** Checks of how the work is done: what is said twice, promised late, re-opened, or called less bad than it is. */
import { quantile } from '../../stats/compare/bands.ts'
import { meanInterval } from '../../stats/compare/mean-interval.ts'
import { type Share, wilson } from '../../stats/compare/share.ts'
import { type ComplaintWeek, complaintTrend } from '../listening/complaints.ts'
import type { Severity } from '../relationship/failure.ts'
import { DAY_MS } from '../time/instant.ts'
import { type CheckPart, checkOf, type Finding, tooFew } from './checks.ts'
import type { ValuedFailure } from './service-floor.ts'

const CASES_MIN = 30
const LEVEL_Z = 1.959963984540054
/** A failure keeps its first apology and four further ones. */
const APOLOGIES = [1, 5] as const

/** Apologies per let-down that was apologised for (trap T16): the second says less than the first. */
export function apologies(told: readonly ValuedFailure[]): Finding {
  const said = told.flatMap(({ failure: { apologised, furtherApologies } }) =>
    apologised === null ? [] : [1 + furtherApologies.length],
  )
  if (said.length < CASES_MIN) return tooFew(said.length, CASES_MIN)
  const counts = [...Map.groupBy(said, (times) => times)].toSorted(([a], [b]) => a - b)
  const mean = meanInterval(
    counts.map(([value, same]) => ({ value, count: same.length })),
    APOLOGIES,
  )
  const value = said.reduce((sum, times) => sum + times, 0) / said.length
  const [low, high] = mean.kind === 'counted' ? [mean.low, mean.high] : [value, value]
  const most = checkOf('apologies').threshold ?? 0
  return {
    state: value > most ? (low > most ? 'fails' : 'unsure') : 'holds',
    value,
    low,
    high,
    count: said.length,
    needed: CASES_MIN,
    parts: counts.map(([times, same]) => ({ ...counted(`${times}`, same.length), count: said.length })),
  }
}

const counted = (name: string, value: number): CheckPart => ({ name, value, low: null, high: null, count: null })

/** Whether people still say when something goes wrong (trap T3), as the page on listening tells it. */
export function complaintsCheck(weeks: readonly ComplaintWeek[]): Finding {
  const { kind, now, before, failures } = complaintTrend(weeks)
  if (kind === 'too-few' || now.kind !== 'counted' || before.kind !== 'counted') {
    return tooFew(failures.now, CASES_MIN)
  }
  const value = before.value === 0 ? 1 : now.value / before.value
  // The interval of a ratio of shares: Katz et al. (1978), Biometrics 34, 469-474.
  const error = Math.sqrt(oddsError(now.value, failures.now) + oddsError(before.value, failures.before))
  const has = value > 0 && Number.isFinite(error)
  const isLow = value <= (checkOf('complaints').threshold ?? 0)
  return {
    state: kind === 'gave-up' ? 'fails' : isLow ? 'unsure' : 'holds',
    value,
    low: has ? value * Math.exp(-LEVEL_Z * error) : null,
    high: has ? value * Math.exp(LEVEL_Z * error) : null,
    count: failures.now + failures.before,
    needed: CASES_MIN,
    parts: [partOf('now', now, failures.now), partOf('before', before, failures.before)],
  }
}

const oddsError = (share: number, of: number): number => (1 - share) / (share * of)

function partOf(name: string, share: Share, count: number): CheckPart {
  return share.kind === 'counted'
    ? { name, value: share.value, low: share.low, high: share.high, count }
    : { name, value: 0, low: null, high: null, count }
}

/** Let-downs that were said to be put right, and of these how many re-opened within two weeks (trap T29). */
export function reopened({ putRight, failed }: Readonly<{ putRight: number; failed: number }>): Finding {
  return toldShare(failed, putRight, [])
}

/** Cases opened by hand whose severity is another than the rule's (trap T29), and in which direction. */
export function severityChanges({
  opened,
  raised,
  lowered,
}: Readonly<{ opened: number; raised: number; lowered: number }>): Finding {
  return toldShare(raised + lowered, opened, [counted('lowered', lowered), counted('raised', raised)])
}

function toldShare(count: number, of: number, parts: readonly CheckPart[]): Finding {
  const share = wilson(count, of)
  if (of < CASES_MIN || share.kind !== 'counted') return tooFew(of, CASES_MIN)
  return { state: 'told', value: share.value, low: share.low, high: share.high, count: of, needed: CASES_MIN, parts }
}

/** In how many days a fix was promised, by severity: the median and the middle 80 of 100 (trap T29). */
export function dueDates(told: readonly ValuedFailure[]): Finding {
  const promised = told.flatMap(({ failure: { severity, fixBy, at } }) =>
    fixBy === null ? [] : [{ severity, days: (fixBy - at) / DAY_MS }],
  )
  if (promised.length < CASES_MIN) return tooFew(promised.length, CASES_MIN)
  const middle = (some: typeof promised) => {
    const sorted = Float64Array.from(some, ({ days }) => days).sort()
    return { value: quantile(sorted, 0.5), low: quantile(sorted, 0.1), high: quantile(sorted, 0.9), count: some.length }
  }
  const severities: readonly Severity[] = ['minor', 'major', 'critical']
  return {
    state: 'told',
    ...middle(promised),
    needed: CASES_MIN,
    parts: severities.flatMap((severity) => {
      const some = promised.filter((one) => one.severity === severity)
      return some.length < CASES_MIN ? [] : [{ name: severity, ...middle(some) }]
    }),
  }
}

/** Requests about own data whose legal term is over while nobody has answered, by kind. */
export function overdueRequests(open: readonly Readonly<{ kind: string; overdue: number; open: number }>[]): Finding {
  const overdue = open.reduce((sum, one) => sum + one.overdue, 0)
  return {
    state: overdue > 0 ? 'fails' : 'holds',
    value: overdue,
    low: null,
    high: null,
    count: open.reduce((sum, one) => sum + one.open, 0),
    needed: 0,
    parts: open.filter((one) => one.overdue > 0).map((one) => ({ ...counted(one.kind, one.overdue), count: one.open })),
  }
}
