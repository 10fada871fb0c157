const TERMS_MAX = 5_000_000
const RESCALE_ABOVE = 1e250

/**
 * Logarithm of Gauss's hypergeometric function 2F1(a, b; c; z) for a, b, c > 0 and 0 <= z < 1, NaN otherwise. Every
 * term is positive there, so nothing cancels, and the sum is kept in scale, so nothing overflows: relative error of
 * the function about 1e-15 times the square root of the number of terms. Euler's transformation (DLMF 15.8.1) is used
 * where it keeps the terms positive and shortens the series. Cost grows like 1 / (1 - z).
 */
export function logHypergeometric(a: number, b: number, c: number, z: number): number {
  if (!(a > 0 && b > 0 && c > 0 && z >= 0 && z < 1)) return Number.NaN
  if (c < a + b && c >= a && c >= b) return (c - a - b) * Math.log1p(-z) + logSeries(c - a, c - b, c, z)
  return logSeries(a, b, c, z)
}

// DLMF 15.2.1.
function logSeries(a: number, b: number, c: number, z: number): number {
  let term = 1
  let sum = 1
  let logScale = 0
  for (let j = 0; j < TERMS_MAX; j++) {
    const ratio = (((a + j) * (b + j)) / ((c + j) * (1 + j))) * z
    term *= ratio
    sum += term
    if (sum > RESCALE_ABOVE) {
      logScale += Math.log(sum)
      term /= sum
      sum = 1
    }
    // Once the ratio is below 1 it stays below max(ratio, z), so what is left is less than a geometric series.
    const later = Math.max(ratio, z)
    if (later < 1 && term * later < sum * (1 - later) * 1e-17) return logScale + Math.log(sum)
  }
  return Number.NaN
}
