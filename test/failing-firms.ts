import type { AttritionRows } from '../src/stats/attrition/attrition-rows.ts'
import { fitLatentAttrition } from '../src/stats/attrition/latent-attrition.ts'
import { scoreAttrition, simulateAttrition } from '../src/stats/attrition/score-attrition.ts'
import { bgNbdLogLikelihood, fitBgNbd } from '../src/stats/purchase/bg-nbd.ts'
import { fitParetoNbd, paretoNbdLogLikelihood } from '../src/stats/purchase/pareto-nbd.ts'
import type { Histories } from '../src/stats/purchase/purchase-history.ts'
import { rng } from '../src/stats/rng.ts'
import { answered } from './answered.ts'
import { NONE, plainPeriods, somePeriods } from './some-periods.ts'

const [CUSTOMERS, MONTHS, SEEN] = [1_500, 30, 18]

/** The first months of every customer. */
function firstMonths(rows: AttritionRows, months: number): AttritionRows {
  const pick = (column: Float64Array, width: number) => {
    const out = new Float64Array(CUSTOMERS * months * width)
    for (let i = 0; i < CUSTOMERS; i++) {
      out.set(column.subarray(i * MONTHS * width, (i * MONTHS + months) * width), i * months * width)
    }
    return out
  }
  const { columnCount, values } = rows.leave
  return {
    ...plainPeriods(CUSTOMERS, months, 1),
    purchases: pick(rows.purchases, 1),
    leave: { columnCount, values: pick(values, columnCount) },
  }
}

/** Customers month by month, and the instant of the latest purchase in each month. */
type Made = Readonly<{ rows: AttritionRows; latest: Float64Array }>

/** What models without covariates know of the same months. */
function historiesOf({ rows, latest }: Made, months: number): Histories {
  const out = {
    repeatCount: new Float64Array(CUSTOMERS),
    lastAt: new Float64Array(CUSTOMERS),
    observedFor: new Float64Array(CUSTOMERS).fill(months),
  }
  rows.purchases.forEach((count, row) => {
    const i = Math.floor(row / MONTHS)
    if (count === 0 || row % MONTHS >= months) return
    out.repeatCount[i] = (out.repeatCount[i] ?? 0) + count
    out.lastAt[i] = latest[row] ?? Number.NaN
  })
  return out
}

const { leave } = somePeriods(CUSTOMERS, MONTHS, MONTHS, 'hold-out')
const periods = { ...plainPeriods(CUSTOMERS, MONTHS, 1), leave, buy: NONE }

/** Customers whose failures raise the log-odds to leave by `effect`, fading; half of them are harder to drive away. */
function ofServiceFailures(effect: number, seed: string): Made {
  const model = {
    r: 1.5,
    alpha: 2,
    base: Float64Array.of(-5, -2.5),
    share: Float64Array.of(0.5, 0.5),
    leave: Float64Array.of(effect, 0),
    buy: new Float64Array(0),
  }
  const rows = answered(simulateAttrition(model, periods, rng(seed)))
  const source = rng(`${seed}: instants`)
  const latest = rows.purchases.map((count, row) => (row % MONTHS) + source.uniform() ** (1 / Math.max(1, count)))
  return { rows, latest }
}

/** Customers just as Pareto/NBD has them: leaving at any instant, at rates that differ like a gamma distribution. */
function ofPareto(): Made {
  const source = rng('pareto')
  const purchases = new Float64Array(CUSTOMERS * MONTHS)
  const latest = new Float64Array(CUSTOMERS * MONTHS)
  for (let i = 0; i < CUSTOMERS; i++) {
    const rate = source.gamma(1.5) / 2
    const end = Math.min(MONTHS, (source.exponential() / source.gamma(0.8)) * 20)
    for (let at = source.exponential() / rate; at < end; at += source.exponential() / rate) {
      const row = i * MONTHS + Math.floor(at)
      purchases[row] = (purchases[row] ?? 0) + 1
      latest[row] = at
    }
  }
  return { rows: { ...periods, purchases }, latest }
}

/** Log-likelihood of the months that were held out, given those before, per model; null from one that refuses. */
export type HeldOutMonths = Readonly<{ latent: number; pareto: number | null; bg: number | null }>

/** A simulated firm of 1,500 customers, 18 months to learn from and 12 held out; failures raise leaving by `effect`. */
export function foretellFirm(effect: number, seed: string): HeldOutMonths {
  return heldOut(ofServiceFailures(effect, seed))
}

/** The same of customers whom Pareto/NBD made. */
export function foretellPareto(): HeldOutMonths {
  return heldOut(ofPareto())
}

function heldOut(made: Made): HeldOutMonths {
  const past = firstMonths(made.rows, SEEN)
  const prior = {
    base: { mean: -3, sd: 2 },
    leave: { mean: new Float64Array(2), sd: new Float64Array(2).fill(1) },
  }
  const two = fitLatentAttrition(past, prior, 2)
  // Where the data do not tell two classes apart, there is one.
  const ours = two.kind === 'fitted' ? two : fitLatentAttrition(past, prior, 1)
  if (ours.kind === 'refused') throw new Error(ours.say)
  const pareto = fitParetoNbd(historiesOf(made, SEEN))
  const bg = fitBgNbd(historiesOf(made, SEEN))
  const latent = (rows: AttritionRows) => {
    const scores = scoreAttrition(ours.parameters, rows, rows)
    if (scores.kind === 'refused') throw new Error(scores.say)
    return scores.logLikelihood.reduce((a, b) => a + b, 0)
  }
  const others = (one: (history: { repeatCount: number; lastAt: number; observedFor: number }) => number) => {
    const sum = (months: number) => {
      const { repeatCount, lastAt } = historiesOf(made, months)
      return repeatCount.reduce(
        (total, count, i) => total + one({ repeatCount: count, lastAt: lastAt[i] ?? 0, observedFor: months }),
        0,
      )
    }
    return sum(MONTHS) - sum(SEEN)
  }
  return {
    latent: latent(made.rows) - latent(past),
    pareto: pareto.kind === 'refused' ? null : others((of) => paretoNbdLogLikelihood(pareto.parameters, of)),
    bg: bg.kind === 'refused' ? null : others((of) => bgNbdLogLikelihood(bg.parameters, of)),
  }
}
