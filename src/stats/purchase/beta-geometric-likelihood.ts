import { logRising, risingCurvature, risingSlope } from '../gamma-function.ts'
import type { Likelihood } from './fit-positive.ts'
import { countTable, type Grouped } from './purchase-history.ts'

/** Parameters of BG/NBD and of MBG/NBD; `alpha` is in the unit of the times, the others have none. */
export type BetaGeometric = Readonly<{ r: number; alpha: number; a: number; b: number }>

/**
 * How often a customer with x repeats had the chance to leave, less x: 0 in BG/NBD, where leaving follows repeat
 * purchases only, 1 in MBG/NBD, where it may follow the first purchase too. It is all that sets the two apart.
 */
export type ExtraChance = 0 | 1

/** The log-likelihood of grouped customers with its derivatives by r, alpha, a, b. */
export function betaGeometricLikelihood(grouped: Grouped, extra: ExtraChance): (at: Float64Array) => Likelihood {
  const counts = countTable(grouped)
  return (at) => {
    const model = namedBetaGeometric(at)
    return addCounts(model, counts, grouped.customers, extra, addTimes(model, grouped, extra))
  }
}

/** The parameters of a vector in the order r, alpha, a, b. */
export function namedBetaGeometric(at: Float64Array): BetaGeometric {
  const [r = Number.NaN, alpha = Number.NaN, a = Number.NaN, b = Number.NaN] = at
  return { r, alpha, a, b }
}

// The part of the log-likelihood that depends on times, log(A3 + A4) in the paper of BG/NBD. With p the chance that the customer
// has left, the derivatives of log(e^u + e^v) are those of the two logs mixed by p, plus p (1 - p) times the outer
// product of their difference.
function addTimes({ r, alpha, a, b }: BetaGeometric, grouped: Grouped, extra: ExtraChance): Likelihood {
  const { repeatCount, lastAt, observedFor, weight, rows } = grouped
  let [f, fr, fal, fa, fb] = [0, 0, 0, 0, 0]
  let [rr, ral, ra, rb, alal, ala, alb, aa, ab, bb] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  const ia = 1 / a
  for (let i = 0; i < rows; i++) {
    const x = repeatCount[i] ?? 0
    const w = weight[i] ?? 0
    const end = alpha + (observedFor[i] ?? 0)
    const logEnd = Math.log(end)
    const iEnd = 1 / end
    if (x + extra === 0) {
      f -= w * r * logEnd
      fr -= w * logEnd
      fal -= w * r * iEnd
      ral -= w * iEnd
      alal += w * r * iEnd * iEnd
      continue
    }
    const m = r + x
    const last = alpha + (lastAt[i] ?? 0)
    const iLast = 1 / last
    const ib = 1 / (b + x + extra - 1)
    const gap = Math.log1p(((observedFor[i] ?? 0) - (lastAt[i] ?? 0)) * iLast)
    const odds = Math.log(a * ib) + m * gap
    const small = Math.exp(-Math.abs(odds))
    const p = odds > 0 ? 1 / (1 + small) : small / (1 + small)
    const wp = w * p
    const wq = wp * (small / (1 + small)) * (odds > 0 ? 1 : 1 / small)
    const slope = iEnd - iLast
    const eal = m * slope
    f += w * (Math.max(odds, 0) + Math.log1p(small) - m * logEnd)
    fr += wp * gap - w * logEnd
    fal += wp * eal - w * m * iEnd
    fa += wp
    fb -= wp * ib
    rr += wq * gap * gap
    ral += wp * slope - w * iEnd + wq * gap * eal
    ra += wq * gap
    rb -= wq * gap * ib
    alal += w * m * iEnd * iEnd + wp * m * (iLast * iLast - iEnd * iEnd) + wq * eal * eal
    ala += wq * eal
    alb -= wq * eal * ib
    aa += wq - wp
    ab -= wq * ib
    bb += (wp + wq) * ib * ib
  }
  const hessian = Float64Array.of(rr, ral, ra * ia, rb, ral, alal, ala * ia, alb)
  const rest = Float64Array.of(ra * ia, ala * ia, aa * ia * ia, ab * ia, rb, alb, ab * ia, bb)
  return {
    logLikelihood: f,
    gradient: Float64Array.of(fr, fal, fa * ia, fb),
    hessian: Float64Array.from([...hessian, ...rest]),
  }
}

// The part that depends on counts alone, A1 and A2 in the paper; adds to what the times gave.
function addCounts(
  { r, alpha, a, b }: BetaGeometric,
  counts: ReturnType<typeof countTable>,
  customers: number,
  extra: ExtraChance,
  times: Likelihood,
): Likelihood {
  const gradient = Float64Array.from(times.gradient)
  const hessian = Float64Array.from(times.hessian)
  const add = (into: Float64Array, at: number, value: number) => {
    into[at] = (into[at] ?? 0) + value
  }
  let logLikelihood = times.logLikelihood + customers * r * Math.log(alpha)
  add(gradient, 0, customers * Math.log(alpha))
  add(gradient, 1, (customers * r) / alpha)
  add(hessian, 5, (-customers * r) / (alpha * alpha))
  for (const at of [1, 4]) add(hessian, at, customers / alpha)
  for (const { repeatCount: x, customers: w } of counts) {
    const chances = x + extra
    if (chances === 0) continue
    logLikelihood += w * (logRising(r, x) + logRising(b, chances) - logRising(a + b, chances))
    const both = risingSlope(a + b, chances)
    const bothCurved = risingCurvature(a + b, chances)
    add(gradient, 0, w * risingSlope(r, x))
    add(gradient, 2, -w * both)
    add(gradient, 3, w * (risingSlope(b, chances) - both))
    add(hessian, 0, w * risingCurvature(r, x))
    for (const at of [10, 11, 14]) add(hessian, at, -w * bothCurved)
    add(hessian, 15, w * (risingCurvature(b, chances) - bothCurved))
  }
  return { logLikelihood, gradient, hessian }
}
