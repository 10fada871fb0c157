import { type Refusal, refuse } from './refusal.ts'

/**
 * Columns that are 0 in most rows, such as one for each of some hundred groups: row i has the entries from
 * `firstEntry[i]` up to `firstEntry[i + 1]`, each a value in a column. What is not entered is 0.
 */
export type SparseColumns = Readonly<{
  columnCount: number
  firstEntry: Uint32Array
  column: Uint32Array
  value: Float64Array
}>

/** Refuses entries that do not fit the rows, name a column that is not there, or hold what is not a number. */
export function findWrongEntries(sparse: SparseColumns, rows: number): Refusal | undefined {
  const { columnCount, firstEntry, column, value } = sparse
  const entries = value.length
  const fits = firstEntry.length === rows + 1 && firstEntry[0] === 0 && firstEntry[rows] === entries
  if (!fits || column.length !== entries || firstEntry.some((one, i) => one < (firstEntry[i - 1] ?? 0))) {
    return refuse('lengths-differ', `${entries} entries of sparse columns do not fit ${rows} rows`)
  }
  const wrong = column.findIndex((one, at) => one >= columnCount || !Number.isFinite(value[at]))
  if (wrong < 0) return undefined
  return (column[wrong] ?? 0) >= columnCount
    ? refuse('impossible-row', `entry ${wrong} names sparse column ${column[wrong]} of ${columnCount}`)
    : refuse('not-a-number', `entry ${wrong} of the sparse columns is not a finite number`)
}

/** Calls with each entry of the rows from `from` on; `i` counts these rows. */
function eachEntry(
  { firstEntry, column, value }: SparseColumns,
  from: number,
  count: number,
  call: (i: number, column: number, value: number) => void,
): void {
  for (let i = 0; i < count; i += 1) {
    const end = firstEntry[from + i + 1] ?? 0
    for (let at = firstEntry[from + i] ?? 0; at < end; at += 1) call(i, column[at] ?? 0, value[at] ?? 0)
  }
}

/** Adds to the predictors of `count` rows what these columns say. */
export function addSparse(
  sparse: SparseColumns,
  coefficients: Float64Array,
  from: number,
  count: number,
  out: Float64Array,
): void {
  eachEntry(sparse, from, count, (i, column, value) => {
    out[i] = (out[i] ?? 0) + value * (coefficients[column] ?? 0)
  })
}

/** Adds the slopes of `count` rows, each by its predictor, to those by the coefficients of these columns. */
export function addSparseSlopes(
  sparse: SparseColumns,
  from: number,
  count: number,
  slope: Float64Array,
  gradient: Float64Array,
): void {
  eachEntry(sparse, from, count, (i, column, value) => {
    gradient[column] = (gradient[column] ?? 0) + value * (slope[i] ?? 0)
  })
}

/** Adds weighted squares of each column, and the weight of the rows in which it is not 0. */
export function addSparseSquares(
  sparse: SparseColumns,
  weight: Float64Array | undefined,
  squares: Float64Array,
  filled: Float64Array,
): void {
  eachEntry(sparse, 0, sparse.firstEntry.length - 1, (i, column, value) => {
    const w = weight === undefined ? 1 : (weight[i] ?? 0)
    squares[column] = (squares[column] ?? 0) + w * value * value
    filled[column] = (filled[column] ?? 0) + (value === 0 ? 0 : w)
  })
}

/** Weighted products of sparse columns with the others, and among themselves: a row for each sparse column. */
export type SparseProducts = Readonly<{ withOthers: Float64Array; among: Float64Array }>

/** No rows were added yet. */
export const noProducts = ({ columnCount }: SparseColumns, others: number): SparseProducts => ({
  withOthers: new Float64Array(columnCount * others),
  among: new Float64Array(columnCount * columnCount),
})

/** Adds the products of `count` rows; `covariates` are the other columns, `others` in a row. */
export function addSparseProducts(
  sparse: SparseColumns,
  { covariates, others }: Readonly<{ covariates: Float64Array; others: number }>,
  from: number,
  count: number,
  curvature: Float64Array,
  { withOthers, among }: SparseProducts,
): void {
  const { columnCount: s } = sparse
  eachEntry(sparse, from, count, (i, column, value) => {
    const by = value * (curvature[i] ?? 0)
    const [to, x] = [column * others, (from + i) * others]
    for (let k = 0; k < others; k += 1) withOthers[to + k] = (withOthers[to + k] ?? 0) + by * (covariates[x + k] ?? 0)
    eachEntry(sparse, from + i, 1, (_, other, size) => {
      among[column * s + other] = (among[column * s + other] ?? 0) + by * size
    })
  })
}

/** The products of all columns, the sparse ones last, as one full matrix; `dense` are those of the others. */
export function joinProducts(dense: Float64Array, others: number, { withOthers, among }: SparseProducts): Float64Array {
  const s = Math.sqrt(among.length)
  const n = others + s
  const out = new Float64Array(n * n)
  for (let j = 0; j < others; j += 1) out.set(dense.subarray(j * others, (j + 1) * others), j * n)
  for (let g = 0; g < s; g += 1) {
    const row = (others + g) * n
    out.set(withOthers.subarray(g * others, (g + 1) * others), row)
    out.set(among.subarray(g * s, (g + 1) * s), row + others)
    for (let k = 0; k < others; k += 1) out[k * n + others + g] = withOthers[g * others + k] ?? 0
  }
  return out
}

/** The entries of every `stride`-th of the first `count` x `stride` rows. */
export function thinEntries(sparse: SparseColumns, stride: number, count: number): SparseColumns {
  const firstEntry = new Uint32Array(count + 1)
  const kept: number[] = []
  for (let i = 0; i < count; i += 1) {
    const end = sparse.firstEntry[i * stride + 1] ?? 0
    for (let at = sparse.firstEntry[i * stride] ?? 0; at < end; at += 1) kept.push(at)
    firstEntry[i + 1] = kept.length
  }
  return {
    columnCount: sparse.columnCount,
    firstEntry,
    column: Uint32Array.from(kept, (at) => sparse.column[at] ?? 0),
    value: Float64Array.from(kept, (at) => sparse.value[at] ?? 0),
  }
}
