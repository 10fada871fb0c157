// Logistic regression in which people differ for good: the log-odds of each are shifted by an amount that never changes,
// Normal around 0. The likelihood of a person is the mean, over that amount, of the product over his rows. Vaupel,
// Manton and Stallard (1979), Demography 16: where people differ, those who would leave leave first, and the rest look
// more loyal with time although nobody has become so.

import type { Sizes } from './binary-rows.ts'
import { backFromCentre, centreRows, toCentre } from './centred-rows.ts'
import { frailtyInformation } from './frailty-curvature.ts'
import { addPerson, type PersonRows } from './frailty-person.ts'
import { lbfgs } from './lbfgs.ts'
import { cholesky, inverse, scaledCondition } from './linear-algebra.ts'
import { type NormalPrior, SCALED_ERROR_MAX, sizeUp } from './logistic.ts'
import { type Refusal, refuse } from './refusal.ts'

/** Where the search starts: the fit without frailty, whose errors are the units of the search. */
export type FrailtyStart = Readonly<{ coefficients: Float64Array; standardErrors: Float64Array }>

/** The mode with frailty, and what it gained. */
export type FrailtyFit = Readonly<{
  kind: 'fitted'
  /** Standard deviation of what makes people differ for good, in log-odds; told roughly only beyond 1.5. */
  sd: number
  coefficients: Float64Array
  /** Log-posterior less that of the start without frailty: below about 2 the data hardly ask for it. */
  gain: number
  /** Largest slope of the log-posterior by a coefficient in units of its error at the start, or by the sd in units of `sdScale`. */
  gradientNorm: number
  iterations: number
  /** Condition of the Hessian by coefficients and sd, scaled to a unit diagonal. */
  hessianCondition: number
}>

const SD_AT_FIRST = 0.3
const LIMITS = { gradientMax: 1e-4, gradientAccepted: 1e-2, iterationsMax: 300 }

/**
 * Finds the mode under Normal priors for the coefficients (an sd of Infinity says nothing) and a half-normal one of
 * scale `sdScale` for the standard deviation. Refuses what `fitLogistic` refuses of rows and prior, persons without an
 * order, a start or a scale that cannot be, coefficients that nothing bounds, and a search that does not end.
 */
export function fitFrailty(
  rows: PersonRows,
  prior: NormalPrior,
  sdScale: number,
  start: FrailtyStart,
): FrailtyFit | Refusal {
  const p = rows.columnCount
  const sizes = sizeUp(rows, prior)
  if ('kind' in sizes) return sizes
  const wrong = findWrongPersons(rows) ?? findWrongStart(start, p, sdScale)
  if (wrong !== undefined) return wrong
  const centred = centreRows(rows, prior.sd, sizes)
  if (centred?.kind === 'refused') return centred
  if (centred !== undefined) {
    const standardErrors = Float64Array.from(start.standardErrors)
    // Of the level among moved columns about what a share alone would have.
    standardErrors[centred.level] = Math.sqrt(sizes.weight / (sizes.events * (sizes.weight - sizes.events)))
    const near = { coefficients: toCentre(centred, start.coefficients), standardErrors }
    const fit = fitFrailty({ ...rows, ...centred.rows }, prior, sdScale, near)
    return fit.kind === 'refused' ? fit : { ...fit, coefficients: backFromCentre(centred, fit.coefficients) }
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
  const hessian = frailtyInformation(rows, prior, sdScale, at)
  const factor = cholesky(hessian, p + 1)
  if (factor.kind !== 'factored') {
    return refuse('not-identified', 'rows and prior cannot tell some coefficients apart once people differ for good')
  }
  const open = findOpen(inverse(factor), prior, sizes)
  if (open !== undefined) return open
  return {
    kind: 'fitted',
    sd: Math.abs(at[p] ?? 0),
    coefficients: at.slice(0, p),
    gain: without - best.value,
    gradientNorm,
    iterations,
    hessianCondition: scaledCondition(hessian, p + 1),
  }
}

function findWrongPersons({ firstRow, outcome }: PersonRows): Refusal | undefined {
  if (firstRow.length < 2) return refuse('too-few', 'there is nobody, so there is nothing to fit')
  if (firstRow[0] !== 0 || firstRow.at(-1) !== outcome.length) {
    return refuse('lengths-differ', `first rows must begin with 0 and end with the number of rows, ${outcome.length}`)
  }
  const wrong = firstRow.findIndex((row, i) => i > 0 && row < (firstRow[i - 1] ?? 0))
  return wrong < 0 ? undefined : refuse('impossible-row', `person ${wrong - 1} ends before the own first row`)
}

function findWrongStart(start: FrailtyStart, p: number, sdScale: number): Refusal | undefined {
  const { coefficients, standardErrors } = start
  if (coefficients.length !== p || standardErrors.length !== p) {
    return refuse('lengths-differ', `${p} columns need as many coefficients and errors to start from`)
  }
  const isSize = (one: number) => one > 0 && one < Number.POSITIVE_INFINITY
  if (isSize(sdScale) && coefficients.every(Number.isFinite) && standardErrors.every(isSize)) return undefined
  return refuse('impossible-parameter', 'the start needs finite coefficients, positive errors, and a positive scale')
}

function findOpen(covariance: Float64Array, { sd }: NormalPrior, { typicalSize }: Sizes): Refusal | undefined {
  const n = sd.length + 1
  const open = sd.findIndex((one, j) => {
    const error = Math.sqrt(covariance[j * n + j] ?? Number.NaN) * (typicalSize[j] ?? 0)
    return one === Number.POSITIVE_INFINITY && !(error <= SCALED_ERROR_MAX)
  })
  return open < 0 ? undefined : refuse('separated', `nothing bounds the coefficient of column ${open}: give it a prior`)
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
