import { logRising, risingCurvature, risingSlope } from '../gamma-function.ts'
import type { Likelihood } from './fit-positive.ts'
import type { Grouped } from './purchase-history.ts'

/** log (x)_n with its first two derivatives by x, for n = 0, 1, ... */
type RisingTable = Readonly<{ log: Float64Array; slope: Float64Array; curvature: Float64Array }>

function risingTable(x: number, countMax: number): RisingTable {
  const make = (one: (x: number, n: number) => number) =>
    Float64Array.from({ length: countMax + 1 }, (_, n) => one(x, n))
  return { log: make(logRising), slope: make(risingSlope), curvature: make(risingCurvature) }
}

type Tables = Readonly<{
  alpha: RisingTable
  beta: RisingTable
  both: RisingTable
  delta: RisingTable
  ends: RisingTable
  gamma: number
}>

/**
 * The log-likelihood of BG/BB with its derivatives by alpha, beta, gamma, delta. A row can have come about in n - t_x + 1
 * ways: gone after m opportunities, for every m from t_x on, or there still. Rows of one x and one n share these, so they
 * are summed once, from the last m down, and each row takes the sum as it stands at its own t_x.
 */
export function bgBbLikelihood(grouped: Grouped): (at: Float64Array) => Likelihood {
  const longest = grouped.observedFor.reduce((most, n) => Math.max(most, n), 0)
  const order = inOrder(grouped)
  return (at) => {
    const [alpha = Number.NaN, beta = Number.NaN, gamma = Number.NaN, delta = Number.NaN] = at
    const tables: Tables = {
      alpha: risingTable(alpha, longest),
      beta: risingTable(beta, longest),
      both: risingTable(alpha + beta, longest),
      delta: risingTable(delta, longest),
      ends: risingTable(gamma + delta, longest + 1),
      gamma,
    }
    const gradient = new Float64Array(4)
    const hessian = new Float64Array(16)
    const gone: Sums = { scale: Number.NEGATIVE_INFINITY, of: new Float64Array(SLOTS) }
    let logLikelihood = 0
    let [x, n, m] = [-1, -1, -1]
    for (const i of order) {
      const [count, end] = [grouped.repeatCount[i] ?? 0, grouped.observedFor[i] ?? 0]
      if (count !== x || end !== n) {
        ;[x, n, m] = [count, end, end]
        gone.scale = Number.NEGATIVE_INFINITY
        gone.of.fill(0)
      }
      for (const last = grouped.lastAt[i] ?? 0; m > last; ) addGone(gone, x, --m, tables)
      const weight = grouped.weight[i] ?? 0
      logLikelihood += weight * addRow(gone, wayOf(x, n, false, tables), weight, gradient, hessian)
    }
    return { logLikelihood, gradient, hessian }
  }
}

// By n, then x, then t_x from the largest down.
function inOrder({ rows, repeatCount, lastAt, observedFor }: Grouped): Uint32Array {
  const by = (column: Float64Array, a: number, b: number) => (column[a] ?? 0) - (column[b] ?? 0)
  return Uint32Array.from({ length: rows }, (_, i) => i).sort(
    (a, b) => by(observedFor, a, b) || by(repeatCount, a, b) || by(lastAt, b, a),
  )
}

type Way = { log: number; slope: Float64Array; curvature: Float64Array }

