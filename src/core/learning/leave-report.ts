/** What is told of a fit of the leave model. */
import type { BinaryFit } from '../../stats/logistic.ts'
import type { Norm } from '../goodwill/leave-model.ts'
import { covariateNames, leavePriors } from '../goodwill/leave-priors.ts'
import { type Instant, instant, MONTH_MS } from '../time/instant.ts'
import type { BacktestMonth, FitReport, FitWarning, HeldOut, Learned } from './fit-report.ts'
import type { HeldOutMonths, Trial } from './held-out.ts'
import type { FoundIncidents } from './incident-ties.ts'
import type { Frailty } from './leave-frailty.ts'
import { ageOf, COLUMNS, type MonthCounts, type MonthTable, sumFrom } from './month-table.ts'
import { conflictWarnings } from './prior-conflict.ts'

/** From so many exits on, calibration and half-life mean something. */
const EXITS_GOOD = 200
const BACKTEST_MONTHS_MAX = 36
const Z80 = 1.2815515655446004
/** Deciles may stray beyond their 90 % band by chance: two in ten are not yet a sign. */
const Z90 = 1.6448536269514722
const DECILES_OFF_MIN = 3
/** Twice this is about the 95 % point of chi-squared with one degree of freedom. */
const FRAILTY_GAIN_MIN = 1.92
const SLOPE_LOW = 0.9
const SLOPE_HIGH = 1.1

/** Everything that the report of a fit is made of. */
export type LeaveFindings = Readonly<{
  table: MonthTable
  counts: MonthCounts
  fit: BinaryFit
  /** 1 for rows that were fitted on, 0 for those held out. */
  training: Float64Array
  logOdds: Float64Array
  held: HeldOutMonths
  trial: Trial
  until: Instant
  halfLives: readonly Readonly<{ days: number; logPosterior: number }>[]
  halfLifeDays: number
  /** What the data say alone of each coefficient. */
  flat: readonly (Norm | null)[]
  /** Null where it was not looked for. */
  frailty: Frailty | null
  /** Null where none hit several customers. */
  incidents: FoundIncidents | null
}>

/** The report of a fit. */
export function leaveReport(of: LeaveFindings): FitReport {
  const { fit, counts, held, trial, table } = of
  const heldMonths = held.kind === 'some' ? held.months : 0
  const coefficients = learnedOf(of)
  const exits = sumFrom(counts.exits, heldMonths)
  const rowsUsed = of.training.reduce((sum, one) => sum + one, 0)
  return {
    learnedFrom: 'exits',
    customers: counts.customers,
    rows: sumFrom(counts.months, heldMonths),
    rowsUsed,
    exits,
    logLikelihood: fit.logLikelihood,
    gradientNorm: fit.gradientNorm,
    iterations: fit.iterations,
    conditionNumber: fit.hessianCondition,
    coefficients,
    ...trial.told,
    backtest: backtestOf(of),
    chosen: {
      halfLifeDays: of.halfLifeDays,
      shareOfExits: table.shares.left,
      shareOfOthers: table.shares.stayed,
      ...Object.fromEntries(
        of.halfLives.length > 1 ? of.halfLives.map((one) => [`logPosteriorAt${one.days}Days`, one.logPosterior]) : [],
      ),
      ...(of.frailty === null
        ? {}
        : { frailtySd: of.frailty.sd, frailtyGain: of.frailty.gain, tenureWithFrailty: of.frailty.tenureWith }),
      ...(of.incidents === null ? {} : { incidents: of.incidents.count, incidentSd: of.incidents.sd }),
    },
    warnings: [
      ...dataWarnings(coefficients, exits),
      ...calibrationWarnings(trial.told.calibration),
      ...frailtyWarnings(of.frailty),
      ...incidentWarnings(of.incidents),
    ],
  }
}

const names = ['intercept', ...covariateNames] as const

