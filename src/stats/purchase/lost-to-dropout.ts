const TERMS_MAX = 5_000_000

/**
 * c / e * [1 - (1 - z)^e 2F1(e, b; c; z)] for 0 <= z < 1, given -log(1 - z): the factor that every expected count of
 * the beta-geometric models has in common, e being a - 1. It is summed so that e = 0 and c = 0, where the printed
 * formula divides by zero, are ordinary points. Equal to the papers' form by Euler's transformation, DLMF 15.8.1,
 * which also makes the series short for customers with many purchases. NaN if the series does not end.
 */
export function dropoutFactor(e: number, b: number, c: number, z: number, minusLogOneMinusZ: number): number {
  const power = e === 0 ? -minusLogOneMinusZ : Math.expm1(-e * minusLogOneMinusZ) / e
  let term = z * b
  let sum = term
  for (let j = 1; j < TERMS_MAX; j++) {
    const ratio = (((e + j) * (b + j)) / ((c + j) * (j + 1))) * z
    term *= ratio
    sum += term
    if (Math.abs(term) <= Math.abs(sum) * 1e-17 * (1 - z) && ratio < 1) {
      return -(c * power + sum * (1 + e * power))
    }
  }
  return Number.NaN
}
