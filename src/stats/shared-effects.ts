// Logistic regression in which groups of columns share an unknown spread: the months of a year, the batches of a
// campaign. What all rows of one batch have in common makes totals scatter more than independent rows would.
// 1. Each column of a group has a Normal(0, spread) coefficient, the same spread for the whole group.
// 2. The spread is half-normal beforehand and takes one of a few values; each value is weighed by how well it explains
//    the rows (Laplace's approximation of the evidence; Tierney and Kadane 1986, JASA 81, 82-86).
// Given the spreads it is the regression of logistic.ts, with its refusals. In plain words: docs/models/logistic.md.

import { type BinaryRows, widthOf } from './binary-rows.ts'
import { cholesky } from './linear-algebra.ts'
import { type BinaryFit, fitLogistic, type NormalPrior } from './logistic.ts'
import { type Refusal, refuse } from './refusal.ts'

/** Columns of one group, the spreads that are tried, and the sd of the half-normal belief about them. */
export type SharedGroup = Readonly<{ columns: readonly number[]; spreads: readonly number[]; usual: number }>

/** The fit under one choice of spreads (in the order of the groups), and how much of all belief it holds. */
export type SharedPoint = Readonly<{ spreads: readonly number[]; weight: number; fit: BinaryFit }>

/** All choices that hold belief, the best first; their weights add up to 1. */
export type SharedFit = Readonly<{ kind: 'fitted'; points: readonly SharedPoint[]; best: SharedPoint }>

/** Less belief than this is not worth a point. */
const WEIGHT_MIN = 0.001

/**
 * Fits every combination of spreads. The prior of the columns of groups is replaced; that of all others is used as it
 * is. Refuses a group without positive spreads, a column that is not there or in two groups, and whatever the regression refuses.
 */
export function fitShared(rows: BinaryRows, prior: NormalPrior, groups: readonly SharedGroup[]): SharedFit | Refusal {
  const isSize = (one: number) => one > 0 && one < Number.POSITIVE_INFINITY
  if (groups.some(({ spreads, usual }) => spreads.length === 0 || ![usual, ...spreads].every(isSize))) {
    return refuse('impossible-parameter', 'a group needs positive spreads to try, and a positive usual spread')
  }
  const grouped = groups.flatMap(({ columns }) => columns)
  if (grouped.some((column) => !(Number.isInteger(column) && column >= 0 && column < widthOf(rows)))) {
    return refuse('impossible-parameter', `a group names a column that is not one of ${widthOf(rows)}`)
  }
  if (new Set(grouped).size < grouped.length) {
    return refuse('impossible-parameter', 'a column belongs to two groups')
  }
  const tried: { spreads: readonly number[]; evidence: number; fit: BinaryFit }[] = []
  for (const spreads of combinations(groups)) {
    const fit = fitLogistic(rows, withSpreads(prior, groups, spreads), 'logit', tried.at(-1)?.fit.coefficients)
    if (fit.kind === 'refused') return fit
    tried.push({ spreads, evidence: evidenceOf(fit, groups, spreads), fit })
  }
  const most = Math.max(...tried.map(({ evidence }) => evidence))
  const total = tried.reduce((sum, { evidence }) => sum + Math.exp(evidence - most), 0)
  const weighed = tried
    .map(({ spreads, evidence, fit }) => ({ spreads, fit, weight: Math.exp(evidence - most) / total }))
    .filter(({ weight }) => weight >= WEIGHT_MIN)
    .toSorted((a, b) => b.weight - a.weight)
  const kept = weighed.reduce((sum, { weight }) => sum + weight, 0)
  const points = weighed.map((point) => ({ ...point, weight: point.weight / kept }))
  const best = points[0]
  return best === undefined
    ? refuse('not-converged', 'no choice of spreads gives a finite evidence')
    : { kind: 'fitted', points, best }
}

/**
 * The first `count` coefficients over all choices of spreads, as one Normal: their mean, and a covariance that holds
 * how unsure they are under each choice and how far the choices lie apart.
 */
export function overSpreads(
  { points }: Pick<SharedFit, 'points'>,
  count: number,
): Readonly<{ coefficients: Float64Array; covariance: Float64Array }> {
  const coefficients = new Float64Array(count)
  const covariance = new Float64Array(count * count)
  for (const { weight, fit } of points) {
    for (let j = 0; j < count; j += 1) {
      coefficients[j] = (coefficients[j] ?? 0) + weight * (fit.coefficients[j] ?? Number.NaN)
    }
  }
  for (const { weight, fit } of points) {
    const width = fit.coefficients.length
    const off = (j: number) => (fit.coefficients[j] ?? 0) - (coefficients[j] ?? 0)
    for (let at = 0; at < count * count; at += 1) {
      const [j, k] = [Math.floor(at / count), at % count]
      const here = (fit.covariance[j * width + k] ?? Number.NaN) + off(j) * off(k)
      covariance[at] = (covariance[at] ?? 0) + weight * here
    }
  }
  return { coefficients, covariance }
}

function combinations(groups: readonly SharedGroup[]): readonly (readonly number[])[] {
  return groups.reduce<readonly (readonly number[])[]>(
    (all, { columns, spreads, usual }) =>
      // A group without columns has nothing to say about its spread.
      all.flatMap((before) => (columns.length === 0 ? [usual] : spreads).map((one) => [...before, one])),
    [[]],
  )
}

function withSpreads(prior: NormalPrior, groups: readonly SharedGroup[], spreads: readonly number[]): NormalPrior {
  const mean = Float64Array.from(prior.mean)
  const sd = Float64Array.from(prior.sd)
  groups.forEach(({ columns }, g) => {
    for (const column of columns) {
      mean[column] = 0
      sd[column] = spreads[g] ?? 1
    }
  })
  return { mean, sd }
}

// Up to a constant that is the same for all spreads. The grid may be uneven: each value stands for its share of it.
function evidenceOf(fit: BinaryFit, groups: readonly SharedGroup[], spreads: readonly number[]): number {
  let sum = fit.logPosterior + halfLogDeterminant(fit)
  groups.forEach(({ columns, spreads: grid, usual }, g) => {
    const spread = spreads[g] ?? 1
    sum -= columns.length * Math.log(spread) + 0.5 * (spread / usual) ** 2
    if (columns.length > 0) sum += Math.log(stretchOf(grid, spread))
  })
  return sum
}

function stretchOf(grid: readonly number[], value: number): number {
  const sorted = grid.toSorted((a, b) => a - b)
  const at = sorted.indexOf(value)
  const below = at > 0 ? (value + (sorted[at - 1] ?? value)) / 2 : 0
  const above = at + 1 < sorted.length ? (value + (sorted[at + 1] ?? value)) / 2 : value + (value - below)
  return above - below
}

function halfLogDeterminant({ covariance, coefficients }: BinaryFit): number {
  const n = coefficients.length
  const factor = cholesky(covariance, n)
  if (factor.kind !== 'factored') return Number.NEGATIVE_INFINITY
  let sum = 0
  for (let j = 0; j < n; j += 1) sum += Math.log(factor.lower[j * n + j] ?? Number.NaN)
  return sum
}
