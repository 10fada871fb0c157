import { logRising, risingCurvature, risingSlope } from '../gamma-function.ts'
import { departureIntegral, MOMENT } from './departure-integral.ts'
import type { Likelihood } from './fit-positive.ts'
import { countTable, type Grouped } from './purchase-history.ts'

/**
 * Log-likelihood of Pareto/NBD with its derivatives by r, alpha, s, beta. The customer either is alive at the end, an
 * atom, or left at some time u since the last purchase, an integral over u: both are kept as logarithms and mixed by
 * the chance of each, so nothing cancels however long the silence. The printed form is the difference of two
 * hypergeometric functions, which loses all digits when the last purchase is close to the end.
 */
export function paretoNbdLikelihood(grouped: Grouped): (at: Float64Array) => Likelihood {
  const counts = countTable(grouped)
  return (at) => {
    const [r = Number.NaN, alpha = Number.NaN, s = Number.NaN, beta = Number.NaN] = at
    const sums = addTimes({ r, alpha, s, beta }, grouped)
    return addCounts({ r, alpha, s, beta }, counts, grouped.customers, sums)
  }
}

type Model = Readonly<{ r: number; alpha: number; s: number; beta: number }>
// Slots: log-likelihood, 4 slopes, then the 10 curvatures rr ra rs rb aa as ab ss sb bb.
type Sums = Float64Array

function addTimes({ r, alpha, s, beta }: Model, grouped: Grouped): Sums {
  const { repeatCount, lastAt, observedFor, weight, rows } = grouped
  const sums = new Float64Array(15)
  const moments = new Float64Array(MOMENT.count)
  const one = new Float64Array(15)
  for (let i = 0; i < rows; i++) {
    const m = r + (repeatCount[i] ?? 0)
    const from = lastAt[i] ?? 0
    const to = observedFor[i] ?? 0
    const logA = Math.log(alpha + to)
    const logB = Math.log(beta + to)
    const alive = -m * logA - s * logB
    let gone = Number.NEGATIVE_INFINITY
    if (to > from) gone = Math.log(s) + departureIntegral({ alpha, beta, m, s }, from, to, moments)
    one[0] = alive
    one[1] = -logA
    one[3] = -logB
    mix(one, { m, s, iA: 1 / (alpha + to), iB: 1 / (beta + to) }, gone - alive, moments)
    const w = weight[i] ?? 0
    for (let k = 0; k < 15; k++) sums[k] = (sums[k] ?? 0) + w * (one[k] ?? 0)
  }
  return sums
}

type AtEnd = Readonly<{ m: number; s: number; iA: number; iB: number }>

// Turns the alive atom in `one` into the mixture with the departed. For weights of two parts whose log-odds are `odds`,
// the Hessian is the mean of the parts' Hessians plus the variance of their slopes; within the departed likewise.
function mix(one: Float64Array, { m, s, iA, iB }: AtEnd, odds: number, e: Float64Array): void {
  const small = Math.exp(-Math.abs(odds))
  const p = odds > 0 ? 1 / (1 + small) : small / (1 + small)
  const q = odds > 0 ? small / (1 + small) : 1 / (1 + small)
  const k = s + 1
  const [lA = 0, eA = 0, lB = 0, eB = 0, lAlA = 0, lAeA = 0, lAlB = 0] = e
  const lAeB = e[MOMENT.logAInverseB] ?? 0
  const eAeA = e[MOMENT.inverseAInverseA] ?? 0
  const eAlB = e[MOMENT.inverseALogB] ?? 0
  const eAeB = e[MOMENT.inverseAInverseB] ?? 0
  const lBlB = e[MOMENT.logBLogB] ?? 0
  const lBeB = e[MOMENT.logBInverseB] ?? 0
  const eBeB = e[MOMENT.inverseBInverseB] ?? 0
  const logEndA = -(one[1] ?? 0)
  const logEndB = -(one[3] ?? 0)
  // Slope of the departed minus slope of the alive.
  const dr = p === 0 ? 0 : logEndA - lA
  const da = p === 0 ? 0 : m * (iA - eA)
  const ds = p === 0 ? 0 : 1 / s - lB + logEndB
  const db = p === 0 ? 0 : s * iB - k * eB
  one[0] = (one[0] ?? 0) + Math.max(odds, 0) + Math.log1p(small)
  one[1] = -logEndA + p * dr
  one[2] = -m * iA + p * da
  one[3] = -logEndB + p * ds
  one[4] = -s * iB + p * db
  const pq = p * q
  one[5] = p * (lAlA - lA * lA) + pq * dr * dr
  one[6] = -q * iA + p * (m * (lAeA - lA * eA) - eA) + pq * dr * da
  one[7] = p * (lAlB - lA * lB) + pq * dr * ds
  one[8] = p * k * (lAeB - lA * eB) + pq * dr * db
  one[9] = q * m * iA * iA + p * (m * eAeA + m * m * (eAeA - eA * eA)) + pq * da * da
  one[10] = p * m * (eAlB - eA * lB) + pq * da * ds
  one[11] = p * m * k * (eAeB - eA * eB) + pq * da * db
  one[12] = p * (lBlB - lB * lB - 1 / (s * s)) + pq * ds * ds
  one[13] = -q * iB + p * (k * (lBeB - lB * eB) - eB) + pq * ds * db
  one[14] = q * s * iB * iB + p * (k * eBeB + k * k * (eBeB - eB * eB)) + pq * db * db
}

function addCounts(model: Model, counts: ReturnType<typeof countTable>, customers: number, sums: Sums): Likelihood {
  const { r, alpha, s, beta } = model
  const [f = 0, fr = 0, fa = 0, fs = 0, fb = 0, rr = 0, ra = 0, rs = 0, rb = 0, aa = 0] = sums
  const [as = 0, ab = 0, ss = 0, sb = 0, bb = 0] = sums.subarray(10)
  let rising = 0
  let slope = 0
  let curvature = 0
  for (const { repeatCount: x, customers: w } of counts) {
    rising += w * logRising(r, x)
    slope += w * risingSlope(r, x)
    curvature += w * risingCurvature(r, x)
  }
  const rAlpha = ra + customers / alpha
  const sBeta = sb + customers / beta
  const alphas = aa - (customers * r) / (alpha * alpha)
  const betas = bb - (customers * s) / (beta * beta)
  return {
    logLikelihood: f + rising + customers * (r * Math.log(alpha) + s * Math.log(beta)),
    gradient: Float64Array.of(
      fr + slope + customers * Math.log(alpha),
      fa + (customers * r) / alpha,
      fs + customers * Math.log(beta),
      fb + (customers * s) / beta,
    ),
    // biome-ignore format: a matrix reads as rows.
    hessian: Float64Array.of(
      rr + curvature, rAlpha, rs, rb,
      rAlpha, alphas, as, ab,
      rs, as, ss, sBeta,
      rb, ab, sBeta, betas,
    ),
  }
}
