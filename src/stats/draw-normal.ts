import { cholesky } from './linear-algebra.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { Rng } from './rng.ts'

/** Draws vectors, one per call, until nobody asks any more. */
export type Draws = Readonly<{ kind: 'ready'; draw: () => Float64Array }>

/**
 * Draws from the Normal distribution of several numbers at once, given their mean and covariance (row by row): what a
 * fit still leaves open, to be carried through a forecast by repeating it. Refuses a covariance that is none.
 */
export function normalDraws(mean: Float64Array, covariance: Float64Array, source: Rng): Draws | Refusal {
  const n = mean.length
  if (covariance.length !== n * n) return refuse('lengths-differ', `${n} means need a covariance of ${n * n} numbers`)
  if (!mean.every(Number.isFinite)) return refuse('not-a-number', 'a mean is not a finite number')
  const factor = cholesky(covariance, n)
  if (factor.kind !== 'factored') {
    return refuse('impossible-parameter', `the covariance is not positive definite at row ${factor.row}`)
  }
  const { lower } = factor
  const draw = () => {
    const z = Float64Array.from({ length: n }, source.normal)
    return mean.map((value, i) => {
      let sum = value
      for (let k = 0; k <= i; k++) sum += (lower[i * n + k] ?? 0) * (z[k] ?? 0)
      return sum
    })
  }
  return { kind: 'ready', draw }
}

/**
 * The same for positive parameters, as the purchase models have them: Normal in the logarithms, with the errors that
 * the fit states (divided by the parameters, as the delta method has it), so that no draw is negative. Refuses a parameter
 * that is not positive, and a covariance that is none.
 */
export function positiveDraws(at: Float64Array, covariance: Float64Array, source: Rng): Draws | Refusal {
  const n = at.length
  if (!at.every((value) => value > 0)) return refuse('impossible-parameter', 'a parameter is not positive')
  const inLogs = covariance.map((value, k) => value / ((at[Math.floor(k / n)] ?? 1) * (at[k % n] ?? 1)))
  const draws = normalDraws(at.map(Math.log), inLogs, source)
  return draws.kind === 'refused' ? draws : { kind: 'ready', draw: () => draws.draw().map(Math.exp) }
}
