import { type Refusal, refuse } from '../refusal.ts'

/** What a forecast says of one number: its mean and median, and intervals that hold 50, 80, 90 and 95 % of the draws. */
export type Bands = Readonly<{
  mean: number
  median: number
  band50: readonly [low: number, high: number]
  band80: readonly [low: number, high: number]
  band90: readonly [low: number, high: number]
  band95: readonly [low: number, high: number]
}>

/** The quantiles that the bands are made of, and by which a forecast is scored. */
const LEVELS = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] as const

/**
 * Bands of draws, quantiles between neighbours by straight line (Hyndman and Fan 1996, definition 7). Without draws, or
 * with one that is not a finite number, everything is NaN. The draws are not changed.
 */
export function bandsOf(draws: Float64Array): Bands {
  const sorted = draws.every(Number.isFinite) ? draws.toSorted() : new Float64Array()
  const at = (level: number) => quantile(sorted, level)
  return {
    mean: sorted.length === 0 ? Number.NaN : draws.reduce((sum, one) => sum + one, 0) / draws.length,
    median: at(0.5),
    band50: [at(0.25), at(0.75)],
    band80: [at(0.1), at(0.9)],
    band90: [at(0.05), at(0.95)],
    band95: [at(0.025), at(0.975)],
  }
}

/** The quantile of sorted values, between neighbours by straight line. NaN without any. */
export function quantile(sorted: Float64Array, level: number): number {
  const place = level * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below] ?? Number.NaN
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN
  return low + (place - below) * (high - low)
}

/** One forecast beside what came of it. */
export type Checked = Readonly<{ forecast: Bands; actual: number }>

/**
 * How forecasts did: shares of outcomes inside their bands, mean error, and mean loss of the quantiles (pinball loss;
 * Koenker and Bassett 1978, Econometrica 46, 33-50).
 */
export type Backtest =
  | Readonly<{
      kind: 'checked'
      forecasts: number
      coverage50: number
      coverage80: number
      coverage95: number
      /** Mean of actual less forecast mean, in units of the outcome. */
      bias: number
      /** Mean over forecasts and the seven quantiles of their bands; smaller is better. Koenker and Bassett (1978). */
      pinballLoss: number
    }>
  | Readonly<{ kind: 'too-few'; needed: number; forecasts: number }>

const FORECASTS_MIN = 3

/** Compares forecasts with outcomes; fewer than three say nothing. Refuses a forecast or outcome that is not a number. */
export function checkBands(checked: readonly Checked[]): Backtest | Refusal {
  const forecasts = checked.length
  if (forecasts < FORECASTS_MIN) return { kind: 'too-few', needed: FORECASTS_MIN, forecasts }
  const wrong = checked.findIndex(
    ({ forecast, actual }) => ![actual, forecast.mean, ...edgesOf(forecast)].every(Number.isFinite),
  )
  if (wrong >= 0) return refuse('not-a-number', `forecast ${wrong} or its outcome is not a finite number`)
  const share = (band: (of: Bands) => readonly [number, number]) =>
    checked.filter(({ forecast, actual }) => band(forecast)[0] <= actual && actual <= band(forecast)[1]).length /
    forecasts
  const mean = (of: (one: Checked) => number) => checked.reduce((sum, one) => sum + of(one), 0) / forecasts
  return {
    kind: 'checked',
    forecasts,
    coverage50: share(({ band50 }) => band50),
    coverage80: share(({ band80 }) => band80),
    coverage95: share(({ band95 }) => band95),
    bias: mean(({ forecast, actual }) => actual - forecast.mean),
    pinballLoss: mean(pinball),
  }
}

const edgesOf = ({ median, band50, band80, band95 }: Bands): readonly number[] => {
  return [band95[0], band80[0], band50[0], median, band50[1], band80[1], band95[1]]
}

function pinball({ forecast, actual }: Checked): number {
  const losses = edgesOf(forecast).map((q, k) => {
    const level = LEVELS[k] ?? 0.5
    return actual >= q ? level * (actual - q) : (1 - level) * (q - actual)
  })
  return losses.reduce((sum, one) => sum + one, 0) / losses.length
}
