import { cholesky, diagonalRoots, inverse, maxAbs, scaledCondition } from '../linear-algebra.ts'
import { newton, type Optimum } from '../optimize.ts'
import { type Refusal, refuse } from '../refusal.ts'

/** Log-likelihood of one parameter vector with its first and second derivatives (row by row). */
export type Likelihood = Readonly<{ logLikelihood: number; gradient: Float64Array; hessian: Float64Array }>

/** What every fit tells about itself, whatever the model. */
export type FitReport = Readonly<{
  logLikelihood: number
  customers: number
  /** Distinct rows that the likelihood really ran over. */
  rows: number
  /** Largest slope of the mean log-likelihood by the logarithm of a parameter. */
  gradientNorm: number
  iterations: number
  /** Condition of the Hessian by the logarithms of the parameters, scaled to a unit diagonal. */
  hessianCondition: number
  /** Covariance of the parameters, row by row in the order of the model's type: inverse of the observed information. */
  covariance: Float64Array
}>

type Problem = Readonly<{
  names: readonly string[]
  customers: number
  rows: number
  start: Float64Array
  likelihood: (at: Float64Array) => Likelihood
  /** The same on a sample, to come near cheaply first. */
  sample?: { customers: number; likelihood: (at: Float64Array) => Likelihood }
  /** By what to multiply each parameter to come back to the caller's units, and what to add to the log-likelihood. */
  units: readonly number[]
  logLikelihoodShift: number
}>

/** A vector of positive parameters in the caller's units with their standard errors. */
export type PositiveFit = FitReport & Readonly<{ kind: 'fitted'; at: Float64Array; standardErrors: Float64Array }>

const CONDITION_MAX = 1e12
// A standard error of 5 in the logarithm: the data leave a factor of e^20 open.
const LOG_ERROR_MAX = 5
// Times are in units of the mean observation, so a parameter beyond e^16 is on its way out; from e^9 on, a search that
// stalls does so because it goes there and rounding hides the slope.
const LOG_BOUND = 16
const LOG_OUTSIDE = 9

/**
 * Maximum likelihood for a few positive parameters: Newton on their logarithms, on a sample first where there is one.
 * Refuses when the search does not end in an optimum inside, or when the data leave a parameter open.
 */
export function fitPositive(problem: Problem): PositiveFit | Refusal {
  let start = problem.start.map(Math.log)
  let iterations = 0
  if (problem.sample !== undefined) {
    const near = newton(meanInLogs(problem.sample.likelihood, problem.sample.customers), start, {
      gradientMax: 1e-6,
      boundMax: LOG_BOUND,
    })
    if (near.kind === 'converged') start = Float64Array.from(near.at)
    iterations += near.iterations
  }
  const objective = meanInLogs(problem.likelihood, problem.customers)
  const best = newton(objective, start, { boundMax: LOG_BOUND })
  if (best.kind === 'not-converged') return notConverged(best, problem.names)
  const n = start.length
  const { hessian } = objective(best.at)
  const factor = cholesky(hessian, n)
  const hessianCondition = scaledCondition(hessian, n)
  if (factor.kind !== 'factored' || !(hessianCondition < CONDITION_MAX)) {
    const row = factor.kind === 'factored' ? '' : ` (${problem.names[factor.row] ?? ''})`
    return refuse('not-identified', `the data cannot tell the parameters apart${row}: the likelihood has a flat ridge`)
  }
  const logCovariance = inverse(factor).map((value) => value / problem.customers)
  for (let i = 0; i < n; i++) {
    if (!(Math.sqrt(logCovariance[i * n + i] ?? 0) < LOG_ERROR_MAX)) {
      return refuse(
        'not-identified',
        `the data say nearly nothing about ${problem.names[i] ?? ''}: its error is open by e^20`,
      )
    }
  }
  const at = best.at.map((value, i) => Math.exp(value) * (problem.units[i] ?? 1))
  const covariance = logCovariance.map((value, k) => value * (at[Math.floor(k / n)] ?? 0) * (at[k % n] ?? 0))
  return {
    kind: 'fitted',
    at,
    standardErrors: diagonalRoots(covariance, n),
    covariance,
    logLikelihood: -best.value * problem.customers + problem.logLikelihoodShift,
    customers: problem.customers,
    rows: problem.rows,
    gradientNorm: best.gradientNorm,
    iterations: iterations + best.iterations,
    hessianCondition,
  }
}

function notConverged(best: Optimum & { kind: 'not-converged' }, names: readonly string[]): Refusal {
  if (best.because === 'ran-away' || maxAbs(best.at) > LOG_OUTSIDE) {
    const far = best.at.findIndex((value) => Math.abs(value) === maxAbs(best.at))
    const where = (best.at[far] ?? 0) > 0 ? 'without bound' : 'towards zero'
    return refuse(
      'not-identified',
      `no best value inside: the likelihood keeps rising as ${names[far] ?? ''} goes ${where}`,
    )
  }
  const facts = `${best.because} after ${best.iterations} steps, gradient ${best.gradientNorm.toExponential(1)}`
  return refuse('not-converged', `the search for the best fit did not end: ${facts}`)
}

// With theta = exp(u): df/du = theta df/dtheta, and the Hessian gains the gradient on its diagonal.
function meanInLogs(likelihood: (at: Float64Array) => Likelihood, customers: number) {
  return (logs: Float64Array) => {
    const theta = logs.map(Math.exp)
    const n = theta.length
    const found = likelihood(theta)
    const gradient = found.gradient.map((g, i) => (-g * (theta[i] ?? 0)) / customers)
    const hessian = found.hessian.map((h, k) => {
      const i = Math.floor(k / n)
      const j = k % n
      return (-h * (theta[i] ?? 0) * (theta[j] ?? 0)) / customers + (i === j ? (gradient[i] ?? 0) : 0)
    })
    return { value: -found.logLikelihood / customers, gradient, hessian }
  }
}
