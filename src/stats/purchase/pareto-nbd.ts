// Pareto/NBD: Schmittlein, Morrison, and Colombo (1987), Management Science 33, 1-24; the formulas are numbered as in
// Fader and Hardie (2005), "A Note on Deriving the Pareto/NBD Model and Related Expressions".
// 1. While active, a customer buys at random times with a rate of his own.
// 2. Rates differ between customers like a gamma distribution (shape r, rate alpha).
// 3. A customer stays active for an exponential time, with a rate of leaving of his own: at any moment, not only after
//    a purchase.
// 4. Rates of leaving differ like a gamma distribution (shape s, rate beta), independent of the rates of buying.
// In plain words, with checks and limits: docs/models/pareto-nbd.md. A history, a horizon or a model that
// cannot be (see groupHistories) has no answer: NaN, never a number that only looks like one.

import { logGamma, logRising } from '../gamma-function.ts'
import { gaussLegendre } from '../gauss-legendre.ts'
import type { Refusal } from '../refusal.ts'
import type { Rng } from '../rng.ts'
import { logDepartureIntegral } from './departure-integral.ts'
import { type FitReport, fitPositive } from './fit-positive.ts'
import { paretoNbdLikelihood } from './pareto-nbd-likelihood.ts'
import {
  findWrongDraw,
  groupHistories,
  type Histories,
  type History,
  isCountable,
  isHorizon,
  isModel,
  isPossible,
  isScorable,
  type Simulated,
  thin,
  tooManyDrawn,
} from './purchase-history.ts'

/** The four parameters; `alpha` and `beta` are in the unit of the times, the others have none. */
export type ParetoNbd = Readonly<{ r: number; alpha: number; s: number; beta: number }>

/** A fit with its errors; covariance rows are r, alpha, s, beta. */
export type ParetoNbdFit = FitReport & Readonly<{ kind: 'fitted'; parameters: ParetoNbd; standardErrors: ParetoNbd }>

const SAMPLE_ABOVE_ROWS = 60_000
const SAMPLE_ROWS = 15_000

/**
 * Fits by maximum likelihood (their equation 18). Days and weeks give the same answer. Refuses rows that cannot be,
 * fewer than 10 customers or 6 different histories, nobody who bought again, and parameters that the data leave open.
 */
export function fitParetoNbd(histories: Histories): ParetoNbdFit | Refusal {
  const grouped = groupHistories(histories)
  if ('kind' in grouped) return grouped
  const problem = {
    names: ['r', 'alpha', 's', 'beta'],
    customers: grouped.customers,
    rows: grouped.rows,
    start: Float64Array.of(0.5, 0.3, 0.5, 0.4),
    likelihood: paretoNbdLikelihood(grouped),
    units: [1, grouped.timeScale, 1, grouped.timeScale],
    logLikelihoodShift: -grouped.repeats * Math.log(grouped.timeScale),
  }
  const few = grouped.rows > SAMPLE_ABOVE_ROWS ? thin(grouped, Math.floor(grouped.rows / SAMPLE_ROWS)) : undefined
  const sample = few && { customers: few.customers, likelihood: paretoNbdLikelihood(few) }
  const fit = fitPositive(sample === undefined ? problem : { ...problem, sample })
  if (fit.kind === 'refused') return fit
  const { at, standardErrors, ...report } = fit
  return { ...report, parameters: named(at), standardErrors: named(standardErrors) }
}

function named(at: Float64Array): ParetoNbd {
  const [r = Number.NaN, alpha = Number.NaN, s = Number.NaN, beta = Number.NaN] = at
  return { r, alpha, s, beta }
}

/** Log-likelihood of one customer (their equation 18, with the time of leaving integrated); add up for many. */
export function paretoNbdLogLikelihood(model: ParetoNbd, history: History): number {
  if (!isScorable(model, history)) return Number.NaN
  const { r, alpha, s, beta } = model
  const { repeatCount: x, observedFor } = history
  const odds = logOddsGone(model, x, history.lastAt, observedFor)
  const head = logRising(r, x) - x * Math.log(alpha + observedFor)
  const alive = -r * Math.log1p(observedFor / alpha) - s * Math.log1p(observedFor / beta)
  return head + alive + Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds)))
}

