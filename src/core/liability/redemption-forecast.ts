/**
 * What open vouchers will come to, by drawing from everything that is not known: the coefficients, the fate of each
 * batch, the months to come, who uses a voucher when, and how much of it.
 */
import { type Bands, bandsOf } from '../../stats/compare/bands.ts'
import { type Draws, normalDraws } from '../../stats/draw-normal.ts'
import type { Refusal } from '../../stats/refusal.ts'
import type { Rng } from '../../stats/rng.ts'
import { calendarMonthOf, calendarMonthStart, type Instant } from '../time/instant.ts'
import { foreseenCovariates, type OpenCell } from './redemption-cells.ts'
import { columns, crossingOf, offsetOf, originColumn, type RedemptionModel } from './redemption-model.ts'
import { stretches } from './redemption-rows.ts'
import { drawShares, drawUses, type UsedShares } from './used-shares.ts'

/** Draws of a forecast, and the calendar months that it follows vouchers for. */
export const FORECAST_DRAWS = 2_000
/** After these what is still open counts as open. */
export const FORECAST_MONTHS = 36
/** Months that are shown one by one. */
export const SHOWN_MONTHS = 12

/** One calendar month to come; the first begins at the instant of the forecast. */
export type ForecastMonth = Readonly<{
  month: number
  redeemedMinor: Bands
  redeemedCount: Bands
  expiredMinor: Bands
}>

/** What vouchers of one cohort or origin will come to. */
export type ForecastPart = Readonly<{
  openCount: number
  openMinor: number
  /** Within the first months that were asked for, and until the end of the forecast. */
  redeemedSoonMinor: Bands
  redeemedSoonCount: Bands
  redeemedMinor: Bands
  redeemedCount: Bands
}>

/** A forecast of all vouchers open at an instant. */
export type RedemptionForecast = Readonly<{
  kind: 'forecast'
  /** The first months, one by one. */
  months: readonly ForecastMonth[]
  /** All that is used within so many months, for each of the horizons asked for. */
  within: readonly Readonly<{ months: number; redeemedMinor: Bands; redeemedCount: Bands }>[]
  /** Until the end of the forecast, 36 months: used, lapsed, and still open. */
  total: Readonly<{ redeemedMinor: Bands; redeemedCount: Bands; expiredMinor: Bands; stillOpenMinor: Bands }>
  cohorts: ReadonlyMap<number, ForecastPart>
  origins: ReadonlyMap<string, ForecastPart>
  batches: ReadonlyMap<string, ForecastPart>
}>

/** What a forecast is made of. */
export type ForecastInput = Readonly<{
  at: Instant
  model: RedemptionModel
  cells: readonly OpenCell[]
  shares: UsedShares
  /** Share of expiry months in which the customer had been reminded. */
  reminderShare: number
  draws: number
  /** How many calendar months vouchers are followed, and how many of them are the first ones. */
  months: number
  soonMonths: number
  horizons: readonly number[]
  source: Rng
}>

/** Draws the future of the open vouchers; the same input and seed give the same forecast. */
export function forecastRedemption(input: ForecastInput): RedemptionForecast | Refusal {
  const coefficients = coefficientDraws(input)
  if (coefficients.kind === 'refused') return coefficients
  const paths = input.cells.map((cell) => pathOf(input, cell))
  const batches = [...new Set(input.cells.map(({ batch }) => batch))]
  const placeOf = new Map(batches.map((batch, b) => [batch, b * input.months]))
  const effectsOf = sharedEffects(input, batches)
  const tally = makeTally(input)
  for (let d = 0; d < input.draws; d += 1) {
    const { beta, spreads } = coefficients.draw(d)
    const source = input.source.split(d)
    const effects = effectsOf(beta, spreads, source)
    const shares = drawShares(input.shares, source)
    input.cells.forEach((cell, c) => {
      const place = placeOf.get(cell.batch) ?? 0
      const chanceIn = (m: number, steps: readonly Step[]) => chanceOfUse(steps, beta, effects[place + m] ?? 0)
      runCell(cell, paths[c] ?? [], chanceIn, tally.of(cell, d), shares, source)
    })
  }
  return tally.finish()
}

type Step = Readonly<{ offset: number; column: readonly number[]; value: readonly number[] }>
/** Per calendar month the stretches at risk, and whether the voucher expires in it. */
type Path = readonly Readonly<{ steps: readonly Step[]; expires: boolean }>[]

