// Cox's proportional hazards: Cox (1972), Journal of the Royal Statistical Society B 34, 187-220; with spells that start
// late and covariates that change (one row per stretch), Andersen and Gill (1982), Annals of Statistics 10.
// In plain words, with checks and limits: docs/models/cox.md.

import { cholesky, diagonalRoots, inverse, scaledCondition } from '../linear-algebra.ts'
import { newton } from '../optimize.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { type CoxData, partialLikelihood, type Ties } from './partial-likelihood.ts'
import { findWrongSpell, hasSurvivors, riskSets, type Spells } from './risk-sets.ts'

/** Spells with covariates, row after row: rows x columnCount numbers, and no intercept. */
export type CoxRows = Spells & Readonly<{ covariates: Float64Array; columnCount: number }>

/** Coefficients are log hazard ratios for one unit of each column; the covariance is row by row in their order. */
export type CoxFit = Readonly<{
  kind: 'fitted'
  coefficients: Float64Array
  standardErrors: Float64Array
  covariance: Float64Array
  logLikelihood: number
  /** With all coefficients zero. */
  logLikelihoodNull: number
  /** Largest slope of the mean log partial likelihood, per event, by a coefficient of a column scaled to sd 1. */
  gradientNorm: number
  iterations: number
  hessianCondition: number
  rows: number
  events: number
}>

const CONDITION_MAX = 1e12
// A column scaled to sd 1 tells about 1 per event when hazards are alike; a millionth of it is no information.
const ERROR_PER_EVENT_MAX = 1e3
// Of the size of a column: less than that is rounding.
const SPREAD_MIN = 1e-12
// If the column still stands apart from the others, it is not they but a separation that leaves its coefficient open.
const CONDITION_APART = 1e6

/**
 * Fits by maximum partial likelihood, with ties as asked for. Columns are centred and scaled inside, so units do not
 * matter. Refuses spells and numbers that cannot be, no event, columns that never change or add up to others among those
 * at risk, a column whose coefficient has no end, and a search that does not end.
 */
export function fitCox(rows: CoxRows, ties: Ties = 'efron'): CoxFit | Refusal {
  const { columnCount: p, covariates } = rows
  const n = rows.stop.length
  if (covariates.length !== n * p)
    return refuse('lengths-differ', `${n} spells do not fit ${covariates.length} covariates`)
  const wrong = findWrongSpell(rows)
  if (wrong !== undefined) return wrong
  if (p === 0) return refuse('too-few', 'there is no column, so there is nothing to fit')
  const weight = rows.weight ?? new Float64Array(n).fill(1)
  const columns = scaleColumns(covariates, p, weight)
  if ('kind' in columns) return columns
  const data: CoxData = { covariates: columns.covariates, columnCount: p, weight, strata: riskSets(rows) }
  if (!hasSurvivors(data.strata)) {
    return refuse('not-identified', 'at every event all who are at risk fail at once, so nobody can be compared')
  }
  const events = rows.event.reduce((sum, event, i) => sum + event * (weight[i] ?? 0), 0)
  const objective = (at: Float64Array) => {
    const found = partialLikelihood(data, at, ties)
    return {
      value: -found.logLikelihood / events,
      gradient: found.gradient.map((g) => -g / events),
      hessian: found.information.map((h) => h / events),
    }
  }
  const best = newton(objective, new Float64Array(p))
  if (best.kind === 'not-converged') {
    if (best.because === 'ran-away') return monotone(furthest(best.at))
    return refuse(
      'not-converged',
      `${best.because} after ${best.iterations} steps, slope ${best.gradientNorm.toExponential(1)}`,
    )
  }
  const { hessian } = objective(best.at)
  const factor = cholesky(hessian, p)
  const hessianCondition = scaledCondition(hessian, p)
  const perEvent = factor.kind === 'factored' ? inverse(factor) : new Float64Array(p * p)
  const open = columns.scale.findIndex((_, j) => Math.sqrt(perEvent[j * p + j] ?? 0) > ERROR_PER_EVENT_MAX)
  if (open >= 0 && hessianCondition < CONDITION_APART) return monotone(open)
  if (factor.kind !== 'factored' || open >= 0 || !(hessianCondition < CONDITION_MAX)) {
    return refuse(
      'not-identified',
      'some columns add up to others among those at risk: their coefficients cannot be told apart',
    )
  }
  const scaled = perEvent.map((value) => value / events)
  const by = (j: number) => columns.scale[j] ?? 1
  const covariance = scaled.map((value, at) => value / (by(Math.floor(at / p)) * by(at % p)))
  return {
    kind: 'fitted',
    coefficients: best.at.map((value, j) => value / by(j)),
    standardErrors: diagonalRoots(covariance, p),
    covariance,
    logLikelihood: -best.value * events,
    logLikelihoodNull: partialLikelihood(data, new Float64Array(p), ties).logLikelihood,
    gradientNorm: best.gradientNorm,
    iterations: best.iterations,
    hessianCondition,
    rows: n,
    events,
  }
}

function furthest(at: Float64Array): number {
  return at.reduce((far, value, j) => (Math.abs(value) > Math.abs(at[far] ?? 0) ? j : far), 0)
}

function monotone(column: number): Refusal {
  return refuse(
    'separated',
    `at every event the one who fails is the furthest in column ${column}, so its coefficient has no end`,
  )
}

type Columns = Readonly<{ covariates: Float64Array; scale: Float64Array }>

function scaleColumns(covariates: Float64Array, p: number, weight: Float64Array): Columns | Refusal {
  const total = weight.reduce((sum, w) => sum + w, 0)
  const mean = new Float64Array(p)
  const square = new Float64Array(p)
  const least = new Float64Array(p).fill(Number.POSITIVE_INFINITY)
  const most = new Float64Array(p).fill(Number.NEGATIVE_INFINITY)
  for (let at = 0; at < covariates.length; at++) {
    const j = at % p
    const x = covariates[at] ?? Number.NaN
    mean[j] = (mean[j] ?? 0) + (x * (weight[Math.floor(at / p)] ?? 0)) / total
    least[j] = Math.min(least[j] ?? 0, x)
    most[j] = Math.max(most[j] ?? 0, x)
  }
  for (let at = 0; at < covariates.length; at++) {
    const off = (covariates[at] ?? 0) - (mean[at % p] ?? 0)
    square[at % p] = (square[at % p] ?? 0) + (off * off * (weight[Math.floor(at / p)] ?? 0)) / total
  }
  const scale = square.map(Math.sqrt)
  const wrong = findWrongColumn(least, most, scale)
  if (wrong !== undefined) return wrong
  return { covariates: covariates.map((x, at) => (x - (mean[at % p] ?? 0)) / (scale[at % p] ?? 1)), scale }
}

function findWrongColumn(least: Float64Array, most: Float64Array, scale: Float64Array): Refusal | undefined {
  for (const [j, size] of scale.entries()) {
    const [low = Number.NaN, high = Number.NaN] = [least[j], most[j]]
    if (!Number.isFinite(high - low)) {
      return refuse('not-a-number', `column ${j} holds a value that is not a finite number`)
    }
    if (high - low <= SPREAD_MIN * Math.max(Math.abs(low), Math.abs(high))) {
      return refuse('not-identified', `column ${j} is the same in every row`)
    }
    if (!(size > 0 && size < Number.POSITIVE_INFINITY)) {
      return refuse('not-a-number', `column ${j} holds values that cannot be squared: take another unit`)
    }
  }
  return undefined
}
