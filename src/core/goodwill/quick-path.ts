/**
 * The linear predictor of the months to come, or of months that were, from a row of facts: terms of covariates
 * (`month-terms.ts`) with tenure and purchases, which move with every month.
 */
import { quickExp } from '../../stats/quick-exp.ts'
import { instant, MONTH_MS } from '../time/instant.ts'
import { VALUE_MONTHS } from './forecast.ts'
import { givenUpAt } from './if-left-alone.ts'
import type { LeaveModel } from './leave-model.ts'
import { position } from './leave-priors.ts'
import { FADING_COUNT, FADING_FAILURE, MonthTerms, SLOPE_MONTHS, SLOPES, STRIDE } from './month-terms.ts'
import { QuickCovariates } from './quick-covariates.ts'
import { QuickFailures } from './quick-failures.ts'
import { FACTS, numberAt, ORDER, ROW, type StateRows, wholeAt } from './state-rows.ts'

const [TENURE, PURCHASES] = [1 + position.tenure_ln, 1 + position.purchases_ln]
const YEAR_MONTHS = 12
const YEAR_MS = YEAR_MONTHS * MONTH_MS
/** ln(1 + n) for as many purchases a year as all but a few customers have. */
const LOGS = Float64Array.from({ length: 512 }, (_, count) => Math.log(1 + count))

/** Logarithms of so many months and more follow each from the one before. */
const NEAR_MONTHS = 12

/** The path of one row after the other, by a model: each is written over the one before. */
export class QuickPath {
  /** Odds to leave in each month. */
  readonly odds = new Float64Array(VALUE_MONTHS)
  /** Slopes of -ln P(stay 12 months) by the intercept and each coefficient; of `leaveAlone` only. */
  readonly slopes = new Float64Array(SLOPES)
  /** Linear predictor of the first month. */
  linearPredictor = 0
  /** Goodwill in the first month. */
  goodwill = 0
  /** What can be asked of failures. */
  readonly failures: QuickFailures

  readonly #model: LeaveModel
  readonly #terms: MonthTerms
  readonly #covariates: QuickCovariates
  readonly #purchases = new Float64Array(VALUE_MONTHS)
  readonly #tenures = new Float64Array(VALUE_MONTHS)
  readonly #hazards = new Float64Array(SLOPE_MONTHS)
  #numbers: Float64Array = new Float64Array(0)

  constructor(model: LeaveModel) {
    this.#model = model
    this.#terms = new MonthTerms(model)
    this.#covariates = new QuickCovariates(model, this.#terms)
    this.failures = new QuickFailures(model, this.#terms, this.#covariates)
  }

  /** From now on rows are these. */
  read(rows: StateRows): void {
    this.#numbers = rows.numbers
    this.#covariates.read(rows)
    this.failures.read(rows)
  }

  /** Writes what `leftAlonePath` answers. */
  leaveAlone(row: number, at: number, months: number): void {
    const facts = row + ROW.size
    const intentAt = numberAt(this.#numbers, row + ROW.intentAt)
    const isOver = !Number.isNaN(intentAt)
    // After an intent to leave the clock of the covariates stands still, and nothing more is given up.
    this.#terms.begin(isOver ? Math.min(intentAt, at) : at, isOver ? 1 : months, Number.NaN)
    // After a year no orders are left in it, and all the periods that count.
    this.#tellAll(facts, Math.min(this.#terms.months, YEAR_MONTHS + 1))
    if (this.#numbers[facts + FACTS.failures] !== 0) this.#terms.keep()
    this.failures.tellAlone(facts, isOver ? Number.POSITIVE_INFINITY : givenUpAt(instant(at)))
    this.#write()
    this.#tellFirst()
    this.#tellSlopes(isOver)
    if (isOver) this.odds.fill(this.odds[0] ?? 0, 0, months)
  }

  /** Writes what `repairedPath` answers for the row that was left alone just now. */
  putRight(row: number, months: number): void {
    this.#terms.comeBack()
    this.failures.tellRepaired(row + ROW.size)
    this.#write()
    if (this.#terms.months === 1) this.odds.fill(this.odds[0] ?? 0, 0, months)
  }

  /** Writes the months that were, from an instant on, each with what was known when it began. */
  lookBack(row: number, from: number, months: number): void {
    const numbers = this.#numbers
    const facts = row + ROW.size
    const [intentAt, lastAt] = [numberAt(numbers, row + ROW.intentAt), numberAt(numbers, row + ROW.lastAt)]
    if (Number.isNaN(intentAt)) {
      this.#lookBack(facts, from, months, lastAt)
      return
    }
    // What is read after an intent to leave is as it was then, and its clock stands still.
    const until = Math.min(months, Math.max(0, Math.floor((intentAt - from) / MONTH_MS) + 1))
    if (until < months) this.#lookBack(facts, intentAt, 1, Number.NaN)
    const still = this.odds[0] ?? 0
    if (until > 0) this.#lookBack(facts, from, until, Number.NaN)
    this.odds.fill(still, until, months)
  }

  #lookBack(facts: number, from: number, months: number, lastAt: number): void {
    this.#terms.begin(from, months, lastAt)
    this.#tellAll(facts, months)
    this.failures.tellAlone(facts, Number.POSITIVE_INFINITY)
    this.#write()
  }

  // All but failures; purchases change in so many months.
  #tellAll(facts: number, moving: number): void {
    this.#countPurchases(facts, moving)
    this.#tellTenure(numberAt(this.#numbers, facts + FACTS.startedAt))
    this.#covariates.tell(facts)
  }

  #tellTenure(startedAt: number): void {
    const { months, origin } = this.#terms
    const tenures = this.#tenures
    const before = !Number.isNaN(startedAt) ? (origin - startedAt) / MONTH_MS : Number.NEGATIVE_INFINITY
    let month = 0
    let tenure = 0
    for (; month < months; month += 1) {
      const of = 1 + Math.max(0, before + month)
      tenure = Math.log(of / 13)
      tenures[month] = tenure
      if (of > NEAR_MONTHS) break
    }
    // ln((n + 1) / n) = 2 (z + z^3/3 + z^5/5 + ...) with z = 1 / (2 n + 1): from a year on five terms do.
    for (month += 1; month < months; month += 1) {
      const z = 1 / (2 * (before + month) + 1)
      const square = z * z
      tenure += z * (2 + square * (2 / 3 + square * (2 / 5 + square * (2 / 7 + square * (2 / 9)))))
      tenures[month] = tenure
    }
  }

  // ln(1 + purchases in the year before) less its centre, month by month: each order comes and falls out once.
  #countPurchases(facts: number, moving: number): void {
    const numbers = this.#numbers
    const { origin, months, isPast } = this.#terms
    const purchases = this.#purchases
    const centre = this.#covariates.centre(facts)
    if (centre === null) {
      purchases.fill(0, 0, months)
      return
    }
    const end = facts + FACTS.size + ORDER.size * wholeAt(numbers, facts + FACTS.orders)
    // Periods paid until the first month; each month pays one more. Without a subscription this is minus infinity.
    const first = Math.floor((origin - numberAt(numbers, facts + FACTS.subscribedAt)) / MONTH_MS) + 1
    let oldest = facts + FACTS.size
    let next = isPast ? oldest : end
    let count = 0
    for (let one = oldest; one < next; one += ORDER.size) count += numberAt(numbers, one + ORDER.count)
    for (let month = 0; month < moving; month += 1) {
      const then = origin + month * MONTH_MS
      while (next < end && numberAt(numbers, next) <= then) {
        count += numberAt(numbers, next + ORDER.count)
        next += ORDER.size
      }
      while (oldest < next && numberAt(numbers, oldest) <= then - YEAR_MS) {
        count -= numberAt(numbers, oldest + ORDER.count)
        oldest += ORDER.size
      }
      const paid = count + (first + month > YEAR_MONTHS ? YEAR_MONTHS : Math.max(0, first + month))
      purchases[month] = (LOGS[paid] ?? Math.log(1 + paid)) - centre.purchases_ln
    }
    if (moving < months) purchases.fill(purchases[moving - 1] ?? 0, moving, months)
  }

