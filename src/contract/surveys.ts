import { type Static, Type } from 'typebox'
import { surveyKinds } from '../core/listening/survey.ts'
import { locales } from './words.ts'

/** Asking customers, and what they answer. */

const key = Type.String({ minLength: 1, maxLength: 200 })

/** Whom to ask what. `failure` and `contact` tie the answer to what it is about. */
export const surveyWish = Type.Object(
  {
    customer: key,
    kind: Type.Enum(surveyKinds),
    failure: Type.Optional(key),
    contact: Type.Optional(key),
    language: Type.Optional(Type.Enum(locales)),
  },
  { $id: 'SurveyWish' },
)
export type SurveyWish = Static<typeof surveyWish>

/** What came of the wish to ask. */
export const surveyInvitation = Type.Object(
  {
    invited: Type.Boolean({ description: 'False when the contact policy says no: then nothing was stored or sent.' }),
    survey: Type.Union([Type.String(), Type.Null()]),
    path: Type.Union([
      Type.String({ description: 'The page of the question, signed, open for 30 days.' }),
      Type.Null(),
    ]),
    url: Type.Union([Type.String({ description: 'Its whole address.' }), Type.Null()], {
      description: 'Null where nobody was invited, and while AMENDS_PUBLIC_URL is not set.',
    }),
    mailed: Type.Boolean({
      description: 'Whether a mail was written: an e-mail address and AMENDS_PUBLIC_URL have to be known.',
    }),
    rules: Type.Array(Type.String(), { description: 'The rules that spoke, strongest first.' }),
  },
  { $id: 'SurveyInvitation' },
)
export type SurveyInvitation = Static<typeof surveyInvitation>

const text = Type.String()
const time = Type.Union([Type.String({ format: 'date-time' }), Type.Null()])

/** What would come of the wish to ask: may it be, and the mail as it would be sent. */
export const surveyInvitationPreview = Type.Object(
  {
    allowed: Type.Boolean(),
    spoke: Type.Array(Type.Object({ rule: text, reason: text, until: time }), {
      description: 'Every rule that spoke, strongest first, with its reason in the language asked for.',
    }),
    nextAllowedAt: time,
    way: Type.Enum(['open', 'no-address', 'no-public-url'] as const, {
      description: 'Whether a mail would go. Where none does, the link is for you to pass on.',
    }),
    to: Type.Union([text, Type.Null()]),
    language: Type.Enum(locales),
    subject: text,
    body: text,
    html: text,
  },
  { $id: 'SurveyInvitationPreview' },
)
export type SurveyInvitationPreview = Static<typeof surveyInvitationPreview>
