/**
 * The same figures as `score`, many times as fast, for whoever scores many: from rows of numbers (`state-rows.ts`). That
 * both roads give the same, to 1e-12, is tested over random histories.
 */

import { quickExp } from '../../stats/quick-exp.ts'
import { type QuickStillThere, quickStillThere } from '../attrition/quick-still-there.ts'
import type { Relationship } from '../relationship/relationship.ts'
import { DAY_MS, type Instant, instant, MONTH_MS } from '../time/instant.ts'
import { spreadTeller, Z80 } from './coefficient-spread.ts'
import { type Margins, VALUE_MONTHS } from './forecast.ts'
import { type LeaveModel, unsureOf } from './leave-model.ts'
import { windowDays } from './leave-priors.ts'
import { QuickPath } from './quick-path.ts'
import { type Score, type Unscored, unforetold } from './score.ts'
import { clockAt, FACTS, numberAt, ORDER, ROW, StateRows, SUBSCRIPTION, wholeAt } from './state-rows.ts'

const STAY_MONTHS = 12
const YEAR_MS = 12 * MONTH_MS
const LOG_SAFE = 1.01
/** Names of segments and products that the rows of a scorer remember. */
const NAMES_MAX = 10_000

/** Columns for so many scores; `memory` gives each its room, where several threads are to write into them. */
export function scoreColumns(count: number, memory = (bytes: number): ArrayBufferLike => new ArrayBuffer(bytes)) {
  const column = () => new Float64Array(memory(count * Float64Array.BYTES_PER_ELEMENT))
  return {
    goodwill: column(),
    linearPredictor: column(),
    stay: column(),
    stayLow: column(),
    stayHigh: column(),
    valueMinor: column(),
    atStakeMinor: column(),
    openFailures: column(),
    doubleDeviation: column(),
    lastFailureAt: column(),
    leftAt: column(),
    exitRequestedAt: column(),
    scoredAt: column(),
  }
}

/** Scores, one column for each figure; NaN where there is none. */
export type ScoreColumns = Readonly<ReturnType<typeof scoreColumns>>

const scorers = new WeakMap<LeaveModel, Readonly<{ margins: Margins; scorer: Scorer }>>()

/** The scorer of a model: made once, for it holds memory to work in. */
export function scorerOf(model: LeaveModel, { marginShare, discountMonthly, currency }: Margins): Scorer {
  const known = scorers.get(model)
  const was = known?.margins
  if (
    known !== undefined &&
    was?.marginShare === marginShare &&
    was.discountMonthly === discountMonthly &&
    was.currency === currency
  )
    return known.scorer
  const margins = { marginShare, discountMonthly, currency }
  const scorer = new Scorer(model, margins)
  scorers.set(model, { margins, scorer })
  return scorer
}

/** Scores by a model, one after the other. */
export class Scorer {
  readonly #path: QuickPath
  readonly #margins: Margins
  readonly #discounts: Float64Array
  readonly #stillThere: QuickStillThere
  readonly #spread: (slopes: Float64Array) => number
  readonly #ownColumns = scoreColumns(1)
  #own = new StateRows()

  constructor(model: LeaveModel, margins: Margins) {
    this.#path = new QuickPath(model)
    this.#margins = margins
    this.#discounts = discountsOf(margins)
    this.#stillThere = quickStillThere(model, this.#path)
    this.#spread = spreadTeller(unsureOf(model))
  }

