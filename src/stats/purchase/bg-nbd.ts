// BG/NBD: Fader, Hardie, and Lee (2005), "Counting Your Customers" the Easy Way, Marketing Science 24, 275-284.
// 1. While active, a customer buys at random times with a rate of his own.
// 2. Rates differ between customers like a gamma distribution (shape r, rate alpha).
// 3. After each repeat purchase a customer may leave for good, with a chance of his own.
// 4. Chances differ like a beta distribution (a, b), independent of the rates.
// In plain words, with checks and limits: docs/models/bg-nbd.md.

import { logBeta, logGamma, logRising, risingCurvature, risingSlope } from '../gamma-function.ts'
import { incompleteBeta } from '../incomplete-beta.ts'
import type { Refusal } from '../refusal.ts'
import type { Rng } from '../rng.ts'
import { type FitReport, fitPositive, type Likelihood } from './fit-positive.ts'
import { dropoutFactor } from './lost-to-dropout.ts'
import { countTable, type Grouped, groupHistories, type Histories, type History, thin } from './purchase-history.ts'

/** The four parameters; `alpha` is in the unit of the times, the others have none. */
export type BgNbd = Readonly<{ r: number; alpha: number; a: number; b: number }>

/** A fit with its errors; covariance rows are r, alpha, a, b. */
export type BgNbdFit = FitReport & Readonly<{ kind: 'fitted'; parameters: BgNbd; standardErrors: BgNbd }>

// From here on a sample is fitted first: 100,000 rows, 2026-11-22, saves two thirds of the time (bench/stats-fit.ts).
const SAMPLE_ABOVE_ROWS = 60_000
const SAMPLE_ROWS = 15_000

/** Fits by maximum likelihood (their equation 7). Days and weeks give the same answer. */
export function fitBgNbd(histories: Histories): BgNbdFit | Refusal {
  const grouped = groupHistories(histories)
  if ('kind' in grouped) return grouped
  const problem = {
    names: ['r', 'alpha', 'a', 'b'],
    customers: grouped.customers,
    rows: grouped.rows,
    start: Float64Array.of(0.5, 0.2, 1, 2.5),
    likelihood: likelihoodOf(grouped),
    units: [1, grouped.timeScale, 1, 1],
    logLikelihoodShift: -grouped.repeats * Math.log(grouped.timeScale),
  }
  const few = grouped.rows > SAMPLE_ABOVE_ROWS ? thin(grouped, Math.floor(grouped.rows / SAMPLE_ROWS)) : undefined
  const sample = few && { customers: few.customers, likelihood: likelihoodOf(few) }
  const fit = fitPositive(sample === undefined ? problem : { ...problem, sample })
  if (fit.kind === 'refused') return fit
  const { at, standardErrors, ...report } = fit
  return { ...report, parameters: named(at), standardErrors: named(standardErrors) }
}

function named(at: Float64Array): BgNbd {
  const [r = Number.NaN, alpha = Number.NaN, a = Number.NaN, b = Number.NaN] = at
  return { r, alpha, a, b }
}

function likelihoodOf(grouped: Grouped): (at: Float64Array) => Likelihood {
  const counts = countTable(grouped)
  return (at) => {
    const model = named(at)
    return addCounts(model, counts, grouped.customers, addTimes(model, grouped))
  }
}

