/**
 * The linear predictor of the months to come, quickly. The months are cut where covariates change
 * (`changing-months.ts`). In the first month of each part they are read by their definitions; within it tenure and
 * purchases are read anew, what fades is multiplied by powers of its half-life, and everything else stays.
 */
import { markChanges } from './changing-months.ts'
import { fillEvents } from './covariates.ts'
import type { Facts } from './facts.ts'
import { VALUE_MONTHS } from './forecast.ts'
import { givenUpAt, ifGivenUp, ifPutRight } from './if-left-alone.ts'
import { DAY_MS, type Instant, instant, MONTH_MS } from './instant.ts'
import { centreOf, type LeaveModel } from './leave-model.ts'
import { COUNT_HALF_LIFE_DAYS, type CovariateName, cap, covariateNames, position } from './leave-priors.ts'
import { type Relationship, readable } from './relationship.ts'

/** These fade by the half-life of failures. */
const fadingFailures: readonly CovariateName[] = [
  ...(['fail_minor', 'fail_major', 'fail_critical', 'disrespect', 'miss_fix', 'unconfirmed', 'miss_ack'] as const),
  ...(['miss_owner', 'miss_apology', 'lateness', 'comp_short', 'comp_over', 'miss_followup', 'goodwill_x_W'] as const),
  ...(['substitut_x_W', 'compet_x_W'] as const),
]
/** These fade by the half-life of promises and public posts. */
const fadingCounts: readonly CovariateName[] = ['promise_broken', 'promise_exceeded', 'public_negative']
/** These move by the clock. */
const moving: readonly CovariateName[] = ['tenure_ln', 'purchases_ln']
/** A sum that is cut off fades only below its cut: as long as it stands there, every month is read by its definition. */
const capped = ['fail_minor', 'fail_major', 'fail_critical', 'promise_broken', 'promise_exceeded'] as const

const placesOf = (names: readonly CovariateName[]) => Uint8Array.from(names, (name) => position[name])
const unsteady = new Set([...fadingFailures, ...fadingCounts, ...moving])
const STEADY = placesOf(covariateNames.filter((name) => !unsteady.has(name)))
const FAILURES = placesOf(fadingFailures)
const COUNTS = placesOf(fadingCounts)
/** These are no part of goodwill. */
const STATIC = placesOf(['in_fixed_term', 'substitutability', 'competitiveness'])
const [TENURE, PURCHASES] = [1 + position.tenure_ln, 1 + position.purchases_ln]
const CAPPED = capped.map((name) => [position[name], cap[name]] as const)

const YEAR_MS = 12 * MONTH_MS
/** ln(1 + n) for as many purchases a year as all but a few customers have. */
const LOGS = Float64Array.from({ length: 512 }, (_, count) => Math.log(1 + count))

/** Half-lives to the power of months. */
const fading = (halfLifeDays: number): Float64Array =>
  Float64Array.from({ length: VALUE_MONTHS }, (_, month) => 2 ** (-(month * MONTH_MS) / (halfLifeDays * DAY_MS)))

/** Months whose slopes are added up. */
const SLOPE_MONTHS = 12

/** The path of one customer after the other, by a model: each is written over the one before. */
export class QuickPath {
  /** Odds to leave in each month. */
  readonly odds = new Float64Array(VALUE_MONTHS)
  /** Slopes of -ln P(stay 12 months) by the intercept and each coefficient; of `leaveAlone` only. */
  readonly slopes = new Float64Array(1 + covariateNames.length)
  /** Linear predictor of the first month. */
  linearPredictor = 0
  /** Goodwill in the first month. */
  goodwill = 0

  readonly #model: LeaveModel
  readonly #slope: Float64Array
  readonly #failuresFade: Float64Array
  readonly #countsFade = fading(COUNT_HALF_LIFE_DAYS)
  readonly #x = new Float64Array(covariateNames.length)
  readonly #marks = new Uint8Array(VALUE_MONTHS + 2)
  readonly #purchases = new Float64Array(VALUE_MONTHS)
  #steady = 0
  #failures = 0
  #counts = 0

  constructor(model: LeaveModel) {
    this.#model = model
    this.#slope = Float64Array.from(model.mean)
    this.#failuresFade = fading(model.halfLifeDays)
  }

  /** Writes what `leftAlonePath` answers. */
  leaveAlone(state: Relationship, at: Instant, months: number): void {
    this.slopes.fill(0)
    if (state.exit.intentAt !== null) {
      this.#standStill(state, at, months)
      return
    }
    const end = givenUpAt(at)
    const later = ifGivenUp(state, end)
    const given = later === state ? months : Math.ceil((end - at) / MONTH_MS)
    this.#write(state.facts, at, 0, given)
    if (given < months) this.#write(later.facts, at, given, months)
  }

  /** Writes what `repairedPath` answers. */
  putRight(state: Relationship, at: Instant, months: number): void {
    const repaired = ifPutRight(state, at)
    if (state.exit.intentAt === null) this.#write(repaired.facts, at, 0, months)
    else this.#standStill(repaired, at, months)
  }