  /** All figures of one customer at an instant that is not before his last event; none where he refuses to be profiled. */
  score(state: Relationship, at: Instant): Score | Unscored {
    if (this.#own.names.length > NAMES_MAX) this.#own = new StateRows()
    this.#own.clear()
    this.#own.add(state)
    this.scoreRows(this.#own, at, this.#ownColumns)
    return scoreAt(this.#ownColumns, 0)
  }

  /** Writes the figures of all rows, at an instant or at the last event, whichever is later. */
  scoreRows(rows: StateRows, at: Instant, into: ScoreColumns, from = 0, to = rows.count): void {
    this.#path.read(rows)
    const currency = rows.number(this.#margins.currency)
    for (let index = from; index < to; index += 1) {
      const row = rows.starts[index] ?? 0
      const lastAt = numberAt(rows.numbers, row + ROW.lastAt)
      const then = lastAt > at ? lastAt : at
      this.#tellStanding(rows.numbers, row, then, into, index)
      if (rows.numbers[row + ROW.refused] === 1) nothingForetold(into, index)
      else this.#foretell(rows, row, then, currency, into, index)
    }
  }

  #tellStanding(numbers: Float64Array, row: number, at: number, into: ScoreColumns, index: number): void {
    const read = row + ROW.size
    const live = row + wholeAt(numbers, row + ROW.live)
    const leftAt = numberAt(numbers, row + ROW.leftAt)
    const silentAt = numberAt(numbers, row + ROW.silentAt)
    const deviation = numberAt(numbers, read + FACTS.doubleDeviationAt)
    const now = clockAt(numbers, row, at)
    into.openFailures[index] = this.#path.failures.openAt(live, at)
    into.doubleDeviation[index] = deviation > now - windowDays.attachment_x_DD * DAY_MS ? 1 : 0
    into.lastFailureAt[index] = this.#path.failures.newestAt(live)
    into.scoredAt[index] = at
    into.exitRequestedAt[index] = numberAt(numbers, row + ROW.requestedAt)
    // Silence is taken for leaving only where one may be profiled.
    const isSilent = Number.isNaN(leftAt) && at > silentAt && numbers[row + ROW.refused] !== 1
    into.leftAt[index] = isSilent ? silentAt : leftAt
  }

  #foretell(rows: StateRows, row: number, at: number, currency: number, into: ScoreColumns, index: number): void {
    const path = this.#path
    const monthly = this.#expected(rows, row, at, currency)
    const declaredAt = numberAt(rows.numbers, row + ROW.leftAt)
    const gone = !Number.isNaN(declaredAt)
    const earns = monthly !== 0 && !gone
    path.leaveAlone(row, at, earns ? VALUE_MONTHS : STAY_MONTHS)
    into.goodwill[index] = path.goodwill
    into.linearPredictor[index] = path.linearPredictor
    if (gone) nothingToHope(into, index)
    else this.#tellStay(into, index)
    const value = earns ? this.#worth() * monthly : 0
    into.valueMinor[index] = Math.round(value)
    const isThere = Number.isNaN(into.leftAt[index])
    let stake = 0
    if (isThere && earns && monthly > 0 && path.failures.isRepairable(row + ROW.size, clockAt(rows.numbers, row, at))) {
      path.putRight(row, VALUE_MONTHS)
      stake = Math.max(0, Math.round(this.#worth() * monthly - value))
    }
    into.atStakeMinor[index] = stake
  }

  // What `expectedMargin` answers.
  #expected(rows: StateRows, row: number, at: number, currency: number): number {
    const { marginShare } = this.#margins
    const found = this.#stillThere(rows, row, at, currency)
    if (found !== null) return marginShare * found
    const { numbers } = rows
    const firstAt = numberAt(numbers, row + ROW.firstAt)
    const now = clockAt(numbers, row, at)
    const known = !Number.isNaN(firstAt) ? Math.min(12, Math.max(1, (now - firstAt) / MONTH_MS)) : 1
    const facts = row + ROW.size
    const begin = facts + FACTS.size
    const ordersEnd = begin + ORDER.size * wholeAt(numbers, facts + FACTS.orders)
    let paid = 0
    for (let one = begin; one < ordersEnd; one += ORDER.size) {
      const own = numberAt(numbers, one + ORDER.currency)
      if (numberAt(numbers, one) > now - YEAR_MS && (own === 0 || own === currency))
        paid += numberAt(numbers, one + ORDER.minor)
    }
    const end = ordersEnd + SUBSCRIPTION.size * wholeAt(numbers, facts + FACTS.subscriptions)
    let monthly = 0
    for (let one = ordersEnd; one < end; one += SUBSCRIPTION.size) {
      const own = numberAt(numbers, one + SUBSCRIPTION.currency)
      if (own === 0 || own === currency) monthly += numberAt(numbers, one)
    }
    return marginShare * (monthly + Math.max(0, paid) / known)
  }

  // `chanceAt` of both ends: as many times more, or less.
  #tellStay(into: ScoreColumns, index: number): void {
    const { odds, slopes } = this.#path
    let stays = 1
    for (let month = 0; month < STAY_MONTHS; month += 1) stays *= 1 + (odds[month] ?? 0)
    // One logarithm will do, but where it would lose digits to the 1.
    let hazard = 0
    if (stays > LOG_SAFE) hazard = Math.log(stays)
    else for (let month = 0; month < STAY_MONTHS; month += 1) hazard += Math.log1p(odds[month] ?? 0)
    const times = hazard === 0 ? 1 : quickExp((Z80 * this.#spread(slopes)) / hazard)
    into.stay[index] = 1 / stays
    into.stayLow[index] = quickExp(-hazard * times)
    into.stayHigh[index] = quickExp(-hazard / times)
  }

  // Sum of P(still there) x discount: the margin of a month comes before all of it.
  #worth(): number {
    const { odds } = this.#path
    const discounts = this.#discounts
    let chance = 1
    let sum = 0
    for (let month = 0; month < VALUE_MONTHS; month += 1) {
      chance *= 1 / (1 + (odds[month] ?? 0))
      sum += chance * (discounts[month] ?? 0)
    }
    return sum
  }
}

function nothingToHope(into: ScoreColumns, index: number): void {
  into.stay[index] = 0
  into.stayLow[index] = 0
  into.stayHigh[index] = 0
}

function nothingForetold(into: ScoreColumns, index: number): void {
  into.goodwill[index] = Number.NaN
  into.linearPredictor[index] = Number.NaN
  into.stay[index] = Number.NaN
  into.stayLow[index] = Number.NaN
  into.stayHigh[index] = Number.NaN
  into.valueMinor[index] = Number.NaN
  into.atStakeMinor[index] = Number.NaN
}

/** One score out of columns. */
function scoreAt(columns: ScoreColumns, index: number): Score | Unscored {
  const at = (name: keyof ScoreColumns): number => columns[name][index] ?? Number.NaN
  const time = (name: keyof ScoreColumns) => (Number.isNaN(at(name)) ? null : instant(at(name)))
  const stood = {
    openFailures: at('openFailures'),
    doubleDeviation: at('doubleDeviation') === 1,
    lastFailureAt: time('lastFailureAt'),
    leftAt: time('leftAt'),
    exitRequestedAt: time('exitRequestedAt'),
  }
  if (Number.isNaN(at('stay'))) return { ...unforetold, ...stood }
  return {
    goodwill: at('goodwill'),
    linearPredictor: at('linearPredictor'),
    stay: at('stay'),
    stayLow: at('stayLow'),
    stayHigh: at('stayHigh'),
    valueMinor: at('valueMinor'),
    atStakeMinor: at('atStakeMinor'),
    ...stood,
  }
}

function discountsOf({ discountMonthly }: Margins): Float64Array {
  const discounts = new Float64Array(VALUE_MONTHS)
  let discount = 1
  for (let month = 0; month < VALUE_MONTHS; month += 1) {
    discount /= 1 + discountMonthly
    discounts[month] = discount
  }
  return discounts
}
