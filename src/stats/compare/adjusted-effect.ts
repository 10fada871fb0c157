// The effect of something that was not handed out by chance: doubly robust (AIPW), with cross-fitting.
// In plain words, with checks and limits: docs/models/adjusted-effect.md.

import { type BinaryRows, chanceOf } from '../binary-rows.ts'
import { fitLogistic, type NormalPrior } from '../logistic.ts'
import { type Refusal, refuse } from '../refusal.ts'

/** Who was treated, what followed (0 or 1), and what was known before: rows x columnCount numbers, no intercept. */
export type TreatmentRows = Readonly<{
  covariates: Float64Array
  columnCount: number
  treated: Uint8Array
  outcome: Uint8Array
  /** Which part of the data each row belongs to: 0, 1, ... Rows of one customer belong to one part. */
  part: Uint8Array
}>

/** A difference of chances, treated less untreated, of all rows that could have been either. */
export type AdjustedEffect = Readonly<{
  kind: 'estimated'
  effect: number
  standardError: number
  /** Difference of the two shares as they stand. */
  naive: number
  /** Chance of the outcome if all were treated, and if nobody was. */
  ifTreated: number
  ifNot: number
  /** Rows left out because they were all but sure to be treated, or not to be. */
  trimmed: number
  rows: number
}>

/** Chances to be treated beyond these are trimmed. */
const OVERLAP_MIN = 0.01
/** Prior sd of a coefficient of a column scaled to sd 1. */
const RIDGE_SD = 1
/** Of the mean of a column: less is rounding, and the column the same everywhere. */
const SPREAD_MIN = 1e-12
const PARTS_MIN = 2
const ARM_MIN = 10

/**
 * The mean difference that the treatment makes to the chance of the outcome, over rows with a chance of .01 to .99 to be
 * treated. Robins, Rotnitzky, and Zhao (1994), Journal of the American Statistical Association 89, 846-866; each row is
 * told by models that did not see its part: Chernozhukov et al. (2018), Econometrics Journal 21, C1-C68. It is right if
 * either the chances to be treated or those of the outcome are, and if nothing else decided on both. Refuses uneven
 * lengths, numbers that are none, fewer than 10 treated or untreated rows, parts that are not 0, 1, ..., and what the
 * regressions refuse.
 */
export function adjustedEffect(rows: TreatmentRows): AdjustedEffect | Refusal {
  const wrong = findWrong(rows)
  if (wrong !== undefined) return wrong
  const n = rows.treated.length
  const design = designOf(rows)
  const prior = ridge(rows.columnCount)
  const parts = 1 + rows.part.reduce((most, one) => Math.max(most, one), 0)
  const propensity = new Float64Array(n)
  const [ifTreated, ifNot] = [new Float64Array(n), new Float64Array(n)]
  for (let part = 0; part < parts; part += 1) {
    const fits = [
      { outcome: rows.treated, from: () => true, to: propensity },
      { outcome: rows.outcome, from: (row: number) => rows.treated[row] === 1, to: ifTreated },
      { outcome: rows.outcome, from: (row: number) => rows.treated[row] === 0, to: ifNot },
    ]
    for (const { outcome, from, to } of fits) {
      const fit = fitLogistic(
        rowsWhere(design, outcome, (row) => rows.part[row] !== part && from(row)),
        prior,
      )
      if (fit.kind === 'refused') return fit
      for (let row = 0; row < n; row += 1)
        if (rows.part[row] === part) to[row] = foretell(design, row, fit.coefficients)
    }
  }
  return combine(rows, { propensity, ifTreated, ifNot })
}

type Design = Readonly<{ covariates: Float64Array; columnCount: number }>

// An intercept and the columns in units of their standard deviations, so that the prior means the same to each.
function designOf({ covariates, columnCount, treated }: TreatmentRows): Design {
  const n = treated.length
  const width = columnCount + 1
  const all = new Float64Array(n * width)
  for (let row = 0; row < n; row += 1) all[row * width] = 1
  for (let j = 0; j < columnCount; j += 1) {
    let [mean, square] = [0, 0]
    for (let row = 0; row < n; row += 1) mean += (covariates[row * columnCount + j] ?? 0) / n
    for (let row = 0; row < n; row += 1) square += ((covariates[row * columnCount + j] ?? 0) - mean) ** 2 / n
    const size = Math.sqrt(square)
    if (!(size > SPREAD_MIN * Math.abs(mean))) continue
    for (let row = 0; row < n; row += 1) {
      all[row * width + j + 1] = ((covariates[row * columnCount + j] ?? 0) - mean) / size
    }
  }
  return { covariates: all, columnCount: width }
}