function logOddsGone({ r, alpha, s, beta }: ParetoNbd, x: number, lastAt: number, observedFor: number): number {
  const m = r + x
  const gone = Math.log(s) + logDepartureIntegral({ alpha, beta, m, s }, lastAt, observedFor)
  return gone + m * Math.log(alpha + observedFor) + s * Math.log(beta + observedFor)
}

/** Chance that the customer is still active at the end of observation (their equations 36 and 37). */
export function paretoNbdAlive(model: ParetoNbd, history: History): number {
  if (!isScorable(model, history)) return Number.NaN
  const { repeatCount, lastAt, observedFor } = history
  return 1 / (1 + Math.exp(logOddsGone(model, repeatCount, lastAt, observedFor)))
}

/** Purchases expected of this customer in the next `horizon`, in the unit of the times (their equation 41). */
export function paretoNbdExpected(model: ParetoNbd, history: History, horizon: number): number {
  if (!isHorizon(horizon)) return Number.NaN
  return paretoNbdAlive(model, history) * expectedIfAlive(model, history.repeatCount, history.observedFor, horizon)
}

function expectedIfAlive(model: ParetoNbd, x: number, observedFor: number, horizon: number): number {
  const base = model.beta + observedFor
  const rate = (model.r + x) / (model.alpha + observedFor)
  return rate * base * powerGap(model.s - 1, Math.log1p(horizon / base))
}

// (1 - exp(-e y)) / e, which at e = 0, where the printed formula divides by zero, is y.
function powerGap(e: number, y: number): number {
  return e === 0 ? y : -Math.expm1(-e * y) / e
}

/** Repeat purchases expected of a new customer by `horizon`, in the unit of the times (their equation 27). */
export function paretoNbdExpectedNew(model: ParetoNbd, horizon: number): number {
  if (!isModel(model) || !isHorizon(horizon)) return Number.NaN
  return expectedIfAlive(model, 0, 0, horizon)
}

/**
 * All purchases still expected of this customer, each discounted by exp(-rate * time): discounted expected residual
 * transactions, DERT. The rate is continuous and by the unit of the times; NaN for a rate of 0 or less. Fader, Hardie,
 * and Lee (2005), Journal of Marketing Research 42, 415-430; their confluent hypergeometric function as its
 * integral (DLMF 13.4.4), which stands for every s.
 */
export function paretoNbdDiscounted(model: ParetoNbd, history: History, rate: number): number {
  const base = model.beta + history.observedFor
  const buys = (model.r + history.repeatCount) / (model.alpha + history.observedFor)
  return paretoNbdAlive(model, history) * buys * base * discountedStay(model.s, rate * base)
}

const PANEL = gaussLegendre(24)

// Integral over t from 0 to infinity of exp(-z t) (1 + t)^-s, with w = log(1 + t), cut where it is below the last bit:
// where many leave soon (a large s) long before the discount does so.
function discountedStay(s: number, z: number): number {
  if (!(z > 0)) return Number.NaN
  const discounted = Math.log1p(40 / z)
  const end = s > 1 ? Math.min(discounted, 42 / (s - 1)) : discounted
  const panels = 4 + Math.ceil(end)
  let sum = 0
  for (let panel = 0; panel < panels; panel++) {
    for (let j = 0; j < PANEL.nodes.length; j++) {
      const w = ((panel + (PANEL.nodes[j] ?? 0)) * end) / panels
      sum += (PANEL.weights[j] ?? 0) * Math.exp((1 - s) * w - z * Math.expm1(w))
    }
  }
  return (sum * end) / panels
}

const MASS_PANELS = 48

