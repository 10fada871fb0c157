// BG/BB: Fader, Hardie, and Shang (2010), Customer-Base Analysis in a Discrete-Time Noncontractual Setting, Marketing
// Science 29, 1086-1108. For chances to buy that come at set times: a yearly appeal, a weekly market, a season.
// 1. While active, a customer takes each opportunity with a chance of his own.
// 2. These chances differ between customers like a beta distribution (alpha, beta).
// 3. At the start of each opportunity an active customer leaves for good with a chance of his own.
// 4. Those chances differ like a beta distribution (gamma, delta), independent of the others.
// In plain words, with checks and limits: docs/models/bg-bb.md. A history, a horizon or a model that
// cannot be (see fitBgBb) has no answer: NaN, never a number that only looks like one.

import { logGamma, logRising } from '../gamma-function.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { Rng } from '../rng.ts'
import { bgBbLikelihood } from './bg-bb-likelihood.ts'
import { discountedStay } from './discounted-stay.ts'
import { type FitReport, fitPositive } from './fit-positive.ts'
import {
  findWrongDraw,
  groupHistories,
  type Histories,
  type History,
  isCountable,
  isScorable,
  type Simulated,
  tooManyDrawn,
} from './purchase-history.ts'

/** The four parameters, none of which has a unit. */
export type BgBb = Readonly<{ alpha: number; beta: number; gamma: number; delta: number }>

/** A fit with its errors; covariance rows are alpha, beta, gamma, delta. */
export type BgBbFit = FitReport & Readonly<{ kind: 'fitted'; parameters: BgBb; standardErrors: BgBb }>

/**
 * Fits by maximum likelihood. In `Histories`, `observedFor` counts the opportunities, `repeatCount` those that were
 * taken, and `lastAt` is the number of the last one taken, 0 if none. Refuses rows that cannot be, fewer than 10
 * customers or 6 different histories, nobody who bought again, and parameters that the data leave open.
 */
export function fitBgBb(histories: Histories): BgBbFit | Refusal {
  const grouped = groupHistories(histories, false)
  if ('kind' in grouped) return grouped
  const wrong = grouped.lastAt.findIndex((last, i) => {
    return !isCounted({
      repeatCount: grouped.repeatCount[i] ?? 0,
      lastAt: last,
      observedFor: grouped.observedFor[i] ?? 0,
    })
  })
  if (wrong >= 0) {
    const facts = `${grouped.repeatCount[wrong]} taken, the last as number ${grouped.lastAt[wrong]} of ${grouped.observedFor[wrong]}`
    return refuse('impossible-row', `opportunities are counted one by one, and a customer cannot have ${facts}`)
  }
  const fit = fitPositive({
    names: ['alpha', 'beta', 'gamma', 'delta'],
    customers: grouped.customers,
    rows: grouped.rows,
    start: Float64Array.of(1, 1, 0.5, 2),
    likelihood: bgBbLikelihood(grouped),
    units: [1, 1, 1, 1],
    logLikelihoodShift: 0,
  })
  if (fit.kind === 'refused') return fit
  const { at, standardErrors, ...report } = fit
  return { ...report, parameters: named(at), standardErrors: named(standardErrors) }
}

function isCounted({ repeatCount, lastAt, observedFor }: History): boolean {
  return Number.isInteger(lastAt) && Number.isInteger(observedFor) && repeatCount <= lastAt
}

function named(at: Float64Array): BgBb {
  const [alpha = Number.NaN, beta = Number.NaN, gamma = Number.NaN, delta = Number.NaN] = at
  return { alpha, beta, gamma, delta }
}

// Logarithm of the chance of x opportunities taken among the first m, in one given order.
function logBuys({ alpha, beta }: BgBb, x: number, m: number): number {
  return logRising(alpha, x) + logRising(beta, m - x) - logRising(alpha + beta, m)
}

// Logarithm of the chance to be active for m opportunities at least; and to leave right after m.
function logStays({ gamma, delta }: BgBb, m: number): number {
  return logRising(delta, m) - logRising(gamma + delta, m)
}

function logLeaves(model: BgBb, m: number): number {
  return logStays(model, m) + Math.log(model.gamma / (model.gamma + model.delta + m))
}

/** Log-likelihood of one customer, chances of his own averaged out; add up for many. */
export function bgBbLogLikelihood(model: BgBb, history: History): number {
  if (!isScorable(model, history) || !isCounted(history)) return Number.NaN
  const { repeatCount: x, lastAt, observedFor: n } = history
  const there = logBuys(model, x, n) + logStays(model, n)
  return lastAt === n ? there : logSum(there, logBuys(model, x, lastAt) + logLeavesBefore(model, x, lastAt, n))
}

function logSum(one: number, other: number): number {
  const [low, high] = one < other ? [one, other] : [other, one]
  return high + Math.log1p(Math.exp(low - high))
}

