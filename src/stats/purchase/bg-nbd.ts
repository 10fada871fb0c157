// BG/NBD: Fader, Hardie, and Lee (2005), "Counting Your Customers" the Easy Way, Marketing Science 24, 275-284.
// 1. While active, a customer buys at random times with a rate of his own.
// 2. Rates differ between customers like a gamma distribution (shape r, rate alpha).
// 3. After each repeat purchase a customer may leave for good, with a chance of his own.
// 4. Chances differ like a beta distribution (a, b), independent of the rates.
// In plain words, with checks and limits: docs/models/bg-nbd.md. A history, a horizon or a model that
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

const AFTER_FIRST = 0

/** The four parameters; `alpha` is in the unit of the times, the others have none. */
export type BgNbd = BetaGeometric

/** A fit with its errors; covariance rows are r, alpha, a, b. */
export type BgNbdFit = BetaGeometricFit

/**
 * Fits by maximum likelihood. Days and weeks give the same answer. Refuses rows that cannot be,
 * fewer than 10 customers or 6 different histories, nobody who bought again, and parameters that the data leave open.
 */
export function fitBgNbd(histories: Histories): BgNbdFit | Refusal {
  return fitBetaGeometric(histories, AFTER_FIRST)
}

/** Log-likelihood of one customer, rate and chance of his own averaged out; add up for many. */
export function bgNbdLogLikelihood(model: BgNbd, history: History): number {
  return logLikelihoodOf(model, history, AFTER_FIRST)
}

/** Chance that the customer has not left by the end of observation; 1 without a repeat, by assumption 3. */
export function bgNbdAlive(model: BgNbd, history: History): number {
  return aliveOf(model, history, AFTER_FIRST)
}

/** Purchases expected of this customer in the next `horizon`, in the unit of the times: their conditional expectation. */
export function bgNbdExpected(model: BgNbd, history: History, horizon: number): number {
  return expectedOf(model, history, horizon, AFTER_FIRST)
}

/** Repeat purchases expected of a new customer by `horizon`: their E[X(t)]. */
export function bgNbdExpectedNew(model: BgNbd, horizon: number): number {
  return expectedNewOf(model, horizon, AFTER_FIRST)
}

/** Chance that a new customer makes exactly `count` repeat purchases by `horizon`: their P(X(t) = x). */
export function bgNbdMass(model: BgNbd, horizon: number, count: number): number {
  return massOf(model, horizon, count, AFTER_FIRST)
}

/**
 * Scores many customers at once, one number a customer: the chance to be alive, and the purchases expected in the next
 * `horizon`, which is in the unit of the times. NaN in the rows of those who cannot be.
 */
export function scoreBgNbd(model: BgNbd, histories: Histories, horizon: number): Scores {
  return scoreAll(model, histories, horizon, AFTER_FIRST)
}

/**
 * Draws one history per time of observation from the model. Refuses parameters and times that cannot be, and customers
 * who buy more than a million times.
 */
export function simulateBgNbd(model: BgNbd, observedFor: Float64Array, source: Rng): Simulated | Refusal {
  return simulateBetaGeometric(model, observedFor, source, AFTER_FIRST)
}
