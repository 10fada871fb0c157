import { type Static, Type } from 'typebox'
import { exitWays } from '../core/exits/exit-ways.ts'
import { customerLocales } from './customer-languages.ts'

/** Which functions of leaving the firm offers on its website. */

const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

const country = nullable(
  Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1, of the customers; null: not said.' }),
)
const followed = nullable(Type.Boolean({ description: 'Null follows the country.' }))

const address = Type.String({ format: 'uri', pattern: '^https://', maxLength: 300 })

/** Where those who leave may go, if the firm tells anybody. */
const referral = Type.Object(
  {
    on: Type.Boolean({ description: 'Shown to whoever asks, on the page of settling.' }),
    suppliers: Type.Array(Type.Object({ name: Type.String({ minLength: 1, maxLength: 80 }), url: address }), {
      maxItems: 20,
    }),
    comparison: nullable(address),
  },
  { description: 'At least three suppliers, or a comparison that is not yours; no commission may be taken.' },
)

/** What the firm says about leaving. */
export const exitSettingsWish = Type.Object(
  { country, cancel: followed, withdraw: followed, referral: Type.Optional(referral) },
  { $id: 'ExitSettingsWish' },
)
export type ExitSettingsWish = Static<typeof exitSettingsWish>

const offered = Type.Object({ cancel: Type.Boolean(), withdraw: Type.Boolean() })

/** What it said, what follows from it, and where each function is. */
export const exitSettings = Type.Object(
  {
    country,
    cancel: followed,
    withdraw: followed,
    referral,
    offered,
    usual: offered,
    publicUrl: nullable(Type.String({ description: 'Where customers reach the pages; null until the operator says.' })),
    links: Type.Array(
      Type.Object({
        way: Type.Enum(exitWays),
        path: Type.String(),
        words: Type.Record(Type.Enum(customerLocales), Type.String(), {
          description:
            'What the link on the website says, by language: for a function of the law, the words of the law.',
        }),
      }),
    ),
  },
  { $id: 'ExitSettings' },
)
export type ExitSettings = Static<typeof exitSettings>
