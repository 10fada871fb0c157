/**
 * What will happen if nothing new happens: the chance to stay, and what that is worth. Month k begins k months after
 * `at` with the covariates faded to that instant; P(stay n months) = product of (1 - h) over k = 0..n-1.
 *
 * Intervals: the standard deviation of the linear predictor in each month comes from those of intercept and slopes,
 * taken as independent; the months are then shifted together by the same quantile z. It is cheap, exact for one
 * month, and a little wide over many months, since the months are not perfectly dependent.
 */
import { covariates, fillCovariates, predictorOf, slopeVarianceOf } from './covariates.ts'
import { givenUpAt, ifGivenUp, ifPutRight, isRepairable } from './if-left-alone.ts'
import { type Instant, instant, MONTH_MS } from './instant.ts'
import type { LeaveModel } from './leave-model.ts'
import { covariateNames, position } from './leave-priors.ts'
import { type Relationship, readable } from './relationship.ts'
import { monthlyMinor, paidInYearMinor } from './trade.ts'

/** Months over which remaining value is counted. */
export const VALUE_MONTHS = 36
const FAN_MONTHS = 12

/** Standard normal quantiles of the 80 and of the 50 % interval. */
export const Z80 = 1.2815515655446004
const Z50 = 0.6744897501960817

/** An estimate with its 80 % interval. */
export type Estimate = Readonly<{ value: number; low: number; high: number }>

/** Chance to be still there, month 0 to 12. */
export type Fan = Readonly<{
  median: readonly number[]
  low80: readonly number[]
  high80: readonly number[]
  low50: readonly number[]
  high50: readonly number[]
}>

/** What a customer earns the firm. */
export type Margins = Readonly<{ marginShare: number; discountMonthly: number; currency: string }>

/** Minor units, each with its 80 % interval. */
export type AtStake = Readonly<{ amount: Estimate; repaired: Estimate; neglected: Estimate }>

/** Linear predictor and its standard deviations at the start of each month to come. */
export type Path = Readonly<{ mean: Float64Array; sd: Float64Array; gone: boolean }>

// The months to come of a state; `later` takes over from its instant on.
function pathOf(
  state: Relationship,
  model: LeaveModel,
  at: Instant,
  months: number,
  later?: Readonly<{ at: Instant; state: Relationship }>,
): Path {
  const x = new Float64Array(covariateNames.length)
  const mean = new Float64Array(months)
  const sd = new Float64Array(months)
  const interceptVariance = model.intercept.sd * model.intercept.sd
  for (let month = 0; month < months; month += 1) {
    const then = instant(at + month * MONTH_MS)
    fillCovariates(x, later !== undefined && then >= later.at ? later.state : state, model, then)
    mean[month] = predictorOf(x, model)
    sd[month] = Math.sqrt(interceptVariance + slopeVarianceOf(x, model))
  }
  // Only a declared end is certain. Who fell silent may yet buy: his chance is the model's, his value his last orders.
  return { mean, sd, gone: state.exit.leftAt !== null }
}

/** With nothing new happening and nothing more done: what is open stays open, and is given up after 90 days. */
export function leftAlonePath(state: Relationship, model: LeaveModel, at: Instant, months: number): Path {
  const end = givenUpAt(at)
  return pathOf(state, model, at, months, { at: end, state: ifGivenUp(state, end) })
}

/** If every step of every repairable failure is done now. */
export const repairedPath = (state: Relationship, model: LeaveModel, at: Instant, months: number): Path =>
  pathOf(ifPutRight(state, at), model, at, months)

/** Chance to stay through a month with these log-odds to leave: 1 less the hazard, without losing digits to the 1. */
export const staysOf = (logOdds: number): number => 1 / (1 + Math.exp(logOdds))

/** Chance to be still there after each of the first `months` months, shifted by `z` standard deviations. */
function survival(path: Path, z: number, months: number): Float64Array {
  const chances = new Float64Array(months + 1)
  let chance = path.gone ? 0 : 1
  chances[0] = chance
  for (let month = 0; month < months; month += 1) {
    chance *= staysOf((path.mean[month] ?? 0) + z * (path.sd[month] ?? 0))
    chances[month + 1] = chance
  }
  return chances
}

function lastOf(path: Path, z: number, months: number): number {
  let chance = path.gone ? 0 : 1
  for (let month = 0; month < months; month += 1) {
    chance *= staysOf((path.mean[month] ?? 0) + z * (path.sd[month] ?? 0))
  }
  return chance
}

/** Chance to stay to the end of the path's first `months` months. */
export const stayOn = (path: Path, months: number): Estimate => ({
  value: lastOf(path, 0, months),
  low: lastOf(path, Z80, months),
  high: lastOf(path, -Z80, months),
})

/**
 * Chance that the customer is still there after `months` months without any new event, an open failure being left
 * alone; 0 once he has said so and gone.
 */
export const stay = (state: Relationship, model: LeaveModel, at: Instant, months: number): Estimate =>
  stayOn(leftAlonePath(state, model, at, months), months)