function ridge(columnCount: number): NormalPrior {
  const sd = new Float64Array(columnCount + 1).fill(RIDGE_SD)
  sd[0] = Number.POSITIVE_INFINITY
  return { mean: new Float64Array(columnCount + 1), sd }
}

function rowsWhere(
  { covariates, columnCount }: Design,
  outcome: Uint8Array,
  holds: (row: number) => boolean,
): BinaryRows {
  const chosen = new Float64Array(covariates.length)
  const outcomes = new Uint8Array(outcome.length)
  let count = 0
  for (let row = 0; row < outcome.length; row += 1) {
    if (!holds(row)) continue
    for (let j = 0; j < columnCount; j += 1) chosen[count * columnCount + j] = covariates[row * columnCount + j] ?? 0
    outcomes[count] = outcome[row] ?? 0
    count += 1
  }
  return { covariates: chosen.subarray(0, count * columnCount), columnCount, outcome: outcomes.subarray(0, count) }
}

function foretell({ covariates, columnCount }: Design, row: number, coefficients: Float64Array): number {
  let sum = 0
  for (let j = 0; j < columnCount; j += 1) sum += (covariates[row * columnCount + j] ?? 0) * (coefficients[j] ?? 0)
  return chanceOf('logit', sum)
}

type Foretold = Readonly<Record<'propensity' | 'ifTreated' | 'ifNot', Float64Array>>

function combine({ treated, outcome }: TreatmentRows, foretold: Foretold): AdjustedEffect | Refusal {
  let [rows, mean, square, one, other] = [0, 0, 0, 0, 0]
  const naive = [0, 0]
  const counts = [0, 0]
  for (let row = 0; row < treated.length; row += 1) {
    const [w, y, e] = [treated[row] ?? 0, outcome[row] ?? 0, foretold.propensity[row] ?? Number.NaN]
    naive[w] = (naive[w] ?? 0) + y
    counts[w] = (counts[w] ?? 0) + 1
    if (!(e >= OVERLAP_MIN && e <= 1 - OVERLAP_MIN)) continue
    const [m1, m0] = [foretold.ifTreated[row] ?? Number.NaN, foretold.ifNot[row] ?? Number.NaN]
    const with1 = m1 + (w * (y - m1)) / e
    const with0 = m0 + ((1 - w) * (y - m0)) / (1 - e)
    rows += 1
    one += (with1 - one) / rows
    other += (with0 - other) / rows
    const off = with1 - with0 - mean
    mean += off / rows
    square += off * (with1 - with0 - mean)
  }
  if (rows < 2 * ARM_MIN) return refuse('not-identified', 'nobody was treated who might as well not have been')
  const share = (w: 0 | 1) => (naive[w] ?? 0) / (counts[w] ?? 1)
  return {
    kind: 'estimated',
    effect: mean,
    standardError: Math.sqrt(square / (rows - 1) / rows),
    naive: share(1) - share(0),
    ifTreated: one,
    ifNot: other,
    trimmed: treated.length - rows,
    rows,
  }
}

function findWrong({ covariates, columnCount, treated, outcome, part }: TreatmentRows): Refusal | undefined {
  const n = treated.length
  if (covariates.length !== n * columnCount || outcome.length !== n || part.length !== n) {
    return refuse('lengths-differ', `${n} rows do not fit the other columns`)
  }
  if (!covariates.every(Number.isFinite)) return refuse('not-a-number', 'a covariate is not a finite number')
  if (treated.some((one) => one > 1) || outcome.some((one) => one > 1)) {
    return refuse('impossible-row', 'treated and outcome are 0 or 1')
  }
  const arm = treated.reduce((sum, one) => sum + one, 0)
  if (Math.min(arm, n - arm) < ARM_MIN) {
    return refuse('too-few', `${arm} were treated and ${n - arm} were not: ${ARM_MIN} of each are needed`)
  }
  const parts = new Set(part).size
  if (parts < PARTS_MIN || parts !== 1 + part.reduce((most, one) => Math.max(most, one), 0)) {
    return refuse('impossible-parameter', `${parts} parts: two or more are needed, counted from 0 without a gap`)
  }
  return undefined
}

/**
 * How strongly something unseen would have to go with both treatment and outcome, as a ratio of risks, to explain away
 * a ratio of risks. VanderWeele and Ding (2017), Annals of Internal Medicine 167, 268-274. NaN for what is no ratio.
 */
export function eValue(riskRatio: number): number {
  if (!(riskRatio > 0)) return Number.NaN
  const ratio = riskRatio < 1 ? 1 / riskRatio : riskRatio
  return ratio + Math.sqrt(ratio * (ratio - 1))
}
