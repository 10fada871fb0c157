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

/** The log-likelihood of BG/BB with its derivatives by alpha, beta, gamma, delta. */
export function bgBbLikelihood(grouped: Grouped): (at: Float64Array) => Likelihood {
  const longest = grouped.observedFor.reduce((most, n) => Math.max(most, n), 0)
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
    let logLikelihood = 0
    for (let i = 0; i < grouped.rows; i++) {
      const w = grouped.weight[i] ?? 0
      const row = { x: grouped.repeatCount[i] ?? 0, last: grouped.lastAt[i] ?? 0, n: grouped.observedFor[i] ?? 0 }
      logLikelihood += w * addRow(row, tables, w, gradient, hessian)
    }
    return { logLikelihood, gradient, hessian }
  }
}

type Row = Readonly<{ x: number; last: number; n: number }>
type Way = Readonly<{ log: number; slope: Float64Array; curvature: Float64Array }>

// One way in which the row can have come about: active for m opportunities, then gone, or m = n and still there.
// Curvatures: alpha alpha, alpha beta, beta beta, gamma gamma, gamma delta, delta delta; the other two pairs never meet.
function wayOf({ x, n }: Row, m: number, isGone: boolean, { alpha, beta, both, delta, ends, gamma }: Tables): Way {
  const end = isGone ? m + 1 : n
  const of = (column: Float64Array, at: number) => column[at] ?? Number.NaN
  const buys = of(alpha.log, x) + of(beta.log, m - x) - of(both.log, m)
  const shared = of(both.slope, m)
  const stay = of(ends.slope, end)
  const curved = of(both.curvature, m)
  const stayCurved = of(ends.curvature, end)
  const gone = isGone ? 1 : 0
  return {
    log: buys + of(delta.log, m) - of(ends.log, end) + gone * Math.log(gamma),
    slope: Float64Array.of(
      of(alpha.slope, x) - shared,
      of(beta.slope, m - x) - shared,
      gone / gamma - stay,
      of(delta.slope, m) - stay,
    ),
    curvature: Float64Array.of(
      of(alpha.curvature, x) - curved,
      -curved,
      of(beta.curvature, m - x) - curved,
      -gone / (gamma * gamma) - stayCurved,
      -stayCurved,
      of(delta.curvature, m) - stayCurved,
    ),
  }
}

const CURVATURE_PLACES = [0, 1, 5, 10, 11, 15]
const MIRRORED = new Map([
  [1, 4],
  [11, 14],
])

// A sum over ways: its log has the mean slope, and the mean curvature plus the variance of the slopes.
function addRow(row: Row, tables: Tables, weight: number, gradient: Float64Array, hessian: Float64Array): number {
  const ways = [wayOf(row, row.n, false, tables)]
  for (let m = row.last; m < row.n; m++) ways.push(wayOf(row, m, true, tables))
  const top = ways.reduce((most, way) => Math.max(most, way.log), Number.NEGATIVE_INFINITY)
  const total = ways.reduce((sum, way) => sum + Math.exp(way.log - top), 0)
  const mean = new Float64Array(4)
  const add = (at: number, value: number) => {
    hessian[at] = (hessian[at] ?? 0) + weight * value
  }
  for (const { log, slope, curvature } of ways) {
    const chance = Math.exp(log - top) / total
    slope.forEach((s, j) => {
      mean[j] = (mean[j] ?? 0) + chance * s
      slope.forEach((t, k) => {
        add(j * 4 + k, chance * s * t)
      })
    })
    CURVATURE_PLACES.forEach((at, k) => {
      add(at, chance * (curvature[k] ?? 0))
      const twin = MIRRORED.get(at)
      if (twin !== undefined) add(twin, chance * (curvature[k] ?? 0))
    })
  }
  mean.forEach((s, j) => {
    gradient[j] = (gradient[j] ?? 0) + weight * s
    mean.forEach((t, k) => {
      add(j * 4 + k, -s * t)
    })
  })
  return top + Math.log(total)
}
