import { type Refusal, refuse } from '../refusal.ts'

/** What the models need to know of one customer; times count from the first purchase, in any one unit. */
export type History = Readonly<{
  /** Purchases after the first; x in the papers. */
  repeatCount: number
  /** Time of the last purchase, 0 without a repeat; t_x in the papers. */
  lastAt: number
  /** Time observed; T in the papers. */
  observedFor: number
}>

/** Many customers, one column each; `customerCount` says how many share a row (1 if absent). */
export type Histories = Readonly<{
  repeatCount: Float64Array
  lastAt: Float64Array
  observedFor: Float64Array
  customerCount?: Float64Array
}>

/** Rows with equal numbers put together, times divided by `timeScale`: what the likelihoods run over. */
export type Grouped = Readonly<{
  repeatCount: Float64Array
  lastAt: Float64Array
  observedFor: Float64Array
  weight: Float64Array
  rows: number
  customers: number
  repeats: number
  timeScale: number
}>

const CUSTOMERS_MIN = 10
const DISTINCT_MIN = 6

/**
 * Checks and groups. Refuses a number that is not one, a row that cannot be (a repeat at time 0, a last purchase
 * after the end), fewer than 10 customers or 6 different ones, and customers of whom none came back. Times are left as
 * they are on request, for a model that counts opportunities.
 */
export function groupHistories(histories: Histories, isTimeScaled = true): Grouped | Refusal {
  const wrong = findWrongRow(histories)
  if (wrong !== undefined) return wrong
  const grouped = group(histories, isTimeScaled)
  if (!(grouped.timeScale < Number.POSITIVE_INFINITY)) {
    return refuse('not-a-number', 'the times add up to more than a number can hold: take a larger unit')
  }
  if (grouped.customers < CUSTOMERS_MIN) {
    return refuse('too-few', `${grouped.customers} customers; at least ${CUSTOMERS_MIN} are needed`)
  }
  if (grouped.repeats === 0) return refuse('all-zero', 'no customer has bought again, so no rate can be learned')
  if (grouped.rows < DISTINCT_MIN) {
    return refuse('too-few', `${grouped.rows} different histories; at least ${DISTINCT_MIN} are needed`)
  }
  return grouped
}

function findWrongRow(histories: Histories): Refusal | undefined {
  const { repeatCount, lastAt, observedFor, customerCount } = histories
  const n = repeatCount.length
  if (lastAt.length !== n || observedFor.length !== n || (customerCount !== undefined && customerCount.length !== n)) {
    return refuse('lengths-differ', 'the columns of purchase histories have different lengths')
  }
  for (let i = 0; i < n; i++) {
    const x = repeatCount[i] ?? Number.NaN
    const tx = lastAt[i] ?? Number.NaN
    const end = observedFor[i] ?? Number.NaN
    const weight = customerCount === undefined ? 1 : (customerCount[i] ?? Number.NaN)
    if (!isPossible(x, tx, end) || !(weight > 0 && weight < Number.POSITIVE_INFINITY)) {
      return describeWrongRow(i, { repeatCount: x, lastAt: tx, observedFor: end }, weight)
    }
  }
  return undefined
}

/**
 * Whether a customer can have x repeats, the last at t_x, in T: whole counts, no repeat at time 0, none after the end.
 * Comparisons that every good row passes and NaN fails, because this runs a million times.
 */
export function isPossible(x: number, tx: number, end: number): boolean {
  return x >= 0 && tx >= 0 && tx <= end && end < Number.POSITIVE_INFINITY && x > 0 === tx > 0 && Number.isInteger(x)
}

function describeWrongRow(i: number, history: History, weight: number): Refusal {
  const { repeatCount, lastAt, observedFor } = history
  if (![repeatCount, lastAt, observedFor, weight].every(Number.isFinite)) {
    return refuse('not-a-number', `row ${i} holds a value that is not a finite number`)
  }
  const facts = `${repeatCount} repeat purchases, the last at ${lastAt}, observed for ${observedFor}, ${weight} customers`
  return refuse('impossible-row', `row ${i} cannot be: ${facts}`)
}

function group(histories: Histories, isTimeScaled: boolean): Grouped {
  const { repeatCount, lastAt, observedFor, customerCount } = histories
  const n = repeatCount.length
  const rowOf = rowFinder(repeatCount, lastAt, observedFor)
  const first = new Int32Array(n)
  const weight = new Float64Array(n)
  let rows = 0
  let customers = 0
  let repeats = 0
  let time = 0
  for (let i = 0; i < n; i++) {
    const w = customerCount === undefined ? 1 : (customerCount[i] ?? 0)
    customers += w
    repeats += w * (repeatCount[i] ?? 0)
    time += w * (observedFor[i] ?? 0)
    const row = rowOf(i, rows, first)
    if (row === rows) {
      first[row] = i
      rows += 1
    }
    weight[row] = (weight[row] ?? 0) + w
  }
  const timeScale = isTimeScaled && time > 0 ? time / customers : 1
  const pick = (column: Float64Array, scale: number) => {
    const out = new Float64Array(rows)
    for (let row = 0; row < rows; row++) out[row] = (column[first[row] ?? 0] ?? 0) / scale
    return out
  }
  return {
    repeatCount: pick(repeatCount, 1),
    lastAt: pick(lastAt, timeScale),
    observedFor: pick(observedFor, timeScale),
    weight: weight.slice(0, rows),
    rows,
    customers,
    repeats,
    timeScale,
  }
}

