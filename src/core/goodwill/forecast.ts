/**
 * What will happen if nothing new happens: the chance to stay, and what that is worth. Month k begins k months after
 * `at` with the covariates faded to that instant; P(stay n months) = product of (1 - h) over k = 0..n-1.
 *
 * Intervals: the slope of a figure by each coefficient, carried through the covariance of the coefficients (the delta
 * method), and laid on a scale that has no bounds: the logarithm of -ln P for a chance, the log-odds of the share of
 * what there is to earn for a value.
 */
import { type StillThere, stillThere } from '../attrition/still-there.ts'
import { type Relationship, readable } from '../relationship/relationship.ts'
import { monthlyMinor, paidInYearMinor } from '../relationship/trade.ts'
import { type Instant, instant, MONTH_MS } from '../time/instant.ts'
import { chanceAt, spreadOf, type Unsure, Z80 } from './coefficient-spread.ts'
import { covariates, fillCovariates, predictorOf } from './covariates.ts'
import { givenUpAt, ifGivenUp, ifPutRight, isRepairable } from './if-left-alone.ts'
import { type LeaveModel, unsureOf } from './leave-model.ts'
import { covariateNames, position } from './leave-priors.ts'

/** Months over which remaining value is counted. */
export const VALUE_MONTHS = 36
const FAN_MONTHS = 12
const STAY_MONTHS = 12

/** Standard normal quantile of the 50 % interval. */
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

/** Linear predictor at the start of each month to come, and what it was made of: the slopes of what follows from it. */
export type Path = Readonly<{
  mean: Float64Array
  /** Covariates, month after month. */
  x: Float64Array
  unsure: Unsure
  gone: boolean
}>

const WIDTH = covariateNames.length

/** The months to come of a state, of which what is open stays open; `later` takes over from its instant on. */
export function pathOf(
  state: Relationship,
  model: LeaveModel,
  at: Instant,
  months: number,
  later?: Readonly<{ at: Instant; state: Relationship }>,
): Path {
  const all = new Float64Array(months * WIDTH)
  const mean = new Float64Array(months)
  for (let month = 0; month < months; month += 1) {
    const then = instant(at + month * MONTH_MS)
    const x = all.subarray(month * WIDTH, (month + 1) * WIDTH)
    fillCovariates(x, later !== undefined && then >= later.at ? later.state : state, model, then)
    mean[month] = predictorOf(x, model)
  }
  // Only a declared end is certain. Who fell silent may yet buy: his chance is the model's, his value his last orders.
  return { mean, x: all, unsure: unsureOf(model), gone: state.exit.leftAt !== null }
}

/** With nothing new happening and nothing more done: what is open stays open, and is given up after 90 days. */
export function leftAlonePath(state: Relationship, model: LeaveModel, at: Instant, months: number): Path {
  const end = givenUpAt(at)
  return pathOf(state, model, at, months, { at: end, state: ifGivenUp(state, end) })
}

/** If every step of every repairable failure is done now. */
export const repairedPath = (state: Relationship, model: LeaveModel, at: Instant, months: number): Path =>
  pathOf(ifPutRight(state, at), model, at, months)

/** A figure with its slopes by the intercept and each coefficient. */
export type Sloped = Readonly<{ value: number; slopes: Float64Array }>

const noSlopes = (): Float64Array => new Float64Array(1 + WIDTH)

// Adds a month's covariates, the intercept's 1 first, so many times.
function addMonth(to: Float64Array, { x }: Path, month: number, times: number): void {
  to[0] = (to[0] ?? 0) + times
  for (let k = 0; k < WIDTH; k += 1) {
    const units = x[month * WIDTH + k] ?? 0
    if (units !== 0) to[1 + k] = (to[1 + k] ?? 0) + times * units
  }
}

// What there was of leaving, -ln P(stay), after each of the first `months` months, told with its slopes.
function tellHazard(path: Path, months: number, tell: (month: number, hazard: Sloped) => void): void {
  const slopes = noSlopes()
  let value = 0
  for (let month = 0; month < months; month += 1) {
    const odds = Math.exp(path.mean[month] ?? 0)
    value += Math.log1p(odds)
    addMonth(slopes, path, month, odds / (1 + odds))
    tell(month, { value, slopes })
  }
}

/** Chance to stay to the end of the path's first `months` months. */
export function stayOn(path: Path, months: number): Estimate {
  let [hazard, sd] = [0, 0]
  tellHazard(path, months, (month, found) => {
    if (month < months - 1) return
    hazard = found.value
    sd = spreadOf(found.slopes, path.unsure)
  })
  if (path.gone) return { value: 0, low: 0, high: 0 }
  return { value: chanceAt(hazard, sd, 0), low: chanceAt(hazard, sd, Z80), high: chanceAt(hazard, sd, -Z80) }
}

