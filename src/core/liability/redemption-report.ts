/** What is told of a fit of the redemption model, and whether it may take the place of the version that is live. */
import type { Refusal } from '../../stats/refusal.ts'
import { refuse } from '../../stats/refusal.ts'
import type { Norm } from '../goodwill/leave-model.ts'
import { type FitReport, type Learned, type LiveReason, leastToLearn } from '../learning/fit-report.ts'
import { monthsToHoldOut, tryOut, untried } from '../learning/held-out.ts'
import { conflictWarnings } from '../learning/prior-conflict.ts'
import type { RiskCell } from './redemption-cells.ts'
import {
  columns,
  crossingOf,
  fitRedemption,
  offsetOf,
  originColumn,
  type RedemptionModel,
  redemptionAlone,
} from './redemption-model.ts'
import { APART_SD, baseHazard, LEVEL_SD, redemptionCovariates, redemptionPriors } from './redemption-priors.ts'

const USES_MIN = leastToLearn.redemption
const USES_GOOD = 200
const Z80 = 1.2815515655446004

/** Level, bands of age, covariates and origins as they are kept, without what is peculiar to batches and months. */
export type KeptRedemption = Readonly<{
  version: number
  exits: number
  mean: readonly number[]
  sd: readonly number[]
}>

type Prior = Readonly<{ name: string; mean: number; sd: number }>

/** What is believed of each coefficient before the data, in the order in which a model keeps them. */
export const redemptionPriorNorms: readonly Prior[] = [
  { name: 'level', mean: 0, sd: LEVEL_SD },
  ...baseHazard.map((_, band) => ({ name: `age_band_${band + 1}`, mean: 0, sd: APART_SD })),
  ...redemptionCovariates.map((name) => ({ name, mean: redemptionPriors[name][0], sd: redemptionPriors[name][1] })),
  ...['paid', 'earned', 'goodwill'].map((origin) => ({ name: `origin_${origin}`, mean: 0, sd: APART_SD })),
]

/** The model of the first day: published priors, nothing learned. */
export const priorRedemption: KeptRedemption = {
  version: 0,
  exits: 0,
  mean: redemptionPriorNorms.map(({ mean }) => mean),
  sd: redemptionPriorNorms.map(({ sd }) => sd),
}

/** A version that was fitted, with what is told of it and whether it may go live. */
export type RedemptionFit = Readonly<{
  kind: 'fitted'
  model: KeptRedemption
  report: FitReport
  live: boolean
  reason: LiveReason
}>

/**
 * Fits on all months but the last ones, tries the result on those beside the live version, and reports. Refuses too few
 * uses, and months and counts that cannot be.
 */
export function reportRedemption(
  cells: readonly RiskCell[],
  of: Readonly<{ vouchers: number; lastMonth: number; live: KeptRedemption }>,
): RedemptionFit | Refusal {
  const wrong = findWrong(cells)
  if (wrong !== undefined) return wrong
  const uses = cells.reduce((sum, { used }) => sum + used, 0)
  if (uses < USES_MIN) {
    return refuse('too-few', `${uses} uses of ${of.vouchers} vouchers: ${USES_MIN} are needed to learn from`)
  }
  // The current month is not over and counts with the one before it.
  const ageOf = ({ month }: RiskCell) => Math.max(0, of.lastMonth - month - 1)
  const held = monthsToHoldOut({ customers: of.vouchers, ...byAge(cells, ageOf) })
  const heldMonths = held.kind === 'some' ? held.months : 0
  const training = cells.filter((cell) => ageOf(cell) >= heldMonths)
  const model = fitRedemption(training)
  if (model.kind === 'refused') return model
  const trial =
    held.kind === 'none'
      ? untried(held.because)
      : tryCells(
          cells.filter((cell) => ageOf(cell) < heldMonths),
          model,
          of.live,
          heldMonths,
        )
  const { fit, spreads } = model.shared.best
  const coefficients = learnedOf(model, training, redemptionAlone(training, model))
  const silent = coefficients.filter(({ rows }) => rows === 0).length
  const report: FitReport = {
    customers: of.vouchers,
    rows: model.rows,
    rowsUsed: fit.rows,
    exits: model.uses,
    logLikelihood: fit.logLikelihood,
    gradientNorm: fit.gradientNorm,
    iterations: fit.iterations,
    conditionNumber: fit.hessianCondition,
    coefficients,
    ...trial.told,
    backtest: [],
    chosen: { batchSpread: spreads[0] ?? 0, monthSpread: spreads[1] ?? 0, crossingSpread: spreads[2] ?? 0 },
    warnings: [
      ...(model.uses < USES_GOOD
        ? [{ code: 'few-exits' as const, params: { exits: model.uses, good: USES_GOOD } }]
        : []),
      ...conflictWarnings(coefficients),
      ...(silent > 0 ? [{ code: 'not-learned' as const, params: { count: silent } }] : []),
    ],
  }
  return {
    kind: 'fitted',
    model: {
      version: 0,
      exits: model.uses,
      mean: coefficients.map(({ posterior }) => posterior.mean),
      sd: coefficients.map(({ posterior }) => posterior.sd),
    },
    report,
    live: trial.live,
    reason: trial.reason,
  }
}

