import { incompleteBeta } from './incomplete-beta.ts'

const STEPS = 200
const QUANTILE_MAX = 1e6

/**
 * The number that a Student variable of so many degrees of freedom exceeds in size with chance `1 - level`: 1.96 for
 * 0.95 and very many. NaN outside of 0 < level < 1 and degrees > 0; above a million it is a million.
 */
export function studentBound(level: number, degrees: number): number {
  if (!(level > 0 && level < 1 && degrees > 0)) return Number.NaN
  // P(|T| > t) = I_x(v/2, 1/2) with x = v / (v + t^2): Abramowitz and Stegun (1964), 26.5.27.
  const beyond = (t: number) => incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
  let [low, high] = [0, QUANTILE_MAX]
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2
    if (beyond(middle) > 1 - level) low = middle
    else high = middle
  }
  return (low + high) / 2
}
