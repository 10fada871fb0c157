import { type Refusal, refuse } from '../refusal.ts'

/** A table of numbers, row after row. */
export type Columns = Readonly<{ values: Float64Array; columnCount: number }>

/** Customers and their periods, without what they did: what a simulation starts from, or the future of a forecast. */
export type Periods = Readonly<{
  /** Row of the first period of each customer, and at the end the number of rows: customers + 1 whole numbers. */
  firstRow: Uint32Array
  /** Length of each period in any one unit, 0 for a period without an occasion to buy. */
  exposure: Float64Array
  /** Covariates on leaving at the end of the period. No column of ones: the base is a parameter of its own. */
  leave: Columns
  /** Covariates on buying within the period: the rate is multiplied by exp(z g). No column of ones either. */
  buy?: Columns
  /** Absent where everybody is seen from the first of all purchases on. */
  waits?: Waits
}>

/**
 * Periods before the first purchase that is seen, of those who were customers before they were seen at all. Whoever has
 * one here has waited for that purchase, be it for no time, and did not begin with it; whoever has none began with it.
 */
export type Waits = Pick<Periods, 'firstRow' | 'exposure' | 'buy'>

/** Periods with what was bought in them; the first purchase, which starts the first period, is not counted. */
export type AttritionRows = Periods & Readonly<{ purchases: Float64Array }>

/** What a look over the rows tells. */
export type AttritionSizes = Readonly<{
  customers: number
  rows: number
  purchases: number
  /** Exposure of all customers over all their purchases. */
  exposurePerPurchase: number
  periodsMax: number
  /** Root mean square of each covariate column. */
  leaveSize: Float64Array
  buySize: Float64Array
}>

const NO_COLUMNS: Columns = { values: new Float64Array(0), columnCount: 0 }

/** The covariates on buying, a table without columns where none are given. */
export function buyColumns(periods: Pick<Periods, 'buy'>): Columns {
  return periods.buy ?? NO_COLUMNS
}

/** One customer: where his rows begin, how many there are, which has the last purchase, and how many purchases in all. */
export type CustomerRows = Readonly<{ i: number; from: number; periods: number; last: number; count: number }>

/** What the rows of a customer add up to. */
export function customerRows({ firstRow, purchases }: AttritionRows, i: number): CustomerRows {
  const from = firstRow[i] ?? 0
  const periods = (firstRow[i + 1] ?? 0) - from
  let count = 0
  let last = 0
  for (let s = 0; s < periods; s++) {
    const here = purchases[from + s] ?? 0
    if (here === 0) continue
    count += here
    last = s
  }
  return { i, from, periods, last, count }
}

/** Checks places, lengths and numbers of periods; anything that cannot be is refused by its row. */
export function findWrongPeriods(periods: Periods): Refusal | undefined {
  const { firstRow, exposure, leave, waits } = periods
  const buy = buyColumns(periods)
  const rows = exposure.length
  if (leave.values.length !== rows * leave.columnCount || buy.values.length !== rows * buy.columnCount) {
    return refuse('lengths-differ', `${rows} exposures do not fit the covariates`)
  }
  if (!isWhole(firstRow, rows)) {
    return refuse('lengths-differ', `first rows must begin with 0 and end with the number of rows, ${rows}`)
  }
  for (let i = 0; i + 1 < firstRow.length; i++) {
    if (!((firstRow[i + 1] ?? 0) > (firstRow[i] ?? 0))) return refuse('impossible-row', `customer ${i} has no period`)
  }
  return (
    findWrongExposure('exposure', exposure) ??
    findWrongCovariate('leaving', leave) ??
    findWrongCovariate('buying', buy) ??
    (waits === undefined ? undefined : findWrongWaits(waits, firstRow.length, buy.columnCount))
  )
}

const isWhole = (firstRow: Uint32Array, rows: number): boolean => firstRow[0] === 0 && firstRow.at(-1) === rows

function findWrongExposure(what: string, exposure: Float64Array): Refusal | undefined {
  for (let row = 0; row < exposure.length; row++) {
    const length = exposure[row] ?? Number.NaN
    if (!Number.isFinite(length)) return refuse('not-a-number', `the ${what} of row ${row} is not a finite number`)
    if (length < 0) return refuse('impossible-row', `the ${what} of row ${row} is below 0`)
  }
  return undefined
}

function findWrongWaits(waits: Waits, firstRows: number, columnCount: number): Refusal | undefined {
  const { firstRow, exposure } = waits
  const buy = buyColumns(waits)
  const rows = exposure.length
  const fits = firstRow.length === firstRows && isWhole(firstRow, rows) && buy.columnCount === columnCount
  if (!fits || buy.values.length !== rows * columnCount || firstRow.some((row, i) => row < (firstRow[i - 1] ?? 0))) {
    return refuse('lengths-differ', `${rows} periods of waiting do not fit the customers or the covariates on buying`)
  }
  return findWrongExposure('wait', exposure) ?? findWrongCovariate('buying while waiting', buy)
}

function findWrongCovariate(what: string, { values, columnCount }: Columns): Refusal | undefined {
  for (let at = 0; at < values.length; at++) {
    if (Number.isFinite(values[at])) continue
    const place = `row ${Math.floor(at / columnCount)}, column ${at % columnCount}`
    return refuse('not-a-number', `a covariate on ${what} (${place}) is not a finite number`)
  }
  return undefined
}

