// What BG/NBD and MBG/NBD have in common. Given that a customer is alive after k chances to leave, his chance of leaving
// is Beta(a, b + k) and his rate of buying Gamma(r + x, alpha + T); every answer of both models follows from that.

import { logBeta, logGamma, logRising } from '../gamma-function.ts'
import { incompleteBeta } from '../incomplete-beta.ts'
import type { Refusal } from '../refusal.ts'
import type { Rng } from '../rng.ts'
import {
  type BetaGeometric,
  betaGeometricLikelihood,
  type ExtraChance,
  namedBetaGeometric,
} from './beta-geometric-likelihood.ts'
import { type FitReport, fitPositive } from './fit-positive.ts'
import { dropoutFactor } from './lost-to-dropout.ts'
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

/** A fit with its errors; covariance rows are r, alpha, a, b. */
export type BetaGeometricFit = FitReport &
  Readonly<{ kind: 'fitted'; parameters: BetaGeometric; standardErrors: BetaGeometric }>

/** Per customer the chance to be alive, and the purchases expected in the time ahead. */
export type Scores = Readonly<{ alive: Float64Array; expected: Float64Array }>

// From here on a sample is fitted first: at a million customers it saves half of the time (2026-11-22, bench/stats-fit.ts).
const SAMPLE_ABOVE_ROWS = 60_000
const SAMPLE_ROWS = 15_000

/** Maximum likelihood, on a sample first where there are many rows. */
export function fitBetaGeometric(histories: Histories, extra: ExtraChance): BetaGeometricFit | Refusal {
  const grouped = groupHistories(histories)
  if ('kind' in grouped) return grouped
  const problem = {
    names: ['r', 'alpha', 'a', 'b'],
    customers: grouped.customers,
    rows: grouped.rows,
    start: Float64Array.of(0.5, 0.2, 1, 2.5),
    likelihood: betaGeometricLikelihood(grouped, extra),
    units: [1, grouped.timeScale, 1, 1],
    logLikelihoodShift: -grouped.repeats * Math.log(grouped.timeScale),
  }
  const few = grouped.rows > SAMPLE_ABOVE_ROWS ? thin(grouped, Math.floor(grouped.rows / SAMPLE_ROWS)) : undefined
  const sample = few && { customers: few.customers, likelihood: betaGeometricLikelihood(few, extra) }
  const fit = fitPositive(sample === undefined ? problem : { ...problem, sample })
  if (fit.kind === 'refused') return fit
  const { at, standardErrors, ...report } = fit
  return { ...report, parameters: namedBetaGeometric(at), standardErrors: namedBetaGeometric(standardErrors) }
}

/** Log-likelihood of one customer; NaN for what cannot be. */
export function logLikelihoodOf(model: BetaGeometric, history: History, extra: ExtraChance): number {
  if (!isScorable(model, history)) return Number.NaN
  const { r, alpha, a, b } = model
  const { repeatCount: x, observedFor } = history
  const chances = x + extra
  const head = logRising(r, x) - r * Math.log1p(observedFor / alpha) - x * Math.log(alpha + observedFor)
  const odds = logOddsGone(model, x, history.lastAt, observedFor, extra)
  const softened = Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds)))
  return head + logRising(b, chances) - logRising(a + b, chances) + softened
}

// Logarithm of the odds that the customer has left; who had no chance to leave has not.
function logOddsGone(model: BetaGeometric, x: number, lastAt: number, observedFor: number, extra: ExtraChance): number {
  const { r, alpha, a, b } = model
  if (x + extra === 0) return Number.NEGATIVE_INFINITY
  return Math.log(a / (b + x + extra - 1)) + (r + x) * Math.log1p((observedFor - lastAt) / (alpha + lastAt))
}

/** Chance that the customer has not left by the end of observation; NaN for what cannot be. */
export function aliveOf(model: BetaGeometric, history: History, extra: ExtraChance): number {
  if (!isScorable(model, history)) return Number.NaN
  const { repeatCount, lastAt, observedFor } = history
  return 1 / (1 + Math.exp(logOddsGone(model, repeatCount, lastAt, observedFor, extra)))
}

