import { type Static, Type } from 'typebox'

/** What is owed on vouchers. Months are calendar months in UTC as `2026-05`, money is in minor units. */

const time = Type.String({ format: 'date-time' })
const month = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}$', description: 'A calendar month in UTC.' })
const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const pair = Type.Array(Type.Number(), { minItems: 2, maxItems: 2, description: 'Low and high.' })

/** What a forecast says of one number. */
const bands = Type.Object(
  { mean: Type.Number(), median: Type.Number(), band50: pair, band80: pair, band90: pair, band95: pair },
  { $id: 'Bands', description: 'Intervals that are to hold the outcome in 50, 80, 90 and 95 of 100 cases.' },
)

const rollMonth = Type.Object(
  {
    month,
    openingMinor: Type.Integer(),
    issuedMinor: Type.Integer(),
    redeemedMinor: Type.Integer(),
    expiredMinor: Type.Integer({ description: 'Less what was honoured after its expiry.' }),
    cancelledMinor: Type.Integer(),
    closingMinor: Type.Integer(),
    openingCount: Type.Integer(),
    issuedCount: Type.Integer(),
    redeemedCount: Type.Integer({ description: 'Vouchers of which nothing is left.' }),
    expiredCount: Type.Integer(),
    cancelledCount: Type.Integer(),
    closingCount: Type.Integer(),
  },
  {
    $id: 'VoucherRollMonth',
    description: 'Opening + issued - redeemed - expired - cancelled = closing, to the unit.',
  },
)

/** Vouchers of one cohort or origin. */
const partFields = {
  issuedCount: Type.Integer(),
  issuedMinor: Type.Integer(),
  openCount: Type.Integer(),
  openMinor: Type.Integer(),
  redeemedYearMinor: nullable(bands),
  redeemedYearCount: nullable(bands),
  redeemedMinor: nullable(bands),
  redeemedCount: nullable(bands),
}

const score = Type.Union([
  Type.Object({
    kind: Type.Literal('checked'),
    forecasts: Type.Integer(),
    coverage50: Type.Number(),
    coverage80: Type.Number(),
    coverage95: Type.Number(),
    bias: Type.Number({ description: 'Mean of outcome less forecast.' }),
    pinballLoss: Type.Number(),
  }),
  Type.Object({ kind: Type.Literal('too-few'), needed: Type.Integer(), forecasts: Type.Integer() }),
])

const checked = Type.Object({ forecast: bands, actual: Type.Number() })

/** What is owed on vouchers, what it will come to, and how such forecasts did before. */
export const liability = Type.Object(
  {
    asOf: time,
    madeAt: time,
    currency: Type.String(),
    vouchers: Type.Integer(),
    otherCurrencies: Type.Integer({ description: 'Vouchers in other currencies: counted here and nowhere else.' }),
    openCount: Type.Integer(),
    openMinor: Type.Integer(),
    roll: Type.Array(rollMonth, { description: 'The last 60 months at most, oldest first.' }),
    forecast: Type.Object({
      months: Type.Array(Type.Object({ month, redeemedMinor: bands, redeemedCount: bands, expiredMinor: bands }), {
        description: 'Of the vouchers open now; the first month is what is left of the current one.',
      }),
      total: Type.Object(
        { redeemedMinor: bands, redeemedCount: bands, expiredMinor: bands, stillOpenMinor: bands },
        { description: 'Until 36 months from now.' },
      ),
      cohorts: Type.Array(Type.Object({ cohort: month, ...partFields }), { description: 'By month of issue.' }),
      origins: Type.Array(Type.Object({ origin: Type.String(), ...partFields })),
    }),
    model: Type.Object({
      uses: Type.Integer({ description: 'Uses it was learned from; 0: published priors alone.' }),
      draws: Type.Integer(),
      batchSpread: Type.Number({ description: 'Spread of batches in log-odds, the likeliest of those tried.' }),
      monthSpread: Type.Number(),
      crossingSpread: Type.Number({ description: 'Of one batch in one month.' }),
      covariates: Type.Array(
        Type.Object({
          name: Type.String(),
          priorMean: Type.Number(),
          priorSd: Type.Number(),
          mean: Type.Number(),
          sd: Type.Number(),
          learnedShare: Type.Number(),
        }),
      ),
    }),
    backtest: Type.Object({
      horizons: Type.Array(Type.Object({ months: Type.Integer(), count: score, minor: score })),
      batches: score,
      made: Type.Array(
        Type.Object({
          month,
          months: Type.Integer({ description: 'Calendar months ahead, this one the first.' }),
          openCount: Type.Integer(),
          openMinor: Type.Integer(),
          count: checked,
          minor: nullable(checked),
        }),
      ),
    }),
  },
  { $id: 'Liability' },
)
export type Liability = Static<typeof liability>