function stayWithSlopes(path: Path, months: number): Sloped {
  let found: Sloped = { value: 1, slopes: noSlopes() }
  tellHazard(path, months, (_, hazard) => {
    found = hazard
  })
  if (path.gone) return { value: 0, slopes: noSlopes() }
  const value = months === 0 ? 1 : Math.exp(-found.value)
  return { value, slopes: found.slopes.map((slope) => -value * slope) }
}

/** The chance to leave in the month after `months` months, seen from the path's beginning. */
export const leaveInMonth = (path: Path, months: number): Sloped =>
  less(stayWithSlopes(path, months), stayWithSlopes(path, months + 1))

// One figure less another: what both are unsure of is counted once.
const less = (one: Sloped, other: Sloped): Sloped => ({
  value: one.value - other.value,
  slopes: one.slopes.map((slope, k) => slope - (other.slopes[k] ?? 0)),
})

/** How much likelier one is to stay than the other, with what both are unsure of counted once. */
export const stayGap = (better: Path, worse: Path, months: number): Estimate =>
  gapOf(stayWithSlopes(better, months), stayWithSlopes(worse, months), better.unsure)

function gapOf(better: Sloped, worse: Sloped, unsure: Unsure): Estimate {
  const { value, slopes } = less(better, worse)
  const spread = Z80 * spreadOf(slopes, unsure)
  return { value, low: value - spread, high: value + spread }
}

/**
 * Chance that the customer is still there after `months` months without any new event, an open failure being left
 * alone; 0 once he has said so and gone.
 */
export const stay = (state: Relationship, model: LeaveModel, at: Instant, months: number): Estimate =>
  stayOn(leftAlonePath(state, model, at, months), months)

/** The fans of the next 12 months. `repaired` is null when there is nothing to put right. */
export type Future = Readonly<{ repaired: Fan | null; neglected: Fan }>

/** The fan of the next 12 months of a path. */
export function fanOf(path: Path): Fan {
  const start = path.gone ? 0 : 1
  const fan = { median: [start], low80: [start], high80: [start], low50: [start], high50: [start] }
  tellHazard(path, FAN_MONTHS, (_, { value, slopes }) => {
    const sd = spreadOf(slopes, path.unsure)
    const at = (z: number) => (path.gone ? 0 : chanceAt(value, sd, z))
    fan.median.push(at(0))
    fan.low80.push(at(Z80))
    fan.high80.push(at(-Z80))
    fan.low50.push(at(Z50))
    fan.high50.push(at(-Z50))
  })
  return fan
}

/**
 * What the customer is expected to earn in a month, in minor units: margin share x (subscriptions a month + orders of
 * the last 12 months by month), of the amounts in the firm's currency. Customers known for less than 12 months are spread over the months known, at least 1.
 */
function monthlyMargin(state: Relationship, margins: Margins, at: Instant): number {
  const { facts, at: now } = readable(state, at)
  const known = Math.min(12, Math.max(1, state.firstAt === null ? 1 : (now - state.firstAt) / MONTH_MS))
  return (
    margins.marginShare *
    ((monthlyMinor(facts, margins.currency) ?? 0) + paidInYearMinor(facts, now, margins.currency) / known)
  )
}

/**
 * What there is to expect of a customer in a month if he is there when it ends, weighed by the chance that he is there
 * now: 1 where leaving is declared, and then it is `monthlyMargin`. Of others the rate of buying is that of the model, for
 * silence says that he left or that he buys seldom, and must not count as both.
 */
export const expectedMargin = (state: Relationship, model: LeaveModel, margins: Margins, at: Instant): number =>
  marginOf(stillThere(state, model, at, margins.currency), state, margins, at)

function marginOf(there: StillThere | null, state: Relationship, margins: Margins, at: Instant): number {
  if (there === null) return monthlyMargin(state, margins, at)
  return margins.marginShare * there.alive * there.ordersMonthly * there.orderMinor
}

/** Sum over the path of P(still there) x margin, discounted by month. */
export function valueOn(path: Path, monthly: number, margins: Margins): Estimate {
  const { value, slopes, most } = worth(path, monthly, margins)
  const share = value / most
  if (!(share > 0 && share < 1)) return { value, low: value, high: value }
  const [logOdds, spread] = [
    Math.log(share / (1 - share)),
    spreadOf(slopes, path.unsure) / Math.abs(value * (1 - share)),
  ]
  const [low, high] = [-Z80, Z80].map((z) => most / (1 + Math.exp(-(logOdds + z * spread))))
  return monthly < 0
    ? { value, low: high ?? value, high: low ?? value }
    : { value, low: low ?? value, high: high ?? value }
}

