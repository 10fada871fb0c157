// Latent attrition with service events: buying and leaving when nobody says goodbye. The class of Knox and van Oest
// (2014), Journal of Marketing 78(5), 42-57, in a formulation of our own.
// 1. While there, a customer buys at random times with a rate of his own, times exp(z g) in a period with covariates z.
// 2. Rates differ between customers like a gamma distribution (shape r, rate alpha).
// 3. At the end of each period he leaves for good with a chance whose log-odds are base + x b.
// 4. Optionally the base differs between two or three classes of customers whom nobody can tell apart beforehand.
// In plain words, with checks and limits: docs/models/latent-attrition.md.

import { cholesky, diagonalRoots, inverse, maxAbs, scaledCondition } from '../linear-algebra.ts'
import type { NormalPrior } from '../logistic.ts'
import type { Optimum } from '../optimize.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { LatentAttrition } from './attrition-mixture.ts'
import {
  type AttritionPrior,
  findWrongPrior,
  makePosterior,
  modelOf,
  type Posterior,
  placesOf,
  priorOf,
  type Shape,
} from './attrition-posterior.ts'
import { type AttritionRows, type AttritionSizes, measureAttrition, thinCustomers } from './attrition-rows.ts'
import { findFarCovariate } from './far-covariate.ts'
import { searchRound } from './round-valley.ts'

/** Numbers that belong to the parameters one by one. */
export type PerParameter = Readonly<{
  r: number
  alpha: number
  base: Float64Array
  share: Float64Array
  leave: Float64Array
  buy: Float64Array
}>

/** The posterior in short: its mode, and the Normal that fits it there (Laplace). */
export type LatentAttritionFit = Readonly<{
  kind: 'fitted'
  parameters: LatentAttrition
  /** Symmetric in log r, log alpha and the log-odds of classes, and carried over to r, alpha and the shares. */
  standardErrors: PerParameter
  /** Covariance of log r, log alpha, bases, log-odds of classes, coefficients on leaving, and on buying; row by row. */
  covariance: Float64Array
  /** Of the instants of purchase, with rates that are constant within a period: comparable with Pareto/NBD. */
  logLikelihood: number
  /** With the logarithm of the prior (up to its constant). */
  logPosterior: number
  /** Largest slope of the mean log-posterior by a parameter in units of its own curvature. */
  gradientNorm: number
  iterations: number
  hessianCondition: number
  /** Per coefficient 1 - (posterior sd / prior sd)^2: what the data said and the prior did not; 1 without a prior. */
  learnedShare: Readonly<{ base: Float64Array; leave: Float64Array; buy: Float64Array }>
  customers: number
  rows: number
}>

/** How many classes of customers who differ in how easily they leave; 1 is none. */
export type ClassCount = 1 | 2 | 3

const SAMPLE_CUSTOMERS = 2_000
const CONDITION_MAX = 1e12
const LOG_ERROR_MAX = 5
const SCALED_ERROR_MAX = 40
// Exposures are in units of the mean wait, so r and alpha are of one size; r = e^9 means rates that differ by one in a
// hundred, and beyond they do not.
const LOG_OUTSIDE = 9
const LOG_LARGE = 3

/**
 * Finds the mode of the posterior by L-BFGS with exact slopes: first on a sample of customers, whose curvature then
 * makes the valley round for all. The unit of the exposures and the order of the customers do not change the answer.
 * Refuses what cannot be, too little to learn from, and parameters that neither data nor prior hold; says so where it is
 * a covariate far from 0 that leaves the level open.
 */
export function fitLatentAttrition(
  rows: AttritionRows,
  prior: AttritionPrior,
  classes: ClassCount = 1,
): LatentAttritionFit | Refusal {
  const fit = searchMode(rows, prior, classes)
  const isOpenFit = fit.kind === 'refused' && (fit.because === 'not-identified' || fit.because === 'not-converged')
  return isOpenFit ? (findFarCovariate(rows, prior) ?? fit) : fit
}

