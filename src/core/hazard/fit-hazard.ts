/** Retaliation and win-back learned from the firm's own periods: the mode of the posterior under published priors. */
import { type BinaryFit, fitLogistic } from '../../stats/logistic.ts'
import { type Refusal, refuse } from '../../stats/refusal.ts'
import { packCovariance, Z80 } from '../goodwill/coefficient-spread.ts'
import type { Norm } from '../goodwill/leave-model.ts'
import { type FitReport, type Learned, type LiveReason, leastToLearn } from '../learning/fit-report.ts'
import { flatEstimates } from '../learning/flat-priors.ts'
import { monthsToHoldOut, tryOut, untried } from '../learning/held-out.ts'
import { ageOf } from '../learning/month-table.ts'
import { conflictWarnings } from '../learning/prior-conflict.ts'
import type { Instant } from '../time/instant.ts'
import { type HazardKind, type HazardModel, type HazardRow, hazardLogOdds, priorHazard } from './hazard-model.ts'
import type { HazardPeriod } from './retaliation.ts'

const EVENTS_GOOD = 200
/** Standings are told apart by twentieths of a standard deviation, so that memory follows variety and not customers. */
const STEPS = 20
const MONTHS_KEPT_MAX = 1_200

/** Periods that are alike and ended in one month. */
type Cell = { x: HazardRow; age: number; count: number; events: number }

/** Periods gathered into cells. */
export type HazardCells = Readonly<{ customers: number; cells: readonly Cell[] }>

/** Gathers periods; customers are counted as they are added. */
export function hazardCells(until: Instant) {
  const cells = new Map<string, Cell>()
  let customers = 0
  return {
    add: (periods: readonly HazardPeriod[]): void => {
      customers += 1
      for (const period of periods) {
        const x = period.x.map((units) => Math.round(units * STEPS) / STEPS)
        const months = ageOf(period.fromAt, until)
        // Kept as it is where it is no number, so that the fit can refuse.
        const age = Number.isFinite(months) ? Math.min(MONTHS_KEPT_MAX - 1, Math.max(0, months)) : Number.NaN
        const key = `${age}|${x.join()}`
        const cell = cells.get(key) ?? { x, age, count: 0, events: 0 }
        cell.count += 1
        cell.events += period.happened ? 1 : 0
        cells.set(key, cell)
      }
    },
    finish: (): HazardCells => ({ customers, cells: [...cells.values()] }),
  }
}

/** A version that was fitted, with what is told of it and whether it may go live. */
export type HazardFit = Readonly<{
  kind: 'fitted'
  model: HazardModel
  report: FitReport
  live: boolean
  reason: LiveReason
}>

/**
 * Fits, tries the result beside the live version on months that it has not seen, and reports. Refuses too few events,
 * periods at no instant, and periods without an intercept, which say nothing of the level.
 */
export function fitHazard(kind: HazardKind, { customers, cells }: HazardCells, live: HazardModel): HazardFit | Refusal {
  const sum = (of: (cell: Cell) => number) => cells.reduce((total, cell) => total + of(cell), 0)
  const events = sum((cell) => cell.events)
  if (cells.some(({ age }) => Number.isNaN(age))) {
    return refuse('not-a-number', 'a period begins, or the data end, at what is no instant')
  }
  if (events < leastToLearn[kind]) {
    return refuse(
      'too-few',
      `${events} events in ${sum(({ count }) => count)} periods: ${leastToLearn[kind]} are needed to learn from`,
    )
  }
  if (cells.some(({ x: [intercept] }) => intercept !== 1 && Number.isFinite(intercept))) {
    return refuse('not-identified', 'a period has no intercept of 1: it says nothing of the level')
  }
  const held = monthsToHoldOut({ customers, ...byAge(cells) })
  const heldMonths = held.kind === 'some' ? held.months : 0
  const training = cells.filter(({ age }) => age >= heldMonths)
  const prior = priorHazard(kind)
  const rows = rowsOf(training, prior.names.length)
  const published = { mean: Float64Array.from(prior.mean), sd: Float64Array.from(prior.sd) }
  const fit = fitLogistic(rows, published)
  if (fit.kind === 'refused') return fit
  const model: HazardModel = {
    ...prior,
    exits: fit.events,
    mean: [...fit.coefficients],
    sd: [...fit.standardErrors],
    covariance: packCovariance(fit.covariance),
  }
  const trial =
    held.kind === 'none'
      ? untried(held.because)
      : tryCells(
          cells.filter(({ age }) => age < heldMonths),
          model,
          live,
          heldMonths,
        )
  const flat = flatEstimates((wide) => fitLogistic(rows, wide), published)
  const coefficients = learnedOf(fit, prior, training, flat)
  const report: FitReport = {
    customers,
    rows: training.reduce((total, { count }) => total + count, 0),
    rowsUsed: fit.rows,
    exits: fit.events,
    logLikelihood: fit.logLikelihood,
    gradientNorm: fit.gradientNorm,
    iterations: fit.iterations,
    conditionNumber: fit.hessianCondition,
    coefficients,
    ...trial.told,
    backtest: [],
    chosen: {},
    warnings: warningsOf(coefficients, fit.events),
  }
  return { kind: 'fitted', model, report, live: trial.live, reason: trial.reason }
}

