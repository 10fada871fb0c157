import { fitLogistic, type NormalPrior } from '../../stats/logistic.ts'
import type { Refusal } from '../../stats/refusal.ts'
import { fitShared, type SharedFit } from '../../stats/shared-effects.ts'
import type { Norm } from '../goodwill/leave-model.ts'
import { flatEstimates } from '../learning/flat-priors.ts'
import type { VoucherOrigin } from '../voucher/voucher.ts'
import type { RiskCell } from './redemption-cells.ts'
import { APART_SD, baseHazard, LEVEL_SD, redemptionCovariates, redemptionPriors } from './redemption-priors.ts'

/** Batches, months and their crossings beyond these have no effect of their own: those with most exposure are kept. */
const BATCHES_MAX = 60
const MONTHS_MAX = 36
const CROSSINGS_MAX = 100
/**
 * Values tried for the spread of each, from next to none (a large firm whose batches do not differ needs narrow bands)
 * to a factor of e; usual are those of the leave model (what differs for good 0.5, months 0.15).
 */
const BATCH_SPREADS = [0.03, 0.15, 0.4, 1] as const
const BATCH_USUAL = 0.5
const MONTH_SPREADS = [0.03, 0.2] as const
const MONTH_USUAL = 0.15
const CROSSING_SPREADS = [0.03, 0.12, 0.35, 0.8] as const
const CROSSING_USUAL = 0.5

const origins = ['paid', 'earned', 'goodwill'] as const satisfies readonly VoucherOrigin[]

/** Where the coefficients stand: level, bands of age, covariates, origins, then batches and months. */
export const columns = {
  level: 0,
  band: 1,
  covariate: 1 + baseHazard.length,
  origin: 1 + baseHazard.length + redemptionCovariates.length,
  shared: 1 + baseHazard.length + redemptionCovariates.length + origins.length,
} as const

/** The column of an origin. */
export const originColumn = (origin: VoucherOrigin): number => columns.origin + origins.indexOf(origin)

/** What was learned of when vouchers are used: coefficients, and where those of each batch and month stand. */
export type RedemptionModel = Readonly<{
  kind: 'fitted'
  shared: SharedFit
  batchColumn: ReadonlyMap<string, number>
  monthColumn: ReadonlyMap<number, number>
  /** By `crossingOf`: how one batch did in one month, beyond batch and month. */
  crossingColumn: ReadonlyMap<string, number>
  /** Stretches at risk, and uses, that it was learned from. */
  rows: number
  uses: number
}>

/** The name of a batch in a calendar month. */
export const crossingOf = (batch: string, month: number): string => `${batch}|${month}`

/** The offset that turns the log-odds of a whole month into those of a shorter stretch: exact at the prior hazard. */
export function offsetOf(band: number, exposure: number): number {
  const hazard = baseHazard[band] ?? 0.1
  return Math.log(Math.expm1(-exposure * Math.log1p(-hazard)))
}

/**
 * What the data say alone of level, bands, covariates and origins, in this order; batches and months keep the spreads
 * that were found.
 */
export function redemptionAlone(cells: readonly RiskCell[], model: RedemptionModel): readonly (Norm | null)[] {
  const { rows, prior, groups } = placed(cells)
  const own = { mean: prior.mean.subarray(0, columns.shared), sd: prior.sd.subarray(0, columns.shared) }
  return flatEstimates((wide) => {
    const sd = Float64Array.from(prior.sd)
    sd.set(wide.sd)
    groups.forEach(({ columns: shared }, g) => {
      for (const column of shared) sd[column] = model.shared.best.spreads[g] ?? 1
    })
    return fitLogistic(rows, { mean: prior.mean, sd })
  }, own)
}

/** Fits the redemption model. Without any vouchers it is the prior; refuses only what the regression refuses. */
export function fitRedemption(cells: readonly RiskCell[]): RedemptionModel | Refusal {
  const { rows, prior, groups, ...found } = placed(cells)
  const shared = fitShared(rows, prior, groups)
  if (shared.kind === 'refused') return shared
  const sum = (of: (cell: RiskCell) => number) => cells.reduce((total, cell) => total + of(cell), 0)
  return {
    kind: 'fitted',
    shared,
    ...found,
    rows: sum(({ count }) => count),
    uses: sum(({ used }) => used),
  }
}

