import type { NormalPrior } from '../logistic.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { LatentAttrition } from './attrition-mixture.ts'
import type { AttritionRows, AttritionSizes } from './attrition-rows.ts'
import { sweepAttrition } from './attrition-sweep.ts'

/** What is believed before the data; an sd of Infinity says nothing. The rates of buying (r, alpha) have no prior. */
export type AttritionPrior = Readonly<{
  /** Of the log-odds to leave after a period when all covariates are 0; the same for each class. */
  base: Readonly<{ mean: number; sd: number }>
  leave: NormalPrior
  /** Absent where there are no covariates on buying. */
  buy?: NormalPrior
}>

/**
 * The parameters in one vector: log r, log alpha, the bases, the log-odds of each later class against the first,
 * coefficients on leaving, coefficients on buying.
 */
export function vectorOf(model: LatentAttrition): Float64Array {
  const [first = 1] = model.share
  const odds = [...model.share.subarray(1)].map((share) => Math.log(share / first))
  return Float64Array.of(Math.log(model.r), Math.log(model.alpha), ...model.base, ...odds, ...model.leave, ...model.buy)
}

/** Counts of what the vector holds. */
export type Shape = Readonly<{ classes: number; leave: number; buy: number }>

/** Where the parts of the vector begin, and its length. */
export function placesOf({ classes, leave, buy }: Shape) {
  const odds = 2 + classes
  const leaveAt = odds + classes - 1
  return { base: 2, odds, leave: leaveAt, buy: leaveAt + leave, length: leaveAt + leave + buy }
}

/** The parameters behind a vector. */
export function modelOf(vector: Float64Array, shape: Shape): LatentAttrition {
  const at = placesOf(shape)
  const odds = Float64Array.of(0, ...vector.subarray(at.odds, at.leave))
  const most = odds.reduce((a, b) => Math.max(a, b))
  const weights = odds.map((value) => Math.exp(value - most))
  const total = weights.reduce((a, b) => a + b)
  return {
    r: Math.exp(vector[0] ?? Number.NaN),
    alpha: Math.exp(vector[1] ?? Number.NaN),
    base: vector.slice(at.base, at.odds),
    share: weights.map((weight) => weight / total),
    leave: vector.slice(at.leave, at.buy),
    buy: vector.slice(at.buy, at.length),
  }
}

/** Prior mean and sd of each place of the vector; sd Infinity where nothing is believed. */
export function priorOf(prior: AttritionPrior, shape: Shape): NormalPrior {
  const at = placesOf(shape)
  const mean = new Float64Array(at.length)
  const sd = new Float64Array(at.length).fill(Number.POSITIVE_INFINITY)
  mean.fill(prior.base.mean, at.base, at.odds)
  sd.fill(prior.base.sd, at.base, at.odds)
  mean.set(prior.leave.mean, at.leave)
  sd.set(prior.leave.sd, at.leave)
  if (prior.buy !== undefined) {
    mean.set(prior.buy.mean, at.buy)
    sd.set(prior.buy.sd, at.buy)
  }
  return { mean, sd }
}

/** Refuses a prior that is none, or that does not fit the covariates; and columns of zeros that have no prior. */
export function findWrongPrior(prior: AttritionPrior, sizes: AttritionSizes): Refusal | undefined {
  const { base, leave, buy = { mean: new Float64Array(0), sd: new Float64Array(0) } } = prior
  if (!Number.isFinite(base.mean) || !(base.sd > 0)) {
    return refuse('impossible-parameter', 'the prior of the base is not a mean and a positive sd')
  }
  return findWrongNormal('leaving', leave, sizes.leaveSize) ?? findWrongNormal('buying', buy, sizes.buySize)
}

function findWrongNormal(what: string, { mean, sd }: NormalPrior, size: Float64Array): Refusal | undefined {
  if (mean.length !== size.length || sd.length !== size.length) {
    return refuse('lengths-differ', `${size.length} covariates on ${what} need as many prior means and sds`)
  }
  const wrong = mean.findIndex((value, j) => !Number.isFinite(value) || !((sd[j] ?? Number.NaN) > 0))
  if (wrong >= 0) {
    return refuse('impossible-parameter', `the prior of covariate ${wrong} on ${what} is not a mean and a positive sd`)
  }
  const empty = sd.findIndex((value, j) => value === Number.POSITIVE_INFINITY && size[j] === 0)
  if (empty < 0) return undefined
  return refuse('not-identified', `covariate ${empty} on ${what} is zero in every row and has no prior`)
}

/** Log-likelihood, log-prior and slopes of their sum at a vector. */
export type Posterior = (vector: Float64Array) => Readonly<{
  logLikelihood: number
  logPrior: number
  gradient: Float64Array
}>

/**
 * The log-posterior. Shares of classes have a Dirichlet prior with 2 for each class: worth one customer in each, which
 * keeps a class from vanishing.
 */
export function makePosterior(rows: AttritionRows, periodsMax: number, shape: Shape, prior: NormalPrior): Posterior {
  const at = placesOf(shape)
  return (vector) => {
    const model = modelOf(vector, shape)
    const slopes = sweepAttrition(model, rows, periodsMax)
    const gradient = new Float64Array(at.length)
    gradient[0] = slopes.r
    gradient[1] = slopes.alpha
    gradient.set(slopes.base, at.base)
    gradient.set(slopes.class.subarray(1), at.odds)
    gradient.set(slopes.leave, at.leave)
    gradient.set(slopes.buy, at.buy)
    let logPrior = 0
    for (let j = 0; j < at.length; j++) {
      const sd = prior.sd[j] ?? 1
      const off = ((vector[j] ?? 0) - (prior.mean[j] ?? 0)) / sd
      logPrior -= 0.5 * off * off
      gradient[j] = (gradient[j] ?? 0) - off / sd
    }
    for (let c = 0; c < shape.classes && shape.classes > 1; c++) {
      const share = model.share[c] ?? 0
      logPrior += Math.log(share)
      if (c > 0) gradient[at.odds + c - 1] = (gradient[at.odds + c - 1] ?? 0) + 1 - shape.classes * share
    }
    return { logLikelihood: slopes.logLikelihood, logPrior, gradient }
  }
}

/** Second derivatives of minus the log-posterior, row by row, by central differences of the exact slopes. */
export function informationAt(posterior: Posterior, vector: Float64Array, step: Float64Array): Float64Array {
  const n = vector.length
  const out = new Float64Array(n * n)
  for (let j = 0; j < n; j++) {
    const length = step[j] ?? 0
    const up = posterior(vector.map((value, k) => (k === j ? value + length : value))).gradient
    const down = posterior(vector.map((value, k) => (k === j ? value - length : value))).gradient
    for (let k = 0; k < n; k++) out[j * n + k] = ((down[k] ?? 0) - (up[k] ?? 0)) / (2 * length)
  }
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) {
      const middle = ((out[j * n + k] ?? 0) + (out[k * n + j] ?? 0)) / 2
      out[j * n + k] = middle
      out[k * n + j] = middle
    }
  }
  return out
}
