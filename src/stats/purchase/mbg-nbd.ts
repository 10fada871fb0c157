// MBG/NBD: Batislam, Denizel, and Filiztekin (2007), International Journal of Research in Marketing 24, 201-209, and
// Hoppe and Wagner (2007), Marketing - Journal of Research and Management 3, who call it CBG/NBD.
// 1. While active, a customer buys at random times with a rate of his own.
// 2. Rates differ between customers like a gamma distribution (shape r, rate alpha).
// 3. After each purchase, the first included, a customer may leave for good, with a chance of his own. That is what
//    sets it apart from BG/NBD, where whoever has not come back is alive for certain.
// 4. Chances differ like a beta distribution (a, b), independent of the rates.
// In plain words, with checks and limits: docs/models/mbg-nbd.md. A history, a horizon or a model that
// cannot be (see groupHistories) has no answer: NaN, never a number that only looks like one.

import type { Refusal } from '../refusal.ts'
import type { Rng } from '../rng.ts'
import {
  aliveOf,
  type BetaGeometricFit,
  expectedNewOf,
  expectedOf,
  fitBetaGeometric,
  logLikelihoodOf,
  massOf,
  type Scores,
  scoreAll,
  simulateBetaGeometric,
} from './beta-geometric.ts'
import type { BetaGeometric } from './beta-geometric-likelihood.ts'
import type { Histories, History, Simulated } from './purchase-history.ts'

const AFTER_FIRST = 1

/** The four parameters; `alpha` is in the unit of the times, the others have none. */
export type MbgNbd = BetaGeometric

/** A fit with its errors; covariance rows are r, alpha, a, b. */
export type MbgNbdFit = BetaGeometricFit

/**
 * Fits by maximum likelihood. Days and weeks give the same answer. Refuses rows that cannot be, fewer than
 * 10 customers or 6 different histories, nobody who bought again, and parameters that the data leave open.
 */
export function fitMbgNbd(histories: Histories): MbgNbdFit | Refusal {
  return fitBetaGeometric(histories, AFTER_FIRST)
}

/** Log-likelihood of one customer; add up for many. */
export function mbgNbdLogLikelihood(model: MbgNbd, history: History): number {
  return logLikelihoodOf(model, history, AFTER_FIRST)
}

/** Chance that the customer has not left by the end of observation; below 1 even without a repeat. */
export function mbgNbdAlive(model: MbgNbd, history: History): number {
  return aliveOf(model, history, AFTER_FIRST)
}

/** Purchases expected of this customer in the next `horizon`, in the unit of the times. */
export function mbgNbdExpected(model: MbgNbd, history: History, horizon: number): number {
  return expectedOf(model, history, horizon, AFTER_FIRST)
}

/** Repeat purchases expected of a new customer by `horizon`; some have left at once. */
export function mbgNbdExpectedNew(model: MbgNbd, horizon: number): number {
  return expectedNewOf(model, horizon, AFTER_FIRST)
}

/** Chance that a new customer makes exactly `count` repeat purchases by `horizon`. */
export function mbgNbdMass(model: MbgNbd, horizon: number, count: number): number {
  return massOf(model, horizon, count, AFTER_FIRST)
}

/**
 * Scores many customers at once, one number a customer: the chance to be alive, and the purchases expected in the next
 * `horizon`, which is in the unit of the times. NaN in the rows of those who cannot be.
 */
export function scoreMbgNbd(model: MbgNbd, histories: Histories, horizon: number): Scores {
  return scoreAll(model, histories, horizon, AFTER_FIRST)
}

/**
 * Draws one history per time of observation from the model. Refuses parameters and times that cannot be, and customers
 * who buy more than a million times.
 */
export function simulateMbgNbd(model: MbgNbd, observedFor: Float64Array, source: Rng): Simulated | Refusal {
  return simulateBetaGeometric(model, observedFor, source, AFTER_FIRST)
}
