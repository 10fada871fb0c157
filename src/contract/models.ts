import { type Static, Type } from 'typebox'
import { leaveEvidence, liveReasons, modelKinds, unheldReasons } from '../core/learning/fit-report.ts'
import { leavingWays } from '../core/relationship/exit.ts'

/** What is told of the models: versions, what was learned, and how well it foretells. Chances are 0 to 1. */

const time = Type.String({ format: 'date-time' })
const nullable = <Schema extends Type.TSchema>(schema: Schema, options: Type.TSchemaOptions = {}) =>
  Type.Union([schema, Type.Null()], options)
const said = <Schema extends Type.TSchema>(code: Schema) =>
  Type.Object({ code, sentence: Type.String({ description: 'In the language asked for.' }) })

/** A version in short. */
const version = Type.Object({
  version: Type.Integer(),
  live: Type.Boolean({ description: 'True for the one version that is in use.' }),
  reason: said(Type.Enum(liveReasons)),
  createdAt: time,
  dataTo: nullable(time),
  exits: nullable(Type.Integer({ description: 'Events learned from; null for a version without a fit.' })),
  learnedFrom: nullable(Type.Enum(leaveEvidence), {
    description: 'Of the leave model: declared `exits`, or `buying`, where exits are expected ones.',
  }),
  rows: nullable(Type.Integer({ description: 'Months (or what else makes a row) that these were among.' })),
  learnedShare: nullable(Type.Number({ description: 'Mean over the slopes of 1 - (posterior sd / prior sd)^2.' })),
  slope: nullable(Type.Number({ description: 'Calibration slope on held-out months.' })),
  expectedCalibrationError: nullable(Type.Number()),
  logLoss: nullable(Type.Number()),
})

/** A coefficient that moved from one version to the next, with the move in posterior standard deviations. */
const change = Type.Object({
  name: Type.String(),
  label: Type.String(),
  from: Type.Number(),
  to: Type.Number(),
  sds: Type.Number(),
})

/** One line for each kind. */
export const modelList = Type.Object(
  {
    models: Type.Array(
      Type.Object({
        kind: Type.Enum(modelKinds),
        live: nullable(version),
        newest: nullable(version),
        ageDays: nullable(Type.Number({ description: 'Days since the data of the live version end.' })),
        versions: Type.Integer(),
        changed: Type.Array(change, {
          description: 'What the live version says otherwise than the one before it, the largest first, at most five.',
        }),
      }),
    ),
    leaving: Type.Object(
      {
        customers: Type.Integer({ description: 'How many were looked at, in the order of their keys.' }),
        announced: Type.Integer({ description: 'How many of them have or had a contract, or have left.' }),
        applies: Type.Enum(leavingWays),
      },
      {
        description:
          'How customers leave here: `announced` (the leave model holds), `silent` (attrition), `both`, or `unknown` without customers.',
      },
    ),
  },
  { $id: 'ModelList' },
)
export type ModelList = Static<typeof modelList>

const norm = Type.Object({ mean: Type.Number(), sd: Type.Number() })

const coefficient = Type.Object({
  name: Type.String(),
  label: Type.String({ description: 'In the language asked for.' }),
  prior: nullable(norm),
  posterior: norm,
  low: Type.Number({ description: 'The 80 % interval.' }),
  high: Type.Number(),
  learnedShare: Type.Number(),
  flat: Type.Optional(
    nullable(norm, {
      description:
        'The same rows under priors a hundred times as wide, null where they alone cannot tell. It never scores. Absent where it was not looked for.',
    }),
  ),
  from: Type.Enum(['literature', 'mixed', 'own-data'] as const),
  raises: Type.Number({ description: 'Posterior chance that it is above 0.' }),
  raisesPrior: nullable(Type.Number({ description: 'The same before the data.' })),
  rows: Type.Integer({ description: 'Rows in which it is not 0: only these can teach it.' }),
})

const heldOut = Type.Object({
  months: Type.Integer(),
  rows: Type.Integer(),
  events: Type.Integer(),
  slope: nullable(Type.Number()),
  slopeError: nullable(Type.Number()),
  intercept: nullable(Type.Number()),
  expectedCalibrationError: Type.Number({ description: '0.01 is one point.' }),
  errorByChance: Type.Optional(
    Type.Number({ description: 'The same of a perfect forecast: what chance does to tenths of so many rows.' }),
  ),
  logLoss: Type.Number(),
  brier: Type.Number(),
  deciles: Type.Array(
    Type.Object({ chance: Type.Number(), observed: Type.Number(), rows: Type.Integer(), events: Type.Integer() }),
  ),
})

const backtestMonth = Type.Object({
  from: time,
  rows: Type.Integer(),
  expected: Type.Number(),
  expectedSd: Type.Number(),
  events: Type.Integer(),
  heldOut: Type.Boolean({ description: 'True for months that the fit has not seen.' }),
})

const against = Type.Object({
  version: Type.Integer({ description: '0 is the published priors.' }),
  logLoss: Type.Number(),
  expectedCalibrationError: Type.Number(),
  difference: Type.Number({ description: 'Mean loss of this version less that of the other: below 0 is better.' }),
  differenceError: Type.Number(),
})

const warning = Type.Object({
  code: Type.String(),
  params: Type.Record(Type.String(), Type.Union([Type.Number(), Type.String()])),
  sentence: Type.String(),
})

const estimate = Type.Object({
  value: Type.Number(),
  low: Type.Number({ description: 'The 80 % interval.' }),
  high: Type.Number(),
})

/** The reference customer: month 12 of tenure, no term, no event, average in all that is centred. */
const referenceCustomer = Type.Object({
  monthly: estimate,
  monthlyPrior: estimate,
  stay12: estimate,
  stay12Prior: estimate,
})

/** A model with everything that its page shows. */
export const modelPage = Type.Object(
  {
    kind: Type.Enum(modelKinds),
    shown: nullable(version),
    learnedFrom: nullable(said(Type.Enum(leaveEvidence)), {
      description:
        'Of the leave model: declared `exits`, or `buying` where nobody says goodbye. With `buying`, exits are expected ones, and `calibration` is of the chance to buy in the months held out.',
    }),
    versions: Type.Array(version, { description: 'Newest first, at most 100.' }),
    coefficients: Type.Array(coefficient),
    reference: nullable(referenceCustomer),
    gradientNorm: nullable(Type.Number()),
    iterations: nullable(Type.Integer()),
    conditionNumber: nullable(Type.Number()),
    logLikelihood: nullable(Type.Number()),
    calibration: nullable(heldOut),
    calibrationMissing: nullable(said(Type.Enum(unheldReasons))),
    backtest: Type.Array(backtestMonth, { description: 'Oldest first.' }),
    against: nullable(against),
    chosen: Type.Record(Type.String(), Type.Number(), { description: 'What else the fit chose, by name.' }),
    warnings: Type.Array(warning),
    needed: Type.Object({
      events: nullable(Type.Integer({ description: 'From so many events on there is a fit; null where rows decide.' })),
      counted: nullable(Type.Integer({ description: 'So many have happened; null where they are not counted.' })),
    }),
  },
  { $id: 'ModelPage' },
)
export type ModelPage = Static<typeof modelPage>