  #write(): void {
    const { changes, months, failuresFade, countsFade, fades } = this.#terms
    const { odds } = this
    const [tenures, purchases] = [this.#tenures, this.#purchases]
    const tenureSlope = this.#model.mean[position.tenure_ln] ?? 0
    const purchasesSlope = this.#model.mean[position.purchases_ln] ?? 0
    let steady = this.#model.intercept.mean
    let failures = 0
    let counts = 0
    for (let month = 0; month < months; month += 1) {
      steady += changes[month] ?? 0
      let logOdds = steady + (tenures[month] ?? 0) * tenureSlope + (purchases[month] ?? 0) * purchasesSlope
      if (fades) {
        failures += changes[FADING_FAILURE * STRIDE + month] ?? 0
        counts += changes[FADING_COUNT * STRIDE + month] ?? 0
        logOdds += failures * (failuresFade[month] ?? 0) + counts * (countsFade[month] ?? 0)
      }
      odds[month] = quickExp(logOdds)
    }
  }

  #tellFirst(): void {
    const { changes, statics } = this.#terms
    const events = (changes[0] ?? 0) + (changes[FADING_FAILURE * STRIDE] ?? 0) + (changes[FADING_COUNT * STRIDE] ?? 0)
    const purchases = (this.#purchases[0] ?? 0) * (this.#model.mean[position.purchases_ln] ?? 0)
    const tenure = (this.#tenures[0] ?? 0) * (this.#model.mean[position.tenure_ln] ?? 0)
    this.linearPredictor = this.#model.intercept.mean + tenure + purchases + events
    this.goodwill = -(events - statics + purchases) + 0
  }

  #tellSlopes(isOver: boolean): void {
    const { slopes, odds } = this
    const hazards = this.#hazards
    const months = isOver ? 1 : SLOPE_MONTHS
    if (isOver) hazards.fill(0)
    slopes.fill(0)
    let all = 0
    let byTenure = 0
    let byPurchases = 0
    for (let month = 0; month < months; month += 1) {
      const now = odds[month] ?? 0
      const hazard = (isOver ? SLOPE_MONTHS : 1) * (now / (1 + now))
      hazards[month] = hazard
      all += hazard
      byTenure += hazard * (this.#tenures[month] ?? 0)
      byPurchases += hazard * (this.#purchases[month] ?? 0)
    }
    slopes[0] = all
    slopes[TENURE] = byTenure
    slopes[PURCHASES] = byPurchases
    this.#terms.addSlopes(slopes, hazards)
  }
}