/**
 * Finds customers whose three numbers are equal. Answers the row that equals customer i, or `rows` if there is none yet;
 * `first` holds a customer of each row. An open-addressing table on the bits of the numbers: a million rows in about a
 * tenth of a second, where a Map of text keys needs over one.
 */
export function rowFinder(
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
): (i: number, rows: number, first: Int32Array) => number {
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * a.length + 2)))
  const mask = slots.length - 1
  const hash = makeHash(mask)
  return (i, rows, first) => {
    const x = a[i] ?? 0
    const y = b[i] ?? 0
    const z = c[i] ?? 0
    for (let slot = hash(x, y, z); ; slot = (slot + 1) & mask) {
      const row = (slots[slot] ?? 0) - 1
      if (row < 0) {
        slots[slot] = rows + 1
        return rows
      }
      const other = first[row] ?? 0
      if (c[other] === z && b[other] === y && a[other] === x) return row
    }
  }
}

function makeHash(mask: number): (x: number, tx: number, end: number) => number {
  const numbers = new Float64Array(3)
  const bits = new Uint32Array(numbers.buffer)
  return (x, tx, end) => {
    numbers[0] = x
    numbers[1] = tx
    numbers[2] = end
    let h = 0
    for (let k = 0; k < 6; k++) h = Math.imul(h ^ (bits[k] ?? 0), 0x9e3779b1) ^ (h >>> 15)
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
    return (h ^ (h >>> 13)) & mask
  }
}

/** Every `stride`-th row with its weight: a small sample whose best fit is a good start for the whole. */
export function thin(grouped: Grouped, stride: number): Grouped {
  const rows = Math.ceil(grouped.rows / stride)
  const pick = (column: Float64Array) => Float64Array.from({ length: rows }, (_, i) => column[i * stride] ?? 0)
  const weight = pick(grouped.weight)
  const repeatCount = pick(grouped.repeatCount)
  let customers = 0
  let repeats = 0
  for (let i = 0; i < rows; i++) {
    customers += weight[i] ?? 0
    repeats += (weight[i] ?? 0) * (repeatCount[i] ?? 0)
  }
  const { timeScale } = grouped
  return {
    repeatCount,
    weight,
    rows,
    customers,
    repeats,
    timeScale,
    lastAt: pick(grouped.lastAt),
    observedFor: pick(grouped.observedFor),
  }
}

/** How many customers have each repeat count: the part of a likelihood that needs no times. */
export function countTable(grouped: Grouped): readonly Readonly<{ repeatCount: number; customers: number }>[] {
  const customers = new Map<number, number>()
  for (let i = 0; i < grouped.rows; i++) {
    const x = grouped.repeatCount[i] ?? 0
    customers.set(x, (customers.get(x) ?? 0) + (grouped.weight[i] ?? 0))
  }
  return [...customers].map(([repeatCount, count]) => ({ repeatCount, customers: count }))
}

/** Whether every parameter is a finite number above 0, as all those of the purchase models must be. */
export function isModel(model: Readonly<Record<string, number>>): boolean {
  return Object.values(model).every((value) => value > 0 && value < Number.POSITIVE_INFINITY)
}

/** Whether one customer can be scored for a time ahead: a possible model, a possible history, a horizon from 0 up. */
export function isScorable(model: Readonly<Record<string, number>>, history: History, horizon = 0): boolean {
  const { repeatCount, lastAt, observedFor } = history
  return isModel(model) && isPossible(repeatCount, lastAt, observedFor) && isHorizon(horizon)
}

/** Whether a time ahead is a finite number from 0 up. */
export function isHorizon(horizon: number): boolean {
  return horizon >= 0 && horizon < Number.POSITIVE_INFINITY
}

/** Histories as they were drawn; `alive` says who is still there at the end. */
export type Simulated = Histories & Readonly<{ kind: 'simulated'; alive: Uint8Array }>

const DRAWN_MAX = 1_000_000

/** Refuses to draw from a model or for times that cannot be. */
export function findWrongDraw(model: Readonly<Record<string, number>>, observedFor: Float64Array): Refusal | undefined {
  if (!isModel(model)) return refuse('impossible-parameter', 'a parameter is not a finite number above 0')
  const wrong = observedFor.findIndex((time) => !isHorizon(time))
  return wrong < 0 ? undefined : refuse('impossible-row', `row ${wrong} cannot be observed for ${observedFor[wrong]}`)
}

/** Refuses the customer who buys more often than can be drawn one by one. */
export function tooManyDrawn(count: number, row: number): Refusal | undefined {
  if (count <= DRAWN_MAX) return undefined
  return refuse('impossible-parameter', `row ${row} buys more than ${DRAWN_MAX} times: the rates are too high`)
}

/** Whether a chance of so many purchases can be asked for; NaN and an impossible horizon have no answer. */
export function isCountable(model: Readonly<Record<string, number>>, horizon: number, count: number): boolean {
  return isModel(model) && isHorizon(horizon) && !Number.isNaN(count)
}
