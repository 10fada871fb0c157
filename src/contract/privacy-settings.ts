import { type Static, Type } from 'typebox'
import { dataPurposes, legalBases } from '../core/privacy.ts'

/** What the firm tells customers about their data, and the link to the page that tells it. */

const MONTHS_MAX = 600
const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

/** For each purpose the ground of the law and how long data are kept; whom to ask. */
export const privacySettings = Type.Object(
  {
    basis: Type.Record(Type.Enum(dataPurposes), Type.Enum(legalBases)),
    keptMonths: Type.Record(Type.Enum(dataPurposes), nullable(Type.Integer({ minimum: 1, maximum: MONTHS_MAX })), {
      description: 'What the firm promises its customers; null: until they ask. Nothing is deleted by this.',
    }),
    contact: nullable(Type.String({ minLength: 1, maxLength: 200 })),
  },
  { $id: 'PrivacySettings' },
)
export type PrivacySettingsWish = Static<typeof privacySettings>

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
