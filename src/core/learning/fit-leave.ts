/**
 * The leave model learned from months at risk: the mode of the posterior under the published priors, with the Normal
 * that fits it there. The intercept has no prior: the firm's own rate takes the place of the published one at once.
 */
import type { BinaryFit, NormalPrior } from '../../stats/logistic.ts'
import { type Refusal, refuse } from '../../stats/refusal.ts'
import { packCovariance } from '../goodwill/coefficient-spread.ts'
import type { LeaveModel } from '../goodwill/leave-model.ts'
import { covariateNames, leavePriors } from '../goodwill/leave-priors.ts'
import type { Instant } from '../time/instant.ts'
import { type FitReport, type LiveReason, leastToLearn } from './fit-report.ts'
import { flatEstimates } from './flat-priors.ts'
import { monthsToHoldOut, type Trial, tryOut, untried } from './held-out.ts'
import { fitTied, type IncidentTies, type TiedFit, tieRows, usualSpread } from './incident-ties.ts'
import { frailtyOf } from './leave-frailty.ts'
import { leaveReport } from './leave-report.ts'
import { ageOf, applyHalfLife, COLUMNS, halfLives, type MonthCounts, type MonthTable, sumFrom } from './month-table.ts'

/** Fewer exits or months at risk than these, and nothing is learned. */
const EXITS_MIN = leastToLearn.leave
const MONTHS_MIN = 100
/** From so many exits on the half-life of failures is chosen too, and frailty is looked for. */
const HALF_LIFE_EXITS_MIN = 200
const FRAILTY_EXITS_MIN = 200
const HALF_LIFE_AT_FIRST = 90

/** A version that was fitted, with what is told of it and whether it may go live. */
export type LeaveFit = Readonly<{
  kind: 'fitted'
  model: LeaveModel
  report: FitReport
  live: boolean
  reason: LiveReason
}>

/** What a fit starts from: `model` has the centres and norms to use, `live` is the version to beat, `until` ends the data. */
export type LeaveStart = Readonly<{ model: LeaveModel; live: LeaveModel; until: Instant }>

/** Refuses when there is too little to learn anything from. */
export function tooFew({ months, exits }: MonthCounts): Refusal | undefined {
  const [lived, left] = [sumFrom(months, 0), sumFrom(exits, 0)]
  if (lived >= MONTHS_MIN && left >= EXITS_MIN) return undefined
  return refuse(
    'too-few',
    `${left} exits in ${lived} months at risk: the leave model learns from ${EXITS_MIN} exits in ${MONTHS_MIN} months on`,
  )
}

/** Fits, tries the result on months that it has not seen, and reports. Leaves the half-life it chose in the table. */
export function fitLeave(table: MonthTable, counts: MonthCounts, start: LeaveStart): LeaveFit | Refusal {
  const few = tooFew(counts)
  if (few !== undefined) return few
  const nowhere = table.fromAt.findIndex((from) => !Number.isFinite(from))
  if (nowhere >= 0) return refuse('not-a-number', `month ${nowhere} begins at what is no instant`)
  const held = monthsToHoldOut(counts)
  const heldMonths = held.kind === 'some' ? held.months : 0
  const training = Float64Array.from(table.fromAt, (from) => (ageOf(from, start.until) >= heldMonths ? 1 : 0))
  const exits = sumFrom(counts.exits, heldMonths)
  const rows: Training = { table, training, ties: tieRows(table.incidents, { ...table, training }) }
  const tried = halfLivesFor(exits).map((days) => ({ days, fit: fitAt(rows, days, prior, [usualSpread]) }))
  const chosen = tried.reduce((a, b) => (logPosterior(b.fit) > logPosterior(a.fit) ? b : a))
  const { days } = chosen
  const found = rows.ties === null ? chosen.fit : fitAt(rows, days)
  if (found.kind === 'refused') return found
  const { fit, incidents } = found
  applyHalfLife(table, days)
  const model = learned(start.model, fit, { exits, days })
  const logOdds = predict(table, fit.coefficients)
  const trial =
    held.kind === 'some'
      ? tryOn(table, training, logOdds, { months: held.months, live: start.live })
      : untried(held.because)
  const report = leaveReport({
    table,
    counts,
    fit,
    training,
    logOdds,
    held,
    trial,
    until: start.until,
    halfLives: tried.map((one) => ({ days: one.days, logPosterior: logPosterior(one.fit) })),
    halfLifeDays: days,
    flat: flatEstimates((wide) => plain(fitAt(rows, days, wide)), prior),
    frailty: exits < FRAILTY_EXITS_MIN ? null : frailtyOf(table, training, { fit: incidents?.best ?? fit, prior }),
    incidents,
  })
  return { kind: 'fitted', model, report, live: trial.live, reason: trial.reason }
}

