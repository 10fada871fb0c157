import type { Liability as LiabilityAnswer } from '../../contract/liability.ts'
import type { Liability } from '../../core/liability/liability.ts'
import { FORECAST_DRAWS, type ForecastPart } from '../../core/liability/redemption-forecast.ts'
import { columns } from '../../core/liability/redemption-model.ts'
import { redemptionCovariates, redemptionPriors } from '../../core/liability/redemption-priors.ts'
import type { Given } from '../../core/liability/voucher-book.ts'
import { calendarMonthStart, type Instant, rfc3339 } from '../../core/time/instant.ts'
import type { Bands } from '../../stats/compare/bands.ts'

const ROLL_MONTHS_MAX = 60
const COHORTS_MAX = 60

/** When and in what money a liability was computed. */
export type Told = Readonly<{ asOf: Instant; madeAt: Instant; currency: string }>

/** A liability in the shape in which it travels and is stored. */
export function tellLiability({ book, model, forecast, backtest }: Liability, of: Told): LiabilityAnswer {
  const last = book.roll.at(-1)
  return {
    asOf: rfc3339(of.asOf),
    madeAt: rfc3339(of.madeAt),
    currency: of.currency,
    vouchers: book.vouchers,
    otherCurrencies: book.elsewhere,
    openCount: last?.closingCount ?? 0,
    openMinor: last?.closingMinor ?? 0,
    roll: book.roll.slice(-ROLL_MONTHS_MAX).map((one) => ({ ...one, month: monthName(one.month) })),
    forecast: {
      months: forecast.months.map(({ month, redeemedMinor, redeemedCount, expiredMinor }) => ({
        month: monthName(month),
        redeemedMinor: bandsOf(redeemedMinor),
        redeemedCount: bandsOf(redeemedCount),
        expiredMinor: bandsOf(expiredMinor),
      })),
      total: {
        redeemedMinor: bandsOf(forecast.total.redeemedMinor),
        redeemedCount: bandsOf(forecast.total.redeemedCount),
        expiredMinor: bandsOf(forecast.total.expiredMinor),
        stillOpenMinor: bandsOf(forecast.total.stillOpenMinor),
      },
      cohorts: [...book.issuedByCohort]
        .toSorted(([a], [b]) => a - b)
        .slice(-COHORTS_MAX)
        .map(([cohort, given]) => ({ cohort: monthName(cohort), ...partOf(given, forecast.cohorts.get(cohort)) })),
      origins: [...book.issuedByOrigin].map(([origin, given]) => ({
        origin,
        ...partOf(given, forecast.origins.get(origin)),
      })),
    },
    model: modelOf(model),
    backtest: {
      horizons: backtest.horizons.map((one) => ({ ...one })),
      batches: backtest.batches,
      made: backtest.made.map(({ madeAt, months, openCount, openMinor, count, minor }) => ({
        month: rfc3339(madeAt).slice(0, 7),
        months,
        openCount,
        openMinor,
        count: { forecast: bandsOf(count.forecast), actual: count.actual },
        minor: minor === null ? null : { forecast: bandsOf(minor.forecast), actual: minor.actual },
      })),
    },
  }
}

const monthName = (month: number): string => rfc3339(calendarMonthStart(month)).slice(0, 7)

// A band travels to the thousandth: vouchers and cents have no more to say.
const rounded = (value: number): number => Math.round(value * 1_000) / 1_000

const bandsOf = ({ mean, median, band50, band80, band90, band95 }: Bands) => ({
  mean: rounded(mean),
  median: rounded(median),
  band50: band50.map(rounded),
  band80: band80.map(rounded),
  band90: band90.map(rounded),
  band95: band95.map(rounded),
})

const partOf = (given: Given, part: ForecastPart | undefined) => ({
  issuedCount: given.count,
  issuedMinor: given.minor,
  openCount: part?.openCount ?? 0,
  openMinor: part?.openMinor ?? 0,
  redeemedYearMinor: part === undefined ? null : bandsOf(part.redeemedSoonMinor),
  redeemedYearCount: part === undefined ? null : bandsOf(part.redeemedSoonCount),
  redeemedMinor: part === undefined ? null : bandsOf(part.redeemedMinor),
  redeemedCount: part === undefined ? null : bandsOf(part.redeemedCount),
})

function modelOf({ shared, uses }: Liability['model']) {
  const { spreads, fit } = shared.best
  const [batchSpread = 0, monthSpread = 0, crossingSpread = 0] = spreads
  return {
    uses,
    draws: FORECAST_DRAWS,
    batchSpread,
    monthSpread,
    crossingSpread,
    covariates: redemptionCovariates.map((name, k) => {
      const at = columns.covariate + k
      const [priorMean, priorSd] = redemptionPriors[name]
      return {
        name,
        priorMean,
        priorSd,
        mean: fit.coefficients[at] ?? priorMean,
        sd: fit.standardErrors[at] ?? priorSd,
        learnedShare: Math.max(0, fit.learnedShare[at] ?? 0),
      }
    }),
  }
}