/**
 * Chance that a new customer makes exactly `count` repeat purchases by `horizon`: alive throughout, or left at some
 * time before, integrated over that time. Agrees with the closed form of Fader and Hardie (2006), "Deriving an
 * Expression for P(X(t) = x) Under the Pareto/NBD Model", whose sums cancel for large counts.
 */
export function paretoNbdMass(model: ParetoNbd, horizon: number, count: number): number {
  if (!isCountable(model, horizon, count)) return Number.NaN
  if (!Number.isInteger(count) || count < 0) return 0
  const { s, beta } = model
  const near = Math.min(model.alpha, beta)
  const end = Math.log1p(horizon / near)
  let left = 0
  for (let panel = 0; panel < MASS_PANELS; panel++) {
    for (let j = 0; j < PANEL.nodes.length; j++) {
      const y = ((panel + (PANEL.nodes[j] ?? 0)) * end) / MASS_PANELS
      const u = near * Math.expm1(y)
      const leaves = ((s * near) / beta) * Math.exp(y - (s + 1) * Math.log1p(u / beta))
      left += (PANEL.weights[j] ?? 0) * leaves * countMass(model, u, count)
    }
  }
  return countMass(model, horizon, count) * Math.exp(-s * Math.log1p(horizon / beta)) + (left * end) / MASS_PANELS
}

// Negative binomial: chance of a count in a time throughout which the customer is active.
function countMass({ r, alpha }: ParetoNbd, time: number, count: number): number {
  const none = -r * Math.log1p(time / alpha)
  if (count === 0) return Math.exp(none)
  return Math.exp(none + logRising(r, count) - logGamma(count + 1) + count * Math.log(time / (alpha + time)))
}

/**
 * Scores many customers at once, one number a customer: the chance to be alive, and the purchases expected in the next
 * `horizon`, which is in the unit of the times. NaN in the rows of those who cannot be.
 */
export function scoreParetoNbd(
  model: ParetoNbd,
  histories: Histories,
  horizon: number,
): Readonly<{ alive: Float64Array; expected: Float64Array }> {
  const n = histories.repeatCount.length
  const alive = new Float64Array(n)
  const expected = new Float64Array(n)
  const isAskable = isModel(model) && isHorizon(horizon)
  for (let i = 0; i < n; i++) {
    const x = histories.repeatCount[i] ?? Number.NaN
    const lastAt = histories.lastAt[i] ?? Number.NaN
    const observedFor = histories.observedFor[i] ?? Number.NaN
    if (!(isAskable && isPossible(x, lastAt, observedFor))) {
      alive[i] = Number.NaN
      expected[i] = Number.NaN
      continue
    }
    const chance = 1 / (1 + Math.exp(logOddsGone(model, x, lastAt, observedFor)))
    alive[i] = chance
    expected[i] = chance * expectedIfAlive(model, x, observedFor, horizon)
  }
  return { alive, expected }
}

/**
 * Draws one history per time of observation from the model. Refuses parameters and times that cannot be, and customers
 * who buy more than a million times.
 */
export function simulateParetoNbd(model: ParetoNbd, observedFor: Float64Array, source: Rng): Simulated | Refusal {
  const wrong = findWrongDraw(model, observedFor)
  if (wrong !== undefined) return wrong
  const n = observedFor.length
  const [repeatCount, lastAt, alive] = [new Float64Array(n), new Float64Array(n), new Uint8Array(n)]
  for (let i = 0; i < n; i++) {
    const rate = source.gamma(model.r) / model.alpha
    const leavesAt = source.exponential() / (source.gamma(model.s) / model.beta)
    const end = observedFor[i] ?? 0
    alive[i] = leavesAt > end ? 1 : 0
    let count = 0
    for (let at = source.exponential() / rate; at <= Math.min(end, leavesAt); at += source.exponential() / rate) {
      count += 1
      lastAt[i] = at
      const many = tooManyDrawn(count, i)
      if (many !== undefined) return many
    }
    repeatCount[i] = count
  }
  return { kind: 'simulated', repeatCount, lastAt, observedFor, alive }
}