/** Checks rows with purchases as well: whole counts, and none without an occasion. */
export function findWrongRows(rows: AttritionRows): Refusal | undefined {
  const { purchases, exposure } = rows
  if (purchases.length !== exposure.length) {
    return refuse('lengths-differ', `${exposure.length} exposures need as many counts of purchases`)
  }
  const wrong = findWrongPeriods(rows)
  if (wrong !== undefined) return wrong
  for (let row = 0; row < purchases.length; row++) {
    const count = purchases[row] ?? Number.NaN
    if (!Number.isFinite(count)) return refuse('not-a-number', `the purchases of row ${row} are not a finite number`)
    if (count < 0 || !Number.isInteger(count)) return refuse('impossible-row', `row ${row} has ${count} purchases`)
    if (count > 0 && exposure[row] === 0) {
      return refuse('impossible-row', `row ${row} has purchases, but an exposure of 0`)
    }
  }
  return undefined
}

const CUSTOMERS_MIN = 10

/** Checks and measures; refuses also fewer than 10 customers and no purchase at all. */
export function measureAttrition(rows: AttritionRows): AttritionSizes | Refusal {
  const wrong = findWrongRows(rows)
  if (wrong !== undefined) return wrong
  const customers = rows.firstRow.length - 1
  if (customers < CUSTOMERS_MIN) {
    return refuse('too-few', `${customers} customers; at least ${CUSTOMERS_MIN} are needed`)
  }
  const purchases = sum(rows.purchases)
  if (purchases === 0) return refuse('all-zero', 'no customer has bought again, so no rate can be learned')
  const exposurePerPurchase = sum(rows.exposure) / purchases
  if (!(exposurePerPurchase < Number.POSITIVE_INFINITY)) {
    return refuse('not-a-number', 'the exposures add up to more than a number can hold: take a larger unit')
  }
  const sizes = { leaveSize: columnSizes(rows.leave), buySize: columnSizes(buyColumns(rows)) }
  if (![...sizes.leaveSize, ...sizes.buySize].every(Number.isFinite)) {
    return refuse('not-a-number', 'a covariate is too large to be squared: take a larger unit')
  }
  let periodsMax = 0
  for (let i = 0; i < customers; i++) {
    periodsMax = Math.max(periodsMax, (rows.firstRow[i + 1] ?? 0) - (rows.firstRow[i] ?? 0))
  }
  return {
    customers,
    rows: rows.exposure.length,
    purchases,
    exposurePerPurchase,
    periodsMax,
    ...sizes,
  }
}

function sum(values: Float64Array): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i] ?? 0
  return total
}

function columnSizes({ values, columnCount }: Columns): Float64Array {
  const squares = new Float64Array(columnCount)
  for (let row = 0; row < values.length; row += columnCount) {
    for (let j = 0; j < columnCount; j++) squares[j] = (squares[j] ?? 0) + (values[row + j] ?? 0) ** 2
  }
  const rows = columnCount > 0 ? values.length / columnCount : 1
  return squares.map((square) => Math.sqrt(square / rows))
}

/** Every `stride`-th customer with all periods: a sample whose best fit is a good start for the whole. */
export function thinCustomers(rows: AttritionRows, stride: number): AttritionRows {
  const { firstRow, pick } = thin(rows.firstRow, stride)
  return {
    firstRow,
    exposure: pick({ values: rows.exposure, columnCount: 1 }).values,
    purchases: pick({ values: rows.purchases, columnCount: 1 }).values,
    leave: pick(rows.leave),
    buy: pick(buyColumns(rows)),
    ...(rows.waits === undefined ? {} : { waits: thinWaits(rows.waits, stride) }),
  }
}

function thinWaits(waits: Waits, stride: number): Waits {
  const { firstRow, pick } = thin(waits.firstRow, stride)
  const exposure = pick({ values: waits.exposure, columnCount: 1 }).values
  return { firstRow, exposure, buy: pick(buyColumns(waits)) }
}

/** The waits of the customers from one to another. */
export function waitsBetween({ firstRow, exposure, buy }: Waits, from: number, to: number): Waits {
  const [begin = 0, end = 0] = [firstRow[from], firstRow[to]]
  const columnCount = buy?.columnCount ?? 0
  return {
    firstRow: firstRow.slice(from, to + 1).map((row) => row - begin),
    exposure: exposure.subarray(begin, end),
    ...(buy === undefined
      ? {}
      : { buy: { values: buy.values.subarray(begin * columnCount, end * columnCount), columnCount } }),
  }
}

function thin(firstRow: Uint32Array, stride: number) {
  const kept: number[] = []
  const first: number[] = [0]
  for (let i = 0; i + 1 < firstRow.length; i += stride) {
    for (let row = firstRow[i] ?? 0; row < (firstRow[i + 1] ?? 0); row++) kept.push(row)
    first.push(kept.length)
  }
  const pick = ({ values, columnCount }: Columns): Columns => {
    const out = new Float64Array(kept.length * columnCount)
    kept.forEach((row, to) => {
      out.set(values.subarray(row * columnCount, (row + 1) * columnCount), to * columnCount)
    })
    return { values: out, columnCount }
  }
  return { firstRow: Uint32Array.from(first), pick }
}
