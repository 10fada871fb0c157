import { logRising } from '../gamma-function.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { Rng } from '../rng.ts'
import { beginning, type LatentAttrition, look, makeRoom, mix, product, type Room } from './attrition-mixture.ts'
import {
  type AttritionRows,
  buyColumns,
  customerRows,
  findWrongPeriods,
  findWrongRows,
  type Periods,
} from './attrition-rows.ts'

/** One number per customer. */
export type AttritionScores = Readonly<{
  kind: 'scored'
  logLikelihood: Float64Array
  /** Chance to be there when the next period begins: the leaving after the last one seen is counted. */
  alive: Float64Array
  /** Purchases expected in all periods of the future. */
  expected: Float64Array
}>

/**
 * Scores customers from their past, and for the periods of `future` (the same customers in the same order, with the
 * covariates foreseen): a customer who left buys nothing, one who is there has the rate that his purchases tell. Refuses
 * a model, periods and purchases that cannot be, and a past and a future of different customers.
 */
export function scoreAttrition(
  model: LatentAttrition,
  past: AttritionRows,
  future: Periods,
): AttritionScores | Refusal {
  const wrong = findWrongModel(model, past) ?? findWrongRows(past)
  if (wrong !== undefined) return wrong
  const wrongFuture = findWrongModel(model, future) ?? findWrongPeriods(future)
  if (wrongFuture !== undefined) return wrongFuture
  const customers = past.firstRow.length - 1
  if (future.firstRow.length - 1 !== customers) {
    return refuse('lengths-differ', `${customers} customers have a past and ${future.firstRow.length - 1} a future`)
  }
  const room = makeRoom(longest(past), model.base.length)
  const logShare = model.share.map(Math.log)
  const out = {
    logLikelihood: new Float64Array(customers),
    alive: new Float64Array(customers),
    expected: new Float64Array(customers),
  }
  for (let i = 0; i < customers; i++) scoreOne(model, logShare, past, future, i, room, out)
  return { kind: 'scored', ...out }
}

type Columns3 = Readonly<{ logLikelihood: Float64Array; alive: Float64Array; expected: Float64Array }>

function scoreOne(
  model: LatentAttrition,
  logShare: Float64Array,
  past: AttritionRows,
  future: Periods,
  i: number,
  room: Room,
  out: Columns3,
): void {
  const customer = customerRows(past, i)
  const { periods, count } = customer
  const { r, alpha } = beginning(model, past, i)
  const bought = look(model, past, customer, alpha, room)
  const m = r + count
  const logSum = mix(model, logShare, m, customer, room)
  const logTotal = room.logTotal[periods - 1] ?? Number.NaN
  out.logLikelihood[i] = logSum + logRising(r, count) + r * Math.log(alpha) + bought
  let alive = 0
  let weighted = 0
  for (let c = 0; c < model.base.length; c++) {
    const base = model.base[c] ?? Number.NaN
    const stays = 1 / (1 + Math.exp((room.lean[periods - 1] ?? Number.NaN) + base))
    const here = stays * Math.exp((room.chance[c * room.width + periods - 1] ?? Number.NaN) - logSum)
    alive += here
    weighted += here * exposureToCome(model, base, future, i)
  }
  out.alive[i] = alive
  out.expected[i] = weighted * m * Math.exp(-logTotal)
}

// Exposure of the future, each period times the chance of not having left before it.
function exposureToCome(model: LatentAttrition, base: number, future: Periods, i: number): number {
  const buy = buyColumns(future)
  let sum = 0
  let stayed = 1
  for (let row = future.firstRow[i] ?? 0; row < (future.firstRow[i + 1] ?? 0); row++) {
    sum += stayed * (future.exposure[row] ?? 0) * Math.exp(product(buy, row, model.buy))
    stayed /= 1 + Math.exp(base + product(future.leave, row, model.leave))
  }
  return sum
}

function longest({ firstRow }: Periods): number {
  let most = 0
  for (let i = 0; i + 1 < firstRow.length; i++) most = Math.max(most, (firstRow[i + 1] ?? 0) - (firstRow[i] ?? 0))
  return most
}

function findWrongModel(model: LatentAttrition, periods: Periods): Refusal | undefined {
  const { r, alpha, base, share, leave, buy } = model
  const total = share.reduce((a, b) => a + b, 0)
  if (!(r > 0 && alpha > 0) || base.length === 0 || share.length !== base.length || !(Math.abs(total - 1) < 1e-9)) {
    return refuse('impossible-parameter', 'r and alpha must be positive, and each base needs a share of the whole')
  }
  if (![r, alpha, ...base, ...leave, ...buy].every(Number.isFinite)) {
    return refuse('impossible-parameter', 'a parameter is not a finite number')
  }
  if (leave.length !== periods.leave.columnCount || buy.length !== buyColumns(periods).columnCount) {
    return refuse('lengths-differ', 'the parameters do not fit the covariates')
  }
  return undefined
}

/** What the simulated customers did; `leftAfter` is the period they left after, counted from 0, or -1. */
export type SimulatedAttrition = AttritionRows & Readonly<{ kind: 'simulated'; leftAfter: Int32Array }>

/** Draws customers from the model over given periods. Refuses parameters and periods that cannot be. */
export function simulateAttrition(model: LatentAttrition, periods: Periods, source: Rng): SimulatedAttrition | Refusal {
  const wrong = findWrongModel(model, periods) ?? findWrongPeriods(periods)
  if (wrong !== undefined) return wrong
  const customers = periods.firstRow.length - 1
  const purchases = new Float64Array(periods.exposure.length)
  const leftAfter = new Int32Array(customers).fill(-1)
  const buy = buyColumns(periods)
  for (let i = 0; i < customers; i++) {
    const { r, alpha } = beginning(model, periods, i)
    const rate = source.gamma(r) / alpha
    const base = drawBase(model, source)
    const from = periods.firstRow[i] ?? 0
    for (let row = from; row < (periods.firstRow[i + 1] ?? 0); row++) {
      purchases[row] = source.poisson(rate * (periods.exposure[row] ?? 0) * Math.exp(product(buy, row, model.buy)))
      if (source.uniform() * (1 + Math.exp(-base - product(periods.leave, row, model.leave))) < 1) {
        leftAfter[i] = row - from
        break
      }
    }
  }
  return { kind: 'simulated', ...periods, purchases, leftAfter }
}

function drawBase({ base, share }: LatentAttrition, source: Rng): number {
  let left = source.uniform()
  for (let c = 0; c < base.length - 1; c++) {
    left -= share[c] ?? 0
    if (left < 0) return base[c] ?? Number.NaN
  }
  return base.at(-1) ?? Number.NaN
}
