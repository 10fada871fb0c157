import type { Overview } from '../../contract/overview.ts'
import { assert } from '../../core/assert.ts'
import { atStake, type Margins, stay } from '../../core/goodwill/forecast.ts'
import type { LeaveModel } from '../../core/goodwill/leave-model.ts'
import { hasDoubleDeviation, openFailures } from '../../core/goodwill/score.ts'
import type { Failure } from '../../core/relationship/failure.ts'
import { isOpen } from '../../core/relationship/recovery.ts'
import type { Relationship } from '../../core/relationship/relationship.ts'
import { DAY_MS, type Instant, instant, rfc3339 } from '../../core/time/instant.ts'
import { dateAt, startOfDate, zoneOf } from '../../core/time/zone.ts'
import { wilson } from '../../stats/compare/share.ts'
import { usualRange } from '../../stats/compare/usual-range.ts'
import type { Db } from '../../store/db.ts'
import { readLiveModel } from '../../store/models.ts'
import { readSettings } from '../../store/settings.ts'
import { readAsOf } from '../../store/views/as-of-view.ts'
import { type Due, readFixesDue, readPromisesDue } from '../../store/views/due-view.ts'
import { type Given, readGiven } from '../../store/views/given-view.ts'
import {
  type CauseRow,
  readCauses,
  readDetection,
  readDoubleDeviations,
  readFirstFailureAt,
  readLetDownCustomers,
} from '../../store/views/let-downs-view.ts'
import {
  type AtStakeRow,
  countActive,
  countLeft,
  readMostAtStake,
  sumAtStake,
} from '../../store/views/overview-view.ts'
import { money } from './show-customer.ts'

/** The longest period that the overview may speak of. */
export const OVERVIEW_DAYS_MAX = 182

const WEEKS = 26
const WEEK_MS = 7 * DAY_MS
const CAUSES_MAX = 6
const PEOPLE_MAX = 8
/** Customers whose interval is computed; the amount of the others gets the same relative interval. */
const INTERVALS_MAX = 100
/** Leaving within so many days of a let-down is counted as leaving after it; it says nothing about the reason. */
const AFTER_FAILURE_DAYS = 90

/**
 * The last `days` days (1 to 182), against the 26 weeks before; one day is today, from midnight on the firm's wall, and
 * is compared with the same hours of the same weekday. "Usual" is the 10th to 90th percentile of earlier
 * periods of the same length, and null before there are 8 of them. Shares of counts carry 95 %, amounts 80 %
 * intervals. Nothing here is about the firm's workers, one by one or ranked (trap T26).
 */
export async function showOverview(db: Db, now: Instant, days: number): Promise<Overview> {
  assert(Number.isInteger(days) && days >= 1 && days <= OVERVIEW_DAYS_MAX, 'the period has 1 to 182 days')
  const [asOf, settings] = await Promise.all([readAsOf(db, now), readSettings(db)])
  const from = days === 1 ? midnightBefore(asOf, settings.timeZone) : instant(asOf - days * DAY_MS)
  const period = { from, asOf }
  const [letDown, kept, first, left, sum, most, model] = await Promise.all([
    readLetDowns(db, { ...period, days: (asOf - from) / DAY_MS }),
    readKept(db, period),
    readFirstFailureAt(db),
    countLeft(db, { ...period, days: AFTER_FAILURE_DAYS }),
    sumAtStake(db),
    readMostAtStake(db, INTERVALS_MAX),
    readLiveModel(db),
  ])
  const { customersBack, causes, detection, doubleDeviations, active } = letDown
  const { promises, fixes, given } = kept
  const since = { days, first, asOf }
  const stakes = most.map((row) => stakeOf(row, model, settings, asOf))
  return {
    asOf: rfc3339(asOf),
    from: rfc3339(from),
    days,
    letDown: {
      count: customersBack.get(0) ?? 0,
      ...bounds(earlierPeriods(customersBack, since)),
      active,
      detectedByCustomer: detection.known === 0 ? null : detection.byCustomer / detection.known,
    },
    atStake: {
      amount: amountOf(sum.minor, stakes),
      customers: sum.customers,
      scoredAt: oldest(most.map(({ scoredAt }) => scoredAt)),
    },
    promises: { due: promises.due, broken: promises.due - promises.inTime, kept: shareOf(promises) },
    fixedInTime: { due: fixes.period.due, share: shareOf(fixes.period), ...weeksInTime(fixes.weeks, since) },
    given: givenOf(given, settings.currency),
    left,
    causes: causes.map((cause) => causeOf(cause, since)),
    weekStarts: Array.from({ length: WEEKS }, (_, index) => rfc3339(instant(asOf - (WEEKS - index) * WEEK_MS))),
    doubleDeviations: { weeks: [...doubleDeviations], ...bounds(earlierWeeks(doubleDeviations, since)) },
    people: stakes
      .toSorted((a, b) => b.amount.value - a.amount.value)
      .slice(0, PEOPLE_MAX)
      .map((stake) => personOf(stake, model)),
  }
}

