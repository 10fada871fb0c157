import { type Static, Type } from 'typebox'
import { caseSteps } from '../core/cases/case-clocks.ts'
import { caseQuestions } from '../core/cases/case-questions.ts'
import { waits } from './case-wishes.ts'
import { locales } from './words.ts'

/** What travels about telling the customer of a case something: by mail, with what follows from it, or in another way. */

const time = Type.String({ format: 'date-time' })
const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const minor = Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'Money in minor units.' })
/** Characters of an answer. */
const REPLY_LENGTH_MAX = 5_000
const LINE_LENGTH_MAX = 200
const line = Type.String({ minLength: 1, maxLength: LINE_LENGTH_MAX })

/** What a person may tell the customer of a case. */
const tellings = [
  'case.acknowledged',
  'case.reply',
  'remedy.choice',
  'fix.done',
  'fix.confirmation',
  'follow-up',
  'final.response',
] as const
/** How. Anything but e-mail was done by the person, and is noted. */
export const tellingChannels = ['email', 'phone', 'post', 'chat', 'sms', 'app', 'visit'] as const

const choice = Type.Object(
  {
    what: line,
    happens: Type.String({ minLength: 1, maxLength: LINE_LENGTH_MAX, description: 'What happens then, for her.' }),
    fixBy: time,
    valueMinor: minor,
    form: nullable(Type.Enum(['refund', 'voucher', 'credit'] as const)),
  },
  { additionalProperties: false },
)

/** Remedies of which the customer chooses one; she may also say that she wants something else. */
export const offerWish = Type.Object(
  {
    choices: Type.Array(choice, { minItems: 1, maxItems: 3 }),
    always: nullable(Type.Object({ valueMinor: minor }, { description: 'A voucher that comes whatever she chooses.' })),
    until: time,
  },
  { additionalProperties: false },
)
export type OfferWish = Static<typeof offerWish>

/** What a letter says beside what the case knows. */
export const letterWish = Type.Object(
  {
    pack: Type.String({ maxLength: LINE_LENGTH_MAX, description: 'The pack that asks for it; `own` for none.' }),
    letter: Type.String({ maxLength: LINE_LENGTH_MAX }),
    found: Type.Optional(
      Type.String({ maxLength: REPLY_LENGTH_MAX, description: 'What we found. A final letter needs it.' }),
    ),
    done: Type.Optional(
      Type.String({ maxLength: REPLY_LENGTH_MAX, description: 'What we do, or why nothing. A final letter needs it.' }),
    ),
    body: Type.Optional(
      Type.String({ maxLength: LINE_LENGTH_MAX, description: 'The dispute body, where the pack names none.' }),
    ),
  },
  { additionalProperties: false },
)
export type LetterWish = Static<typeof letterWish>

/** Something to tell. */
export const tellingWish = Type.Object(
  {
    about: Type.Enum(tellings),
    channel: Type.Optional(Type.Enum(tellingChannels, { description: 'E-mail if left out.' })),
    language: Type.Optional(Type.Enum(locales, { description: 'The customer’s own if left out.' })),
    what: Type.Optional(
      Type.String({ minLength: 1, maxLength: LINE_LENGTH_MAX, description: 'What we understood that it is about.' }),
    ),
    text: Type.Optional(
      Type.String({ minLength: 1, maxLength: REPLY_LENGTH_MAX, description: 'An answer, as typed.' }),
    ),
    how: Type.Optional(Type.String({ minLength: 1, maxLength: LINE_LENGTH_MAX, description: 'How it was fixed.' })),
    promises: Type.Optional(
      Type.Array(
        Type.Object({
          phrase: line,
          what: Type.Optional(
            Type.String({ minLength: 1, maxLength: LINE_LENGTH_MAX, description: 'In words; the phrase if left out.' }),
          ),
          due: time,
        }),
        {
          maxItems: 20,
          description: 'What the text promises: each enters the ledger with its date, and the teller answers for it.',
        },
      ),
    ),
    noPromises: Type.Optional(
      Type.Array(line, { maxItems: 20, description: 'What was found in the text and is no promise.' }),
    ),
    apology: Type.Optional(
      Type.Enum(['counts', 'once more'] as const, {
        description: 'counts: it is the one specific apology of this failure. once more: knowingly another one.',
      }),
    ),
    offer: Type.Optional(offerWish),
    letter: Type.Optional(letterWish),
  },
  { $id: 'TellingWish', additionalProperties: false },
)
export type TellingWish = Static<typeof tellingWish>

/** Why mail cannot reach the customer of a case. */
export const waysTo = ['open', 'no-mail-server', 'no-public-address', 'no-address', 'bounced'] as const

/** A telling as it would be sent, with what was found in it. */
export const tellingPreview = Type.Object(
  {
    way: Type.Enum(waysTo, { description: 'Whether mail reaches her, or what is missing.' }),
    to: nullable(Type.String()),
    language: Type.Enum(locales),
    subject: Type.String(),
    body: Type.String(),
    html: Type.String(),
    promises: Type.Array(
      Type.Object({ start: Type.Integer(), end: Type.Integer(), phrase: Type.String(), due: nullable(time) }),
    ),
    apologies: Type.Integer({ description: 'Sentences of the text that apologise.' }),
    apologisedAt: nullable(Type.String({ format: 'date-time', description: 'When the one apology was made.' })),
    until: nullable(Type.String({ format: 'date-time', description: 'By when she is told that she hears from us.' })),
    refusal: nullable(
      Type.Object(
        { because: Type.String(), sentence: Type.String(), pointer: Type.Optional(Type.String()) },
        { description: 'Why it would not be sent as it stands; null when it would.' },
      ),
    ),
    after: nullable(
      Type.Object(
        {
          done: Type.Array(Type.Enum(caseSteps), { description: 'Steps that are done by telling it.' }),
          owed: Type.Array(Type.Object({ step: Type.Enum(caseSteps), dueAt: nullable(time) })),
          legal: Type.Array(
            Type.Object({
              pack: Type.String(),
              packName: Type.String(),
              step: Type.String(),
              name: Type.String(),
              kind: Type.Enum(['met', 'begins', 'stays'] as const),
              effect: Type.String({
                description: 'What the date is, as the pack says: `duty_ends`, `right_opens`, `right_ends`.',
              }),
              letter: Type.Boolean({ description: 'Whether a letter is owed.' }),
              dueAt: nullable(time),
            }),
            { description: 'What it does to the deadlines of the regimes that apply; in the language of the reader.' },
          ),
          waitingFor: nullable(Type.Enum(waits)),
          asks: nullable(Type.Object({ question: Type.Enum(caseQuestions), from: time })),
        },
        { description: 'The case once it was told; null where the protocol refuses it.' },
      ),
    ),
  },
  { $id: 'TellingPreview' },
)
export type TellingPreview = Static<typeof tellingPreview>

/** What was told. */
export const tellingAnswer = Type.Object(
  {
    id: Type.String(),
    revision: Type.Integer(),
    message: nullable(Type.String({ description: 'The mail; null when it was told in another way.' })),
    path: nullable(Type.String({ description: 'The page that the mail leads to, to pass on in another way.' })),
    url: nullable(Type.String({ description: 'Its whole address; null while AMENDS_PUBLIC_URL is not set.' })),
  },
  { $id: 'TellingAnswer' },
)
export type TellingAnswer = Static<typeof tellingAnswer>
