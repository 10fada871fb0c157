import { Type } from 'typebox'

/** What is foreseen of a customer beside leaving. Chances are 0 to 1, intervals hold 80 %. */

const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

const chance = (what: string) =>
  Type.Object(
    {
      months: Type.Integer(),
      value: Type.Number(),
      low: Type.Number(),
      high: Type.Number(),
      events: Type.Integer({ description: 'Events of the firm that it was learned from; 0: published priors alone.' }),
      version: Type.Integer({ description: 'Of the model; 0: published priors alone.' }),
      dataTo: nullable(Type.String({ format: 'date-time' })),
      parts: Type.Array(
        Type.Object({
          covariate: Type.String(),
          label: Type.String({ description: 'In the language asked for.' }),
          units: Type.Number(),
          amount: Type.Number({ description: 'Log-odds of the first period; all parts together are its log-odds.' }),
        }),
      ),
    },
    { description: what },
  )

/** Null where there is nothing to foresee, or nobody may ask. */
export const foreseen = Type.Object(
  {
    retaliation: nullable(
      chance(
        'A public negative act within months. Told only while a failure is open: it calls for a senior owner and a faster repair, and no decision of the product reads it.',
      ),
    ),
    winBack: nullable(chance('Accepting a first offer within 90 days, of somebody who left himself.')),
    outlook: nullable(
      Type.Object(
        {
          model: Type.Union([Type.Literal('leave'), Type.Literal('attrition')], {
            description:
              'leave: the model that scores, which was learned from buying; value is then that of the page. attrition: models of their own, from the whole history.',
          }),
          alive: Type.Number({ description: 'Chance to be a customer still.' }),
          months: Type.Integer(),
          orders: Type.Number(),
          orderValue: Type.Integer({ description: 'Mean value of an order to expect, minor units.' }),
          value: Type.Integer({ description: 'Margin of these orders, discounted, minor units.' }),
        },
        {
          description:
            'Of a customer who buys without announcing when he leaves; once the leave model was learned from buying, or both models of a shop were fitted.',
        },
      ),
    ),
  },
  { $id: 'Foreseen' },
)