type Period = Readonly<{ from: Instant; asOf: Instant }>

async function readLetDowns(db: Db, { from, asOf, days }: Period & Readonly<{ days: number }>) {
  const weeks = { asOf, weekCount: WEEKS }
  const [customersBack, causes, detection, doubleDeviations, active] = await Promise.all([
    readLetDownCustomers(db, { ...weeks, days }),
    readCauses(db, { ...weeks, causesMax: CAUSES_MAX }),
    readDetection(db, { from, asOf }),
    readDoubleDeviations(db, weeks),
    countActive(db, from),
  ])
  return { customersBack, causes, detection, doubleDeviations, active }
}

/** What was promised, fixed and given. The longest statement is asked first. */
async function readKept(db: Db, period: Period) {
  const [fixes, promises, given] = await Promise.all([
    readFixesDue(db, { ...period, weekCount: WEEKS }),
    readPromisesDue(db, period),
    readGiven(db, period),
  ])
  return { promises, fixes, given }
}

type Since = Readonly<{ days: number; first: Instant | null; asOf: Instant }>

/** Whole weeks between the first failure on record and the start of the period, at most 26 back. */
function weeksOnRecord({ first, asOf }: Since): number {
  return first === null ? 0 : Math.min(WEEKS, Math.floor((asOf - first) / WEEK_MS))
}

/** Periods of the same length that ended a whole number of weeks ago, none of them reaching into this one. */
function earlierPeriods(customersBack: ReadonlyMap<number, number>, since: Since): readonly number[] {
  const counts: number[] = []
  const { first, asOf, days } = since
  for (let back = Math.ceil(days / 7); back <= WEEKS; back += 1) {
    if (first === null || asOf - back * WEEK_MS - days * DAY_MS < first) break
    counts.push(customersBack.get(back) ?? 0)
  }
  return counts
}

function bounds(counts: readonly number[]): Readonly<{ usualLow: number | null; usualHigh: number | null }> {
  const usual = usualRange(counts)
  return usual.kind === 'known' ? { usualLow: usual.low, usualHigh: usual.high } : { usualLow: null, usualHigh: null }
}

function causeOf({ category, weeks }: CauseRow, since: Since): Overview['causes'][number] {
  return { category, weeks: [...weeks], ...bounds(earlierWeeks(weeks, since)) }
}

/** The weeks of a series, oldest first, that are on record and do not reach into the period. */
const earlierWeeks = <Week>(weeks: readonly Week[], since: Since): readonly Week[] =>
  weeks.slice(WEEKS - weeksOnRecord(since), WEEKS - Math.ceil(since.days / 7))

