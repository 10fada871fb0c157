import { incompleteBeta } from './incomplete-beta.ts'

const STEPS = 200
/** The square of more is not a number any more. */
const QUANTILE_MAX = 1e150
// From here on the difference to the normal distribution is in the ninth digit, and x is too near to 1 to be told.
const DEGREES_MAX = 1e9

/**
 * The number that a Student variable of so many degrees of freedom exceeds in size with chance `1 - level`: 1.96 for
 * 0.95 and very many. Relative error below 1e-7 for a level of a half or more. NaN outside of 0 < level < 1 and degrees > 0, and where few degrees put
 * it above 1e150; more than 1e9 degrees, Infinity among them (the normal distribution), are 1e9.
 */
export function studentBound(level: number, degrees: number): number {
  if (!(level > 0 && level < 1 && degrees > 0)) return Number.NaN
  // P(|T| > t) = I_x(v/2, 1/2) with x = v / (v + t^2): Abramowitz and Stegun (1964), 26.5.27.
  const many = Math.min(degrees, DEGREES_MAX)
  const beyond = (t: number) => incompleteBeta(many / (many + t * t), many / 2, 0.5)
  let [low, high] = [0, 1]
  while (beyond(high) > 1 - level) {
    if (high > QUANTILE_MAX) return Number.NaN
    low = high
    high *= 2
  }
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2
    if (beyond(middle) > 1 - level) low = middle
    else high = middle
  }
  return (low + high) / 2
}