// The part of the log-likelihood that depends on times, log(A3 + A4) in the paper. With p the chance that the customer
// has left, the derivatives of log(e^u + e^v) are those of the two logs mixed by p, plus p (1 - p) times the outer
// product of their difference.
function addTimes({ r, alpha, a, b }: BgNbd, grouped: Grouped): Likelihood {
  const { repeatCount, lastAt, observedFor, weight, rows } = grouped
  let [f, fr, fal, fa, fb] = [0, 0, 0, 0, 0]
  let [rr, ral, ra, rb, alal, ala, alb, aa, ab, bb] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  const ia = 1 / a
  for (let i = 0; i < rows; i++) {
    const x = repeatCount[i] ?? 0
    const w = weight[i] ?? 0
    const end = alpha + (observedFor[i] ?? 0)
    const logEnd = Math.log(end)
    const iEnd = 1 / end
    if (x === 0) {
      f -= w * r * logEnd
      fr -= w * logEnd
      fal -= w * r * iEnd
      ral -= w * iEnd
      alal += w * r * iEnd * iEnd
      continue
    }
    const m = r + x
    const last = alpha + (lastAt[i] ?? 0)
    const iLast = 1 / last
    const ib = 1 / (b + x - 1)
    const gap = Math.log1p(((observedFor[i] ?? 0) - (lastAt[i] ?? 0)) * iLast)
    const odds = Math.log(a * ib) + m * gap
    const small = Math.exp(-Math.abs(odds))
    const p = odds > 0 ? 1 / (1 + small) : small / (1 + small)
    const wp = w * p
    const wq = wp * (small / (1 + small)) * (odds > 0 ? 1 : 1 / small)
    const slope = iEnd - iLast
    const eal = m * slope
    f += w * (Math.max(odds, 0) + Math.log1p(small) - m * logEnd)
    fr += wp * gap - w * logEnd
    fal += wp * eal - w * m * iEnd
    fa += wp
    fb -= wp * ib
    rr += wq * gap * gap
    ral += wp * slope - w * iEnd + wq * gap * eal
    ra += wq * gap
    rb -= wq * gap * ib
    alal += w * m * iEnd * iEnd + wp * m * (iLast * iLast - iEnd * iEnd) + wq * eal * eal
    ala += wq * eal
    alb -= wq * eal * ib
    aa += wq - wp
    ab -= wq * ib
    bb += (wp + wq) * ib * ib
  }
  const hessian = Float64Array.of(rr, ral, ra * ia, rb, ral, alal, ala * ia, alb)
  const rest = Float64Array.of(ra * ia, ala * ia, aa * ia * ia, ab * ia, rb, alb, ab * ia, bb)
  return {
    logLikelihood: f,
    gradient: Float64Array.of(fr, fal, fa * ia, fb),
    hessian: Float64Array.from([...hessian, ...rest]),
  }
}

// The part that depends on counts alone, A1 and A2 in the paper; adds to what the times gave.
function addCounts(
  { r, alpha, a, b }: BgNbd,
  counts: ReturnType<typeof countTable>,
  customers: number,
  times: Likelihood,
): Likelihood {
  const gradient = Float64Array.from(times.gradient)
  const hessian = Float64Array.from(times.hessian)
  const add = (into: Float64Array, at: number, value: number) => {
    into[at] = (into[at] ?? 0) + value
  }
  let logLikelihood = times.logLikelihood + customers * r * Math.log(alpha)
  add(gradient, 0, customers * Math.log(alpha))
  add(gradient, 1, (customers * r) / alpha)
  add(hessian, 5, (-customers * r) / (alpha * alpha))
  for (const at of [1, 4]) add(hessian, at, customers / alpha)
  for (const { repeatCount: x, customers: w } of counts) {
    if (x === 0) continue
    logLikelihood += w * (logRising(r, x) + logRising(b, x) - logRising(a + b, x))
    const both = risingSlope(a + b, x)
    const bothCurved = risingCurvature(a + b, x)
    add(gradient, 0, w * risingSlope(r, x))
    add(gradient, 2, -w * both)
    add(gradient, 3, w * (risingSlope(b, x) - both))
    add(hessian, 0, w * risingCurvature(r, x))
    for (const at of [10, 11, 14]) add(hessian, at, -w * bothCurved)
    add(hessian, 15, w * (risingCurvature(b, x) - bothCurved))
  }
  return { logLikelihood, gradient, hessian }
}

/** Log-likelihood of one customer (their equation 6); add up for many. */
export function bgNbdLogLikelihood(model: BgNbd, { repeatCount: x, lastAt, observedFor }: History): number {
  const { r, alpha, a, b } = model
  const head = logRising(r, x) - r * Math.log1p(observedFor / alpha) - x * Math.log(alpha + observedFor)
  if (x === 0) return head
  const odds = logOddsGone(model, x, lastAt, observedFor)
  const softened = Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds)))
  return head + logRising(b, x) - logRising(a + b, x) + softened
}

// Logarithm of the odds that a customer with repeats has left.
function logOddsGone({ r, alpha, a, b }: BgNbd, x: number, lastAt: number, observedFor: number): number {
  return Math.log(a / (b + x - 1)) + (r + x) * Math.log1p((observedFor - lastAt) / (alpha + lastAt))
}

