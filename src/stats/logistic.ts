// Logistic regression (and its complementary log-log sister) with independent Normal priors: the mode of the posterior
// and the Normal that fits it there (Laplace). With a prior sd of Infinity it is plain maximum likelihood.
// In plain words, with checks and limits: docs/models/logistic.md.

import { type BinaryRows, type Link, measureRows, type Sizes, thinRows, widthOf } from './binary-rows.ts'
import { sweep } from './binary-sweep.ts'
import { backFromCentre, type CentredRows, centreRows, covarianceBack, findLevel, toCentre } from './centred-rows.ts'
import { columnSpread } from './column-spread.ts'
import { cholesky, diagonalRoots, type Factor, inverse, scaledCondition, solve } from './linear-algebra.ts'
import { type Refusal, refuse } from './refusal.ts'

/** What is believed of each coefficient before the data; an sd of Infinity says nothing. */
export type NormalPrior = Readonly<{ mean: Float64Array; sd: Float64Array }>

/** The posterior in short. */
export type BinaryFit = Readonly<{
  kind: 'fitted'
  link: Link
  coefficients: Float64Array
  standardErrors: Float64Array
  /** Inverse Hessian at the mode, row by row: the covariance of the Laplace approximation. */
  covariance: Float64Array
  /** Of the data alone, and with the logarithm of the prior (up to its constant) added. */
  logLikelihood: number
  logPosterior: number
  /** Largest slope of the log-posterior by a coefficient in units of 1 / (root mean square of its column) or, if smaller, its prior sd. */
  gradientNorm: number
  iterations: number
  /** Condition of the Hessian, scaled to a unit diagonal, of the columns as they are searched: far ones at their means. */
  hessianCondition: number
  /** Per coefficient 1 - (posterior sd / prior sd)^2: what the data said and the prior did not; 1 without a prior. */
  learnedShare: Float64Array
  /** How many rows there are, and the weights of those with the event added up. */
  rows: number
  events: number
}>

const STEPS_MAX = 200
const GRADIENT_MAX = 1e-8
// One addition in 10^15 is lost to rounding, whatever the aim.
const GRADIENT_NOISE = 1e-15
const SAMPLE_ABOVE_ROWS = 100_000
const SAMPLE_ROWS = 20_000
const CONDITION_MAX = 1e14
/**
 * A coefficient without a prior whose error, for a typical value of its column, is this large was not learned: unless
 * the column hardly differs from others (a calendar year beside an intercept), in which case what counts is its own part.
 */
export const SCALED_ERROR_MAX = 40
// A prior sd outside of these cannot be squared.
const SD_MIN = 1e-150
const SD_MAX = 1e150
const SCALED_COEFFICIENT_FAR = 8

/**
 * Finds the mode by Newton steps on a Cholesky factor that is kept as long as it still serves. Refuses numbers that
 * are not, a prior that is none, outcomes that columns without a prior separate, columns without a prior that others
 * add up to, and a search that does not end. Without rows it gives back the prior, if that is proper. Columns far from
 * 0 may stand beside a column of ones without a prior (an intercept): they are moved to their means inside. The mode is
 * one: `startAt` saves steps where a similar fit is known, and changes nothing beyond rounding.
 */
export function fitLogistic(
  rows: BinaryRows,
  prior: NormalPrior,
  link: Link = 'logit',
  startAt?: Float64Array,
): BinaryFit | Refusal {
  const sizes = sizeUp(rows, prior)
  if ('kind' in sizes) return sizes
  const centred = centreRows(rows, prior.sd, sizes)
  if (centred?.kind === 'refused') return centred
  if (centred !== undefined) {
    const near = startAt === undefined ? undefined : toCentre(centred, startAt)
    const fit = fitLogistic(centred.rows, prior, link, near)
    return fit.kind === 'refused' ? fit : fitBack(fit, centred)
  }
  let start = startAt ?? fairStart(rows, prior, sizes)
  if (start.length !== widthOf(rows) || !start.every(Number.isFinite)) {
    return refuse('impossible-parameter', `the search cannot start at what is not ${widthOf(rows)} finite numbers`)
  }
  // A fit that is like this one is nearer than what a sample finds.
  if (startAt === undefined && sizes.rows > SAMPLE_ABOVE_ROWS) {
    const near = search(
      thinRows(rows, Math.floor(sizes.rows / SAMPLE_ROWS)),
      prior,
      link,
      sizes,
      start,
      1e-2 * sizes.rows,
    )
    if (near.kind === 'found') start = near.at
  }
  const aim = Math.max(GRADIENT_MAX, GRADIENT_NOISE * sizes.weight)
  const best = search(rows, prior, link, sizes, start, aim)
  if (best.kind === 'refused') return best
  return conclude(rows, prior, link, sizes, best)
}

