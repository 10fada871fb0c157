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
const CAPPED = capped.map((name) => [position[name], cap[name]] as const)

const YEAR_MS = 12 * MONTH_MS
/** ln(1 + n) for as many purchases a year as all but a few customers have. */
const LOGS = Float64Array.from({ length: 512 }, (_, count) => Math.log(1 + count))

/** Half-lives to the power of months; twice as far as the months, for the squares. */
const fading = (halfLifeDays: number): Float64Array =>
  Float64Array.from({ length: 2 * VALUE_MONTHS }, (_, month) => 2 ** (-(month * MONTH_MS) / (halfLifeDays * DAY_MS)))

/** What some covariates add up to. */
type Sum = { mean: number; variance: number }
const nothing = (): Sum => ({ mean: 0, variance: 0 })

/** The path of one customer after the other, by a model: each is written over the one before. */
export class QuickPath {
  /** Linear predictor at the start of each month. */
  readonly mean = new Float64Array(VALUE_MONTHS)
  /** Its variance. */
  readonly variance = new Float64Array(VALUE_MONTHS)
  /** Goodwill in the first month. */
  goodwill = 0

  readonly #model: LeaveModel
  readonly #slope: Float64Array
  readonly #slopeVariance: Float64Array
  readonly #failuresFade: Float64Array
  readonly #countsFade = fading(COUNT_HALF_LIFE_DAYS)
  readonly #x = new Float64Array(covariateNames.length)
  readonly #marks = new Uint8Array(VALUE_MONTHS + 2)
  readonly #purchases = new Float64Array(VALUE_MONTHS)
  readonly #steady = nothing()
  readonly #failures = nothing()
  readonly #counts = nothing()
  readonly #static = nothing()

  constructor(model: LeaveModel) {
    this.#model = model
    this.#slope = Float64Array.from(model.mean)
    this.#slopeVariance = Float64Array.from(model.sd, (sd) => sd * sd)
    this.#failuresFade = fading(model.halfLifeDays)
  }

  /** Writes what `leftAlonePath` answers. */
  leaveAlone(state: Relationship, at: Instant, months: number): void {
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
    this.mean.fill(this.mean[0] ?? 0, 0, months)
    this.variance.fill(this.variance[0] ?? 0, 0, months)
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
    this.#add(this.#steady, STEADY)
    this.#add(this.#failures, FAILURES)
    this.#add(this.#counts, COUNTS)
    for (const [place, most] of CAPPED) if (x[place] === most) this.#marks[month + 1] = 1
    if (month > 0) return
    this.#add(this.#static, STATIC)
    const earned = this.#steady.mean - this.#static.mean + this.#failures.mean + this.#counts.mean
    this.goodwill = -(earned + (this.#purchases[0] ?? 0) * (this.#slope[position.purchases_ln] ?? 0)) + 0
  }

  #add(sum: Sum, places: Uint8Array): void {
    let mean = 0
    let variance = 0
    for (let index = 0; index < places.length; index += 1) {
      const place = places[index] ?? 0
      const units = this.#x[place] ?? 0
      mean += units * (this.#slope[place] ?? 0)
      variance += units * units * (this.#slopeVariance[place] ?? 0)
    }
    sum.mean = mean
    sum.variance = variance
  }

  #writePart({ startedAt }: Facts, at: Instant, from: number, to: number): void {
    const { intercept } = this.#model
    const [meanOf, varianceOf, purchasesOf] = [this.mean, this.variance, this.#purchases]
    const [failuresFade, countsFade] = [this.#failuresFade, this.#countsFade]
    const [failures, counts] = [this.#failures, this.#counts]
    const tenureSlope = this.#slope[position.tenure_ln] ?? 0
    const tenureVariance = this.#slopeVariance[position.tenure_ln] ?? 0
    const purchasesSlope = this.#slope[position.purchases_ln] ?? 0
    const purchasesVariance = this.#slopeVariance[position.purchases_ln] ?? 0
    const months = startedAt === null ? Number.NEGATIVE_INFINITY : (at - startedAt) / MONTH_MS
    const mean = intercept.mean + this.#steady.mean
    const variance = intercept.sd * intercept.sd + this.#steady.variance
    for (let month = from; month < to; month += 1) {
      const since = month - from
      const tenure = Math.log((1 + Math.max(0, months + month)) / 13)
      const purchases = purchasesOf[month] ?? 0
      meanOf[month] =
        mean +
        tenure * tenureSlope +
        purchases * purchasesSlope +
        failures.mean * (failuresFade[since] ?? 0) +
        counts.mean * (countsFade[since] ?? 0)
      varianceOf[month] =
        variance +
        tenure * tenure * tenureVariance +
        purchases * purchases * purchasesVariance +
        failures.variance * (failuresFade[2 * since] ?? 0) +
        counts.variance * (countsFade[2 * since] ?? 0)
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
