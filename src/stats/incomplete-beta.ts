import { logBeta } from './gamma-function.ts'

const TERMS_MAX = 10_000
const TINY = 1e-300

/**
 * Regularised incomplete beta function I_x(a, b) for 0 <= x <= 1 and a, b > 0, NaN otherwise: the chance that a
 * Beta(a, b) variable is at most x. Relative error about 2e-16 times the largest of 10, a + b and |log of the result|.
 * DLMF 8.17.22 and 8.17.4.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) return Number.NaN
  if (x === 0 || x === 1) return x
  // The fraction converges fast on the side of the mean where the chance is the smaller one.
  if (x > (a + 1) / (a + b + 2)) return 1 - tail(1 - x, b, a, Math.log1p(-x), Math.log(x))
  return tail(x, a, b, Math.log(x), Math.log1p(-x))
}

function tail(x: number, a: number, b: number, logX: number, logOneMinusX: number): number {
  return Math.exp(a * logX + b * logOneMinusX - logBeta(a, b) - Math.log(a)) / fraction(x, a, b)
}

// The continued fraction by Lentz's method as modified by Thompson and Barnett (1986).
function fraction(x: number, a: number, b: number): number {
  let result = 1
  let numerator = 1
  let denominator = 0
  for (let step = 1; step <= TERMS_MAX; step++) {
    const m = step >> 1
    const coefficient =
      step % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    denominator = 1 / away(1 + coefficient * denominator)
    numerator = away(1 + coefficient / numerator)
    const factor = numerator * denominator
    result *= factor
    if (Math.abs(factor - 1) < 1e-16) return result
  }
  return Number.NaN
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}
