// Columns that lie far from 0 for their spread (a calendar year, an instant) beside a column of ones without a prior:
// moved to their means they stand apart from it, and the level makes up for the move. Slopes and their priors stay.

import { type BinaryRows, type Sizes, widthOf } from './binary-rows.ts'
import { type Refusal, refuse } from './refusal.ts'

/** Rows whose far columns are moved to their means: `level` is the column of ones, `shift` how far it makes up for each. */
export type CentredRows = Readonly<{ kind: 'centred'; rows: BinaryRows; level: number; shift: Float64Array }>

/** A column whose mean is so many times its spread is moved. */
const FAR = 100
/** What differs by less than this share of its size is mostly rounding. */
const LOST = 1e-12

/**
 * Moves columns that lie far from 0 to their means; undefined where none does, or where no column of one value is
 * without a prior. A column of one value comes out as 0; one that differs beyond the twelfth digit only is refused.
 */
export function centreRows(rows: BinaryRows, sd: Float64Array, sizes: Sizes): CentredRows | Refusal | undefined {
  const far = farColumns(sizes)
  const level = far.length < 2 ? undefined : findLevel(rows, sd, sizes)
  if (level === undefined) return undefined
  const moved = far.filter((j) => j !== level)
  const { columnCount: p, outcome } = rows
  const covariates = Float64Array.from(rows.covariates)
  const shift = new Float64Array(widthOf(rows))
  const one = covariates[level] ?? 1
  for (const j of moved) {
    const isOne = isOneValue(rows, j)
    const mean = isOne ? (covariates[j] ?? 0) : (sizes.mean[j] ?? 0)
    shift[j] = mean / one
    let furthest = 0
    for (let i = 0; i < outcome.length; i++) {
      const value = (covariates[i * p + j] ?? 0) - mean
      furthest = Math.max(furthest, Math.abs(value))
      covariates[i * p + j] = value
    }
    if (!isOne && furthest < LOST * Math.abs(mean)) {
      return refuse('not-identified', `column ${j} differs beyond its twelfth digit only: centre or scale it`)
    }
  }
  return { kind: 'centred', rows: { ...rows, covariates }, level, shift }
}

/** The column of one value without a prior, an intercept; undefined where there is none. */
export const findLevel = (rows: BinaryRows, sd: Float64Array, sizes: Sizes): number | undefined =>
  farColumns(sizes).find((j) => sd[j] === Number.POSITIVE_INFINITY && isOneValue(rows, j))

function farColumns({ mean, rootMeanSquare }: Sizes): readonly number[] {
  return [...mean.keys()].filter((j) => {
    const [size, middle] = [rootMeanSquare[j] ?? 0, mean[j] ?? 0]
    return size > 0 && 1 - (middle / size) ** 2 < 1 / FAR ** 2
  })
}

function isOneValue({ covariates, columnCount: p, outcome }: BinaryRows, column: number): boolean {
  for (let i = 1; i < outcome.length; i++) if (covariates[i * p + column] !== covariates[column]) return false
  return true
}

/** Coefficients of the moved columns as those of the columns as they were. */
export const backFromCentre = (centred: CentredRows, at: Float64Array): Float64Array => withLevelMoved(centred, at, -1)

/** Coefficients of the columns as they were as those of the moved ones. */
export const toCentre = (centred: CentredRows, at: Float64Array): Float64Array => withLevelMoved(centred, at, 1)

function withLevelMoved({ level, shift }: CentredRows, at: Float64Array, sign: 1 | -1): Float64Array {
  const out = Float64Array.from(at)
  out[level] = at.reduce((sum, one, j) => sum + sign * one * (shift[j] ?? 0), at[level] ?? 0)
  return out
}

/** The covariance of coefficients, row by row, taken back likewise. */
export function covarianceBack(centred: CentredRows, covariance: Float64Array): Float64Array {
  const p = centred.shift.length
  const half = new Float64Array(p * p)
  for (let i = 0; i < p; i++) half.set(backFromCentre(centred, covariance.subarray(i * p, (i + 1) * p)), i * p)
  const out = new Float64Array(p * p)
  for (let j = 0; j < p; j++) {
    const column = backFromCentre(
      centred,
      Float64Array.from({ length: p }, (_, i) => half[i * p + j] ?? 0),
    )
    column.forEach((value, i) => {
      out[i * p + j] = value
    })
  }
  return out
}
