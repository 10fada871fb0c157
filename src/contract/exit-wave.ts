import { type Static, Type } from 'typebox'
import { estimate, nullable, time } from './show.ts'

/** What fixed terms hold back, and when they end. Counts are of customers; those of leaving are expected, with their 80 % interval. */

/** The exit wave as it was last worked out. */
export const termsForecast = Type.Object(
  {
    madeAt: nullable(time),
    asOf: nullable(time),
    looked: Type.Integer({
      description: 'Customers looked at; of more customers than these, what is told is scaled up from a sample.',
    }),
    customers: Type.Integer({ description: 'All customers.' }),
    bound: Type.Number({ description: 'Customers in a fixed term who have not said that they leave.' }),
    leaving: nullable(estimate),
    ifFree: nullable(
      Type.Object(estimate.properties, {
        description: 'How many of them would leave within a month if no term held them.',
      }),
    ),
    months: Type.Array(
      Type.Object({
        from: time,
        to: time,
        ending: Type.Number({ description: 'Terms that end in this month.' }),
        leaving: Type.Object(estimate.properties, { description: 'Who of these leaves in the month after.' }),
        stillBound: Type.Object(estimate.properties, { description: 'Who of these would, if the terms went on.' }),
      }),
    ),
  },
  { $id: 'TermsForecast' },
)
export type TermsForecast = Static<typeof termsForecast>

/** Before anything was worked out. */
export const noTermsForecast: TermsForecast = {
  madeAt: null,
  asOf: null,
  looked: 0,
  customers: 0,
  bound: 0,
  leaving: null,
  ifFree: null,
  months: [],
}
