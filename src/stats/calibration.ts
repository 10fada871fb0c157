// How foretold chances compare with what happened: the slope and intercept of Cox (1958, Biometrika 45), the expected
// calibration error over tenths of equal weight, the logarithmic loss, and the score of Brier (1950).

import { fitLogistic } from './logistic.ts'
import { type Refusal, refuse } from './refusal.ts'

/** Foretold log-odds with outcomes of 0 or 1; each row stands for `weight` rows like it. */
export type Foretold = Readonly<{ logOdds: Float64Array; outcome: Uint8Array; weight: Float64Array }>

/** A tenth of the weight, by foretold chance. */
export type Tenth = Readonly<{ chance: number; observed: number; rows: number; events: number }>

/** How well chances were foretold. */
export type Calibrated = Readonly<{
  kind: 'calibrated'
  rows: number
  events: number
  /** Of a logistic regression of the outcome on the log-odds, with a standard error; null when it has no answer. */
  line: Readonly<{ slope: number; slopeError: number; intercept: number }> | null
  /** Mean distance of the tenths between foretold and observed, and what chance alone would make of it. */
  error: number
  errorByChance: number
  logLoss: number
  brier: number
  tenths: readonly Tenth[]
}>

const TENTHS = 10
/** E|Z| of a standard normal Z. */
const MEAN_ABSOLUTE = Math.sqrt(2 / Math.PI)

/**
 * Compares chances with outcomes. Refuses uneven lengths, what is not a number, outcomes beside 0 and 1, weights below 0,
 * and when there is no row, no event, or nothing but events.
 */
export function calibrate(foretold: Foretold): Calibrated | Refusal {
  const wrong = findWrong(foretold)
  if (wrong !== undefined) return wrong
  const { logOdds, outcome, weight } = foretold
  let rows = 0
  let events = 0
  let loss = 0
  let brier = 0
  for (let i = 0; i < outcome.length; i += 1) {
    const w = weight[i] ?? 0
    const y = outcome[i] ?? 0
    rows += w
    events += w * y
    loss += w * lossOf(logOdds[i] ?? Number.NaN, y)
    brier += w * (chanceOf(logOdds[i] ?? Number.NaN) - y) ** 2
  }
  if (!Number.isFinite(loss))
    return refuse('not-a-number', 'what happened was foretold to be impossible: the loss is infinite')
  if (events === 0 || events === rows) return refuse('too-few', 'no row to compare: all outcomes are the same')
  const tenths = tenthsOf(foretold, rows)
  return {
    kind: 'calibrated',
    rows,
    events,
    line: lineOf(foretold),
    error: tenths.reduce((sum, one) => sum + one.rows * Math.abs(one.chance - one.observed), 0) / rows,
    errorByChance: tenths.reduce((sum, one) => sum + one.rows * deviation(one), 0) / rows,
    logLoss: loss / rows,
    brier: brier / rows,
    tenths,
  }
}

function findWrong({ logOdds, outcome, weight }: Foretold): Refusal | undefined {
  const n = outcome.length
  if (logOdds.length !== n || weight.length !== n) {
    return refuse('lengths-differ', `${n} outcomes do not fit ${logOdds.length} log-odds and ${weight.length} weights`)
  }
  for (let i = 0; i < n; i += 1) {
    const w = weight[i] ?? Number.NaN
    if (Number.isNaN(logOdds[i]) || Number.isNaN(w)) {
      return refuse('not-a-number', `row ${i} holds a value that is not a number`)
    }
    if (!(w >= 0 && w < Number.POSITIVE_INFINITY) || (outcome[i] ?? 2) > 1) {
      return refuse('impossible-row', `row ${i} cannot be: outcome ${outcome[i]}, weight ${w}`)
    }
  }
  return undefined
}

// Minus the logarithm of the chance that was given to what happened.
const lossOf = (logOdds: number, outcome: number): number => softplus(outcome === 1 ? -logOdds : logOdds)

const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
const chanceOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))
const deviation = ({ chance, rows }: Tenth): number => MEAN_ABSOLUTE * Math.sqrt((chance * (1 - chance)) / rows)

/** How much more one forecast loses than another, with the standard error of that difference. */
export type LossCompared = Readonly<{ kind: 'compared'; difference: number; error: number }>

/**
 * Mean loss of one forecast less that of another for the same rows, with the standard error of that difference: of a
 * mean of weighted rows (Cochran 1977, Sampling Techniques, section 6.3). Refuses what `calibrate` refuses of rows, a
 * weight of 0 in all, and an outcome that either forecast held to be impossible.
 */
export function compareLoss(foretold: Foretold, other: Float64Array): LossCompared | Refusal {
  const wrong = findWrong(foretold) ?? findWrong({ ...foretold, logOdds: other })
  if (wrong !== undefined) return wrong
  const { logOdds, outcome, weight } = foretold
  let rows = 0
  let sum = 0
  const gaps = new Float64Array(outcome.length)
  for (let i = 0; i < outcome.length; i += 1) {
    const y = outcome[i] ?? 0
    const gap = lossOf(logOdds[i] ?? 0, y) - lossOf(other[i] ?? 0, y)
    gaps[i] = gap
    rows += weight[i] ?? 0
    sum += (weight[i] ?? 0) * gap
  }
  if (rows === 0) return refuse('too-few', 'no row to compare: all weights are 0')
  const difference = sum / rows
  if (!Number.isFinite(difference)) {
    return refuse('not-a-number', 'what happened was foretold to be impossible: the loss is infinite')
  }
  let squares = 0
  for (let i = 0; i < gaps.length; i += 1) squares += ((weight[i] ?? 0) * ((gaps[i] ?? 0) - difference)) ** 2
  const error = Math.sqrt(squares) / rows
  return Number.isFinite(error)
    ? { kind: 'compared', difference, error }
    : refuse('not-a-number', 'the losses are too far apart for their error to be told')
}

function tenthsOf({ logOdds, outcome, weight }: Foretold, rows: number): readonly Tenth[] {
  const order = Uint32Array.from(outcome, (_, i) => i).sort((a, b) => (logOdds[a] ?? 0) - (logOdds[b] ?? 0))
  const tenths: Tenth[] = []
  let [w, chance, events, seen] = [0, 0, 0, 0]
  order.forEach((i, place) => {
    const own = weight[i] ?? 0
    w += own
    seen += own
    chance += own * chanceOf(logOdds[i] ?? 0)
    events += own * (outcome[i] ?? 0)
    const next = order[place + 1]
    // Equal chances stay together, so that the order of the rows changes nothing.
    if (next !== undefined && logOdds[next] === logOdds[i]) return
    if (next !== undefined && seen < ((tenths.length + 1) * rows) / TENTHS) return
    if (w > 0) tenths.push({ chance: chance / w, observed: events / w, rows: w, events })
    w = 0
    chance = 0
    events = 0
  })
  return tenths
}

function lineOf({ logOdds, outcome, weight }: Foretold): Calibrated['line'] {
  const covariates = new Float64Array(2 * outcome.length)
  for (let i = 0; i < outcome.length; i += 1) {
    covariates[2 * i] = 1
    covariates[2 * i + 1] = logOdds[i] ?? 0
  }
  const free = { mean: new Float64Array(2), sd: new Float64Array(2).fill(Number.POSITIVE_INFINITY) }
  const fit = fitLogistic({ covariates, columnCount: 2, outcome, weight }, free)
  if (fit.kind === 'refused') return null
  const [intercept = 0, slope = 0] = fit.coefficients
  return { slope, slopeError: fit.standardErrors[1] ?? 0, intercept }
}
