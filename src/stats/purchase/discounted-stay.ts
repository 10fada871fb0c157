// Opportunities still to come before somebody leaves, discounted, where chances to leave differ like Beta(a, b): the mean
// over that chance u of z / (1 - z (1 - u)), with z = 1 / (1 + rate). The paper of BG/BB has it as Gauss's function,
// z 2F1(1, b; a + b; z), whose series needs about 40 / rate terms. Where those are too many, u = 1 / (1 + exp(-s)): the
// integrand over s dies away at both ends and has no pole within pi of the real line, so the trapezoidal rule is exact to
// the last digits (Trefethen and Weideman 2014, SIAM Review 56, 385-458). All terms are positive, so nothing cancels.

import { logHypergeometric } from '../hypergeometric.ts'

/** From this rate on the series is quicker. */
const SERIES_FROM = 0.01
/** Steps that are exact to the last digits: in s, and in standard deviations where the peak is narrow. */
const STEP_MAX = 0.2
const STEP_SDS = 0.4
/** Weights below this share of the sum are lost anyway. */
const LOST = 1e-18
/** Beyond so many units below, 1 / (1 + exp(-s)) is exp(s) to the last digit, and so is what hangs on it. */
const STRAIGHT = 40

/**
 * The sum over j from 1 of (1 + rate)^-j times the chance to be there still after j - 1 more chances to leave, for a > 0,
 * b > 0 and rate > 0. Relative error below 1e-12 for a and b of a thousand or less.
 */
export function discountedStay(a: number, b: number, rate: number): number {
  if (rate >= SERIES_FROM) return Math.exp(logHypergeometric(1, b, a + b, 1 / (1 + rate))) / (1 + rate)
  const lost = rate / (1 + rate)
  const kept = 1 / (1 + rate)
  const step = Math.min(STEP_MAX, STEP_SDS * Math.sqrt(1 / a + 1 / b))
  const middle = Math.log(a / b)
  const top = logWeight(a, b, middle)
  let weights = 0
  let stays = 0
  // The weight times itself and times what it is the mean of; the weight alone tells when to stop going up.
  const add = (s: number): number => {
    const weight = Math.exp(logWeight(a, b, s) - top)
    weights += weight
    stays += weight / (lost + kept / (1 + Math.exp(-s)))
    return weight
  }
  for (let s = middle; add(s) > LOST * weights; ) s += step
  // Going down the second sum dies away more slowly, and from the straight part on it is a geometric series.
  const bottom = Math.min(Math.log(lost), -Math.log1p(b), middle) - STRAIGHT
  let s = middle - step
  for (; s > bottom; s -= step) {
    const weight = add(s)
    if (weight < LOST * weights && weight < LOST * lost * stays) return (kept * stays) / weights
  }
  const rest = Math.exp(logWeight(a, b, s) - top) / -Math.expm1(-a * step)
  return (kept * (stays + rest / lost)) / (weights + rest)
}

// Logarithm of u^a (1 - u)^b: the density of a beta distribution on the scale of s.
function logWeight(a: number, b: number, s: number): number {
  const decay = Math.log1p(Math.exp(-Math.abs(s)))
  const [logU, logRest] = s < 0 ? [s - decay, -decay] : [-decay, -s - decay]
  return a * logU + b * logRest
}