// Rows, what is believed of their columns, and which of these share a spread.
function placed(cells: readonly RiskCell[]) {
  // Rows of one batch side by side make the regression several times faster.
  const sorted = cells.toSorted((a, b) => (a.batch === b.batch ? a.month - b.month : a.batch < b.batch ? -1 : 1))
  const batchColumn = columnsOf(sorted, ({ batch }) => batch, BATCHES_MAX, columns.shared)
  const monthColumn = columnsOf(sorted, ({ month }) => month, MONTHS_MAX, columns.shared + batchColumn.size)
  const crossingColumn = columnsOf(
    sorted,
    ({ batch, month }) => crossingOf(batch, month),
    CROSSINGS_MAX,
    columns.shared + batchColumn.size + monthColumn.size,
  )
  const width = columns.shared + batchColumn.size + monthColumn.size + crossingColumn.size
  const rows = rowsOf(sorted, width, ({ batch, month }) => [
    batchColumn.get(batch),
    monthColumn.get(month),
    crossingColumn.get(crossingOf(batch, month)),
  ])
  const groups = [
    { columns: [...batchColumn.values()], spreads: BATCH_SPREADS, usual: BATCH_USUAL },
    { columns: [...monthColumn.values()], spreads: MONTH_SPREADS, usual: MONTH_USUAL },
    { columns: [...crossingColumn.values()], spreads: CROSSING_SPREADS, usual: CROSSING_USUAL },
  ]
  return { rows, prior: priorOf(width), groups, batchColumn, monthColumn, crossingColumn }
}

function columnsOf<Key>(
  cells: readonly RiskCell[],
  keyOf: (cell: RiskCell) => Key,
  max: number,
  first: number,
): ReadonlyMap<Key, number> {
  const weights = new Map<Key, number>()
  for (const cell of cells) weights.set(keyOf(cell), (weights.get(keyOf(cell)) ?? 0) + cell.count * cell.exposure)
  const kept = [...weights].toSorted((a, b) => b[1] - a[1]).slice(0, max)
  return new Map(kept.map(([key], k) => [key, first + k]))
}

function priorOf(width: number): NormalPrior {
  const mean = new Float64Array(width)
  const sd = new Float64Array(width).fill(1)
  sd[columns.level] = LEVEL_SD
  sd.fill(APART_SD, columns.band, columns.covariate)
  redemptionCovariates.forEach((name, k) => {
    const [priorMean, priorSd] = redemptionPriors[name]
    mean[columns.covariate + k] = priorMean
    sd[columns.covariate + k] = priorSd
  })
  sd.fill(APART_SD, columns.origin, columns.shared)
  return { mean, sd }
}

// Two rows a cell: those that saw a use, and those that did not.
function rowsOf(
  cells: readonly RiskCell[],
  width: number,
  sharedColumns: (cell: RiskCell) => readonly (number | undefined)[],
) {
  const halves = cells.flatMap((cell) =>
    [
      { cell, outcome: 1, weight: cell.used },
      { cell, outcome: 0, weight: cell.count - cell.used },
    ].filter(({ weight }) => weight > 0),
  )
  const covariates = new Float64Array(halves.length * width)
  halves.forEach(({ cell }, i) => {
    const at = i * width
    covariates[at + columns.level] = 1
    covariates[at + columns.band + cell.band] = 1
    covariates.set(cell.x, at + columns.covariate)
    covariates[at + originColumn(cell.origin)] = 1
    for (const column of sharedColumns(cell)) {
      if (column !== undefined) covariates[at + column] = 1
    }
  })
  return {
    covariates,
    columnCount: width,
    outcome: Uint8Array.from(halves, ({ outcome }) => outcome),
    weight: Float64Array.from(halves, ({ weight }) => weight),
    offset: Float64Array.from(halves, ({ cell }) => offsetOf(cell.band, cell.exposure)),
  }
}
