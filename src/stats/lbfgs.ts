import { dot, maxAbs } from './linear-algebra.ts'
import type { Optimum } from './optimize.ts'

/** A function to minimise with its slope, written into `gradient`; a value that is not finite means "not here". */
export type Sloped = (at: Float64Array, gradient: Float64Array) => number

/** When to stop, and how much to remember. */
export type LbfgsLimits = Readonly<{
  gradientMax: number
  gradientAccepted: number
  iterationsMax: number
  memory: number
}>

const LBFGS_LIMITS: LbfgsLimits = { gradientMax: 1e-8, gradientAccepted: 1e-5, iterationsMax: 1_000, memory: 10 }

type Point = { at: Float64Array; value: number; gradient: Float64Array }
type Pair = Readonly<{ step: Float64Array; change: Float64Array; curvature: number }>

/**
 * Minimises by the limited-memory BFGS method (Liu and Nocedal 1989, Mathematical Programming 45) with a line search
 * for the strong Wolfe conditions (Nocedal and Wright, Numerical Optimization, algorithms 3.5 and 3.6). Where values
 * no longer differ beyond rounding, slopes alone decide (Hager and Zhang 2005, the approximate Wolfe conditions).
 */
export function lbfgs(objective: Sloped, start: Float64Array, limits: Partial<LbfgsLimits> = {}): Optimum {
  const rules = { ...LBFGS_LIMITS, ...limits }
  const evaluate = (at: Float64Array): Point => {
    const gradient = new Float64Array(at.length)
    return { at, value: objective(at, gradient), gradient }
  }
  let here = evaluate(Float64Array.from(start))
  const pairs: Pair[] = []
  let iterations = 0
  const stop = (because: 'iterations-used-up' | 'no-progress' | 'not-finite'): Optimum => {
    const gradientNorm = maxAbs(here.gradient)
    const out = { at: here.at, value: here.value, gradientNorm, iterations }
    if (gradientNorm <= rules.gradientAccepted && because === 'no-progress') return { kind: 'converged', ...out }
    return { kind: 'not-converged', because, ...out }
  }
  if (!isFinitePoint(here)) return stop('not-finite')
  for (; iterations < rules.iterationsMax; iterations++) {
    const gradientNorm = maxAbs(here.gradient)
    if (gradientNorm <= rules.gradientMax) {
      return { kind: 'converged', at: here.at, value: here.value, gradientNorm, iterations }
    }
    let direction = twoLoops(here.gradient, pairs)
    if (!(dot(direction, here.gradient) < 0)) {
      pairs.length = 0
      direction = here.gradient.map((g) => -g)
    }
    const first = pairs.length === 0 ? Math.min(1, 1 / gradientNorm) : 1
    const next = lineSearch(evaluate, here, direction, first)
    if (next === 'none') {
      if (pairs.length === 0) return stop('no-progress')
      pairs.length = 0
      continue
    }
    remember(pairs, here, next, rules.memory)
    here = next
  }
  return stop('iterations-used-up')
}

function remember(pairs: Pair[], here: Point, next: Point, memory: number): void {
  const step = next.at.map((value, i) => value - (here.at[i] ?? 0))
  const change = next.gradient.map((value, i) => value - (here.gradient[i] ?? 0))
  const curvature = dot(step, change)
  if (!(curvature > 1e-16 * dot(change, change))) return
  pairs.push({ step, change, curvature })
  if (pairs.length > memory) pairs.shift()
}

function twoLoops(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const q = gradient.map((g) => -g)
  const shares: number[] = []
  for (const { step, change, curvature } of pairs.toReversed()) {
    const share = dot(step, q) / curvature
    shares.push(share)
    addScaled(q, change, -share)
  }
  const last = pairs.at(-1)
  if (last !== undefined) {
    const scale = last.curvature / dot(last.change, last.change)
    for (let i = 0; i < q.length; i++) q[i] = (q[i] ?? 0) * scale
  }
  for (const { step, change, curvature } of pairs) {
    const share = shares.pop() ?? 0
    addScaled(q, step, share - dot(change, q) / curvature)
  }
  return q
}

function addScaled(into: Float64Array, other: Float64Array, factor: number): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] ?? 0) + factor * (other[i] ?? 0)
}

function isFinitePoint(point: Point): boolean {
  return Number.isFinite(point.value) && Number.isFinite(maxAbs(point.gradient))
}

const DECREASE = 1e-4
const CURVATURE = 0.9
const TRIALS_MAX = 60

// One bracket [low, high] of step lengths: low is the best so far, high the side where a minimum must lie before.
// A cubic through both ends gives the next trial, kept away from the ends so that the bracket always shrinks.
function lineSearch(
  evaluate: (at: Float64Array) => Point,
  here: Point,
  direction: Float64Array,
  firstLength: number,
): Point | 'none' {
  const slope0 = dot(here.gradient, direction)
  let low: End = { length: 0, value: here.value, slope: slope0 }
  let high: End | undefined
  let length = firstLength
  for (let trial = 0; trial < TRIALS_MAX; trial++) {
    const point = evaluate(here.at.map((value, i) => value + length * (direction[i] ?? 0)))
    const slope = dot(point.gradient, direction)
    const end: End = { length, value: point.value, slope }
    if (isBeyond(end, low, here.value, slope0)) {
      high = end
    } else if (Math.abs(slope) <= -CURVATURE * slope0) {
      return point
    } else {
      if (slope * ((high?.length ?? Number.POSITIVE_INFINITY) - low.length) >= 0) high = low
      low = end
    }
    length = high === undefined ? length * 3 : between(low, high)
    if (high !== undefined && Math.abs(high.length - low.length) < 1e-16 * (1 + low.length)) break
  }
  return 'none'
}

// The trial has climbed, or left where the function is defined: a minimum lies before it.
function isBeyond(end: End, low: End, value0: number, slope0: number): boolean {
  if (!Number.isFinite(end.value) || !Number.isFinite(end.slope)) return true
  const noise = 1e-13 * (1 + Math.abs(value0))
  if (Math.abs(end.value - value0) <= noise && end.slope <= (2 * DECREASE - 1) * slope0) return false
  if (end.value > value0 + DECREASE * end.length * slope0) return true
  return end.value >= low.value && low.length > 0
}

type End = Readonly<{ length: number; value: number; slope: number }>

function between(low: End, high: End): number {
  const width = high.length - low.length
  const middle = low.length + width / 2
  if (!Number.isFinite(high.value) || !Number.isFinite(high.slope)) return low.length + width / 10
  const d1 = low.slope + high.slope - (3 * (low.value - high.value)) / (low.length - high.length)
  const square = d1 * d1 - low.slope * high.slope
  if (!(square >= 0)) return middle
  const d2 = Math.sign(width) * Math.sqrt(square)
  const cubic = high.length - (width * (high.slope + d2 - d1)) / (high.slope - low.slope + 2 * d2)
  const share = (cubic - low.length) / width
  return share > 0.1 && share < 0.9 ? cubic : middle
}