/** Chance that the customer has not left by the end of observation; 1 without a repeat, by assumption 3. */
export function bgNbdAlive(model: BgNbd, { repeatCount, lastAt, observedFor }: History): number {
  return repeatCount === 0 ? 1 : 1 / (1 + Math.exp(logOddsGone(model, repeatCount, lastAt, observedFor)))
}

/** Purchases expected of this customer in the next `horizon` (their equation 10). */
export function bgNbdExpected(model: BgNbd, history: History, horizon: number): number {
  return expectedOf(model, history.repeatCount, history.lastAt, history.observedFor, horizon)
}

function expectedOf(model: BgNbd, x: number, lastAt: number, observedFor: number, horizon: number): number {
  const { r, alpha, a, b } = model
  const base = alpha + observedFor
  const z = horizon / (base + horizon)
  const ifAlive = dropoutFactor(a - 1, a + b - 1 - r, a + b + x - 1, z, Math.log1p(horizon / base))
  return x === 0 ? ifAlive : ifAlive / (1 + Math.exp(logOddsGone(model, x, lastAt, observedFor)))
}

/** Repeat purchases expected of a new customer by `horizon` (their equation 9). */
export function bgNbdExpectedNew(model: BgNbd, horizon: number): number {
  return expectedOf(model, 0, 0, 0, horizon)
}

/** Chance that a new customer makes exactly `count` repeat purchases by `horizon` (their equation 8). */
export function bgNbdMass({ r, alpha, a, b }: BgNbd, horizon: number, count: number): number {
  const share = horizon / (alpha + horizon)
  const buys =
    logRising(r, count) - logGamma(count + 1) - r * Math.log1p(horizon / alpha) + count * logOrZero(share, count)
  const stays = logRising(b, count) - logRising(a + b, count)
  if (count === 0) return Math.exp(buys)
  const leaves = logBeta(a + 1, b + count - 1) - logBeta(a, b)
  return Math.exp(stays + buys) + Math.exp(leaves) * incompleteBeta(share, count, r)
}

function logOrZero(share: number, count: number): number {
  return count === 0 ? 0 : Math.log(share)
}

/** Scores many customers at once: the chance to be alive, and the purchases expected in the next `horizon`. */
export function scoreBgNbd(
  model: BgNbd,
  histories: Histories,
  horizon: number,
): Readonly<{ alive: Float64Array; expected: Float64Array }> {
  const n = histories.repeatCount.length
  const alive = new Float64Array(n)
  const expected = new Float64Array(n)
  const { r, alpha, a, b } = model
  for (let i = 0; i < n; i++) {
    const x = histories.repeatCount[i] ?? Number.NaN
    const lastAt = histories.lastAt[i] ?? Number.NaN
    const observedFor = histories.observedFor[i] ?? Number.NaN
    const base = alpha + observedFor
    const chance = x === 0 ? 1 : 1 / (1 + Math.exp(logOddsGone(model, x, lastAt, observedFor)))
    const z = horizon / (base + horizon)
    alive[i] = chance
    expected[i] = chance * dropoutFactor(a - 1, a + b - 1 - r, a + b + x - 1, z, Math.log1p(horizon / base))
  }
  return { alive, expected }
}

/** Draws one history per time of observation from the model; `alive` is the truth at the end. */
export function simulateBgNbd(model: BgNbd, observedFor: Float64Array, source: Rng): Histories & { alive: Uint8Array } {
  const n = observedFor.length
  const out = {
    repeatCount: new Float64Array(n),
    lastAt: new Float64Array(n),
    observedFor,
    alive: new Uint8Array(n).fill(1),
  }
  for (let i = 0; i < n; i++) {
    const rate = source.gamma(model.r) / model.alpha
    const leave = source.beta(model.a, model.b)
    let at = source.exponential() / rate
    while (at <= (observedFor[i] ?? 0)) {
      out.repeatCount[i] = (out.repeatCount[i] ?? 0) + 1
      out.lastAt[i] = at
      if (source.uniform() < leave) {
        out.alive[i] = 0
        break
      }
      at += source.exponential() / rate
    }
  }
  return out
}
