import { type Backtest, type Bands, type Checked, checkBands } from '../../stats/compare/bands.ts'
import type { Refusal } from '../../stats/refusal.ts'
import { rng } from '../../stats/rng.ts'
import { assert } from '../assert.ts'
import { calendarMonthOf, type Instant } from '../time/instant.ts'
import {
  FORECAST_DRAWS,
  FORECAST_MONTHS,
  forecastRedemption,
  type RedemptionForecast,
  SHOWN_MONTHS,
} from './redemption-forecast.ts'
import { fitRedemption, type RedemptionModel } from './redemption-model.ts'
import { noUsedShares, type UsedShares } from './used-shares.ts'
import type { Cut, Habits, VoucherBook } from './voucher-book.ts'

/** Forecasts of the backtest are made for so many months ahead, counted from the first of a month. */
const BACKTEST_HORIZONS = [1, 2, 3, 6, 12] as const
/** Draws of each forecast of the backtest: its outermost band still rests on 25 draws a side. */
const BACKTEST_DRAWS = 1_000
/** A forecast of the backtest needs so many uses before it: earlier ones would only show the prior. */
const USES_BEFORE_MIN = 10
/** Expiry months and reminders that are believed before any are seen: half of them. */
const REMINDERS_BEFORE = 1

/** One forecast made in the past, and what came of it. */
export type PastForecast = Readonly<{
  madeAt: Instant
  /** Calendar months that it covers. */
  months: number
  batch: string | null
  openCount: number
  openMinor: number
  count: Checked
  /** Null when nothing that was open had a value. */
  minor: Checked | null
}>

/** How forecasts over one horizon did, over all vouchers. */
export type HorizonBacktest = Readonly<{ months: number; count: Backtest; minor: Backtest }>

/** What is owed on vouchers, what it will come to, and how such forecasts did before. */
export type Liability = Readonly<{
  kind: 'forecast'
  book: VoucherBook
  model: RedemptionModel
  forecast: RedemptionForecast
  backtest: Readonly<{
    made: readonly PastForecast[]
    horizons: readonly HorizonBacktest[]
    /** The same for single batches one month ahead: more forecasts, and harder ones. */
    batches: Backtest
  }>
}>

/** How many draws and which seed; fewer draws only where time matters more than the edge of a band. */
export type LiabilityOptions = Readonly<{ seed: number; draws?: number }>

/**
 * Fits, forecasts, and repeats both for each past month of the book as if nothing later were known. Refuses only what
 * the regression refuses: without any use the forecast is that of the published priors.
 */
