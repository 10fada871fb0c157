import { risingCurvature, risingSlope } from '../gamma-function.ts'
import { type LatentAttrition, look, makeRoom, mix, type Room } from './attrition-mixture.ts'
import { type AttritionRows, buyColumns, type Columns } from './attrition-rows.ts'

type Places = Readonly<{ base: number; odds: number; leave: number; buy: number; length: number }>

/** What one customer needs beside the room: slopes of one part, their mean, and sums that run along the periods. */
type Work = Readonly<{
  model: LatentAttrition
  at: Places
  room: Room
  slope: Float64Array
  mean: Float64Array
  /** Covariates on buying times exposure, summed up to a period. */
  weighted: Float64Array
  /** Lower triangle of the second derivatives, row by row. */
  out: Float64Array
}>

type Customer = Readonly<{ from: number; periods: number; last: number; count: number; logSum: number }>

/**
 * Second derivatives of the log-likelihood by log r, log alpha, the bases, the log-odds of classes, and the
 * coefficients on leaving and buying, row by row. A customer is a mixture of parts (class and period of leaving), so
 * his share is the mean of the parts' second derivatives plus the covariance of their slopes.
 */
export function attritionCurvature(
  model: LatentAttrition,
  rows: AttritionRows,
  periodsMax: number,
  at: Places,
): Float64Array {
  const n = at.length
  const work: Work = {
    model,
    at,
    room: makeRoom(periodsMax, model.base.length),
    slope: new Float64Array(n),
    mean: new Float64Array(n),
    weighted: new Float64Array(model.buy.length),
    out: new Float64Array(n * n),
  }
  const logShare = model.share.map(Math.log)
  const customers = rows.firstRow.length - 1
  for (let i = 0; i < customers; i++) addCustomer(work, logShare, rows, i)
  addShares(work, customers)
  for (let j = 0; j < n; j++) for (let k = 0; k < j; k++) work.out[k * n + j] = work.out[j * n + k] ?? 0
  return work.out
}

function addCustomer(work: Work, logShare: Float64Array, rows: AttritionRows, i: number): void {
  const { model, room, mean } = work
  const from = rows.firstRow[i] ?? 0
  const periods = (rows.firstRow[i + 1] ?? 0) - from
  let count = 0
  let last = 0
  for (let s = 0; s < periods; s++) {
    const here = rows.purchases[from + s] ?? 0
    if (here > 0) last = s
    count += here
  }
  look(model, rows, from, periods, last, room)
  const logSum = mix(model, logShare, model.r + count, periods, last, room)
  const customer = { from, periods, last, count, logSum }
  mean.fill(0)
  room.byPeriod.fill(0, 0, periods)
  for (let c = 0; c < model.base.length; c++) {
    addTails(work, rows.leave, customer, c)
    addParts(work, rows, customer, c)
  }
  addOuter(work.out, mean, -1, work.at.length)
  addRates(work, rows, customer)
}

// Mean second derivatives by base and coefficients on leaving; turns `chance` of the class into the posterior.
function addTails({ at, room, out }: Work, leave: Columns, customer: Customer, c: number): void {
  const { from, periods, last, logSum } = customer
  const { chance, hazard, byPeriod } = room
  const start = c * room.width
  let tail = 0
  for (let s = periods - 1; s >= 0; s--) {
    if (s >= last) {
      const here = Math.exp((chance[start + s] ?? 0) - logSum)
      chance[start + s] = here
      byPeriod[s] = (byPeriod[s] ?? 0) + here
      tail += here
    }
    const h = hazard[start + s] ?? 0
    if (s < periods - 1) addBend(out, at, leave, from + s, c, -tail * h * (1 - h))
  }
}

// One period's square of covariates on leaving.
function addBend(out: Float64Array, at: Places, leave: Columns, period: number, c: number, by: number): void {
  const n = at.length
  const base = at.base + c
  out[base * n + base] = (out[base * n + base] ?? 0) + by
  const row = period * leave.columnCount
  for (let j = 0; j < leave.columnCount; j++) {
    const x = by * (leave.values[row + j] ?? 0)
    if (x === 0) continue
    const line = (at.leave + j) * n
    out[line + base] = (out[line + base] ?? 0) + x
    for (let k = 0; k <= j; k++) {
      out[line + at.leave + k] = (out[line + at.leave + k] ?? 0) + x * (leave.values[row + k] ?? 0)
    }
  }
}

// Slopes of every part of one class, without what all parts of the customer have in common: that has no variance.
function addParts(work: Work, rows: AttritionRows, customer: Customer, c: number): void {
  const { at, room, slope, weighted } = work
  const { from, periods, last } = customer
  const start = c * room.width
  slope.fill(0)
  weighted.fill(0)
  if (c > 0) slope[at.odds + c - 1] = 1
  for (let s = 0; s < periods; s++) {
    addWeighted(work, rows, from + s, s)
    // Leaving after this period is worth 1 more than staying on: added for the part, and taken away again.
    const leaves = s < periods - 1 ? 1 : 0
    if (leaves === 1) shift(slope, at, rows.leave, from + s, c, -(room.hazard[start + s] ?? 0))
    const chance = s < last ? 0 : (room.chance[start + s] ?? 0)
    if (!(chance > 1e-18)) continue
    shift(slope, at, rows.leave, from + s, c, leaves)
    addPart(work, customer, s, chance)
    shift(slope, at, rows.leave, from + s, c, -leaves)
  }
}