function searchMode(rows: AttritionRows, prior: AttritionPrior, classes: ClassCount): LatentAttritionFit | Refusal {
  const sizes = measureAttrition(rows)
  if ('kind' in sizes) return sizes
  const wrong = findWrongPrior(prior, sizes)
  if (wrong !== undefined) return wrong
  const shape = { classes, leave: sizes.leaveSize.length, buy: sizes.buySize.length }
  const normal = priorOf(prior, shape)
  const unit = sizes.exposurePerPurchase
  const scaled = inUnit(rows, unit)
  const posterior = makePosterior(scaled, sizes.periodsMax, shape, normal)
  const typical = typicalSteps(sizes, normal, shape)
  const near = comeNear(scaled, sizes, normal, shape, typical)
  if (isAlikeAtEdge(posterior, near.at)) return alikeRates()
  const best = searchRound(posterior, sizes.customers, near.at, near.lower, {
    gradientMax: 1e-9,
    gradientAccepted: 1e-5,
    iterationsMax: 300,
  })
  if (best.kind === 'not-converged') return notConverged(best, shape)
  if (isOutside(best.at)) return ranAway(best.at, shape)
  return conclude({ posterior, sizes, normal, shape, typical, unit }, best, near.iterations)
}

function inUnit(rows: AttritionRows, unit: number): AttritionRows {
  const inUnits = (lengths: Float64Array) => lengths.map((length) => length / unit)
  const { exposure, waits } = rows
  return {
    ...rows,
    exposure: inUnits(exposure),
    ...(waits === undefined ? {} : { waits: { ...waits, exposure: inUnits(waits.exposure) } }),
  }
}

// A change of each place of the vector that matters about as much as a change of 1 in log r.
function typicalSteps(sizes: AttritionSizes, normal: NormalPrior, shape: Shape): Float64Array {
  const at = placesOf(shape)
  const steps = new Float64Array(at.length).fill(1)
  const bySize = (sizeOf: Float64Array, start: number) => {
    sizeOf.forEach((size, j) => {
      steps[start + j] = Math.min(size > 0 ? 1 / size : Number.POSITIVE_INFINITY, normal.sd[start + j] ?? 1)
    })
  }
  bySize(sizes.leaveSize, at.leave)
  bySize(sizes.buySize, at.buy)
  return steps
}

type Near = Readonly<{ at: Float64Array; lower: Float64Array; iterations: number }>

// A rough search, and the curvature where it ends. With many customers, on a sample, and there to the end.
function comeNear(
  rows: AttritionRows,
  sizes: AttritionSizes,
  normal: NormalPrior,
  shape: Shape,
  typical: Float64Array,
): Near {
  const stride = Math.max(1, Math.floor(sizes.customers / SAMPLE_CUSTOMERS))
  const few = stride > 1 ? thinCustomers(rows, stride) : rows
  const customers = few.firstRow.length - 1
  const posterior = makePosterior(few, sizes.periodsMax, shape, normal)
  const n = typical.length
  const diagonal = new Float64Array(n * n)
  for (let j = 0; j < n; j++) diagonal[j * n + j] = 1 / (typical[j] ?? 1)
  const start = startOf(sizes, normal, shape)
  const factorAt = (vector: Float64Array) => {
    const factor = cholesky(
      posterior.information(vector).map((value) => value / customers),
      n,
    )
    return factor.kind === 'factored' ? factor.lower : diagonal
  }
  const rough = searchRound(posterior, customers, start, diagonal, { gradientMax: 1e-3, iterationsMax: 200 })
  const near = { at: rough.at, lower: factorAt(rough.at), iterations: rough.iterations }
  if (stride === 1) return near
  const fine = searchRound(posterior, customers, near.at, near.lower, { gradientMax: 1e-6, iterationsMax: 200 })
  return { at: fine.at, lower: factorAt(fine.at), iterations: near.iterations + fine.iterations }
}