/** The share of each week, null where nothing fell due. What is usual is told of the weeks in which something did. */
function weeksInTime(
  fixes: ReadonlyMap<number, Due>,
  since: Since,
): Pick<Overview['fixedInTime'], 'weeks' | 'usualLow' | 'usualHigh'> {
  const weeks = Array.from({ length: WEEKS }, (_, index) => shareOf(fixes.get(WEEKS - 1 - index) ?? NOTHING_DUE))
  return { weeks, ...bounds(earlierWeeks(weeks, since).flatMap((share) => share?.value ?? [])) }
}

const NOTHING_DUE: Due = { due: 0, inTime: 0 }

/** What was given in the firm's currency, also where none was told, and apart from it the rest. */
function givenOf(given: readonly Given[], currency: string): Overview['given'] {
  const own = given.filter((one) => (one.currency ?? currency) === currency)
  const total = (pick: (one: Given) => number) => own.reduce((sum, one) => sum + pick(one), 0)
  return {
    count: given.reduce((sum, { count }) => sum + count, 0),
    compensation: total((one) => one.compensation),
    gestures: total((one) => one.gestures),
    others: given.flatMap(({ currency: other, compensation, gestures }) =>
      other === null || other === currency ? [] : [{ currency: other, compensation, gestures }],
    ),
  }
}

function midnightBefore(at: Instant, timeZone: string): Instant {
  const zone = zoneOf(timeZone)
  assert(zone !== null, 'a time zone is checked before it is saved')
  return startOfDate(zone, dateAt(zone, at))
}

function shareOf({ due, inTime }: Due) {
  const share = wilson(inTime, due)
  return share.kind === 'counted' ? { value: share.value, low: share.low, high: share.high } : null
}

type Stake = Readonly<{ state: Relationship; at: Instant; amount: Overview['atStake']['amount'] }>

function stakeOf({ state, atStakeMinor }: AtStakeRow, model: LeaveModel, margins: Margins, asOf: Instant): Stake {
  const at = instant(Math.max(asOf, state.lastAt ?? asOf))
  const stake = atStake(state, model, margins, at)
  const scored = { value: atStakeMinor, low: atStakeMinor, high: atStakeMinor }
  return { state, at, amount: money(stake === null ? scored : stake.amount) }
}

/**
 * The sum of the scores with an interval. What one customer's estimate gets wrong the others get wrong too, since all
 * come from the same slopes: so lows and highs are added up, which is wider than independent errors would be.
 */
function amountOf(minor: number, stakes: readonly Stake[]): Overview['atStake']['amount'] {
  const total = (pick: (amount: Stake['amount']) => number) => stakes.reduce((sum, { amount }) => sum + pick(amount), 0)
  const value = total((amount) => amount.value)
  if (value === 0) return { value: minor, low: minor, high: minor }
  const scaled = (part: number) => (minor * part) / value
  return money({
    value: minor,
    low: scaled(total((amount) => amount.low)),
    high: scaled(total((amount) => amount.high)),
  })
}

function oldest(times: readonly (Instant | null)[]): string | null {
  const known = times.filter((at) => at !== null)
  return known.length === 0 ? null : rfc3339(instant(Math.min(...known)))
}

const RANK = { critical: 2, major: 1, minor: 0 } as const

/** The failure to name: an open one before an ended one, then the most severe, then the newest. */
function worstOf(failures: readonly Failure[], at: Instant): Failure | undefined {
  const open = failures.filter((failure) => isOpen(failure, at))
  return (open.length > 0 ? open : failures).toSorted((a, b) => RANK[b.severity] - RANK[a.severity] || b.at - a.at)[0]
}

function personOf({ state, at, amount }: Stake, model: LeaveModel): Overview['people'][number] {
  const worst = worstOf(state.facts.failures, at)
  return {
    customer: state.customer,
    name: state.person.name,
    category: worst?.category ?? null,
    severity: worst?.severity ?? 'minor',
    since: rfc3339(worst?.at ?? at),
    openFailures: openFailures(state, at),
    doubleDeviation: hasDoubleDeviation(state, at),
    stay: stay(state, model, at, 12),
    atStake: amount,
  }
}
