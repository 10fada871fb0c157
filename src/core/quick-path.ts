/**
 * The linear predictor of the months to come, quickly. The months are cut where covariates change
 * (`changing-months.ts`). In the first month of each part they are read by their definitions; within it tenure and
 * purchases are read anew, what fades is multiplied by powers of its half-life, and everything else stays.
 */
import { markChanges } from './changing-months.ts'
import { fillCovariates } from './covariates.ts'
import type { Facts } from './facts.ts'
import { goodwillOf, VALUE_MONTHS } from './forecast.ts'
import { givenUpAt, ifGivenUp, ifPutRight } from './if-left-alone.ts'
import { DAY_MS, type Instant, instant, MONTH_MS } from './instant.ts'
import { centreOf, type LeaveModel } from './leave-model.ts'
import { COUNT_HALF_LIFE_DAYS, type CovariateName, cap, covariateNames, position } from './leave-priors.ts'
import { type Relationship, readable } from './relationship.ts'
import { monthsSinceStart, purchasesInYear } from './reserve.ts'

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

/** Half-lives to the power of months; twice as far as the months, for the squares. */
const fading = (halfLifeDays: number): Float64Array =>
  Float64Array.from({ length: 2 * VALUE_MONTHS }, (_, month) => 2 ** (-(month * MONTH_MS) / (halfLifeDays * DAY_MS)))

/** What some covariates add up to. */
type Sum = { mean: number; variance: number }

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
  readonly #steady: Sum = { mean: 0, variance: 0 }
  readonly #failures: Sum = { mean: 0, variance: 0 }
  readonly #counts: Sum = { mean: 0, variance: 0 }

  constructor(model: LeaveModel) {
    this.#model = model
    this.#slope = Float64Array.from(model.mean)
    this.#slopeVariance = Float64Array.from(model.sd, (sd) => sd * sd)
    this.#failuresFade = fading(model.halfLifeDays)
  }

  /** Writes what `leftAlonePath` answers. */
  leaveAlone(state: Relationship, at: Instant, months: number): void {
    const end = givenUpAt(at)
    const later = ifGivenUp(state, end)
    const given = later === state ? months : Math.ceil((end - at) / MONTH_MS)
    this.#write(state, at, 0, given)
    if (given < months) this.#write(later, at, given, months)
  }

  /** Writes what `repairedPath` answers. */
  putRight(state: Relationship, at: Instant, months: number): void {
    this.#write(ifPutRight(state, at), at, 0, months)
  }

  #write(state: Relationship, at: Instant, from: number, to: number): void {
    if (state.exit.intentAt !== null) {
      this.#writeStandstill(state, at, to)
      return
    }
    const { facts } = state
    const marks = this.#marks
    marks.fill(0)
    markChanges(marks, facts, at)
    marks[from] = 1
    let begun = from
    for (let month = from; month < to; month += 1) {
      const then = instant(at + month * MONTH_MS)
      if (marks[month] === 1) {
        this.#beginPart(state, then, month)
        begun = month
      }
      this.#writeMonth(month, month - begun, facts, then)
    }
  }

  // After an intent to leave the clock of the covariates stands still: every month is like the first.
  #writeStandstill(state: Relationship, at: Instant, to: number): void {
    const { facts, at: now } = readable(state, at)
    this.#beginPart(state, at, 0)
    this.#writeMonth(0, 0, facts, now)
    this.mean.fill(this.mean[0] ?? 0, 0, to)
    this.variance.fill(this.variance[0] ?? 0, 0, to)
  }

  // Reads the covariates of one month; until the next mark they keep this form.
  #beginPart(state: Relationship, then: Instant, month: number): void {
    const x = this.#x
    fillCovariates(x, state, this.#model, then)
    this.#add(this.#steady, STEADY)
    this.#add(this.#failures, FAILURES)
    this.#add(this.#counts, COUNTS)
    for (const name of capped) if (x[position[name]] === cap[name]) this.#marks[month + 1] = 1
    if (month === 0) this.goodwill = goodwillOf(x, this.#model).value
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

  #writeMonth(month: number, since: number, facts: Facts, then: Instant): void {
    const { intercept } = this.#model
    const tenure = Math.log((1 + monthsSinceStart(facts, then)) / 13)
    const centre = centreOf(this.#model, facts.segment)
    const purchases = centre === null ? 0 : Math.log(1 + purchasesInYear(facts, then)) - centre.purchases_ln
    this.mean[month] =
      intercept.mean +
      tenure * (this.#slope[position.tenure_ln] ?? 0) +
      purchases * (this.#slope[position.purchases_ln] ?? 0) +
      this.#steady.mean +
      this.#failures.mean * (this.#failuresFade[since] ?? 0) +
      this.#counts.mean * (this.#countsFade[since] ?? 0)
    this.variance[month] =
      intercept.sd * intercept.sd +
      tenure * tenure * (this.#slopeVariance[position.tenure_ln] ?? 0) +
      purchases * purchases * (this.#slopeVariance[position.purchases_ln] ?? 0) +
      this.#steady.variance +
      this.#failures.variance * (this.#failuresFade[2 * since] ?? 0) +
      this.#counts.variance * (this.#countsFade[2 * since] ?? 0)
  }
}