// Exposures are in units of the mean wait for a purchase, so the mean rate of those who stay is a little above 1; the
// classes begin apart.
function startOf(sizes: AttritionSizes, normal: NormalPrior, shape: Shape): Float64Array {
  const at = placesOf(shape)
  const start = Float64Array.from(normal.mean)
  start[1] = -Math.log(1.5)
  const flat = !Number.isFinite(normal.sd[at.base] ?? 1)
  const base = flat ? -Math.log(Math.max(2, sizes.rows / sizes.customers)) : (normal.mean[at.base] ?? 0)
  for (let c = 0; c < shape.classes; c++) start[at.base + c] = base + 2 * (c - (shape.classes - 1) / 2)
  return start
}

function nameOf(place: number, shape: Shape): string {
  const at = placesOf(shape)
  if (place < at.base) return place === 0 ? 'r' : 'alpha'
  if (place < at.odds) return shape.classes === 1 ? 'the base of leaving' : `the base of class ${place - at.base}`
  if (place < at.leave) return `the share of class ${place - at.odds + 1}`
  if (place < at.buy) return `covariate ${place - at.leave} on leaving`
  return `covariate ${place - at.buy} on buying`
}

function notConverged(best: Optimum & { kind: 'not-converged' }, shape: Shape): Refusal {
  if (maxAbs(best.at) > LOG_OUTSIDE) return ranAway(best.at, shape)
  const facts = `${best.because} after ${best.iterations} steps, gradient ${best.gradientNorm.toExponential(1)}`
  return refuse('not-converged', `the search for the best fit did not end: ${facts}`)
}

function isOutside(vector: Float64Array): boolean {
  return maxAbs(vector.subarray(0, 2)) > LOG_OUTSIDE
}

// Where the rough search tends to rates that hardly differ, two looks at all customers tell whether they differ at all:
// not if the posterior still rises where r passes the bound. Waiting for the search to go there takes long.
function isAlikeAtEdge(posterior: Posterior, vector: Float64Array): boolean {
  const [logR = 0, logAlpha = 0] = vector
  if (logR < LOG_LARGE) return false
  const edge = Float64Array.from(vector)
  edge[0] = LOG_OUTSIDE
  edge[1] = logAlpha + LOG_OUTSIDE - logR
  const { gradient } = posterior.slopes(edge)
  return (gradient[0] ?? 0) + (gradient[1] ?? 0) > 0
}

function alikeRates(): Refusal {
  return refuse('not-identified', 'customers buy at rates that do not differ: r and alpha grow without bound')
}

function ranAway(vector: Float64Array, shape: Shape): Refusal {
  if ((vector[0] ?? 0) > LOG_OUTSIDE) return alikeRates()
  const far = vector.findIndex((value) => Math.abs(value) === maxAbs(vector))
  return refuse('not-identified', `no best value inside: the posterior keeps rising along ${nameOf(far, shape)}`)
}

type Problem = Readonly<{
  posterior: Posterior
  sizes: AttritionSizes
  normal: NormalPrior
  shape: Shape
  typical: Float64Array
  unit: number
}>