// The prior means, and a level without a prior that makes up for what they foretell of the mean row: of columns away from
// 0 they may foretell chances of 0 or 1, from which no search comes back.
function fairStart(rows: BinaryRows, { mean, sd }: NormalPrior, sizes: Sizes): Float64Array {
  const level = findLevel(rows, sd, sizes)
  if (level === undefined) return mean
  const start = Float64Array.from(mean)
  const rest = mean.reduce((sum, one, j) => sum + (j === level ? 0 : one * (sizes.mean[j] ?? 0)), 0)
  start[level] = (mean[level] ?? 0) - rest / (sizes.mean[level] ?? 1)
  return Number.isFinite(start[level]) ? start : mean
}

function fitBack(fit: BinaryFit, centred: CentredRows): BinaryFit {
  const covariance = covarianceBack(centred, fit.covariance)
  const p = fit.coefficients.length
  return {
    ...fit,
    coefficients: backFromCentre(centred, fit.coefficients),
    standardErrors: diagonalRoots(covariance, p),
    covariance,
  }
}

/** Measures rows; refuses numbers that are not, a prior that is none, and what a look at rows and prior shows to be hopeless. */
export function sizeUp(rows: BinaryRows, prior: NormalPrior): Sizes | Refusal {
  const sizes = measureRows(rows)
  if ('kind' in sizes) return sizes
  return findWrongPrior(prior, widthOf(rows)) ?? findHopeless(sizes, prior) ?? sizes
}

function findWrongPrior({ mean, sd }: NormalPrior, columnCount: number): Refusal | undefined {
  if (mean.length !== columnCount || sd.length !== columnCount) {
    return refuse('lengths-differ', `${columnCount} columns need as many prior means and sds`)
  }
  const wrong = mean.findIndex((value, j) => !Number.isFinite(value) || !isSpread(sd[j] ?? Number.NaN))
  return wrong < 0
    ? undefined
    : refuse(
        'impossible-parameter',
        `the prior of column ${wrong} is not a mean and an sd from 1e-150 to 1e150 or Infinity`,
      )
}

function isSpread(sd: number): boolean {
  return (sd >= SD_MIN && sd <= SD_MAX) || sd === Number.POSITIVE_INFINITY
}

function findHopeless(sizes: Sizes, { sd }: NormalPrior): Refusal | undefined {
  if (sd.length === 0) return refuse('too-few', 'there is no column, so there is nothing to fit')
  const free = sd.indexOf(Number.POSITIVE_INFINITY)
  if (free < 0) return undefined
  if (sizes.events === 0 || sizes.events === sizes.weight) {
    const what = sizes.events === 0 ? 'no row' : 'every row'
    return refuse('all-zero', `${what} has the event, and column ${free} has no prior: nothing bounds its coefficient`)
  }
  const freeCount = sd.filter((value) => value === Number.POSITIVE_INFINITY).length
  if (sizes.weight < freeCount) {
    return refuse('too-few', `rows of weight ${sizes.weight} in all cannot tell ${freeCount} columns without a prior`)
  }
  const empty = sd.findIndex((value, j) => value === Number.POSITIVE_INFINITY && sizes.rootMeanSquare[j] === 0)
  return empty < 0 ? undefined : refuse('not-identified', `column ${empty} is zero in every row and has no prior`)
}

