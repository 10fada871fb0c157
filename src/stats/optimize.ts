import { cholesky, dot, maxAbs, solve } from './linear-algebra.ts'

/** What a search ended with. Only 'converged' is a result; the other carries where it stood, for the message. */
export type Optimum =
  | Readonly<{ kind: 'converged'; at: Float64Array; value: number; gradientNorm: number; iterations: number }>
  | Readonly<{
      kind: 'not-converged'
      because: 'iterations-used-up' | 'no-progress' | 'not-finite' | 'ran-away'
      at: Float64Array
      value: number
      gradientNorm: number
      iterations: number
    }>

/** A function to minimise with its slope and curvature; a value that is not finite means "not here". */
export type Curved = (at: Float64Array) => { value: number; gradient: Float64Array; hessian: Float64Array }

type Point = ReturnType<Curved>

/** When to stop. `gradientMax` is aimed at; if rounding stops the search first, `gradientAccepted` still counts. */
export type NewtonLimits = Readonly<{
  gradientMax: number
  gradientAccepted: number
  stepMax: number
  iterationsMax: number
  /** No coordinate may pass this in absolute value: a search that runs there has no optimum inside. */
  boundMax: number
}>

const NEWTON_LIMITS: NewtonLimits = {
  gradientMax: 1e-12,
  gradientAccepted: 1e-8,
  stepMax: 2,
  iterationsMax: 200,
  boundMax: 25,
}

/**
 * Minimises by Newton steps, damped after Levenberg and Marquardt wherever the curvature is not that of a valley or a
 * step does not go down. Quadratic near the optimum. Meant for few coordinates (logarithms of positive parameters).
 */
export function newton(objective: Curved, start: Float64Array, limits: Partial<NewtonLimits> = {}): Optimum {
  const rules = { ...NEWTON_LIMITS, ...limits }
  let at = Float64Array.from(start)
  let here = objective(at)
  let damping = 0
  let iterations = 0
  const stop = (because: 'iterations-used-up' | 'no-progress' | 'not-finite' | 'ran-away'): Optimum => {
    const gradientNorm = maxAbs(here.gradient)
    const out = { at, value: here.value, gradientNorm, iterations }
    if (because === 'no-progress' && gradientNorm <= rules.gradientAccepted) return { kind: 'converged', ...out }
    return { kind: 'not-converged', because, ...out }
  }
  if (!Number.isFinite(here.value) || !Number.isFinite(maxAbs(here.gradient))) return stop('not-finite')
  while (iterations < rules.iterationsMax) {
    const gradientNorm = maxAbs(here.gradient)
    if (gradientNorm <= rules.gradientMax) {
      return { kind: 'converged', at, value: here.value, gradientNorm, iterations }
    }
    const step = dampedStep(here.hessian, here.gradient, damping, rules.stepMax)
    damping = step.damping
    const next = at.map((value, i) => value - (step.move[i] ?? 0))
    if (maxAbs(next) > rules.boundMax) return stop('ran-away')
    const there = objective(next)
    iterations += 1
    if (isBetter(here, there)) {
      at = next
      here = there
      damping = damping < 1e-10 ? 0 : damping / 10
    } else if (isFloor(here, step, rules.gradientAccepted)) {
      return stop('no-progress')
    } else {
      damping = Math.max(damping * 8, 1e-6)
    }
  }
  return stop('iterations-used-up')
}

// No shorter step can help, or the gain that the step promises is below the rounding of the value.
function isFloor(here: Point, step: { move: Float64Array; damping: number }, gradientAccepted: number): boolean {
  if (step.damping > 1e12 || maxAbs(step.move) < 1e-15) return true
  const gain = Math.abs(dot(step.move, here.gradient))
  return maxAbs(here.gradient) <= gradientAccepted && gain < 1e-15 * (1 + Math.abs(here.value))
}

// Differences of values below rounding say nothing; there a smaller gradient decides.
function isBetter(here: Point, there: Point): boolean {
  if (!Number.isFinite(there.value) || !Number.isFinite(maxAbs(there.gradient))) return false
  const noise = 1e-12 * (1 + Math.abs(here.value))
  if (there.value < here.value - noise) return true
  return there.value <= here.value + noise && maxAbs(there.gradient) < maxAbs(here.gradient)
}

function dampedStep(
  hessian: Float64Array,
  gradient: Float64Array,
  damping: number,
  stepMax: number,
): { move: Float64Array; damping: number } {
  const n = gradient.length
  const scale = largestDiagonal(hessian, n)
  let extra = damping
  for (;;) {
    const lifted = Float64Array.from(hessian)
    for (let i = 0; i < n; i++) lifted[i * n + i] = (lifted[i * n + i] ?? 0) + extra * scale
    const factor = cholesky(lifted, n)
    if (factor.kind === 'factored') {
      const move = solve(factor, gradient)
      const length = maxAbs(move)
      return { move: length > stepMax ? move.map((m) => (m * stepMax) / length) : move, damping: extra }
    }
    if (!(extra < 1e20)) return { move: gradient.map((g) => g / scale), damping: extra }
    extra = Math.max(extra * 4, 1e-6)
  }
}

function largestDiagonal(matrix: Float64Array, n: number): number {
  let largest = 0
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(matrix[i * n + i] ?? 0))
  return largest > 0 ? largest : 1
}
