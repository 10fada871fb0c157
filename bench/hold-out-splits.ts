import { type Calibrated, calibrate } from '../src/stats/calibration.ts'
import { fitLogistic, type NormalPrior } from '../src/stats/logistic.ts'
import type { Rng } from '../src/stats/rng.ts'
import type { ChurnSet } from './churn-sets.ts'

/** What a held-out part says of one fit: loss a row, slope of the calibration (1 is right), and its mean distance. */
export type HeldOut = Readonly<{ logLoss: number; slope: number; error: number }>

/** The same split foretold with priors and by the plain regression; `isRidged` if the latter needed help to answer. */
export type Split = Readonly<{ withPriors: HeldOut; plain: HeldOut; isRidged: boolean }>

const HELD_OUT_SHARE = 0.3
const HELD_OUT_MAX = 20_000
/** Where the plain regression has no answer (separation), the lightest ridge that gives it one. */
const LIGHT_RIDGE_SD = 10

/** Rows of a set at places, row after row as the estimator wants them. */
function pick(set: ChurnSet, places: readonly number[]) {
  const width = set.columns.length
  const covariates = new Float64Array(places.length * width)
  places.forEach((place, i) => {
    for (let j = 0; j < width; j++) covariates[i * width + j] = set.columns[j]?.values[place] ?? Number.NaN
  })
  return { covariates, columnCount: width, outcome: Uint8Array.from(places, (place) => set.outcome[place] ?? 0) }
}

/** A fresh split: three tenths of the groups held out, and of the rest as many rows as asked for to learn from. */
export function splitOnce(set: ChurnSet, learnedFrom: number, source: Rng): Split {
  const groupCount = set.group.reduce((most, group) => Math.max(most, group + 1), 0)
  const heldOut = Array.from({ length: groupCount }, () => source.uniform() < HELD_OUT_SHARE)
  const order = Array.from(set.outcome, (_, place) => [source.uniform(), place] as const)
    .sort(([a], [b]) => a - b)
    .map(([, place]) => place)
  const isHeld = (place: number) => heldOut[set.group[place] ?? 0] === true
  const learn = pick(set, order.filter((place) => !isHeld(place)).slice(0, learnedFrom))
  const test = pick(set, order.filter(isHeld).slice(0, HELD_OUT_MAX))
  const width = learn.columnCount
  const around = (sd: number): NormalPrior => ({ mean: new Float64Array(width), sd: new Float64Array(width).fill(sd) })
  const prior = {
    mean: Float64Array.from(set.columns, (column) => column.prior[0]),
    sd: Float64Array.from(set.columns, (column) => column.prior[1]),
  }
  const free = fitLogistic(learn, around(Number.POSITIVE_INFINITY))
  const plain = free.kind === 'fitted' ? free : fitLogistic(learn, around(LIGHT_RIDGE_SD))
  const ours = fitLogistic(learn, prior)
  if (ours.kind === 'refused') throw new Error(ours.say)
  if (plain.kind === 'refused') throw new Error(plain.say)
  return {
    withPriors: judge(test, ours.coefficients),
    plain: judge(test, plain.coefficients),
    isRidged: free.kind === 'refused',
  }
}

function judge({ covariates, columnCount, outcome }: ReturnType<typeof pick>, coefficients: Float64Array): HeldOut {
  const logOdds = Float64Array.from(outcome, (_, i) => {
    let sum = 0
    for (let j = 0; j < columnCount; j++) sum += (covariates[i * columnCount + j] ?? 0) * (coefficients[j] ?? 0)
    return sum
  })
  const found = calibrate({ logOdds, outcome, weight: new Float64Array(outcome.length).fill(1) })
  if (found.kind === 'refused') throw new Error(found.say)
  const { logLoss, line, error }: Calibrated = found
  return { logLoss, slope: line?.slope ?? Number.NaN, error }
}