function learnedOf({ table, fit, training, flat }: LeaveFindings): readonly Learned[] {
  const filled = new Float64Array(COLUMNS)
  for (let row = 0; row < table.rows; row += 1) {
    if (training[row] === 0) continue
    for (let j = 0; j < COLUMNS; j += 1) {
      if (table.covariates[row * COLUMNS + j] !== 0) filled[j] = (filled[j] ?? 0) + 1
    }
  }
  return names.map((name, j) => {
    const [mean, sd] = leavePriors[name]
    const posterior = { mean: fit.coefficients[j] ?? 0, sd: fit.standardErrors[j] ?? 0 }
    return {
      name,
      prior: { mean, sd },
      posterior,
      low: posterior.mean - Z80 * posterior.sd,
      high: posterior.mean + Z80 * posterior.sd,
      learnedShare: Math.max(0, fit.learnedShare[j] ?? 0),
      flat: flat[j] ?? null,
      rows: filled[j] ?? 0,
    }
  })
}

function backtestOf({ table, training, logOdds, until }: LeaveFindings): readonly BacktestMonth[] {
  const months = new Map<number, { rows: number; expected: number; variance: number; events: number; held: boolean }>()
  for (let row = 0; row < table.rows; row += 1) {
    const age = ageOf(table.fromAt[row] ?? 0, until)
    if (age >= BACKTEST_MONTHS_MAX) continue
    const month = months.get(age) ?? { rows: 0, expected: 0, variance: 0, events: 0, held: training[row] === 0 }
    months.set(age, month)
    const weight = table.weight[row] ?? 0
    const chance = 1 / (1 + Math.exp(-(logOdds[row] ?? 0)))
    month.rows += weight
    month.expected += weight * chance
    month.variance += weight * chance * (1 - chance)
    month.events += weight * (table.outcome[row] ?? 0)
  }
  return [...months]
    .sort(([a], [b]) => b - a)
    .map(([age, { rows, expected, variance, events, held }]) => ({
      fromAt: instant(until - (age + 1) * MONTH_MS),
      rows: Math.round(rows),
      expected,
      expectedSd: Math.sqrt(variance),
      events: Math.round(events),
      heldOut: held,
    }))
}

/** What should be known of the data: too few exits, slopes that contradict what is published, slopes of nothing. */
export function dataWarnings(coefficients: readonly Learned[], exits: number): readonly FitWarning[] {
  const silent = coefficients.filter(({ rows }) => rows === 0).length
  return [
    ...(exits < EXITS_GOOD ? [{ code: 'few-exits' as const, params: { exits, good: EXITS_GOOD } }] : []),
    ...conflictWarnings(coefficients),
    ...(silent > 0 ? [{ code: 'not-learned' as const, params: { count: silent } }] : []),
  ]
}

/** In how many tenths what happened lies outside of the 90 % band of what was foretold. */
export const decilesOff = ({ deciles }: HeldOut): number =>
  deciles.filter(
    ({ chance, observed, rows }) => Math.abs(observed - chance) > Z90 * Math.sqrt((chance * (1 - chance)) / rows),
  ).length

/** What should be known of the trial: deciles and slope that are clearly off. */
export function calibrationWarnings(calibration: HeldOut | null): readonly FitWarning[] {
  if (calibration === null) return []
  const { deciles, slope, slopeError } = calibration
  const off = decilesOff(calibration)
  const outside = slope !== null && (slope < SLOPE_LOW || slope > SLOPE_HIGH)
  const clearly = outside && Math.abs(slope - 1) > Z90 * (slopeError ?? 0)
  return [
    ...(off >= DECILES_OFF_MIN ? [{ code: 'decile-off' as const, params: { count: off, of: deciles.length } }] : []),
    ...(clearly ? [{ code: 'calibration-slope' as const, params: { slope: hundredths(slope) } }] : []),
  ]
}

function frailtyWarnings(frailty: Frailty | null): readonly FitWarning[] {
  if (frailty === null || frailty.gain < FRAILTY_GAIN_MIN) return []
  const { sd, tenureWith, tenureWithout } = frailty
  return [
    {
      code: 'frailty',
      params: { sd: hundredths(sd), tenureWith: hundredths(tenureWith), tenureWithout: hundredths(tenureWithout) },
    },
  ]
}

/** That failures are less sure than their number: those of one incident count as one. */
const incidentWarnings = (found: FoundIncidents | null): readonly FitWarning[] =>
  found === null ? [] : [{ code: 'incidents', params: { count: found.count, factor: hundredths(Math.exp(found.sd)) } }]

const hundredths = (value: number): number => Math.round(100 * value) / 100
