// Gamma-gamma spend: Fader and Hardie (2013), "The Gamma-Gamma Model of Monetary Value"; Colombo and Jiang (1999).
// 1. What a customer spends varies around his own mean like a gamma distribution (shape p, rate nu of his own).
// 2. Rates nu differ between customers like a gamma distribution (shape q, rate v).
// 3. Spend is independent of how often the customer buys. Check that before use: correlate the two.
// In plain words, with checks and limits: docs/models/gamma-gamma.md.

import { digamma, logBeta, logGamma, trigamma } from '../gamma-function.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { Rng } from '../rng.ts'
import { type FitReport, fitPositive, type Likelihood } from './fit-positive.ts'
import { isModel, rowFinder } from './purchase-history.ts'

/** The three parameters; `v` is in the unit of money, the others have none. */
export type GammaGamma = Readonly<{ p: number; q: number; v: number }>

/** A fit with its errors; covariance rows are p, q, v. `customers` counts those with a repeat purchase. */
export type GammaGammaFit = FitReport & Readonly<{ kind: 'fitted'; parameters: GammaGamma; standardErrors: GammaGamma }>

/** Spend per customer: the mean over his repeat purchases. Customers without one are passed over. */
export type Spends = Readonly<{ repeatCount: Float64Array; meanSpend: Float64Array; customerCount?: Float64Array }>

const CUSTOMERS_MIN = 10

type Rows = Readonly<{
  count: Float64Array
  spend: Float64Array
  weight: Float64Array
  customers: number
  scale: number
}>

/**
 * Fits by maximum likelihood, of mean spends given counts. Cents and euros give the same answer. Refuses rows that cannot be,
 * fewer than 10 customers with a repeat purchase, and parameters that the data leave open: spends that do not differ.
 */
export function fitGammaGamma(spends: Spends): GammaGammaFit | Refusal {
  const rows = readRows(spends)
  if ('kind' in rows) return rows
  const fit = fitPositive({
    names: ['p', 'q', 'v'],
    customers: rows.customers,
    rows: rows.count.length,
    start: Float64Array.of(2, 3, 1),
    likelihood: likelihoodOf(rows),
    units: [1, 1, rows.scale],
    logLikelihoodShift: -rows.customers * Math.log(rows.scale),
  })
  if (fit.kind === 'refused') return fit
  const { at, standardErrors, ...report } = fit
  return { ...report, parameters: named(at), standardErrors: named(standardErrors) }
}

function named(at: Float64Array): GammaGamma {
  const [p = Number.NaN, q = Number.NaN, v = Number.NaN] = at
  return { p, q, v }
}

function readRows(spends: Spends): Rows | Refusal {
  const wrong = findWrong(spends)
  if (wrong !== undefined) return wrong
  const { money, ...rows } = group(spends)
  if (rows.customers < CUSTOMERS_MIN) {
    return refuse('too-few', `${rows.customers} customers with a repeat purchase; at least ${CUSTOMERS_MIN} are needed`)
  }
  const scale = money / rows.customers
  if (!(scale < Number.POSITIVE_INFINITY)) {
    return refuse('not-a-number', 'the spends add up to more than a number can hold: take a larger unit')
  }
  return { ...rows, spend: rows.spend.map((z) => z / scale), scale }
}

function findWrong({ repeatCount, meanSpend, customerCount }: Spends): Refusal | undefined {
  const n = repeatCount.length
  if (meanSpend.length !== n || (customerCount !== undefined && customerCount.length !== n)) {
    return refuse('lengths-differ', 'the columns of spends have different lengths')
  }
  for (let i = 0; i < n; i++) {
    const x = repeatCount[i] ?? Number.NaN
    const z = meanSpend[i] ?? Number.NaN
    const w = customerCount === undefined ? 1 : (customerCount[i] ?? Number.NaN)
    if (!(Number.isFinite(x) && Number.isFinite(z) && Number.isFinite(w))) {
      return refuse('not-a-number', `row ${i} holds a value that is not a finite number`)
    }
    if (!(Number.isInteger(x) && x >= 0 && w > 0 && (x === 0 || z > 0))) {
      return refuse('impossible-row', `row ${i} cannot be: ${x} repeat purchases with a mean of ${z}`)
    }
  }
  return undefined
}

// All that the likelihood reads of a customer is his count and his mean, so those who share both are one row.
function group({ repeatCount, meanSpend, customerCount }: Spends) {
  const n = repeatCount.length
  const rowOf = rowFinder(repeatCount, meanSpend, meanSpend)
  const first = new Int32Array(n)
  const weight = new Float64Array(n)
  let [rows, customers, money] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    if (repeatCount[i] === 0) continue
    const w = customerCount === undefined ? 1 : (customerCount[i] ?? 0)
    customers += w
    money += w * (meanSpend[i] ?? 0)
    const row = rowOf(i, rows, first)
    if (row === rows) {
      first[row] = i
      rows += 1
    }
    weight[row] = (weight[row] ?? 0) + w
  }
  const pick = (column: Float64Array) => {
    const out = new Float64Array(rows)
    for (let row = 0; row < rows; row++) out[row] = column[first[row] ?? 0] ?? 0
    return out
  }
  return { count: pick(repeatCount), spend: pick(meanSpend), weight: weight.slice(0, rows), customers, money }
}