// Value with its slopes, and the most there is: from somebody who stays for sure.
function worth(path: Path, monthly: number, { discountMonthly }: Margins): Sloped & Readonly<{ most: number }> {
  const slopes = noSlopes()
  if (monthly === 0 || path.gone) return { value: 0, slopes, most: 0 }
  let [discount, sum, all] = [1, 0, 0]
  tellHazard(path, path.mean.length, (_, hazard) => {
    discount /= 1 + discountMonthly
    const part = Math.exp(-hazard.value) * discount
    sum += part
    all += discount
    for (let k = 0; k < slopes.length; k += 1) slopes[k] = (slopes[k] ?? 0) - monthly * part * (hazard.slopes[k] ?? 0)
  })
  return { value: sum * monthly, slopes, most: all * monthly }
}

/** How much more one is worth than the other, with what both are unsure of counted once. */
export const valueGap = (better: Path, worse: Path, monthly: number, margins: Margins): Estimate =>
  gapOf(worth(better, monthly, margins), worth(worse, monthly, margins), better.unsure)

/** Value if put right now less value if left alone; null when there is nothing to put right. Never negative. */
export function atStake(state: Relationship, model: LeaveModel, margins: Margins, at: Instant): AtStake | null {
  if (!isRepairable(state, at)) return null
  const monthly = expectedMargin(state, model, margins, at)
  const repairedTo = repairedPath(state, model, at, VALUE_MONTHS)
  const neglectedTo = leftAlonePath(state, model, at, VALUE_MONTHS)
  return stakeOn(repairedTo, neglectedTo, monthly, margins)
}

function stakeOn(repairedTo: Path, neglectedTo: Path, monthly: number, margins: Margins): AtStake {
  const { value, low, high } = valueGap(repairedTo, neglectedTo, monthly, margins)
  return {
    amount: { value: Math.max(0, value), low: Math.max(0, low), high: Math.max(0, high) },
    repaired: valueOn(repairedTo, monthly, margins),
    neglected: valueOn(neglectedTo, monthly, margins),
  }
}

/** All that the page of a customer tells of what will happen. */
export type Forecast = Readonly<{
  stay: Estimate
  points: Estimate
  value: Estimate
  atStake: AtStake | null
  future: Future
  /** Whether he is there still; null where he would say if he left. */
  there: StillThere | null
  /** Months that he can be expected to stay, of the 36 to come, if he is there now. */
  monthsStayed: number
}>

/**
 * The figures of a customer from two walks through the months: left alone and, where there is something to put right, put
 * right. `value` is the expected margin of the next 36 months in minor units, with nothing new happening.
 */
export function forecast(state: Relationship, model: LeaveModel, margins: Margins, at: Instant): Forecast {
  const neglected = leftAlonePath(state, model, at, VALUE_MONTHS)
  const repaired = isRepairable(state, at) ? repairedPath(state, model, at, VALUE_MONTHS) : null
  const there = stillThere(state, model, at, margins.currency)
  const monthly = marginOf(there, state, margins, at)
  return {
    stay: stayOn(neglected, STAY_MONTHS),
    points: pointsOn(neglected, model),
    value: valueOn(neglected, monthly, margins),
    atStake: repaired === null ? null : stakeOn(repaired, neglected, monthly, margins),
    future: { repaired: repaired === null ? null : fanOf(repaired), neglected: fanOf(neglected) },
    there,
    monthsStayed: there === null ? 0 : worth(neglected, 1, UNDISCOUNTED).value,
  }
}
const UNDISCOUNTED: Margins = { marginShare: 1, discountMonthly: 0, currency: '' }

/** Chance of the reference customer (month 12 of tenure, no event, no term, average) to stay 12 months. */
export const referenceStay = (model: LeaveModel): number => referenceOf(model).value

// Of every customer the same: walked through once for each model.
const references = new WeakMap<LeaveModel, Sloped>()

function referenceOf(model: LeaveModel): Sloped {
  const reference = references.get(model) ?? stayWithSlopes(referencePath(model), STAY_MONTHS)
  references.set(model, reference)
  return reference
}

function referencePath(model: LeaveModel): Path {
  const x = new Float64Array(STAY_MONTHS * WIDTH)
  for (let month = 0; month < STAY_MONTHS; month += 1)
    x[month * WIDTH + position.tenure_ln] = Math.log((13 + month) / 13)
  const mean = Float64Array.from({ length: STAY_MONTHS }, (_, month) =>
    predictorOf(x.subarray(month * WIDTH, (month + 1) * WIDTH), model),
  )
  return { mean, x, unsure: unsureOf(model), gone: false }
}

/** 100 x (chance to stay 12 months less that of the reference customer); what both share is unsure for both alike. */
export function pointsOn(path: Path, model: LeaveModel): Estimate {
  const { value, low, high } = gapOf(stayWithSlopes(path, STAY_MONTHS), referenceOf(model), path.unsure)
  return { value: 100 * value, low: 100 * low, high: 100 * high }
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
  return { value: model.intercept.mean - predictorOf(x, model) + 0, sd: spreadOf([0, ...x], unsureOf(model)) }
}