type Point = Readonly<{
  at: Float64Array
  value: number
  gradient: Float64Array
  norm: number
  logLikelihood: number
  information: Float64Array | undefined
}>
type Found = Point & Readonly<{ kind: 'found'; iterations: number }>

function search(
  rows: BinaryRows,
  prior: NormalPrior,
  link: Link,
  sizes: Sizes,
  start: Float64Array,
  aim: number,
): Found | Refusal {
  let here = evaluate(rows, prior, link, sizes, Float64Array.from(start), true)
  let factor: Factor | undefined
  let fresh = false
  for (let iterations = 0; iterations < STEPS_MAX; iterations++) {
    if (here.norm <= aim) return { kind: 'found', iterations, ...here }
    if (factor === undefined) {
      factor = cholesky(posteriorInformation(rows, prior, link, here), widthOf(rows))
      fresh = true
    }
    if (factor.kind !== 'factored') return singular(factor.row, here, rows, sizes, prior)
    const step = solve(factor, here.gradient)
    const next = walk(rows, prior, link, sizes, here, step)
    if (next === 'none') {
      if (fresh) return stuck(here, iterations, aim)
      factor = undefined
      continue
    }
    // A kept factor costs no pass over the products of columns; it serves while the slope falls tenfold with each step.
    if (next.norm > 0.1 * here.norm) factor = undefined
    fresh = false
    here = next
  }
  return stuck(here, STEPS_MAX, aim)
}

function stuck(here: Point, iterations: number, aim: number): Found | Refusal {
  if (here.norm <= aim * 1e3) return { kind: 'found', iterations, ...here }
  return refuse('not-converged', `no mode after ${iterations} steps, slope ${here.norm.toExponential(1)}`)
}

function singular(row: number, here: Point, rows: BinaryRows, sizes: Sizes, prior: NormalPrior): Refusal {
  if (!Number.isFinite(here.value))
    return refuse('not-converged', 'the likelihood is not finite where the search began')
  if (prior.sd[row] !== Number.POSITIVE_INFINITY) {
    return refuse(
      'not-identified',
      `column ${row} is to 16 digits what columns before it add up to: centre or scale it`,
    )
  }
  if (!(columnSpread(rows, prior.sd, sizes).condition < CONDITION_MAX)) {
    return refuse('not-identified', `column ${row} has no prior and is what columns before it add up to`)
  }
  const sized = here.at.map((value, j) => Math.abs(value) * (sizes.typicalSize[j] ?? 0))
  const furthest = Math.max(...sized)
  if (furthest > SCALED_COEFFICIENT_FAR) return separated(sized.indexOf(furthest))
  return refuse('not-converged', 'where the search began all chances are 0 or 1 to 16 digits: centre the offset')
}

function separated(column: number): Refusal {
  return refuse(
    'separated',
    `a rule on column ${column}, alone or with others, tells all events from the rest, so its coefficient has no end: give it a prior`,
  )
}

// No rule tells events apart, but rows that contradict the priors of others leave a wide flat top.
function open(column: number): Refusal {
  return refuse('not-identified', `rows and priors hardly bound the coefficient of column ${column}: give it a prior`)
}

function evaluate(
  rows: BinaryRows,
  prior: NormalPrior,
  link: Link,
  sizes: Sizes,
  at: Float64Array,
  withInformation: boolean,
): Point {
  const { logLikelihood, gradient, information } = sweep(rows, link, at, withInformation)
  let value = logLikelihood
  let norm = 0
  for (let j = 0; j < at.length; j++) {
    const sd = prior.sd[j] ?? 1
    const off = ((at[j] ?? 0) - (prior.mean[j] ?? 0)) / sd
    value -= 0.5 * off * off
    const slope = (gradient[j] ?? 0) - off / sd
    gradient[j] = slope
    const scale = sizes.rootMeanSquare[j] ?? 0
    // A prior of sd 1e-9 cannot be met closer than the rounding of its mean, so the unit is then the sd.
    norm = Math.max(norm, Math.abs(slope) * Math.min(sd, scale > 0 ? 1 / scale : 1))
  }
  return { at, value, gradient, norm: Number.isFinite(value) ? norm : Number.NaN, logLikelihood, information }
}

