import { logGamma, stirlingTail } from './gamma-function.ts'

const TERMS_MAX = 100_000
const TINY = 1e-300

/**
 * Regularised lower incomplete gamma function P(a, x) for a > 0 and x >= 0, NaN otherwise: the chance that a gamma
 * variable of shape a and scale 1 is at most x. Relative error about 1e-14 times the larger of 1 and |log of the result|.
 * DLMF 8.11.4 (series) and 8.9.2 (fraction).
 */
export function incompleteGamma(a: number, x: number): number {
  if (!(a > 0 && x >= 0)) return Number.NaN
  if (x === 0) return 0
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x)
}

/** Regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x), right also where it is tiny. */
export function incompleteGammaUpper(a: number, x: number): number {
  if (!(a > 0 && x >= 0)) return Number.NaN
  if (x === 0) return 1
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x)
}

function front(a: number, x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0
  if (a < 10) return Math.exp(a * Math.log(x) - x - logGamma(a))
  // Stirling's leading terms cancel against x^a e^-x; subtracting them by hand keeps the digits for large a.
  const excess = (x - a) / a
  return Math.exp(a * (Math.log1p(excess) - excess) - stirlingTail(a)) * Math.sqrt(a / (2 * Math.PI))
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; n <= TERMS_MAX; n++) {
    term *= x / (a + n)
    sum += term
    if (term < sum * 1e-17) return sum * front(a, x)
  }
  return Number.NaN
}

function upperFraction(a: number, x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0
  let base = x + 1 - a
  let numerator = 1 / TINY
  let denominator = 1 / base
  let result = denominator
  for (let n = 1; n <= TERMS_MAX; n++) {
    const coefficient = -n * (n - a)
    base += 2
    denominator = 1 / away(coefficient * denominator + base)
    numerator = away(base + coefficient / numerator)
    const factor = numerator * denominator
    result *= factor
    if (Math.abs(factor - 1) < 1e-16) return result * front(a, x)
  }
  return Number.NaN
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}
