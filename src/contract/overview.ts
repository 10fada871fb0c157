import { type Static, Type } from 'typebox'
import { estimate, money, nullable, time } from './show.ts'

/** What the firm let happen lately, and to whom. */
export const overview = Type.Object(
  {
    asOf: time,
    from: time,
    days: Type.Integer(),
    letDown: Type.Object({
      count: Type.Integer(),
      usualLow: nullable(Type.Integer()),
      usualHigh: nullable(Type.Integer()),
      active: Type.Integer({ description: 'Customers with any event in the period.' }),
      detectedByCustomer: nullable(Type.Number()),
    }),
    atStake: Type.Object({ amount: estimate, customers: Type.Integer(), scoredAt: nullable(time) }),
    promises: Type.Object({ due: Type.Integer(), broken: Type.Integer(), kept: nullable(estimate) }),
    fixedInTime: Type.Object({
      due: Type.Integer(),
      share: nullable(estimate),
      weeks: Type.Array(nullable(estimate), { description: 'By week; null where nothing fell due.' }),
      usualLow: nullable(Type.Number()),
      usualHigh: nullable(Type.Number()),
    }),
    given: Type.Object(
      {
        count: Type.Integer(),
        compensation: money,
        gestures: money,
        others: Type.Array(
          Type.Object({ currency: Type.String(), compensation: Type.Integer(), gestures: Type.Integer() }),
        ),
      },
      { description: 'What was given to put things right. Other currencies are in no sum.' },
    ),
    left: Type.Object({ count: Type.Integer(), afterFailure: Type.Integer() }),
    causes: Type.Array(
      Type.Object({
        category: Type.String(),
        weeks: Type.Array(Type.Integer()),
        usualLow: nullable(Type.Integer()),
        usualHigh: nullable(Type.Integer()),
      }),
    ),
    weekStarts: Type.Array(time),
    doubleDeviations: Type.Object({
      weeks: Type.Array(Type.Integer()),
      usualLow: nullable(Type.Integer()),
      usualHigh: nullable(Type.Integer()),
    }),
    people: Type.Array(
      Type.Object({
        customer: Type.String(),
        name: nullable(Type.String()),
        category: nullable(Type.String()),
        severity: Type.String(),
        since: time,
        openFailures: Type.Integer(),
        doubleDeviation: Type.Boolean(),
        stay: estimate,
        atStake: estimate,
      }),
    ),
  },
  { $id: 'Overview' },
)
export type Overview = Static<typeof overview>
