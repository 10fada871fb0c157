// Logistic regression in which people differ for good: the log-odds of each are shifted by an amount that never changes,
// Normal around 0. The likelihood of a person is the mean, over that amount, of the product over his rows. Vaupel,
// Manton and Stallard (1979), Demography 16: where people differ, those who would leave leave first, and the rest look
// more loyal with time although nobody has become so.

import { lbfgs } from './lbfgs.ts'
import type { NormalPrior } from './logistic.ts'
import { type Refusal, refuse } from './refusal.ts'

/** Rows of 0 or 1, person after person: person i has the rows from `firstRow[i]` up to `firstRow[i + 1]`. */
export type PersonRows = Readonly<{
  covariates: Float64Array
  columnCount: number
  outcome: Uint8Array
  firstRow: Uint32Array
}>

/** Where the search starts: the fit without frailty, whose errors are the units of the search. */
export type FrailtyStart = Readonly<{ coefficients: Float64Array; standardErrors: Float64Array }>

/** The mode with frailty, and what it gained. */
export type FrailtyFit = Readonly<{
  kind: 'fitted'
  /** Standard deviation of what makes people differ for good, in log-odds. */
  sd: number
  coefficients: Float64Array
  /** Log-posterior less that of the start without frailty: below about 2 the data hardly ask for it. */
  gain: number
  gradientNorm: number
  iterations: number
}>

// A mean over a Normal on equal steps: for so smooth a function eleven nodes err less than one part in a thousand.
const NODE_STEP = 0.8
const NODES_EACH_SIDE = 5
const nodes = Float64Array.from({ length: 2 * NODES_EACH_SIDE + 1 }, (_, q) => NODE_STEP * (q - NODES_EACH_SIDE))
const bells = nodes.map((z) => Math.exp(-0.5 * z * z))
const bellSum = bells.reduce((sum, one) => sum + one, 0)
const weights = bells.map((one) => one / bellSum)

const SD_AT_FIRST = 0.3
const LIMITS = { gradientMax: 1e-4, gradientAccepted: 1e-2, iterationsMax: 300 }

/**
 * Finds the mode under Normal priors for the coefficients (an sd of Infinity says nothing) and a half-normal one of
 * scale `sdScale` for the standard deviation. Refuses when the search does not end.
 */
export function fitFrailty(
  rows: PersonRows,
  prior: NormalPrior,
  sdScale: number,
  start: FrailtyStart,
): FrailtyFit | Refusal {
  const p = rows.columnCount
  const n = rows.outcome.length
  if (rows.covariates.length !== n * p || start.coefficients.length !== p || rows.firstRow.at(-1) !== n) {
    return refuse('lengths-differ', 'rows, persons and coefficients do not fit each other')
  }
  // In units of the errors the valley is nearly round. The sd is even in the likelihood: its sign means nothing.
  const unit = Float64Array.from({ length: p + 1 }, (_, j) => start.standardErrors[j] ?? sdScale)
  const place = (at: Float64Array): Float64Array =>
    at.map((steps, j) => (start.coefficients[j] ?? 0) + steps * (unit[j] ?? 1))
  const objective = (at: Float64Array, gradient: Float64Array): number => {
    const value = minusLogPosterior(rows, prior, sdScale, place(at), gradient)
    for (let j = 0; j <= p; j += 1) gradient[j] = (gradient[j] ?? 0) * (unit[j] ?? 1)
    return value
  }
  const first = new Float64Array(p + 1)
  const without = objective(first, new Float64Array(p + 1))
  first[p] = SD_AT_FIRST / sdScale
  const best = lbfgs(objective, first, LIMITS)
  if (best.kind === 'not-converged') {
    const slope = best.gradientNorm.toExponential(1)
    return refuse('not-converged', `no mode with frailty after ${best.iterations} steps, slope ${slope}`)
  }
  const { gradientNorm, iterations } = best
  const at = place(best.at)
  return {
    kind: 'fitted',
    sd: Math.abs(at[p] ?? 0),
    coefficients: at.slice(0, p),
    gain: without - best.value,
    gradientNorm,
    iterations,
  }
}

function minusLogPosterior(
  rows: PersonRows,
  prior: NormalPrior,
  sdScale: number,
  at: Float64Array,
  gradient: Float64Array,
): number {
  const p = rows.columnCount
  const sd = at[p] ?? 0
  gradient.fill(0)
  let value = 0.5 * (sd / sdScale) ** 2
  gradient[p] = sd / sdScale ** 2
  for (let j = 0; j < p; j += 1) {
    const off = ((at[j] ?? 0) - (prior.mean[j] ?? 0)) / (prior.sd[j] ?? 1)
    value += 0.5 * off * off
    gradient[j] = off / (prior.sd[j] ?? 1)
  }
  for (let person = 0; person + 1 < rows.firstRow.length; person += 1) {
    const from = rows.firstRow[person] ?? 0
    value -= addPerson(rows, from, rows.firstRow[person + 1] ?? from, at, gradient)
  }
  return value
}

// Adds minus the slope of one person's log-likelihood, and answers that log-likelihood.
function addPerson(rows: PersonRows, from: number, to: number, at: Float64Array, gradient: Float64Array): number {
  const { outcome, columnCount: p } = rows
  const sd = at[p] ?? 0
  // By row and node: the outcome less its chance.
  const gaps = new Float64Array((to - from) * nodes.length)
  const likelihood = Float64Array.from(weights)
  for (let row = from; row < to; row += 1) {
    const predictor = predict(rows, row, at)
    const y = outcome[row] ?? 0
    for (let q = 0; q < nodes.length; q += 1) {
      const chance = 1 / (1 + Math.exp(-predictor - sd * (nodes[q] ?? 0)))
      likelihood[q] = (likelihood[q] ?? 0) * (y === 1 ? chance : 1 - chance)
      gaps[(row - from) * nodes.length + q] = y - chance
    }
  }
  const total = likelihood.reduce((sum, one) => sum + one, 0)
  for (let q = 0; q < nodes.length; q += 1) likelihood[q] = (likelihood[q] ?? 0) / total
  for (let row = from; row < to; row += 1) addSlope(rows, row, gaps, (row - from) * nodes.length, likelihood, gradient)
  return Math.log(total)
}

function predict({ covariates, columnCount: p }: PersonRows, row: number, at: Float64Array): number {
  let sum = 0
  for (let j = 0; j < p; j += 1) sum += (covariates[row * p + j] ?? 0) * (at[j] ?? 0)
  return sum
}

function addSlope(
  { covariates, columnCount: p }: PersonRows,
  row: number,
  gaps: Float64Array,
  place: number,
  shares: Float64Array,
  gradient: Float64Array,
): void {
  let gap = 0
  let sdSlope = 0
  for (let q = 0; q < nodes.length; q += 1) {
    const share = (shares[q] ?? 0) * (gaps[place + q] ?? 0)
    gap += share
    sdSlope += share * (nodes[q] ?? 0)
  }
  for (let j = 0; j < p; j += 1) gradient[j] = (gradient[j] ?? 0) - gap * (covariates[row * p + j] ?? 0)
  gradient[p] = (gradient[p] ?? 0) - sdSlope
}
