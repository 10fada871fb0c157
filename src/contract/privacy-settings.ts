import { type Static, Type } from 'typebox'
import { dataPurposes, legalBases } from '../core/privacy/privacy.ts'

/** What the firm tells customers about their data, and the link to the page that tells it. */

/** Nobody keeps data for longer than so many months and calls it a period. */
export const KEPT_MONTHS_MAX = 600
const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

/** For each purpose the ground of the law; how long data are kept, and whom to ask. */
export const privacySettings = Type.Object(
  {
    basis: Type.Record(Type.Enum(dataPurposes), Type.Enum(legalBases)),
    keptMonths: Type.Union([Type.Integer({ minimum: 1, maximum: KEPT_MONTHS_MAX }), Type.Null()], {
      description:
        'So many months after the last event of a customer the worker erases her, unless a contract, a voucher, a case, an exit or a request still binds; null: only when she asks. It begins a day after it was saved.',
    }),
    wordsMonths: Type.Union([Type.Integer({ minimum: 1, maximum: KEPT_MONTHS_MAX }), Type.Null()], {
      description:
        'So many months after a case was closed, and after any other event, the worker removes what people wrote; what happened stays. Not while a case or an exit is open, the law may ask for it, or a request about data runs. Null: words stay as long as the customer. It begins a day after it was saved.',
    }),
    contact: nullable(Type.String({ minLength: 1, maxLength: 200 })),
  },
  { $id: 'PrivacySettings' },
)
export type PrivacySettingsWish = Static<typeof privacySettings>

/** How many customers were silent for so long. */
export const silentCustomers = Type.Object(
  {
    customers: Type.Integer({
      minimum: 0,
      description: 'Those to whom something still binds the firm, and who were erased already, are counted with them.',
    }),
  },
  { $id: 'SilentCustomers' },
)
export type SilentCustomers = Static<typeof silentCustomers>

/** How many pieces of text are so old, and of how many customers. */
export const oldWords = Type.Object(
  {
    texts: Type.Integer({
      minimum: 0,
      description: 'Free text of events, and notes in cases that are closed. What is still needed is counted with it.',
    }),
    customers: Type.Integer({ minimum: 0 }),
  },
  { $id: 'OldWords' },
)
export type OldWords = Static<typeof oldWords>

/** A link that lets whoever has it see what is held about a customer, and object. */
export const privacyLink = Type.Object(
  {
    path: Type.String(),
    url: nullable(Type.String({ description: 'Null while the operator has named no public address.' })),
    expiresAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'PrivacyLink' },
)
export type PrivacyLink = Static<typeof privacyLink>
