import { risingCurvature, risingSlope } from '../gamma-function.ts'
import {
  type Beginning,
  beginning,
  type LatentAttrition,
  look,
  makeRoom,
  mix,
  product,
  type Room,
} from './attrition-mixture.ts'
import {
  type AttritionRows,
  buyColumns,
  type Columns,
  type CustomerRows,
  customerRows,
  type Waits,
} from './attrition-rows.ts'

type Places = Readonly<{ base: number; odds: number; leave: number; buy: number; length: number }>

/** What one customer needs beside the room: slopes of one part, their mean, and sums that run along the periods. */
type Work = Readonly<{
  model: LatentAttrition
  at: Places
  room: Room
  slope: Float64Array
  mean: Float64Array
  /** Covariates on buying times exposure, summed up to a period; and up to the first one. */
  weighted: Float64Array
  waited: Float64Array
  /** Lower triangle of the second derivatives, row by row. */
  out: Float64Array
}>

type Customer = CustomerRows & Readonly<{ begin: Beginning; logSum: number }>

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
    waited: new Float64Array(model.buy.length),
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
  const own = customerRows(rows, i)
  const begin = beginning(model, rows, i)
  look(model, rows, own, begin.alpha, room)
  const logSum = mix(model, logShare, begin.r + own.count, own, room)
  const customer = { ...own, begin, logSum }
  mean.fill(0)
  room.byPeriod.fill(0, 0, own.periods)
  work.waited.fill(0)
  if (rows.waits !== undefined) addWaited(work, rows.waits, i)
  for (let c = 0; c < model.base.length; c++) {
    addTails(work, rows.leave, customer, c)
    addParts(work, rows, customer, c)
  }
  addOuter(work.out, mean, -1, work.at.length)
  const pull = addRates(work, rows, customer)
  if (rows.waits !== undefined) addWait(work, rows.waits, customer, pull)
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
  const { at, room, slope, weighted, waited } = work
  const { from, periods, last } = customer
  const start = c * room.width
  slope.fill(0)
  weighted.set(waited)
  if (c > 0) slope[at.odds + c - 1] = 1
  for (let s = 0; s < periods; s++) {
    addWeighted(weighted, rows, from + s, room.exposure[s] ?? 0)
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

function addPart(work: Work, { periods, count, begin }: Customer, s: number, chance: number): void {
  const { model, at, room, slope, mean, weighted, out } = work
  const m = begin.r + count
  const log = room.logTotal[s] ?? 0
  const pull = -m * Math.exp(-log)
  slope[0] = model.r * ((room.logTotal[periods - 1] ?? 0) - log)
  slope[1] = pull * model.alpha
  for (let j = 0; j < weighted.length; j++) slope[at.buy + j] = pull * (weighted[j] ?? 0)
  for (let j = 0; j < at.length; j++) mean[j] = (mean[j] ?? 0) + chance * (slope[j] ?? 0)
  addOuter(out, slope, chance, at.length)
  addExposure(work, m, log, chance)
}

function addWeighted(weighted: Float64Array, of: Pick<AttritionRows, 'buy'>, row: number, length: number): void {
  const { values, columnCount } = buyColumns(of)
  for (let j = 0; j < columnCount; j++) {
    weighted[j] = (weighted[j] ?? 0) + length * (values[row * columnCount + j] ?? 0)
  }
}

function addWaited({ model, waited }: Work, waits: Waits, i: number): void {
  for (let row = waits.firstRow[i] ?? 0; row < (waits.firstRow[i + 1] ?? 0); row++) {
    addWeighted(waited, waits, row, lengthOf(model, waits, row))
  }
}

const lengthOf = ({ buy }: LatentAttrition, waits: Waits, row: number): number =>
  (waits.exposure[row] ?? 0) * Math.exp(product(buyColumns(waits), row, buy))

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

// What is left of r and of covariates on buying, from the chances of each period over all classes; answers the slope by
// the exposure of the first period.
function addRates({ model, at, room, out }: Work, rows: AttritionRows, customer: Customer): number {
  const { from, periods, last, count, begin } = customer
  const { r } = model
  const buy = buyColumns(rows)
  let meanLog = 0
  let pull = 0
  for (let s = periods - 1; s >= 0; s--) {
    if (s >= last) {
      const log = room.logTotal[s] ?? 0
      const chance = room.byPeriod[s] ?? 0
      meanLog += chance * log
      pull -= (begin.r + count) * chance * Math.exp(-log)
    }
    addSquare(out, at, buy, from + s, pull * (room.exposure[s] ?? 0))
  }
  const bend = r * r * risingCurvature(begin.r, count)
  out[0] = (out[0] ?? 0) + r * (risingSlope(begin.r, count) + Math.log(begin.alpha) - meanLog) + bend
  return pull
}

// One period's square of covariates on buying.
function addSquare(out: Float64Array, at: Places, { values, columnCount }: Columns, period: number, by: number): void {
  const row = period * columnCount
  for (let j = 0; j < columnCount; j++) {
    const z = by * (values[row + j] ?? 0)
    const line = (at.buy + j) * at.length + at.buy
    for (let k = 0; k <= j; k++) out[line + k] = (out[line + k] ?? 0) + z * (values[row + k] ?? 0)
  }
}

// What is known after a wait depends on alpha and on the covariates on buying in the wait.
function addWait({ model, at, waited, out }: Work, waits: Waits, { i, begin }: Customer, pull: number): void {
  const n = at.length
  const share = model.alpha / begin.alpha
  out[n] = (out[n] ?? 0) - model.r * (1 - share)
  out[n + 1] = (out[n + 1] ?? 0) + begin.r * share * (1 - share)
  for (let j = 0; j < waited.length; j++) {
    const line = (at.buy + j) * n
    const v = (waited[j] ?? 0) / begin.alpha
    out[line] = (out[line] ?? 0) + model.r * v
    out[line + 1] = (out[line + 1] ?? 0) - begin.r * share * v
    for (let k = 0; k <= j; k++) {
      out[line + at.buy + k] = (out[line + at.buy + k] ?? 0) - (begin.r * v * (waited[k] ?? 0)) / begin.alpha
    }
  }
  const buy = buyColumns(waits)
  for (let row = waits.firstRow[i] ?? 0; row < (waits.firstRow[i + 1] ?? 0); row++) {
    addSquare(out, at, buy, row, (pull + begin.r / begin.alpha) * lengthOf(model, waits, row))
  }
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