const halfLivesFor = (exits: number): readonly number[] =>
  exits >= HALF_LIFE_EXITS_MIN ? halfLives : [HALF_LIFE_AT_FIRST]

const plain = (found: TiedFit | Refusal): BinaryFit | Refusal => (found.kind === 'refused' ? found : found.fit)

const logPosterior = (found: TiedFit | Refusal): number =>
  found.kind === 'refused' ? Number.NEGATIVE_INFINITY : found.fit.logPosterior

const names = ['intercept', ...covariateNames] as const

const prior: NormalPrior = {
  mean: Float64Array.from(names, (name) => leavePriors[name][0]),
  sd: Float64Array.from(names, (name) => (name === 'intercept' ? Number.POSITIVE_INFINITY : leavePriors[name][1])),
}

/** The rows that are fitted on, and what ties them. */
type Training = Readonly<{ table: MonthTable; training: Float64Array; ties: IncidentTies | null }>

function fitAt(
  { table, training, ties }: Training,
  days: number,
  under = prior,
  spreads?: readonly number[],
): TiedFit | Refusal {
  applyHalfLife(table, days)
  const { covariates, outcome, shares } = table
  // Among sampled rows leaving is more frequent than in life by the ratio of the shares, for every row alike.
  const offset = new Float64Array(table.rows).fill(Math.log(shares.left / shares.stayed))
  const rows = { covariates, columnCount: COLUMNS, outcome, offset, weight: training }
  return fitTied(rows, under, ties === null ? null : ties.columnsAt(days), spreads)
}

function learned(model: LeaveModel, fit: BinaryFit, of: Readonly<{ exits: number; days: number }>): LeaveModel {
  const [interceptMean = 0, ...mean] = fit.coefficients
  const [interceptSd = 0, ...sd] = fit.standardErrors
  return {
    ...model,
    intercept: { mean: interceptMean, sd: interceptSd, from: 'own-data' },
    exits: of.exits,
    mean,
    sd,
    covariance: packCovariance(fit.covariance),
    halfLifeDays: of.days,
  }
}

function predict({ rows, covariates }: MonthTable, coefficients: Float64Array): Float64Array {
  const logOdds = new Float64Array(rows)
  for (let row = 0; row < rows; row += 1) {
    let sum = 0
    for (let j = 0; j < COLUMNS; j += 1) sum += (covariates[row * COLUMNS + j] ?? 0) * (coefficients[j] ?? 0)
    logOdds[row] = sum
  }
  return logOdds
}

function tryOn(
  table: MonthTable,
  training: Float64Array,
  logOdds: Float64Array,
  { months, live }: Readonly<{ months: number; live: LeaveModel }>,
): Trial {
  const isHeld = (_: number, row: number) => training[row] === 0
  const foretold = {
    logOdds: logOdds.filter(isHeld),
    outcome: table.outcome.filter(isHeld),
    weight: table.weight.filter(isHeld),
  }
  return tryOut(foretold, table.liveLogOdds.filter(isHeld), { months, liveVersion: live.version })
}