function byAge(cells: readonly Cell[]): Readonly<{ months: readonly number[]; exits: readonly number[] }> {
  const length = 1 + cells.reduce((most, { age }) => Math.max(most, age), 0)
  const months = new Array<number>(length).fill(0)
  const exits = new Array<number>(length).fill(0)
  for (const { age, count, events } of cells) {
    months[age] = (months[age] ?? 0) + count
    exits[age] = (exits[age] ?? 0) + events
  }
  return { months, exits }
}

const halvesOf = (cells: readonly Cell[]) =>
  cells.flatMap(({ x, count, events }) =>
    [
      { x, outcome: 1, weight: events },
      { x, outcome: 0, weight: count - events },
    ].filter(({ weight }) => weight > 0),
  )

function rowsOf(cells: readonly Cell[], width: number) {
  const halves = halvesOf(cells)
  const covariates = new Float64Array(halves.length * width)
  halves.forEach(({ x }, i) => {
    covariates.set(x, i * width)
  })
  return {
    covariates,
    columnCount: width,
    outcome: Uint8Array.from(halves, ({ outcome }) => outcome),
    weight: Float64Array.from(halves, ({ weight }) => weight),
  }
}

function tryCells(cells: readonly Cell[], model: HazardModel, live: HazardModel, months: number) {
  const halves = halvesOf(cells)
  return tryOut(
    {
      logOdds: Float64Array.from(halves, ({ x }) => hazardLogOdds(model, x)),
      outcome: Uint8Array.from(halves, ({ outcome }) => outcome),
      weight: Float64Array.from(halves, ({ weight }) => weight),
    },
    Float64Array.from(halves, ({ x }) => hazardLogOdds(live, x)),
    { months, liveVersion: live.version },
  )
}

function learnedOf(
  fit: BinaryFit,
  prior: HazardModel,
  cells: readonly Cell[],
  flat: readonly (Norm | null)[],
): readonly Learned[] {
  return prior.names.map((name, k) => {
    const posterior = { mean: fit.coefficients[k] ?? 0, sd: fit.standardErrors[k] ?? 0 }
    return {
      name,
      prior: { mean: prior.mean[k] ?? 0, sd: prior.sd[k] ?? 0 },
      posterior,
      low: posterior.mean - Z80 * posterior.sd,
      high: posterior.mean + Z80 * posterior.sd,
      learnedShare: Math.max(0, fit.learnedShare[k] ?? 0),
      flat: flat[k] ?? null,
      rows: cells.reduce((total, { x, count }) => total + (x[k] === 0 ? 0 : count), 0),
    }
  })
}

function warningsOf(coefficients: readonly Learned[], events: number): FitReport['warnings'] {
  const silent = coefficients.filter(({ rows }) => rows === 0).length
  return [
    ...(events < EVENTS_GOOD ? [{ code: 'few-exits' as const, params: { exits: events, good: EVENTS_GOOD } }] : []),
    ...conflictWarnings(coefficients),
    ...(silent > 0 ? [{ code: 'not-learned' as const, params: { count: silent } }] : []),
  ]
}