  // After an intent to leave the clock of the covariates stands still: every month is like the first.
  #standStill(state: Relationship, at: Instant, months: number): void {
    const { facts, at: now } = readable(state, at)
    this.#write(facts, now, 0, 1)
    this.odds.fill(this.odds[0] ?? 0, 0, months)
    for (let k = 0; k < this.slopes.length; k += 1) this.slopes[k] = SLOPE_MONTHS * (this.slopes[k] ?? 0)
  }

  #write(facts: Facts, at: Instant, from: number, to: number): void {
    const marks = this.#marks
    marks.fill(0)
    markChanges(marks, facts, at)
    this.#countPurchases(facts, at, to)
    let begun = from
    while (begun < to) {
      this.#beginPart(facts, instant(at + begun * MONTH_MS), begun)
      let next = begun + 1
      while (next < to && marks[next] === 0) next += 1
      this.#writePart(facts, at, begun, next)
      begun = next
    }
  }

  // Reads the covariates of one month; until the next mark they keep this form.
  #beginPart(facts: Facts, then: Instant, month: number): void {
    const x = this.#x
    x.fill(0)
    fillEvents(x, facts, this.#model, then)
    this.#steady = this.#sum(STEADY)
    this.#failures = this.#sum(FAILURES)
    this.#counts = this.#sum(COUNTS)
    for (const [place, most] of CAPPED) if (x[place] === most) this.#marks[month + 1] = 1
    if (month > 0) return
    const earned = this.#steady - this.#sum(STATIC) + this.#failures + this.#counts
    this.goodwill = -(earned + (this.#purchases[0] ?? 0) * (this.#slope[position.purchases_ln] ?? 0)) + 0
  }

  #sum(places: Uint8Array): number {
    let sum = 0
    for (let index = 0; index < places.length; index += 1) {
      const place = places[index] ?? 0
      sum += (this.#x[place] ?? 0) * (this.#slope[place] ?? 0)
    }
    return sum
  }

  #writePart({ startedAt }: Facts, at: Instant, from: number, to: number): void {
    const [oddsOf, purchasesOf] = [this.odds, this.#purchases]
    const [failuresFade, countsFade] = [this.#failuresFade, this.#countsFade]
    const tenureSlope = this.#slope[position.tenure_ln] ?? 0
    const purchasesSlope = this.#slope[position.purchases_ln] ?? 0
    const months = startedAt === null ? Number.NEGATIVE_INFINITY : (at - startedAt) / MONTH_MS
    const same = this.#model.intercept.mean + this.#steady
    let [steady, failures, counts, byTenure, byPurchases] = [0, 0, 0, 0, 0]
    for (let month = from; month < to; month += 1) {
      const since = month - from
      const tenure = Math.log((1 + Math.max(0, months + month)) / 13)
      const purchases = purchasesOf[month] ?? 0
      const [failuresNow, countsNow] = [failuresFade[since] ?? 0, countsFade[since] ?? 0]
      const logOdds =
        same +
        tenure * tenureSlope +
        purchases * purchasesSlope +
        this.#failures * failuresNow +
        this.#counts * countsNow
      const odds = Math.exp(logOdds)
      oddsOf[month] = odds
      if (month === 0) this.linearPredictor = logOdds
      if (month >= SLOPE_MONTHS) continue
      const hazard = odds / (1 + odds)
      steady += hazard
      failures += hazard * failuresNow
      counts += hazard * countsNow
      byTenure += hazard * tenure
      byPurchases += hazard * purchases
    }
    if (steady > 0) this.#addSlopes({ steady, failures, counts, byTenure, byPurchases })
  }

  #addSlopes(of: Readonly<Record<'steady' | 'failures' | 'counts' | 'byTenure' | 'byPurchases', number>>): void {
    const { slopes } = this
    slopes[0] = (slopes[0] ?? 0) + of.steady
    this.#spread(STEADY, of.steady)
    this.#spread(FAILURES, of.failures)
    this.#spread(COUNTS, of.counts)
    slopes[TENURE] = (slopes[TENURE] ?? 0) + of.byTenure
    slopes[PURCHASES] = (slopes[PURCHASES] ?? 0) + of.byPurchases
  }

  #spread(places: Uint8Array, times: number): void {
    for (let index = 0; index < places.length; index += 1) {
      const place = places[index] ?? 0
      const units = this.#x[place] ?? 0
      if (units !== 0) this.slopes[1 + place] = (this.slopes[1 + place] ?? 0) + times * units
    }
  }

  // ln(1 + purchases in the year before) less its centre, month by month: each order falls out once.
  #countPurchases({ orders, subscriptions, segment }: Facts, at: Instant, months: number): void {
    const centre = centreOf(this.#model, segment)
    if (centre === null) {
      this.#purchases.fill(0, 0, months)
      return
    }
    let count = 0
    for (const one of orders) count += one[1]
    let startedAt = Number.POSITIVE_INFINITY
    for (const one of subscriptions) startedAt = Math.min(startedAt, one.at)
    let oldest = 0
    for (let month = 0; month < months; month += 1) {
      const then = at + month * MONTH_MS
      for (let one = orders[oldest]; one !== undefined && one[0] <= then - YEAR_MS; one = orders[oldest]) {
        count -= one[1]
        oldest += 1
      }
      const periods = Math.max(0, Math.min(12, Math.floor((then - startedAt) / MONTH_MS) + 1))
      this.#purchases[month] = (LOGS[count + periods] ?? Math.log(1 + count + periods)) - centre.purchases_ln
    }
  }
}