type Summary = { weight: number; logSpend: number }

// Rows with one count share all gamma functions; what the parameters do to single rows is one logarithm.
function likelihoodOf({ count, spend, weight, customers }: Rows): (at: Float64Array) => Likelihood {
  const byCount = new Map<number, Summary>()
  for (let i = 0; i < count.length; i++) {
    const x = count[i] ?? 0
    const w = weight[i] ?? 0
    const was = byCount.get(x) ?? { weight: 0, logSpend: 0 }
    byCount.set(x, { weight: was.weight + w, logSpend: was.logSpend + w * Math.log(spend[i] ?? 0) })
  }
  return (at) => {
    const { p, q, v } = named(at)
    let [f, fp, fq, fv, pp, pq, pv, qq, qv, vv] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    for (let i = 0; i < count.length; i++) {
      const x = count[i] ?? 0
      const w = weight[i] ?? 0
      const total = x * (spend[i] ?? 0) + v
      const shape = p * x + q
      const log = w * Math.log(total)
      const inverse = 1 / total
      f -= shape * log
      fp -= x * log
      fq -= log
      fv -= w * shape * inverse
      pv -= w * x * inverse
      qv -= w * inverse
      vv += w * shape * inverse * inverse
    }
    for (const [x, { weight: w, logSpend }] of byCount) {
      const px = p * x
      const both = digamma(px + q)
      const bothCurved = trigamma(px + q)
      f += w * (logGamma(px + q) - logGamma(px) + px * Math.log(x)) + (px - 1) * logSpend
      fp += x * (w * (both - digamma(px) + Math.log(x)) + logSpend)
      fq += w * both
      pp += w * x * x * (bothCurved - trigamma(px))
      pq += w * x * bothCurved
      qq += w * bothCurved
    }
    f += customers * (q * Math.log(v) - logGamma(q))
    fq += customers * (Math.log(v) - digamma(q))
    fv += (customers * q) / v
    qq -= customers * trigamma(q)
    qv += customers / v
    vv -= (customers * q) / (v * v)
    return {
      logLikelihood: f,
      gradient: Float64Array.of(fp, fq, fv),
      hessian: Float64Array.of(pp, pq, pv, pq, qq, qv, pv, qv, vv),
    }
  }
}

/** Log-likelihood of one customer with at least one repeat purchase: their density of the mean spend given the count; NaN for what cannot be. */
export function gammaGammaLogLikelihood(model: GammaGamma, repeatCount: number, meanSpend: number): number {
  if (repeatCount === 0 || !isPossible(model, repeatCount, meanSpend)) return Number.NaN
  const { p, q, v } = model
  const total = repeatCount * meanSpend
  const px = p * repeatCount
  // The printed terms are as large as p x and cancel.
  const own = -px * Math.log1p(v / total) - Math.log(meanSpend)
  return own - logBeta(px, q) + q * Math.log(v / (total + v))
}

/**
 * Mean spend to expect of a customer, their conditional expectation: between his own mean and that of all, nearer to his own the
 * more purchases there are. Infinity where the model has no mean, which is p x + q <= 1; NaN for what cannot be. Without
 * a repeat `meanSpend` is not looked at.
 */
export function gammaGammaExpected(model: GammaGamma, repeatCount: number, meanSpend: number): number {
  const spend = repeatCount === 0 ? 0 : meanSpend
  if (!isPossible(model, repeatCount, spend)) return Number.NaN
  const { p, q, v } = model
  const below = p * repeatCount + q - 1
  return below > 0 ? (p * (v + repeatCount * spend)) / below : Number.POSITIVE_INFINITY
}

function isPossible(model: GammaGamma, x: number, z: number): boolean {
  return isModel(model) && Number.isInteger(x) && x >= 0 && z > 0 === x > 0 && z < Number.POSITIVE_INFINITY
}

/** Mean spend over all customers, p v / (q - 1); Infinity for q <= 1. */
export function gammaGammaMean(model: GammaGamma): number {
  return gammaGammaExpected(model, 0, 0)
}

/**
 * Draws a mean spend for each repeat count; 0 where there is none. Refuses parameters that cannot be, and counts that
 * are not whole numbers from 0 up.
 */
export function simulateGammaGamma(
  model: GammaGamma,
  repeatCount: Float64Array,
  source: Rng,
): (Spends & Readonly<{ kind: 'simulated' }>) | Refusal {
  if (!isModel(model)) return refuse('impossible-parameter', 'a parameter is not a finite number above 0')
  const wrong = repeatCount.findIndex((x) => !(Number.isInteger(x) && x >= 0))
  if (wrong >= 0) return refuse('impossible-row', `row ${wrong} cannot have ${repeatCount[wrong]} repeat purchases`)
  const { p, q, v } = model
  const meanSpend = repeatCount.map((x) => {
    const rate = source.gamma(q) / v
    return x === 0 ? 0 : source.gamma(p * x) / (rate * x)
  })
  return { kind: 'simulated', repeatCount, meanSpend }
}
