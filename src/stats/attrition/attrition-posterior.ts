import type { NormalPrior } from '../logistic.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { attritionCurvature } from './attrition-curvature.ts'
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

/** The log-posterior at a vector of parameters. */
export type Posterior = Readonly<{
  /** Log-likelihood, log-prior, and the slopes of their sum. */
  slopes: (vector: Float64Array) => Readonly<{ logLikelihood: number; logPrior: number; gradient: Float64Array }>
  /** Minus the second derivatives of their sum, row by row. */
  information: (vector: Float64Array) => Float64Array
}>

/**
 * The log-posterior. Shares of classes have a Dirichlet prior with 2 for each class: worth one customer in each, which
 * keeps a class from vanishing.
 */
export function makePosterior(rows: AttritionRows, periodsMax: number, shape: Shape, prior: NormalPrior): Posterior {
  const at = placesOf(shape)
  const slopes: Posterior['slopes'] = (vector) => {
    const model = modelOf(vector, shape)
    const found = sweepAttrition(model, rows, periodsMax)
    const gradient = new Float64Array(at.length)
    gradient[0] = found.r
    gradient[1] = found.alpha
    gradient.set(found.base, at.base)
    gradient.set(found.class.subarray(1), at.odds)
    gradient.set(found.leave, at.leave)
    gradient.set(found.buy, at.buy)
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
    return { logLikelihood: found.logLikelihood, logPrior, gradient }
  }
  const information: Posterior['information'] = (vector) => {
    const model = modelOf(vector, shape)
    const out = attritionCurvature(model, rows, periodsMax, at).map((value) => -value)
    for (let j = 0; j < at.length; j++) {
      const diagonal = j * at.length + j
      out[diagonal] = (out[diagonal] ?? 0) + 1 / (prior.sd[j] ?? 1) ** 2
    }
    bendByShares(out, model.share, shape, at)
    return out
  }
  return { slopes, information }
}

// Of the prior of shares: the logarithm of each share, with the shares made from log-odds.
function bendByShares(out: Float64Array, share: Float64Array, shape: Shape, at: ReturnType<typeof placesOf>): void {
  for (let c = 1; c < shape.classes; c++) {
    for (let d = 1; d < shape.classes; d++) {
      const place = (at.odds + c - 1) * at.length + at.odds + d - 1
      const own = c === d ? (share[c] ?? 0) : 0
      out[place] = (out[place] ?? 0) + shape.classes * (own - (share[c] ?? 0) * (share[d] ?? 0))
    }
  }
}