/** Purchases expected in the next `horizon` of a customer who is alive after so many repeats in so much time. */
export function expectedIfAlive(
  model: BetaGeometric,
  repeatCount: number,
  observedFor: number,
  horizon: number,
  extra: ExtraChance,
): number {
  const { r, alpha, a, b } = model
  const base = alpha + observedFor
  const z = horizon / (base + horizon)
  return dropoutFactor(a, b + repeatCount + extra, r + repeatCount, z, Math.log1p(horizon / base))
}

/** Purchases expected of this customer in the next `horizon`; NaN for what cannot be. */
export function expectedOf(model: BetaGeometric, history: History, horizon: number, extra: ExtraChance): number {
  if (!isScorable(model, history, horizon)) return Number.NaN
  const ifAlive = expectedIfAlive(model, history.repeatCount, history.observedFor, horizon, extra)
  return ifAlive * aliveOf(model, history, extra)
}

/** Repeat purchases expected of a new customer by `horizon`; NaN for what cannot be. */
export function expectedNewOf(model: BetaGeometric, horizon: number, extra: ExtraChance): number {
  if (!isModel(model) || !isHorizon(horizon)) return Number.NaN
  const staysAtFirst = extra === 0 ? 1 : model.b / (model.a + model.b)
  return staysAtFirst * expectedIfAlive(model, 0, 0, horizon, extra)
}

/** Chance that a new customer makes exactly `count` repeat purchases by `horizon`: 0 if nobody can, NaN for what cannot be asked. */
export function massOf(model: BetaGeometric, horizon: number, count: number, extra: ExtraChance): number {
  if (!isCountable(model, horizon, count)) return Number.NaN
  if (!Number.isInteger(count) || count < 0) return 0
  const { r, alpha, a, b } = model
  const share = horizon / (alpha + horizon)
  const chances = count + extra
  const none = -r * Math.log1p(horizon / alpha)
  const buys = count === 0 ? none : none + logRising(r, count) - logGamma(count + 1) + count * Math.log(share)
  const stays = logRising(b, chances) - logRising(a + b, chances)
  if (chances === 0) return Math.exp(buys)
  const leaves = logBeta(a + 1, b + chances - 1) - logBeta(a, b)
  const atLeast = count === 0 ? 1 : incompleteBeta(share, count, r)
  return Math.exp(stays + buys) + Math.exp(leaves) * atLeast
}

/** Scores many customers at once; NaN in the rows of those who cannot be. */
export function scoreAll(model: BetaGeometric, histories: Histories, horizon: number, extra: ExtraChance): Scores {
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
    const odds = logOddsGone(model, x, lastAt, observedFor, extra)
    const chance = 1 / (1 + Math.exp(odds))
    alive[i] = chance
    expected[i] = chance * expectedIfAlive(model, x, observedFor, horizon, extra)
  }
  return { alive, expected }
}

/**
 * Draws one history per time of observation. Refuses parameters and times that cannot be, and customers who buy more
 * than a million times.
 */
export function simulateBetaGeometric(
  model: BetaGeometric,
  observedFor: Float64Array,
  source: Rng,
  extra: ExtraChance,
): Simulated | Refusal {
  const wrong = findWrongDraw(model, observedFor)
  if (wrong !== undefined) return wrong
  const n = observedFor.length
  const repeatCount = new Float64Array(n)
  const lastAt = new Float64Array(n)
  const alive = new Uint8Array(n)
  for (let i = 0; i < n; i++) {
    const rate = source.gamma(model.r) / model.alpha
    const leave = source.beta(model.a, model.b)
    let isAlive = extra === 0 || source.uniform() >= leave
    let at = source.exponential() / rate
    let count = 0
    while (isAlive && at <= (observedFor[i] ?? 0)) {
      count += 1
      lastAt[i] = at
      isAlive = source.uniform() >= leave
      at += source.exponential() / rate
      const many = tooManyDrawn(count, i)
      if (many !== undefined) return many
    }
    repeatCount[i] = count
    alive[i] = isAlive ? 1 : 0
  }
  return { kind: 'simulated', repeatCount, lastAt, observedFor, alive }
}