function findWrong(cells: readonly RiskCell[]): Refusal | undefined {
  for (const { batch, month, exposure, count, used } of cells) {
    if (![month, exposure, count, used].every(Number.isFinite)) {
      return refuse('not-a-number', `a stretch of batch ${batch} has a month, length or count that is no number`)
    }
    if (!(exposure > 0 && used >= 0 && used <= count)) {
      return refuse('impossible-row', `a stretch of batch ${batch} cannot be: length ${exposure}, ${used} of ${count}`)
    }
  }
  return undefined
}

function byAge(cells: readonly RiskCell[], ageOf: (cell: RiskCell) => number) {
  const length = 1 + cells.reduce((most, cell) => Math.max(most, ageOf(cell)), 0)
  const months = new Array<number>(length).fill(0)
  const exits = new Array<number>(length).fill(0)
  for (const cell of cells) {
    months[ageOf(cell)] = (months[ageOf(cell)] ?? 0) + cell.count
    exits[ageOf(cell)] = (exits[ageOf(cell)] ?? 0) + cell.used
  }
  return { months, exits }
}

// Log-odds of a cell without anything that is peculiar to a batch or a month.
function plainLogOdds(mean: ArrayLike<number>, cell: RiskCell): number {
  const at = (column: number) => mean[column] ?? 0
  const covariates = cell.x.reduce((sum, units, k) => sum + units * at(columns.covariate + k), 0)
  const origin = at(originColumn(cell.origin))
  return offsetOf(cell.band, cell.exposure) + at(columns.level) + at(columns.band + cell.band) + covariates + origin
}

function tryCells(cells: readonly RiskCell[], model: RedemptionModel, live: KeptRedemption, months: number) {
  const halves = cells.flatMap((cell) =>
    [
      { cell, outcome: 1, weight: cell.used },
      { cell, outcome: 0, weight: cell.count - cell.used },
    ].filter(({ weight }) => weight > 0),
  )
  const { coefficients } = model.shared.best.fit
  const shared = ({ batch, month }: RiskCell) =>
    [model.batchColumn.get(batch), model.crossingColumn.get(crossingOf(batch, month))].reduce<number>(
      (sum, column) => sum + (column === undefined ? 0 : (coefficients[column] ?? 0)),
      0,
    )
  return tryOut(
    {
      logOdds: Float64Array.from(halves, ({ cell }) => plainLogOdds(coefficients, cell) + shared(cell)),
      outcome: Uint8Array.from(halves, ({ outcome }) => outcome),
      weight: Float64Array.from(halves, ({ weight }) => weight),
    },
    Float64Array.from(halves, ({ cell }) => plainLogOdds(live.mean, cell)),
    { months, liveVersion: live.version },
  )
}

function learnedOf(
  { shared }: RedemptionModel,
  cells: readonly RiskCell[],
  flat: readonly (Norm | null)[],
): readonly Learned[] {
  const { fit } = shared.best
  return redemptionPriorNorms.map(({ name, ...prior }, k) => {
    const posterior = { mean: fit.coefficients[k] ?? 0, sd: fit.standardErrors[k] ?? 0 }
    return {
      name,
      prior,
      posterior,
      low: posterior.mean - Z80 * posterior.sd,
      high: posterior.mean + Z80 * posterior.sd,
      learnedShare: Math.max(0, fit.learnedShare[k] ?? 0),
      flat: flat[k] ?? null,
      rows: cells.reduce((sum, cell) => sum + (isIn(cell, k) ? cell.count : 0), 0),
    }
  })
}

function isIn({ band, x, origin }: RiskCell, column: number): boolean {
  if (column === columns.level) return true
  if (column < columns.covariate) return column === columns.band + band
  return column < columns.origin ? x[column - columns.covariate] !== 0 : column === originColumn(origin)
}
