// Eigenvalues of larger symmetric matrices: Householder reflections to tridiagonal form, then implicit QL steps (Golub
// and Van Loan, Matrix Computations, sections 8.3 and 8.4; Wilkinson and Reinsch 1971, contributions II/2 and II/4).

const STEPS_MAX = 60

/** Eigenvalues of a symmetric matrix, ascending; NaN throughout if the steps do not end. The matrix is not changed. */
export function eigenvaluesByReflection(matrix: Float64Array, n: number): Float64Array {
  const { diagonal, beside } = reduce(Float64Array.from(matrix), n)
  for (let at = 0; at < n; at += 1) {
    for (let step = 0; ; step += 1) {
      const end = findSplit(diagonal, beside, at, n)
      if (end === at) break
      if (step === STEPS_MAX) return new Float64Array(n).fill(Number.NaN)
      stepQl(diagonal, beside, at, end)
    }
  }
  return diagonal.sort()
}

type Tridiagonal = Readonly<{ diagonal: Float64Array; beside: Float64Array }>

// `beside[i]` couples i and i + 1.
function reduce(a: Float64Array, n: number): Tridiagonal {
  const beside = new Float64Array(n)
  const w = new Float64Array(n)
  for (let k = 0; k + 1 < n; k += 1) {
    // Column k below the diagonal becomes the mirror that turns it into a multiple of its first place.
    const v = Float64Array.from({ length: n }, (_, i) => (i > k ? (a[i * n + k] ?? 0) : 0))
    const norm = Math.sqrt(product(v, v, k + 1))
    const alpha = (v[k + 1] ?? 0) > 0 ? -norm : norm
    beside[k] = alpha
    if (norm === 0) continue
    v[k + 1] = (v[k + 1] ?? 0) - alpha
    reflect(a, n, k + 1, v, w, 2 / product(v, v, k + 1))
  }
  return { diagonal: Float64Array.from({ length: n }, (_, i) => a[i * n + i] ?? 0), beside }
}

// A - v w' - w v' with w = by (A v) - (by / 2) (v' by A v) v. Before `from` v is zero, and what stands there is done with.
function reflect(a: Float64Array, n: number, from: number, v: Float64Array, w: Float64Array, by: number): void {
  for (let i = from; i < n; i += 1) w[i] = by * product(a.subarray(i * n, (i + 1) * n), v, from)
  const along = 0.5 * by * product(w, v, from)
  for (let i = from; i < n; i += 1) w[i] = (w[i] ?? 0) - along * (v[i] ?? 0)
  for (let i = from; i < n; i += 1) {
    const vi = v[i] ?? 0
    const wi = w[i] ?? 0
    const row = a.subarray(i * n, (i + 1) * n)
    for (let j = from; j < n; j += 1) row[j] = (row[j] ?? 0) - vi * (w[j] ?? 0) - wi * (v[j] ?? 0)
  }
}

function product(a: Float64Array, b: Float64Array, from: number): number {
  let sum = 0
  for (let i = from; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}

function findSplit(diagonal: Float64Array, beside: Float64Array, from: number, n: number): number {
  let end = from
  for (; end + 1 < n; end += 1) {
    const around = Math.abs(diagonal[end] ?? 0) + Math.abs(diagonal[end + 1] ?? 0)
    if (Math.abs(beside[end] ?? 0) <= Number.EPSILON * around) break
  }
  return end
}

function stepQl(d: Float64Array, e: Float64Array, from: number, end: number): void {
  const half = ((d[from + 1] ?? 0) - (d[from] ?? 0)) / (2 * (e[from] ?? 0))
  const root = Math.hypot(half, 1)
  let g = (d[end] ?? 0) - (d[from] ?? 0) + (e[from] ?? 0) / (half + (half >= 0 ? root : -root))
  let [s, c, p] = [1, 1, 0]
  for (let i = end - 1; i >= from; i -= 1) {
    const f = s * (e[i] ?? 0)
    const b = c * (e[i] ?? 0)
    const r = Math.hypot(f, g)
    e[i + 1] = r
    if (r === 0) {
      d[i + 1] = (d[i + 1] ?? 0) - p
      e[end] = 0
      return
    }
    s = f / r
    c = g / r
    g = (d[i + 1] ?? 0) - p
    const t = ((d[i] ?? 0) - g) * s + 2 * c * b
    p = s * t
    d[i + 1] = g + p
    g = c * t - b
  }
  d[from] = (d[from] ?? 0) - p
  e[from] = g
  e[end] = 0
}