// One way in which a row can have come about: active for m opportunities, then gone, or m = n and still there.
// Curvatures: alpha alpha, alpha beta, beta beta, gamma gamma, gamma delta, delta delta; the other two pairs never meet.
function wayOf(x: number, m: number, isGone: boolean, tables: Tables): Way {
  const { alpha, beta, both, delta, ends, gamma } = tables
  const end = isGone ? m + 1 : m
  const gone = isGone ? 1 : 0
  const shared = at(both.slope, m)
  const stay = at(ends.slope, end)
  const curved = at(both.curvature, m)
  const stayCurved = at(ends.curvature, end)
  way.log =
    at(alpha.log, x) +
    at(beta.log, m - x) -
    at(both.log, m) +
    at(delta.log, m) -
    at(ends.log, end) +
    gone * Math.log(gamma)
  way.slope[0] = at(alpha.slope, x) - shared
  way.slope[1] = at(beta.slope, m - x) - shared
  way.slope[2] = gone / gamma - stay
  way.slope[3] = at(delta.slope, m) - stay
  way.curvature[0] = at(alpha.curvature, x) - curved
  way.curvature[1] = -curved
  way.curvature[2] = at(beta.curvature, m - x) - curved
  way.curvature[3] = -gone / (gamma * gamma) - stayCurved
  way.curvature[4] = -stayCurved
  way.curvature[5] = at(delta.curvature, m) - stayCurved
  return way
}

// One room for all of them: there are as many ways as opportunities of all customers.
const way: Way = { log: 0, slope: new Float64Array(4), curvature: new Float64Array(6) }

function at(column: Float64Array, place: number): number {
  return column[place] ?? Number.NaN
}

// Slots: how much, 4 slopes, the 10 products of two slopes, 6 curvatures; all times exp(-scale).
const SLOTS = 21
const [SLOPES, PRODUCTS, CURVATURES] = [1, 5, 15]
/** Between two sums that differ by more than e^this the smaller one is far below the last bit of the larger. */
const RESCALE_ABOVE = 300

type Sums = { scale: number; of: Float64Array }

function addGone(sums: Sums, x: number, m: number, tables: Tables): void {
  add(sums, wayOf(x, m, true, tables))
}

function add(sums: Sums, { log, slope, curvature }: Way): void {
  const { of } = sums
  if (log - sums.scale > RESCALE_ABOVE) {
    const by = Math.exp(sums.scale - log)
    for (let k = 0; k < SLOTS; k++) of[k] = (of[k] ?? 0) * by
    sums.scale = log
  }
  const w = Math.exp(log - sums.scale)
  of[0] = (of[0] ?? 0) + w
  let place = PRODUCTS
  for (let j = 0; j < 4; j++) {
    const s = w * (slope[j] ?? 0)
    of[SLOPES + j] = (of[SLOPES + j] ?? 0) + s
    for (let k = 0; k <= j; k++, place++) of[place] = (of[place] ?? 0) + s * (slope[k] ?? 0)
  }
  for (let k = 0; k < 6; k++) of[CURVATURES + k] = (of[CURVATURES + k] ?? 0) + w * (curvature[k] ?? 0)
}

// Where each of the 6 curvatures stands among the 10 pairs: 00 10 11 20 21 22 30 31 32 33.
const PAIR_OF_CURVATURE = [0, 1, 2, 5, 8, 9]

// A sum over ways: its log has the mean slope, and the mean curvature plus the variance of the slopes.
function addRow(gone: Sums, there: Way, weight: number, gradient: Float64Array, hessian: Float64Array): number {
  const all: Sums = { scale: gone.scale, of: Float64Array.from(gone.of) }
  add(all, there)
  const [total = 0] = all.of
  const pairs = all.of.subarray(PRODUCTS, CURVATURES)
  PAIR_OF_CURVATURE.forEach((pair, k) => {
    pairs[pair] = (pairs[pair] ?? 0) + (all.of[CURVATURES + k] ?? 0)
  })
  let place = 0
  for (let j = 0; j < 4; j++) {
    const mean = (all.of[SLOPES + j] ?? 0) / total
    gradient[j] = (gradient[j] ?? 0) + weight * mean
    for (let k = 0; k <= j; k++, place++) {
      const value = weight * ((pairs[place] ?? 0) / total - (mean * (all.of[SLOPES + k] ?? 0)) / total)
      hessian[j * 4 + k] = (hessian[j * 4 + k] ?? 0) + value
      if (k < j) hessian[k * 4 + j] = (hessian[k * 4 + j] ?? 0) + value
    }
  }
  return all.scale + Math.log(total)
}