function pathOf({ at, months, reminderShare }: ForecastInput, cell: OpenCell): Path {
  const first = calendarMonthOf(at)
  const all = stretches(cell.first, at, calendarMonthStart(first + months))
  const byMonth = Map.groupBy(all, ({ month }) => month - first)
  const { expiresAt } = cell.first
  const expiresIn = expiresAt === null ? null : calendarMonthOf(expiresAt) - first
  return Array.from({ length: months }, (_, m) => ({
    expires: expiresIn === m,
    steps: (byMonth.get(m) ?? []).map((stretch) => {
      const x = foreseenCovariates(stretch, cell, at, reminderShare)
      const column = [columns.level, columns.band + stretch.band, originColumn(cell.origin)]
      const value = [1, 1, 1]
      x.forEach((amount, k) => {
        if (amount === 0) return
        column.push(columns.covariate + k)
        value.push(amount)
      })
      return { offset: offsetOf(stretch.band, stretch.exposure), column, value }
    }),
  }))
}

function coefficientDraws({ model, draws, source }: ForecastInput) {
  const { points } = model.shared
  const ready: { draws: Extract<Draws, { kind: 'ready' }>; spreads: readonly number[]; until: number }[] = []
  let until = 0
  for (const [k, { weight, fit, spreads }] of points.entries()) {
    const normal = normalDraws(fit.coefficients, fit.covariance, source.split(`point ${k}`))
    if (normal.kind === 'refused') return normal
    until += weight
    ready.push({ draws: normal, spreads, until })
  }
  return {
    kind: 'ready' as const,
    // Each choice of spreads gets its share of the draws.
    draw: (d: number) => {
      const place = (d + 0.5) / draws
      const point = ready.find((one) => place < one.until) ?? ready.at(-1)
      return { beta: point?.draws.draw() ?? new Float64Array(), spreads: point?.spreads ?? [] }
    },
  }
}

/**
 * What the batch, the month, and the one in the other add to the log-odds in one draw, by batch and month to come. Of
 * what nothing was seen yet anything may come that batches and months are capable of.
 */
function sharedEffects({ model, at, months }: ForecastInput, batches: readonly string[]) {
  const first = calendarMonthOf(at)
  const columnOf = {
    batch: batches.map((batch) => model.batchColumn.get(batch)),
    month: Array.from({ length: months }, (_, m) => model.monthColumn.get(first + m)),
    crossing: batches.flatMap((batch) =>
      Array.from({ length: months }, (_, m) => model.crossingColumn.get(crossingOf(batch, first + m))),
    ),
  }
  const effects = new Float64Array(batches.length * months)
  return (beta: Float64Array, [ofBatch = 0, ofMonth = 0, ofCrossing = 0]: readonly number[], source: Rng) => {
    const drawn = (column: number | undefined, spread: number) =>
      column === undefined ? source.normal() * spread : (beta[column] ?? 0)
    const monthly = columnOf.month.map((column) => drawn(column, ofMonth))
    columnOf.batch.forEach((column, b) => {
      const effect = drawn(column, ofBatch)
      for (let m = 0; m < months; m += 1) {
        const place = b * months + m
        effects[place] = effect + (monthly[m] ?? 0) + drawn(columnOf.crossing[place], ofCrossing)
      }
    })
    return effects
  }
}

type Sink = Readonly<{
  use: (month: number, count: number, minor: number) => void
  lapse: (month: number, minor: number) => void
}>

function runCell(
  cell: OpenCell,
  path: Path,
  chanceIn: (month: number, steps: readonly Step[]) => number,
  sink: Sink,
  shares: ReturnType<typeof drawShares>,
  source: Rng,
): void {
  let whole = { count: cell.count, minor: cell.balanceMinor }
  let begun = { count: 0, minor: 0 }
  for (const [m, { steps, expires }] of path.entries()) {
    if (steps.length > 0) {
      const chance = chanceIn(m, steps)
      const first = drawUses(whole, chance, shares, source)
      const later = drawUses(begun, chance, shares, source)
      if (first.used + later.used > 0) sink.use(m, first.used + later.used, first.usedMinor + later.usedMinor)
      whole = first.untouched
      begun = {
        count: later.untouched.count + later.begun.count + first.begun.count,
        minor: later.untouched.minor + later.begun.minor + first.begun.minor,
      }
    }
    if (expires) {
      sink.lapse(m, whole.minor + begun.minor)
      return
    }
    if (whole.count + begun.count === 0) return
  }
}