export function liability(book: VoucherBook, options: LiabilityOptions): Liability | Refusal {
  const steps = liabilitySteps(book, options)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** The same in steps of one forecast each, for whoever has other things to do meanwhile; yields how much is done. */
export function* liabilitySteps(
  book: VoucherBook,
  { seed, draws = FORECAST_DRAWS }: LiabilityOptions,
): Generator<Readonly<{ done: number; total: number }>, Liability | Refusal> {
  const source = rng(seed)
  const lastMonth = calendarMonthOf(book.now.at)
  const made = makeForecast(book, book.now, { months: FORECAST_MONTHS, soonMonths: SHOWN_MONTHS, draws, seed })
  if (made.kind === 'refused') return made
  const past: PastForecast[] = []
  const total = book.past.length + 1
  for (const [at, cut] of book.past.entries()) {
    yield { done: at + 1, total }
    const month = calendarMonthOf(cut.at)
    const horizons = BACKTEST_HORIZONS.filter((months) => month + months <= lastMonth)
    if (cut.open.size === 0 || usesBefore(book, month) < USES_BEFORE_MIN) continue
    const months = Math.max(...horizons)
    const then = makeForecast(book, cut, {
      months,
      soonMonths: 1,
      draws: Math.min(draws, BACKTEST_DRAWS),
      horizons,
      seed: source.split(cut.at).int(2 ** 31),
    })
    if (then.kind === 'refused') return then
    past.push(...compared(cut, then.forecast))
  }
  return {
    kind: 'forecast',
    book,
    model: made.model,
    forecast: made.forecast,
    backtest: {
      made: past.filter(({ batch }) => batch === null),
      horizons: BACKTEST_HORIZONS.map((months) => horizonOf(past, months)),
      batches: backtestOf(past.filter(({ batch, months }) => batch !== null && months === 1).map(({ count }) => count)),
    },
  }
}

const usesBefore = ({ risk }: VoucherBook, month: number): number => {
  let uses = 0
  for (const cell of risk.values()) if (cell.month < month) uses += cell.used
  return uses
}

type Made = Readonly<{ kind: 'made'; model: RedemptionModel; forecast: RedemptionForecast }>

type How = Readonly<{
  months: number
  soonMonths: number
  draws: number
  seed: number
  horizons?: readonly number[]
}>

// Nothing that happened from the month of the cut on is known to a forecast of the past; today's knows all there is.
function makeForecast(book: VoucherBook, cut: Cut, { seed, horizons = [], ...how }: How): Made | Refusal {
  const until = cut === book.now ? Number.POSITIVE_INFINITY : calendarMonthOf(cut.at)
  const model = fitRedemption([...book.risk.values()].filter(({ month }) => month < until))
  if (model.kind === 'refused') return model
  const { shares, reminderShare } = habitsBefore(book.habits, until)
  const forecast = forecastRedemption({
    at: cut.at,
    model,
    cells: [...cut.open.values()],
    shares,
    reminderShare,
    horizons,
    ...how,
    source: rng(seed),
  })
  return forecast.kind === 'refused' ? forecast : { kind: 'made', model, forecast }
}

function habitsBefore(habits: ReadonlyMap<number, Habits>, until: number) {
  let shares: UsedShares = noUsedShares
  let [expiryMonths, reminded] = [REMINDERS_BEFORE, REMINDERS_BEFORE / 2]
  for (const [month, habit] of habits) {
    if (month >= until) continue
    shares = {
      whole: shares.whole + habit.shares.whole,
      partial: shares.partial.map((count, bin) => count + (habit.shares.partial[bin] ?? 0)),
    }
    expiryMonths += habit.expiryMonths
    reminded += habit.reminded
  }
  return { shares, reminderShare: reminded / expiryMonths }
}

function compared(cut: Cut, forecast: RedemptionForecast): readonly PastForecast[] {
  const first = calendarMonthOf(cut.at)
  const cells = [...cut.open.values()]
  const actualOf = (actual: Cut['actual'] | undefined, months: number, what: 'count' | 'minor') =>
    [...(actual ?? [])].reduce((sum, [month, one]) => sum + (month < first + months ? one[what] : 0), 0)
  const entry = (
    batch: string | null,
    months: number,
    open: Readonly<{ openCount: number; openMinor: number }>,
    bands: Readonly<{ count: Bands; minor: Bands }>,
  ): PastForecast => {
    const actual = batch === null ? cut.actual : cut.actualByBatch.get(batch)
    return {
      madeAt: cut.at,
      months,
      batch,
      ...open,
      count: { forecast: bands.count, actual: actualOf(actual, months, 'count') },
      minor: open.openMinor === 0 ? null : { forecast: bands.minor, actual: actualOf(actual, months, 'minor') },
    }
  }
  const all = {
    openCount: cells.reduce((sum, { count }) => sum + count, 0),
    openMinor: cells.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0),
  }
  return [
    ...forecast.within.map(({ months, redeemedCount, redeemedMinor }) =>
      entry(null, months, all, { count: redeemedCount, minor: redeemedMinor }),
    ),
    ...[...forecast.batches].map(([batch, { openCount, openMinor, redeemedSoonCount, redeemedSoonMinor }]) =>
      entry(batch, 1, { openCount, openMinor }, { count: redeemedSoonCount, minor: redeemedSoonMinor }),
    ),
  ]
}

function backtestOf(checked: readonly Checked[]): Backtest {
  const backtest = checkBands(checked)
  assert(backtest.kind !== 'refused', 'forecasts that were made, and what came of them, are numbers')
  return backtest
}

function horizonOf(past: readonly PastForecast[], months: number): HorizonBacktest {
  const these = past.filter((one) => one.batch === null && one.months === months)
  return {
    months,
    count: backtestOf(these.map(({ count }) => count)),
    minor: backtestOf(these.flatMap(({ minor }) => (minor === null ? [] : [minor]))),
  }
}