/** The fans of the next 12 months. `repaired` is null when there is nothing to put right. */
export function future(
  state: Relationship,
  model: LeaveModel,
  at: Instant,
): Readonly<{ repaired: Fan | null; neglected: Fan }> {
  return {
    repaired: isRepairable(state, at) ? fanOf(repairedPath(state, model, at, FAN_MONTHS)) : null,
    neglected: fanOf(leftAlonePath(state, model, at, FAN_MONTHS)),
  }
}

function fanOf(path: Path): Fan {
  const line = (z: number) => [...survival(path, z, FAN_MONTHS)]
  return { median: line(0), low80: line(Z80), high80: line(-Z80), low50: line(Z50), high50: line(-Z50) }
}

/**
 * What the customer is expected to earn in a month, in minor units: margin share x (subscriptions a month + orders of
 * the last 12 months by month), of the amounts in the firm's currency. Customers known for less than 12 months are spread over the months known, at least 1.
 */
export function monthlyMargin(state: Relationship, margins: Margins, at: Instant): number {
  const { facts, at: now } = readable(state, at)
  const known = Math.min(12, Math.max(1, state.firstAt === null ? 1 : (now - state.firstAt) / MONTH_MS))
  return (
    margins.marginShare *
    ((monthlyMinor(facts, margins.currency) ?? 0) + paidInYearMinor(facts, now, margins.currency) / known)
  )
}

/** Sum over the path of P(still there) x margin, discounted by month. */
export function valueOn(path: Path, monthly: number, margins: Margins): Estimate {
  return {
    value: worth(path, monthly, margins, 0),
    low: worth(path, monthly, margins, Z80),
    high: worth(path, monthly, margins, -Z80),
  }
}

function worth(path: Path, monthly: number, { discountMonthly }: Margins, z: number): number {
  if (monthly === 0 || path.gone) return 0
  let chance = 1
  let discount = 1
  let sum = 0
  for (let month = 0; month < path.mean.length; month += 1) {
    chance *= staysOf((path.mean[month] ?? 0) + z * (path.sd[month] ?? 0))
    discount /= 1 + discountMonthly
    sum += chance * discount
  }
  return sum * monthly
}

/** Expected margin of the next 36 months in minor units, with nothing new happening and nothing more done. */
export const remainingValue = (state: Relationship, model: LeaveModel, margins: Margins, at: Instant): Estimate =>
  valueOn(leftAlonePath(state, model, at, VALUE_MONTHS), monthlyMargin(state, margins, at), margins)

/** Value if put right now less value if left alone; null when there is nothing to put right. Never negative. */
export function atStake(state: Relationship, model: LeaveModel, margins: Margins, at: Instant): AtStake | null {
  if (!isRepairable(state, at)) return null
  const monthly = monthlyMargin(state, margins, at)
  const repairedTo = repairedPath(state, model, at, VALUE_MONTHS)
  const neglectedTo = leftAlonePath(state, model, at, VALUE_MONTHS)
  const gap = (z: number) =>
    Math.max(0, worth(repairedTo, monthly, margins, z) - worth(neglectedTo, monthly, margins, z))
  const [value, one, other] = [gap(0), gap(Z80), gap(-Z80)]
  return {
    amount: { value, low: Math.min(value, one, other), high: Math.max(value, one, other) },
    repaired: valueOn(repairedTo, monthly, margins),
    neglected: valueOn(neglectedTo, monthly, margins),
  }
}

/** Chance of the reference customer (month 12 of tenure, no event, no term, average) to stay 12 months. */
export function referenceStay(model: LeaveModel): number {
  let chance = 1
  const slope = model.mean[position.tenure_ln] ?? 0
  for (let month = 0; month < 12; month += 1) {
    chance *= staysOf(model.intercept.mean + slope * Math.log((13 + month) / 13))
  }
  return chance
}

/** 100 x (chance to stay 12 months less that of the reference customer). The intercept, which both share, is fixed. */
export function points(state: Relationship, model: LeaveModel, at: Instant): Estimate {
  const fixed: LeaveModel = { ...model, intercept: { ...model.intercept, sd: 0 } }
  const { value, low, high } = stay(state, fixed, at, 12)
  const reference = referenceStay(model)
  return { value: 100 * (value - reference), low: 100 * (low - reference), high: 100 * (high - reference) }
}

/** The goodwill balance with its 80 % interval from the slopes of what events explain. */
export function goodwillEstimate(state: Relationship, model: LeaveModel, at: Instant): Estimate {
  const { value, sd } = goodwillOf(covariates(state, model, at), model)
  return { value, low: value - Z80 * sd, high: value + Z80 * sd }
}

/** Goodwill from covariates: minus the linear predictor without intercept and static terms. Clears those terms in x. */
export function goodwillOf(x: Float64Array, model: LeaveModel): Readonly<{ value: number; sd: number }> {
  x[position.tenure_ln] = 0
  x[position.in_fixed_term] = 0
  x[position.substitutability] = 0
  x[position.competitiveness] = 0
  return { value: model.intercept.mean - predictorOf(x, model) + 0, sd: Math.sqrt(slopeVarianceOf(x, model)) }
}
