import { type LbfgsLimits, lbfgs } from '../lbfgs.ts'
import { maxAbs } from '../linear-algebra.ts'
import type { Optimum } from '../optimize.ts'
import type { Posterior } from './attrition-posterior.ts'

/**
 * Finds the highest point of a log-posterior by L-BFGS on v, where the vector is origin + inverse(L') v. With L the
 * lower Cholesky factor of the curvature near the optimum the valley is round in v and the search takes few steps;
 * with the inverses of typical sizes on its diagonal it is at least not stretched by units. `gradientNorm` is that of
 * the mean over customers, by v.
 */
export function searchRound(
  posterior: Posterior,
  customers: number,
  origin: Float64Array,
  lower: Float64Array,
  limits: Partial<LbfgsLimits>,
): Optimum {
  const n = origin.length
  const place = (v: Float64Array) => {
    const moved = spread(lower, v)
    return origin.map((value, j) => value + (moved[j] ?? 0))
  }
  const objective = (v: Float64Array, gradient: Float64Array): number => {
    const found = posterior.slopes(place(v))
    gradient.set(gather(lower, found.gradient).map((slope) => -slope / customers))
    return Number.isFinite(maxAbs(gradient)) ? -(found.logLikelihood + found.logPrior) / customers : Number.NaN
  }
  const best = lbfgs(objective, new Float64Array(n), limits)
  return { ...best, at: place(best.at) }
}

// Solves L' x = v.
function spread(lower: Float64Array, v: Float64Array): Float64Array {
  const n = v.length
  const x = Float64Array.from(v)
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i] ?? 0
    for (let k = i + 1; k < n; k++) sum -= (lower[k * n + i] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (lower[i * n + i] ?? 1)
  }
  return x
}

// Solves L x = g.
function gather(lower: Float64Array, g: Float64Array): Float64Array {
  const n = g.length
  const x = Float64Array.from(g)
  for (let i = 0; i < n; i++) {
    let sum = x[i] ?? 0
    for (let k = 0; k < i; k++) sum -= (lower[i * n + k] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (lower[i * n + i] ?? 1)
  }
  return x
}