function chanceOfUse(steps: readonly Step[], beta: Float64Array, effect: number): number {
  let unused = 1
  for (const { offset, column, value } of steps) {
    let predictor = offset + effect
    for (let k = 0; k < column.length; k += 1) predictor += (beta[column[k] ?? 0] ?? 0) * (value[k] ?? 0)
    unused /= 1 + Math.exp(predictor)
  }
  return 1 - unused
}

type PartDraws = Readonly<{
  openCount: number
  openMinor: number
  soonMinor: Float64Array
  soonCount: Float64Array
  minor: Float64Array
  count: Float64Array
}>

function makeTally({ cells, draws, months, soonMonths, horizons, at }: ForecastInput) {
  const empty = () => new Float64Array(draws)
  const monthly = Array.from({ length: months }, () => ({ minor: empty(), count: empty(), lapsed: empty() }))
  const byCohort = partsBy(cells, ({ cohort }) => cohort, draws)
  const byOrigin = partsBy(cells, ({ origin }): string => origin, draws)
  const byBatch = partsBy(cells, ({ batch }) => batch, draws)
  const open = cells.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0)
  return {
    of: (cell: OpenCell, d: number): Sink => {
      const parts = [byCohort.get(cell.cohort), byOrigin.get(cell.origin), byBatch.get(cell.batch)]
      return {
        use: (m, count, minor) => {
          const month = monthly[m]
          if (month !== undefined) {
            bump(month.minor, d, minor)
            bump(month.count, d, count)
          }
          for (const part of parts) if (part !== undefined) notePart(part, m < soonMonths, d, count, minor)
        },
        lapse: (m, minor) => {
          const month = monthly[m]
          if (month !== undefined) bump(month.lapsed, d, minor)
        },
      }
    },
    finish: (): RedemptionForecast => {
      const sum = (of: (month: (typeof monthly)[number]) => Float64Array, until = months) =>
        empty().map((_, d) => monthly.slice(0, until).reduce((total, month) => total + (of(month)[d] ?? 0), 0))
      const redeemed = sum(({ minor }) => minor)
      const lapsed = sum((month) => month.lapsed)
      return {
        kind: 'forecast',
        months: monthly.slice(0, soonMonths).map((month, m) => ({
          month: calendarMonthOf(at) + m,
          redeemedMinor: bandsOf(month.minor),
          redeemedCount: bandsOf(month.count),
          expiredMinor: bandsOf(month.lapsed),
        })),
        within: horizons.map((horizon) => ({
          months: horizon,
          redeemedMinor: bandsOf(sum(({ minor }) => minor, horizon)),
          redeemedCount: bandsOf(sum(({ count }) => count, horizon)),
        })),
        total: {
          redeemedMinor: bandsOf(redeemed),
          redeemedCount: bandsOf(sum(({ count }) => count)),
          expiredMinor: bandsOf(lapsed),
          stillOpenMinor: bandsOf(redeemed.map((minor, d) => Math.max(0, open - minor - (lapsed[d] ?? 0)))),
        },
        cohorts: finished(byCohort),
        origins: finished(byOrigin),
        batches: finished(byBatch),
      }
    },
  }
}

const bump = (to: Float64Array, at: number, amount: number): void => {
  to[at] = (to[at] ?? 0) + amount
}

function notePart(part: PartDraws, isSoon: boolean, d: number, count: number, minor: number): void {
  bump(part.minor, d, minor)
  bump(part.count, d, count)
  if (!isSoon) return
  bump(part.soonMinor, d, minor)
  bump(part.soonCount, d, count)
}

function partsBy<Key>(cells: readonly OpenCell[], keyOf: (cell: OpenCell) => Key, draws: number): Map<Key, PartDraws> {
  const empty = () => new Float64Array(draws)
  return new Map(
    [...Map.groupBy(cells, keyOf)].map(([key, all]) => [
      key,
      {
        openCount: all.reduce((sum, { count }) => sum + count, 0),
        openMinor: all.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0),
        soonMinor: empty(),
        soonCount: empty(),
        minor: empty(),
        count: empty(),
      },
    ]),
  )
}

const finished = <Key>(parts: ReadonlyMap<Key, PartDraws>): ReadonlyMap<Key, ForecastPart> =>
  new Map(
    [...parts].map(([key, { openCount, openMinor, soonMinor, soonCount, minor, count }]) => [
      key,
      {
        openCount,
        openMinor,
        redeemedSoonMinor: bandsOf(soonMinor),
        redeemedSoonCount: bandsOf(soonCount),
        redeemedMinor: bandsOf(minor),
        redeemedCount: bandsOf(count),
      },
    ]),
  )