function conclude(problem: Problem, best: Optimum, before: number): LatentAttritionFit | Refusal {
  const { posterior, sizes, normal, shape, typical, unit } = problem
  const n = typical.length
  const sorted = sortClasses(best.at, shape)
  const information = posterior.information(sorted)
  const factor = cholesky(information, n)
  const hessianCondition = scaledCondition(information, n)
  if (factor.kind !== 'factored' || !(hessianCondition < CONDITION_MAX)) {
    const row = factor.kind === 'factored' ? '' : ` (${nameOf(factor.row, shape)})`
    return refuse('not-identified', `data and prior cannot tell the parameters apart${row}: there is a flat ridge`)
  }
  const covariance = inverse(factor)
  const errors = diagonalRoots(covariance, n)
  const open = errors.findIndex((error, j) => isOpen(error, j, typical, normal))
  if (open >= 0) {
    return refuse('not-identified', `data and prior say nearly nothing about ${nameOf(open, shape)}`)
  }
  const alike = findAlike(sorted, covariance, shape)
  if (alike !== undefined) return alike
  const at = placesOf(shape)
  const here = posterior.slopes(sorted)
  const found = modelOf(sorted, shape)
  const parameters = { ...found, alpha: found.alpha * unit }
  const learned = errors.map((error, j) => 1 - (error / (normal.sd[j] ?? 1)) ** 2)
  return {
    kind: 'fitted',
    parameters,
    standardErrors: {
      r: parameters.r * (errors[0] ?? 0),
      alpha: parameters.alpha * (errors[1] ?? 0),
      base: errors.slice(at.base, at.odds),
      share: shareErrors(found.share, covariance, shape),
      leave: errors.slice(at.leave, at.buy),
      buy: errors.slice(at.buy),
    },
    covariance,
    logLikelihood: here.logLikelihood - sizes.purchases * Math.log(unit),
    logPosterior: here.logLikelihood + here.logPrior - sizes.purchases * Math.log(unit),
    gradientNorm: best.gradientNorm,
    iterations: before + best.iterations,
    hessianCondition,
    learnedShare: {
      base: learned.slice(at.base, at.odds),
      leave: learned.slice(at.leave, at.buy),
      buy: learned.slice(at.buy),
    },
    customers: sizes.customers,
    rows: sizes.rows,
  }
}

// Neighbouring classes whose bases differ by less than the error of the difference are one class with two names.
function findAlike(vector: Float64Array, covariance: Float64Array, shape: Shape): Refusal | undefined {
  const n = vector.length
  for (let j = 3; j < 2 + shape.classes; j++) {
    const both = (covariance[j * n + j] ?? 0) + (covariance[(j - 1) * n + j - 1] ?? 0)
    const error = Math.sqrt(both - 2 * (covariance[j * n + j - 1] ?? 0))
    if ((vector[j] ?? 0) - (vector[j - 1] ?? 0) > error) continue
    return refuse('not-identified', `the data do not tell classes ${j - 3} and ${j - 2} apart: take fewer classes`)
  }
  return undefined
}

// An error this large in a logarithm, or for a typical covariate in a log-odds, was not learned and not believed.
function isOpen(error: number, place: number, typical: Float64Array, normal: NormalPrior): boolean {
  if (place < 2) return !(error < LOG_ERROR_MAX)
  return normal.sd[place] === Number.POSITIVE_INFINITY && !(error / (typical[place] ?? 1) < SCALED_ERROR_MAX)
}

// Classes have no names, so they are put in order of their bases: the same answer whatever the search passed through.
function sortClasses(vector: Float64Array, shape: Shape): Float64Array {
  const at = placesOf(shape)
  const odds = [0, ...vector.subarray(at.odds, at.leave)]
  const classes = odds.map((value, c) => ({ value, base: vector[at.base + c] ?? 0 })).sort((a, b) => a.base - b.base)
  const out = Float64Array.from(vector)
  const zero = classes[0]?.value ?? 0
  classes.forEach(({ value, base }, c) => {
    out[at.base + c] = base
    if (c > 0) out[at.odds + c - 1] = value - zero
  })
  return out
}

// From the errors of log-odds: d share_c / d odds_k = share_c ((c = k) - share_k).
function shareErrors(share: Float64Array, covariance: Float64Array, shape: Shape): Float64Array {
  const at = placesOf(shape)
  return share.map((own, c) => {
    let variance = 0
    for (let k = 1; k < shape.classes; k++) {
      for (let l = 1; l < shape.classes; l++) {
        const slopes = ((c === k ? 1 : 0) - (share[k] ?? 0)) * ((c === l ? 1 : 0) - (share[l] ?? 0))
        variance += own * own * slopes * (covariance[(at.odds + k - 1) * at.length + at.odds + l - 1] ?? 0)
      }
    }
    return Math.sqrt(variance)
  })
}
