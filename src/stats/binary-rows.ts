import { type Refusal, refuse } from './refusal.ts'
import { addSparseSquares, findWrongEntries, type SparseColumns, thinEntries } from './sparse-columns.ts'

/** Rows with an outcome of 0 or 1: one row per thing observed, or per month at risk. */
export type BinaryRows = Readonly<{
  /** Covariates, row after row: rows x columnCount numbers. An intercept is a column of ones. */
  covariates: Float64Array
  columnCount: number
  /** Further columns, behind those of `covariates`. */
  sparse?: SparseColumns
  outcome: Uint8Array
  /** Added to the linear predictor of each row, for example -log(q) of a row sampled with chance q. */
  offset?: Float64Array
  /** How many like it a row stands for; 1 if absent. */
  weight?: Float64Array
}>

/** How many columns rows have in all: as many as coefficients. */
export const widthOf = ({ columnCount, sparse }: BinaryRows): number => columnCount + (sparse?.columnCount ?? 0)

/** How the linear predictor becomes a chance: 'logit', or 'cloglog' for a hazard cut into periods. */
export type Link = 'logit' | 'cloglog'

/** The chance that belongs to a linear predictor. */
export function chanceOf(link: Link, predictor: number): number {
  return link === 'logit' ? 1 / (1 + Math.exp(-predictor)) : -Math.expm1(-Math.exp(predictor))
}

/** What a look over the rows tells: weights in all, events among them, and the size of each column. */
export type Sizes = Readonly<{
  rows: number
  weight: number
  events: number
  /** Of the columns that are not sparse. */
  mean: Float64Array
  /** By column: over all rows, and over those that are not zero: of a rare flag small, and 1. */
  rootMeanSquare: Float64Array
  typicalSize: Float64Array
}>

/** Checks every number; refuses what is not finite, outcomes beside 0 and 1, weights below 0, and uneven lengths. */
export function measureRows(rows: BinaryRows): Sizes | Refusal {
  const { covariates, columnCount, sparse, outcome, offset, weight } = rows
  const n = outcome.length
  const fits = covariates.length === n * columnCount && (offset?.length ?? n) === n
  if (!fits || (weight?.length ?? n) !== n)
    return refuse('lengths-differ', `${n} outcomes do not fit the other columns`)
  const wrongRow = findWrongRow(rows) ?? (sparse === undefined ? undefined : findWrongEntries(sparse, n))
  if (wrongRow !== undefined) return wrongRow
  let total = 0
  let events = 0
  const squares = new Float64Array(widthOf(rows))
  const filled = new Float64Array(widthOf(rows))
  const sums = new Float64Array(columnCount)
  for (let i = 0; i < n; i++) {
    const w = weight === undefined ? 1 : (weight[i] ?? 0)
    total += w
    events += w * (outcome[i] ?? 0)
    addSquares(squares, filled, sums, covariates, columnCount, i, w)
  }
  if (sparse !== undefined) {
    addSparseSquares(sparse, weight, squares.subarray(columnCount), filled.subarray(columnCount))
  }
  const wrong = squares.findIndex((value) => !Number.isFinite(value))
  if (wrong >= 0) {
    return refuse('not-a-number', `column ${wrong} holds a value that is not a finite number, or cannot be squared`)
  }
  const mean = sums.map((value) => (total > 0 ? value / total : 0))
  const rootMeanSquare = squares.map((value) => (total > 0 ? Math.sqrt(value / total) : 0))
  const typicalSize = squares.map((value, j) => (value > 0 ? Math.sqrt(value / (filled[j] ?? 1)) : 0))
  return { rows: n, weight: total, events, mean, rootMeanSquare, typicalSize }
}

function findWrongRow(rows: BinaryRows): Refusal | undefined {
  for (let i = 0; i < rows.outcome.length; i++) {
    const y = rows.outcome[i] ?? 2
    if (y <= 1 && isUsable(rows, i)) continue
    return refuse(y > 1 ? 'impossible-row' : 'not-a-number', `row ${i} has an outcome, weight or offset that cannot be`)
  }
  return undefined
}

function isUsable({ offset, weight }: BinaryRows, i: number): boolean {
  const w = weight === undefined ? 1 : (weight[i] ?? Number.NaN)
  const shift = offset === undefined ? 0 : (offset[i] ?? Number.NaN)
  return w >= 0 && w < Number.POSITIVE_INFINITY && Math.abs(shift) < Number.POSITIVE_INFINITY
}

function addSquares(
  squares: Float64Array,
  filled: Float64Array,
  sums: Float64Array,
  covariates: Float64Array,
  columnCount: number,
  i: number,
  w: number,
): void {
  for (let j = 0; j < columnCount; j++) {
    const x = covariates[i * columnCount + j] ?? Number.NaN
    squares[j] = (squares[j] ?? 0) + w * x * x
    sums[j] = (sums[j] ?? 0) + w * x
    filled[j] = (filled[j] ?? 0) + (x === 0 ? 0 : w)
  }
}

/**
 * Every `stride`-th row, to come near cheaply first. Its weights are multiplied so that they stand against a prior as
 * all rows would.
 */
export function thinRows(rows: BinaryRows, stride: number): BinaryRows {
  const { covariates, columnCount, sparse, outcome, offset, weight } = rows
  const n = Math.floor(outcome.length / stride)
  const few = new Float64Array(n * columnCount)
  for (let i = 0; i < n; i++) {
    const at = i * stride * columnCount
    few.set(covariates.subarray(at, at + columnCount), i * columnCount)
  }
  return {
    covariates: few,
    columnCount,
    ...(sparse !== undefined && { sparse: thinEntries(sparse, stride, n) }),
    outcome: Uint8Array.from({ length: n }, (_, i) => outcome[i * stride] ?? 0),
    weight: Float64Array.from({ length: n }, (_, i) => stride * (weight === undefined ? 1 : (weight[i * stride] ?? 0))),
    ...(offset !== undefined && { offset: Float64Array.from({ length: n }, (_, i) => offset[i * stride] ?? 0) }),
  }
}