function addPart(work: Work, { periods, count }: Customer, s: number, chance: number): void {
  const { model, at, room, slope, mean, weighted, out } = work
  const m = model.r + count
  const log = room.logTotal[s] ?? 0
  const pull = -m * Math.exp(-log)
  slope[0] = model.r * ((room.logTotal[periods - 1] ?? 0) - log)
  slope[1] = pull * model.alpha
  for (let j = 0; j < weighted.length; j++) slope[at.buy + j] = pull * (weighted[j] ?? 0)
  for (let j = 0; j < at.length; j++) mean[j] = (mean[j] ?? 0) + chance * (slope[j] ?? 0)
  addOuter(out, slope, chance, at.length)
  addExposure(work, m, log, chance)
}

function addWeighted({ room, weighted }: Work, rows: AttritionRows, row: number, s: number): void {
  const { values, columnCount } = buyColumns(rows)
  const length = room.exposure[s] ?? 0
  for (let j = 0; j < columnCount; j++) {
    weighted[j] = (weighted[j] ?? 0) + length * (values[row * columnCount + j] ?? 0)
  }
}

function shift(slope: Float64Array, at: Places, leave: Columns, row: number, c: number, by: number): void {
  if (by === 0) return
  slope[at.base + c] = (slope[at.base + c] ?? 0) + by
  for (let j = 0; j < leave.columnCount; j++) {
    slope[at.leave + j] = (slope[at.leave + j] ?? 0) + by * (leave.values[row * leave.columnCount + j] ?? 0)
  }
}

// Second derivatives of one part by r, alpha and buying, but for those that need covariates in squares.
function addExposure({ model, at, weighted, out }: Work, m: number, log: number, chance: number): void {
  const { r, alpha } = model
  const n = at.length
  const inverse = Math.exp(-log)
  const share = alpha * inverse
  out[n] = (out[n] ?? 0) + chance * r * (1 - share)
  out[n + 1] = (out[n + 1] ?? 0) - chance * m * share * (1 - share)
  for (let j = 0; j < weighted.length; j++) {
    const line = (at.buy + j) * n
    const v = chance * inverse * (weighted[j] ?? 0)
    out[line] = (out[line] ?? 0) - r * v
    out[line + 1] = (out[line + 1] ?? 0) + m * share * v
    for (let k = 0; k <= j; k++) {
      out[line + at.buy + k] = (out[line + at.buy + k] ?? 0) + m * v * inverse * (weighted[k] ?? 0)
    }
  }
}

// What is left of r and of covariates on buying, from the chances of each period over all classes.
function addRates({ model, at, room, out }: Work, rows: AttritionRows, customer: Customer): void {
  const { from, periods, last, count } = customer
  const { r, alpha } = model
  const { values, columnCount } = buyColumns(rows)
  const n = at.length
  let meanLog = 0
  let pull = 0
  for (let s = periods - 1; s >= 0; s--) {
    if (s >= last) {
      const log = room.logTotal[s] ?? 0
      const chance = room.byPeriod[s] ?? 0
      meanLog += chance * log
      pull -= (r + count) * chance * Math.exp(-log)
    }
    const row = (from + s) * columnCount
    for (let j = 0; j < columnCount; j++) {
      const z = pull * (room.exposure[s] ?? 0) * (values[row + j] ?? 0)
      const line = (at.buy + j) * n + at.buy
      for (let k = 0; k <= j; k++) out[line + k] = (out[line + k] ?? 0) + z * (values[row + k] ?? 0)
    }
  }
  out[0] = (out[0] ?? 0) + r * (risingSlope(r, count) + Math.log(alpha) - meanLog) + r * r * risingCurvature(r, count)
}

// Shares add up to 1, whatever the customer does.
function addShares({ model, at, out }: Work, customers: number): void {
  for (let c = 1; c < model.base.length; c++) {
    for (let d = 1; d <= c; d++) {
      const place = (at.odds + c - 1) * at.length + at.odds + d - 1
      const own = c === d ? (model.share[c] ?? 0) : 0
      out[place] = (out[place] ?? 0) - customers * (own - (model.share[c] ?? 0) * (model.share[d] ?? 0))
    }
  }
}

function addOuter(out: Float64Array, slope: Float64Array, by: number, n: number): void {
  for (let j = 0; j < n; j++) {
    const left = by * (slope[j] ?? 0)
    if (left === 0) continue
    const line = j * n
    for (let k = 0; k <= j; k++) out[line + k] = (out[line + k] ?? 0) + left * (slope[k] ?? 0)
  }
}
