import { type AttritionRows, buyColumns, type Columns, type CustomerRows, type Periods } from './attrition-rows.ts'

/** The parameters; `alpha` is in the unit of the exposures. Classes differ in `base` and have shares that add up to 1. */
export type LatentAttrition = Readonly<{
  r: number
  alpha: number
  /** Log-odds to leave after a period when all covariates are 0: one number per class, ascending after a fit. */
  base: Float64Array
  /** Share of the customers in each class when they begin. */
  share: Float64Array
  leave: Float64Array
  buy: Float64Array
}>

/**
 * Room for one customer at a time. A customer is a mixture over classes and over the period he left after (or that he
 * has not): `chance` holds the logarithm of each part, then its posterior; rows of `hazard` and `chance` are classes.
 */
export type Room = Readonly<{
  width: number
  lean: Float64Array
  exposure: Float64Array
  logTotal: Float64Array
  hazard: Float64Array
  chance: Float64Array
  byPeriod: Float64Array
  pull: Float64Array
}>

/** Makes room for customers of up to `width` periods. */
export function makeRoom(width: number, classes: number): Room {
  const column = () => new Float64Array(width)
  return {
    width,
    lean: column(),
    exposure: column(),
    logTotal: column(),
    hazard: new Float64Array(width * classes),
    chance: new Float64Array(width * classes),
    byPeriod: column(),
    pull: column(),
  }
}

/** What is known of a customer's rate when his first period begins, with the purchase that it begins with: a gamma. */
export type Beginning = Readonly<{ r: number; alpha: number }>

/**
 * Of somebody who begins with that purchase it is what is known of everybody. Of a customer who had waited for it, it is
 * what the wait and the purchase have made of that.
 */
export function beginning({ r, alpha, buy: by }: LatentAttrition, { waits }: Periods, i: number): Beginning {
  const from = waits?.firstRow[i] ?? 0
  const to = waits?.firstRow[i + 1] ?? 0
  if (waits === undefined || from === to) return { r, alpha }
  const buy = buyColumns(waits)
  let total = alpha
  for (let row = from; row < to; row++) total += (waits.exposure[row] ?? 0) * Math.exp(product(buy, row, by))
  return { r: r + 1, alpha: total }
}

/** Linear predictors, exposures and log totals of a customer's periods; gives the log of the rates at purchases. */
export function look(
  model: LatentAttrition,
  rows: AttritionRows,
  { from, periods, last }: CustomerRows,
  alpha: number,
  room: Room,
): number {
  const buy = buyColumns(rows)
  let total = alpha
  let bought = 0
  for (let s = 0; s < periods; s++) {
    const row = from + s
    room.lean[s] = product(rows.leave, row, model.leave)
    let length = rows.exposure[row] ?? 0
    if (buy.columnCount > 0) {
      const pace = product(buy, row, model.buy)
      length *= Math.exp(pace)
      bought += (rows.purchases[row] ?? 0) * pace
    }
    room.exposure[s] = length
    total += length
    if (s >= last) room.logTotal[s] = Math.log(total)
  }
  return bought
}

/** Inner product of one row of a table with coefficients. */
export function product({ values, columnCount }: Columns, row: number, by: Float64Array): number {
  let sum = 0
  const start = row * columnCount
  for (let j = 0; j < columnCount; j++) sum += (values[start + j] ?? 0) * (by[j] ?? 0)
  return sum
}

/** Log chances of each class and last period there, into `chance`; gives the logarithm of their sum. */
export function mix(
  model: LatentAttrition,
  logShare: Float64Array,
  m: number,
  { periods, last }: CustomerRows,
  room: Room,
): number {
  const { width, chance } = room
  const classes = model.base.length
  for (let c = 0; c < classes; c++) runForward(model.base[c] ?? 0, logShare[c] ?? 0, m, periods, last, c * width, room)
  let most = Number.NEGATIVE_INFINITY
  for (let c = 0; c < classes; c++) {
    for (let s = last; s < periods; s++) {
      const here = chance[c * width + s] ?? 0
      if (here > most) most = here
    }
  }
  let sum = 0
  for (let c = 0; c < classes; c++) {
    for (let s = last; s < periods; s++) sum += Math.exp((chance[c * width + s] ?? 0) - most)
  }
  return most + Math.log(sum)
}

function runForward(
  base: number,
  logShare: number,
  m: number,
  periods: number,
  last: number,
  start: number,
  { lean, logTotal, hazard, chance }: Room,
): void {
  let stayed = logShare
  for (let s = 0; s < periods - 1; s++) {
    const eta = (lean[s] ?? 0) + base
    const small = Math.exp(-Math.abs(eta))
    hazard[start + s] = (eta >= 0 ? 1 : small) / (1 + small)
    const soft = Math.max(eta, 0) + Math.log1p(small)
    if (s >= last) chance[start + s] = stayed + eta - soft - m * (logTotal[s] ?? 0)
    stayed -= soft
  }
  chance[start + periods - 1] = stayed - m * (logTotal[periods - 1] ?? 0)
}
