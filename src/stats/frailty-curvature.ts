import { lookAtPerson, nodes, type Person, type PersonRows } from './frailty-person.ts'
import type { NormalPrior } from './logistic.ts'

/**
 * Minus the second derivative of the log-posterior by the coefficients and the sd, row by row. A person is a mixture
 * over nodes, so his share is the mean over them of minus the second derivatives less the covariance of the slopes.
 */
export function frailtyInformation(
  rows: PersonRows,
  prior: NormalPrior,
  sdScale: number,
  at: Float64Array,
): Float64Array {
  const p = rows.columnCount
  const n = p + 1
  const out = new Float64Array(n * n)
  for (let j = 0; j < p; j += 1) out[j * n + j] = 1 / (prior.sd[j] ?? 1) ** 2
  out[p * n + p] = 1 / sdScale ** 2
  for (let person = 0; person + 1 < rows.firstRow.length; person += 1) {
    const from = rows.firstRow[person] ?? 0
    const to = rows.firstRow[person + 1] ?? from
    const seen = lookAtPerson(rows, from, to, at)
    for (let row = from; row < to; row += 1) addBend(out, rows, row, seen, (row - from) * nodes.length)
    addSpread(out, rows, from, to, seen)
  }
  for (let j = 0; j < n; j += 1) for (let k = 0; k < j; k += 1) out[k * n + j] = out[j * n + k] ?? 0
  return out
}

// The mean over nodes of chance (1 - chance) times the square of (covariates, node): the lower triangle.
function addBend(out: Float64Array, rows: PersonRows, row: number, { shares, gaps }: Person, place: number): void {
  const { covariates, columnCount: p } = rows
  const n = p + 1
  let [bend, bendZ, bendZZ] = [0, 0, 0]
  for (let q = 0; q < nodes.length; q += 1) {
    const size = Math.abs(gaps[place + q] ?? 0)
    const one = (shares[q] ?? 0) * size * (1 - size)
    const z = nodes[q] ?? 0
    bend += one
    bendZ += one * z
    bendZZ += one * z * z
  }
  for (let j = 0; j < p; j += 1) {
    const x = covariates[row * p + j] ?? 0
    if (x === 0) continue
    for (let k = 0; k <= j; k += 1) {
      out[j * n + k] = (out[j * n + k] ?? 0) + bend * x * (covariates[row * p + k] ?? 0)
    }
    out[p * n + j] = (out[p * n + j] ?? 0) + bendZ * x
  }
  out[p * n + p] = (out[p * n + p] ?? 0) + bendZZ
}

// Takes away the covariance over nodes of the person's slopes.
function addSpread(out: Float64Array, rows: PersonRows, from: number, to: number, { shares, gaps }: Person): void {
  const n = rows.columnCount + 1
  const mean = new Float64Array(n)
  for (let q = 0; q < nodes.length; q += 1) {
    const slope = slopeAt(rows, from, to, gaps, q)
    for (let j = 0; j < n; j += 1) mean[j] = (mean[j] ?? 0) + (shares[q] ?? 0) * (slope[j] ?? 0)
    addOuter(out, slope, -(shares[q] ?? 0))
  }
  addOuter(out, mean, 1)
}

function slopeAt(rows: PersonRows, from: number, to: number, gaps: Float64Array, q: number): Float64Array {
  const { covariates, columnCount: p } = rows
  const slope = new Float64Array(p + 1)
  for (let row = from; row < to; row += 1) {
    const gap = gaps[(row - from) * nodes.length + q] ?? 0
    for (let j = 0; j < p; j += 1) slope[j] = (slope[j] ?? 0) + gap * (covariates[row * p + j] ?? 0)
    slope[p] = (slope[p] ?? 0) + gap * (nodes[q] ?? 0)
  }
  return slope
}

function addOuter(out: Float64Array, slope: Float64Array, by: number): void {
  const n = slope.length
  for (let j = 0; j < n; j += 1) {
    const left = by * (slope[j] ?? 0)
    if (left === 0) continue
    for (let k = 0; k <= j; k += 1) out[j * n + k] = (out[j * n + k] ?? 0) + left * (slope[k] ?? 0)
  }
}