function posteriorInformation(rows: BinaryRows, prior: NormalPrior, link: Link, point: Point): Float64Array {
  const p = widthOf(rows)
  const found = point.information ?? sweep(rows, link, point.at, true).information
  const out = Float64Array.from(found ?? new Float64Array(p * p))
  for (let j = 0; j < p; j++) out[j * p + j] = (out[j * p + j] ?? 0) + 1 / (prior.sd[j] ?? 1) ** 2
  return out
}

const HALVINGS_MAX = 40

// The log-posterior is concave, so a step that does not go up was too long.
function walk(
  rows: BinaryRows,
  prior: NormalPrior,
  link: Link,
  sizes: Sizes,
  here: Point,
  step: Float64Array,
): Point | 'none' {
  const noise = 1e-13 * (1 + Math.abs(here.value))
  for (let halving = 0, length = 1; halving < HALVINGS_MAX; halving++, length /= 2) {
    const at = here.at.map((value, j) => value + length * (step[j] ?? 0))
    const there = evaluate(rows, prior, link, sizes, at, false)
    if (there.value > here.value + noise || (there.value >= here.value - noise && there.norm < here.norm)) return there
  }
  return 'none'
}

function conclude(rows: BinaryRows, prior: NormalPrior, link: Link, sizes: Sizes, best: Found): BinaryFit | Refusal {
  const p = widthOf(rows)
  const hessian = posteriorInformation(rows, prior, link, best)
  const factor = cholesky(hessian, p)
  const hessianCondition = scaledCondition(hessian, p)
  if (factor.kind !== 'factored') return singular(factor.row, best, rows, sizes, prior)
  const covariance = inverse(factor)
  const standardErrors = diagonalRoots(covariance, p)
  const wrong = findOpen(rows, prior, sizes, { at: best.at, standardErrors, hessianCondition })
  if (wrong !== undefined) return wrong
  return {
    kind: 'fitted',
    link,
    coefficients: best.at,
    standardErrors,
    covariance,
    logLikelihood: best.logLikelihood,
    logPosterior: best.value,
    gradientNorm: best.norm,
    iterations: best.iterations,
    hessianCondition,
    learnedShare: standardErrors.map((error, j) => 1 - (error / (prior.sd[j] ?? 1)) ** 2),
    rows: sizes.rows,
    events: sizes.events,
  }
}

// A pass over the products of columns, so only where a coefficient without a prior looks open at all.
function findOpen(
  rows: BinaryRows,
  { sd }: NormalPrior,
  sizes: Sizes,
  {
    at,
    standardErrors,
    hessianCondition,
  }: Readonly<{ at: Float64Array; standardErrors: Float64Array; hessianCondition: number }>,
): Refusal | undefined {
  const scaledError = (size: Float64Array, j: number) =>
    sd[j] === Number.POSITIVE_INFINITY ? (standardErrors[j] ?? 0) * (size[j] ?? 0) : 0
  const isSound = standardErrors.every((_, j) => scaledError(sizes.typicalSize, j) <= SCALED_ERROR_MAX)
  if (isSound && hessianCondition < CONDITION_MAX) return undefined
  const { condition, own } = columnSpread(rows, sd, sizes)
  if (condition < CONDITION_MAX) {
    const errors = standardErrors.map((_, j) => scaledError(own, j))
    const worst = errors.indexOf(Math.max(...errors))
    if ((errors[worst] ?? 0) > SCALED_ERROR_MAX) {
      const isFar = at.some(
        (value, j) => sd[j] === Number.POSITIVE_INFINITY && Math.abs(value) * (own[j] ?? 0) > SCALED_COEFFICIENT_FAR,
      )
      return isFar ? separated(worst) : open(worst)
    }
    if (hessianCondition < CONDITION_MAX) return undefined
  }
  return refuse(
    'not-identified',
    'some columns without a prior nearly add up to others: their coefficients cannot be told apart',
  )
}
