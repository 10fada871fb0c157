import { logRising, risingSlope } from '../gamma-function.ts'
import { beginning, type LatentAttrition, look, makeRoom, mix, product, type Room } from './attrition-mixture.ts'
import { type AttritionRows, buyColumns, type Columns, customerRows, type Waits } from './attrition-rows.ts'

/** Log-likelihood and its slopes: by log r, by log alpha, by each base, by the log-odds of each class, and the rest. */
export type AttritionSlopes = {
  logLikelihood: number
  r: number
  alpha: number
  base: Float64Array
  class: Float64Array
  leave: Float64Array
  buy: Float64Array
}

/**
 * One pass over all customers. Per customer a run forward through the periods adds up exposures and the logarithms of
 * having stayed; a run back turns the chances of having left after each period into slopes. Everything is kept in
 * logarithms, so neither a thousand purchases nor a thousand periods overflow. Given the purchases of each period the
 * density is that of the instants of purchase, as in Pareto/NBD, with a rate that is constant within a period.
 */
export function sweepAttrition(model: LatentAttrition, rows: AttritionRows, periodsMax: number): AttritionSlopes {
  const classes = model.base.length
  const room = makeRoom(periodsMax, classes)
  const out: AttritionSlopes = {
    logLikelihood: 0,
    r: 0,
    alpha: 0,
    base: new Float64Array(classes),
    class: new Float64Array(classes),
    leave: new Float64Array(model.leave.length),
    buy: new Float64Array(model.buy.length),
  }
  const logShare = model.share.map(Math.log)
  const customers = rows.firstRow.length - 1
  for (let i = 0; i < customers; i++) addCustomer(model, logShare, rows, i, room, out)
  for (let c = 0; c < classes; c++) out.class[c] = (out.class[c] ?? 0) - customers * (model.share[c] ?? 0)
  return out
}

function addCustomer(
  model: LatentAttrition,
  logShare: Float64Array,
  rows: AttritionRows,
  i: number,
  room: Room,
  out: AttritionSlopes,
): void {
  const customer = customerRows(rows, i)
  const { from, periods, last, count } = customer
  const { r, alpha } = beginning(model, rows, i)
  const bought = look(model, rows, customer, alpha, room)
  const logSum = mix(model, logShare, r + count, customer, room)
  addLeaving(periods, last, logSum, room, out)
  const left = addBuying(r + count, periods, last, room)
  out.logLikelihood += logSum + logRising(r, count) + r * Math.log(alpha) + bought
  out.r += model.r * (risingSlope(r, count) + Math.log(alpha) - left.meanLog)
  // Of what is known at the beginning and of what comes after, by all exposure until the beginning.
  const pull = r / alpha + left.meanPull
  out.alpha += model.alpha * pull
  addProducts(rows.leave, from, periods - 1, room.lean, out.leave)
  const buy = buyColumns(rows)
  for (let s = 0; s < periods && buy.columnCount > 0; s++) {
    room.pull[s] = (room.pull[s] ?? 0) * (room.exposure[s] ?? 0) + (rows.purchases[from + s] ?? 0)
  }
  addProducts(buy, from, periods, room.pull, out.buy)
  if (rows.waits !== undefined) addWait(model, rows.waits, i, pull, out.buy)
}

function addWait({ buy: by }: LatentAttrition, waits: Waits, i: number, pull: number, into: Float64Array): void {
  const buy = buyColumns(waits)
  if (buy.columnCount === 0) return
  for (let row = waits.firstRow[i] ?? 0; row < (waits.firstRow[i + 1] ?? 0); row++) {
    const slope = pull * (waits.exposure[row] ?? 0) * Math.exp(product(buy, row, by))
    addProducts(buy, row, 1, [slope], into)
  }
}

// Posterior of the last period with the customer there; `lean` becomes the slope by the linear predictor of a period.
function addLeaving(periods: number, last: number, logSum: number, room: Room, out: AttritionSlopes): void {
  const { width, lean, hazard, chance, byPeriod } = room
  for (let s = 0; s < periods; s++) {
    lean[s] = 0
    byPeriod[s] = 0
  }
  for (let c = 0; c < out.base.length; c++) {
    const start = c * width
    let here = Math.exp((chance[start + periods - 1] ?? 0) - logSum)
    byPeriod[periods - 1] = (byPeriod[periods - 1] ?? 0) + here
    let slopes = 0
    for (let s = periods - 2; s >= 0; s--) {
      let leaves = 0
      if (s >= last) {
        leaves = Math.exp((chance[start + s] ?? 0) - logSum)
        byPeriod[s] = (byPeriod[s] ?? 0) + leaves
        here += leaves
      }
      const slope = leaves - (hazard[start + s] ?? 0) * here
      lean[s] = (lean[s] ?? 0) + slope
      slopes += slope
    }
    out.base[c] = (out.base[c] ?? 0) + slopes
    out.class[c] = (out.class[c] ?? 0) + here
  }
}

// What exposure costs: `pull` becomes the slope of the log-likelihood by the exposure of a period, purchases left out.
function addBuying(m: number, periods: number, last: number, room: Room): { meanLog: number; meanPull: number } {
  let meanLog = 0
  let pull = 0
  for (let s = periods - 1; s >= 0; s--) {
    if (s >= last) {
      const chance = room.byPeriod[s] ?? 0
      const log = room.logTotal[s] ?? 0
      meanLog += chance * log
      pull -= m * chance * Math.exp(-log)
    }
    room.pull[s] = pull
  }
  return { meanLog, meanPull: pull }
}

function addProducts(
  { values, columnCount }: Columns,
  from: number,
  periods: number,
  slope: ArrayLike<number>,
  into: Float64Array,
): void {
  for (let s = 0; s < periods; s++) {
    const by = slope[s] ?? 0
    const start = (from + s) * columnCount
    for (let j = 0; j < columnCount; j++) into[j] = (into[j] ?? 0) + by * (values[start + j] ?? 0)
  }
}