// Logarithm of the chance to take x in one order, the last as number `last`, and to leave before opportunity n, over that
// of the first `last`: each way to leave is the one before times a ratio below 1, so nothing overflows, and thousands of
// opportunities need no gamma functions.
function logLeavesBefore(model: BgBb, x: number, last: number, n: number): number {
  const { alpha, beta, gamma, delta } = model
  let way = 1
  let sum = 0
  for (let m = last; m < n; m++) {
    sum += way
    way *= ((beta + m - x) / (alpha + beta + m)) * ((delta + m) / (gamma + delta + m + 1))
  }
  return logLeaves(model, last) + Math.log(sum)
}

/** Chance that the customer is still there for the next opportunity, n + 1; NaN for what cannot be. */
export function bgBbAlive(model: BgBb, history: History): number {
  if (!isScorable(model, history) || !isCounted(history)) return Number.NaN
  const { alpha, beta, gamma, delta } = model
  const { repeatCount: x, lastAt, observedFor: n } = history
  // Each way to have left, the last one first, over that of being there still: ratios, of which nothing cancels.
  let way = (gamma / (delta + n - 1)) * ((alpha + beta + n - 1) / (beta + n - 1 - x))
  let gone = 0
  for (let m = n - 1; m >= lastAt; m--) {
    gone += way
    way *= ((alpha + beta + m - 1) / (beta + m - 1 - x)) * ((gamma + delta + m) / (delta + m - 1))
  }
  return (delta + n) / (gamma + delta + n) / (1 + gone)
}

/** How many of the next `opportunities` the customer is expected to take (their equation 13, summed term by term). */
export function bgBbExpected(model: BgBb, history: History, opportunities: number): number {
  if (!(Number.isInteger(opportunities) && opportunities >= 0)) return Number.NaN
  const { alpha, beta, gamma, delta } = model
  const n = history.observedFor
  const takes = (alpha + history.repeatCount) / (alpha + beta + n)
  let there = bgBbAlive(model, history)
  let sum = 0
  for (let j = 1; j <= opportunities; j++) {
    sum += there
    there *= (delta + n + j) / (gamma + delta + n + j)
  }
  return takes * sum
}

/** How many of the first `opportunities` a new customer is expected to take: their mean of the counts, summed term by term. */
export function bgBbExpectedNew(model: BgBb, opportunities: number): number {
  return bgBbExpected(model, { repeatCount: 0, lastAt: 0, observedFor: 0 }, opportunities)
}

/** Chance that a new customer takes exactly `count` of the first `opportunities` (their equation 7). */
export function bgBbMass(model: BgBb, opportunities: number, count: number): number {
  if (!isCountable(model, opportunities, count) || !Number.isInteger(opportunities)) return Number.NaN
  if (!Number.isInteger(count) || count < 0) return 0
  if (count > opportunities) return 0
  const logOrders = (m: number) => logGamma(m + 1) - logGamma(count + 1) - logGamma(m - count + 1)
  const logWay = (m: number) => logOrders(m) + logBuys(model, count, m)
  let sum = Math.exp(logWay(opportunities) + logStays(model, opportunities))
  for (let m = count; m < opportunities; m++) sum += Math.exp(logWay(m) + logLeaves(model, m))
  return sum
}

/**
 * All opportunities that the customer is still expected to take, the j-th from now divided by (1 + rate)^j: discounted
 * expected residual transactions (their equation 14). NaN for a rate of 0 or less. As the rate goes to 0 it goes to
 * P(alive) (alpha + x)/(alpha + beta + n) (gamma + delta + n)/(gamma - 1), and without end where gamma is 1 or less.
 */
export function bgBbDiscounted(model: BgBb, history: History, rate: number): number {
  const there = bgBbAlive(model, history)
  if (!(rate > 0) || Number.isNaN(there)) return Number.NaN
  const { alpha, beta, gamma, delta } = model
  const n = history.observedFor
  const takes = (alpha + history.repeatCount) / (alpha + beta + n)
  return takes * there * discountedStay(gamma, delta + n + 1, rate)
}

/**
 * Draws a history per number of opportunities; `alive` says who is there for one more. Refuses parameters that cannot
 * be, and opportunities that are not whole numbers up to a million.
 */
export function simulateBgBb(model: BgBb, opportunities: Float64Array, source: Rng): Simulated | Refusal {
  const part = opportunities.findIndex((number) => !Number.isInteger(number))
  if (part >= 0) return refuse('impossible-row', `row ${part} has ${opportunities[part]} opportunities`)
  const most = opportunities.reduce((more, number) => Math.max(more, number), 0)
  const wrong = findWrongDraw(model, opportunities) ?? tooManyDrawn(most, opportunities.indexOf(most))
  if (wrong !== undefined) return wrong
  const count = opportunities.length
  const repeatCount = new Float64Array(count)
  const lastAt = new Float64Array(count)
  const alive = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const takes = source.beta(model.alpha, model.beta)
    const leaves = source.beta(model.gamma, model.delta)
    let isThere = source.uniform() >= leaves
    for (let j = 1; isThere && j <= (opportunities[i] ?? 0); j++) {
      if (source.uniform() < takes) {
        repeatCount[i] = (repeatCount[i] ?? 0) + 1
        lastAt[i] = j
      }
      isThere = source.uniform() >= leaves
    }
    alive[i] = isThere ? 1 : 0
  }
  return { kind: 'simulated', repeatCount, lastAt, observedFor: opportunities, alive }
}
