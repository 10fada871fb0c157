// Dense symmetric matrices of the size of a model (up to some hundred rows), row by row in a Float64Array of n * n.

import { eigenvaluesByReflection } from './tridiagonal.ts'

/** The lower Cholesky factor, row by row, zeros above the diagonal. */
export type Factor =
  | Readonly<{ kind: 'factored'; lower: Float64Array; n: number }>
  | Readonly<{ kind: 'not-positive-definite'; row: number }>

/**
 * Cholesky factor of a symmetric matrix, of which only the lower triangle is read. A pivot that is not larger than
 * the rounding of its own row counts as zero, so a column that copies others is found and named.
 */
export function cholesky(matrix: Float64Array, n: number): Factor {
  const lower = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const sum = (matrix[i * n + j] ?? Number.NaN) - rowProduct(lower, n, i, j)
      if (j < i) {
        lower[i * n + j] = sum / (lower[j * n + j] ?? 1)
      } else {
        const noise = 4 * n * Number.EPSILON * (matrix[i * n + i] ?? 0)
        if (!(sum > noise && sum < Number.POSITIVE_INFINITY)) return { kind: 'not-positive-definite', row: i }
        lower[i * n + i] = Math.sqrt(sum)
      }
    }
  }
  return { kind: 'factored', lower, n }
}

// Inner product of rows i and j, left of column j.
function rowProduct(lower: Float64Array, n: number, i: number, j: number): number {
  let sum = 0
  for (let k = 0; k < j; k++) sum += (lower[i * n + k] ?? 0) * (lower[j * n + k] ?? 0)
  return sum
}

/** Solves A x = b for the matrix A behind a Cholesky factor. */
export function solve(factor: Factor & { kind: 'factored' }, right: Float64Array): Float64Array {
  const { lower, n } = factor
  const x = Float64Array.from(right)
  for (let i = 0; i < n; i++) {
    let sum = x[i] ?? 0
    for (let k = 0; k < i; k++) sum -= (lower[i * n + k] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (lower[i * n + i] ?? 1)
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i] ?? 0
    for (let k = i + 1; k < n; k++) sum -= (lower[k * n + i] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (lower[i * n + i] ?? 1)
  }
  return x
}

/** Inverse of the matrix behind a Cholesky factor; exactly symmetric. */
export function inverse(factor: Factor & { kind: 'factored' }): Float64Array {
  const { n } = factor
  const rooted = inverseRoot(factor)
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let k = i; k < n; k++) sum += (rooted[i * n + k] ?? 0) * (rooted[j * n + k] ?? 0)
      out[i * n + j] = sum
      out[j * n + i] = sum
    }
  }
  return out
}

// The inverse of the lower factor, column by column: row j of the answer is its column j, from j on.
function inverseRoot({ lower, n }: Factor & { kind: 'factored' }): Float64Array {
  const out = new Float64Array(n * n)
  for (let j = 0; j < n; j++) {
    const column = out.subarray(j * n, (j + 1) * n)
    column[j] = 1 / (lower[j * n + j] ?? 1)
    for (let i = j + 1; i < n; i++) {
      let sum = 0
      for (let k = j; k < i; k++) sum -= (lower[i * n + k] ?? 0) * (column[k] ?? 0)
      column[i] = sum / (lower[i * n + i] ?? 1)
    }
  }
  return out
}

const SWEEPS_MAX = 60
/** From here up rotations take too long: 1.1 s for 167 rows, where reflections take 15 ms (2026-11-22). */
const ROTATED_MAX = 32

/**
 * Eigenvalues of a symmetric matrix, ascending, by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations,
 * section 8.5): right to the last bits for the small matrices of the models. Larger ones by reflections.
 */
export function symmetricEigenvalues(matrix: Float64Array, n: number): Float64Array {
  if (n > ROTATED_MAX) return eigenvaluesByReflection(matrix, n)
  const a = Float64Array.from(matrix)
  for (let sweep = 0; sweep < SWEEPS_MAX && offDiagonal(a, n) > 0; sweep++) {
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, n, p, q)
  }
  return Float64Array.from({ length: n }, (_, i) => a[i * n + i] ?? 0).sort()
}

function offDiagonal(a: Float64Array, n: number): number {
  let off = 0
  let diagonal = 0
  for (let i = 0; i < n; i++) {
    diagonal = Math.max(diagonal, Math.abs(a[i * n + i] ?? 0))
    for (let j = 0; j < i; j++) off = Math.max(off, Math.abs(a[i * n + j] ?? 0))
  }
  return off > diagonal * 1e-18 ? off : 0
}

function rotate(a: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q] ?? 0
  if (apq === 0) return
  const theta = ((a[q * n + q] ?? 0) - (a[p * n + p] ?? 0)) / (2 * apq)
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (let k = 0; k < n; k++) {
    const kp = a[k * n + p] ?? 0
    const kq = a[k * n + q] ?? 0
    a[k * n + p] = c * kp - s * kq
    a[k * n + q] = s * kp + c * kq
  }
  for (let k = 0; k < n; k++) {
    const pk = a[p * n + k] ?? 0
    const qk = a[q * n + k] ?? 0
    a[p * n + k] = c * pk - s * qk
    a[q * n + k] = s * pk + c * qk
  }
}

/**
 * Condition of a symmetric positive definite matrix after its rows are scaled to a unit diagonal: largest eigenvalue
 * over smallest. The scaling takes out mere units (Van der Sluis 1969), so what is left is collinearity. Infinity when
 * not positive definite.
 */
export function scaledCondition(matrix: Float64Array, n: number): number {
  const scale = Float64Array.from({ length: n }, (_, i) => 1 / Math.sqrt(matrix[i * n + i] ?? 0))
  const scaled = matrix.map((value, at) => value * (scale[Math.floor(at / n)] ?? 0) * (scale[at % n] ?? 0))
  if (!scaled.every(Number.isFinite)) return Number.POSITIVE_INFINITY
  const values = symmetricEigenvalues(scaled, n)
  const least = values[0] ?? 0
  return least > 0 ? (values[n - 1] ?? 0) / least : Number.POSITIVE_INFINITY
}

/** Square roots of the diagonal of a matrix of n rows: of a covariance the standard errors. */
export const diagonalRoots = (matrix: Float64Array, n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, j) => Math.sqrt(matrix[j * n + j] ?? Number.NaN))

/** Largest absolute entry; NaN if any entry is NaN. */
export function maxAbs(vector: Float64Array): number {
  let out = 0
  for (const value of vector) out = Number.isNaN(value) ? Number.NaN : Math.max(out, Math.abs(value))
  return out
}

/** Inner product of two vectors of one length. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}
