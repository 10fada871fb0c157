import { type Static, Type } from 'typebox'
import { type ContactPolicy, capWindows, consentNeeds, contactPurposes } from '../core/contact/contact-policy.ts'
import { contactRules } from '../core/contact/may-contact.ts'
import { channels } from '../core/relationship/vocabulary.ts'

/** What travels when somebody asks whether a customer may be contacted, and when the firm changes its rules. */

/** Customers in one question. */
export const DECISIONS_MAX = 10_000
/** A slot is held at most so long. */
const SLOT_MINUTES_MAX = 1_440
const KEY_LENGTH_MAX = 200
const NOTE_LENGTH_MAX = 500

const time = Type.String({ format: 'date-time' })
const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const share = Type.Number({ minimum: 0, maximum: 1 })
const days = Type.Integer({ minimum: 0, maximum: 3_650 })
const key = Type.String({ minLength: 1, maxLength: KEY_LENGTH_MAX })
const channel = Type.Enum(channels)
const purpose = Type.Enum(contactPurposes)
const rule = Type.Enum(contactRules)

const wish = {
  purpose,
  channel,
  category: Type.Optional(
    Type.String({ maxLength: KEY_LENGTH_MAX, description: 'What is offered, in the words of the firm.' }),
  ),
  asked: Type.Optional(Type.Boolean({ description: 'True when the customer asked for it.' })),
  at: Type.Optional(Type.String({ format: 'date-time', description: 'When it would be sent; now if left out.' })),
}

/** A question about one customer, perhaps with the wish to hold a slot under the caps. */
export const contactBody = Type.Object(
  {
    customer: key,
    ...wish,
    reserve: Type.Optional(
      Type.Object(
        {
          minutes: Type.Integer({ minimum: 1, maximum: SLOT_MINUTES_MAX }),
          id: Type.Optional(
            Type.String({
              minLength: 1,
              maxLength: KEY_LENGTH_MAX,
              description: 'The id under which the offer will be reported; it then counts once.',
            }),
          ),
        },
        { description: 'Hold a slot: nobody else can spend it until it is reported as an offer, given back, or over.' },
      ),
    ),
  },
  { $id: 'ContactQuestion' },
)

/** A question about many customers. */
export const contactsBody = Type.Object(
  { customers: Type.Array(key, { minItems: 1, maxItems: DECISIONS_MAX }), ...wish },
  { $id: 'ContactsQuestion' },
)

const spoken = Type.Object({
  rule,
  effect: Type.Enum(['blocks', 'asks-for-a-person'] as const, {
    description: 'Blocks the message, or asks that a person tells it.',
  }),
  until: nullable(time),
  reason: Type.String({ description: 'The reason in words, in the language asked for.' }),
})

const decision = {
  customer: Type.String(),
  known: Type.Boolean({ description: 'False when no event has told of this customer.' }),
  allowed: Type.Boolean(),
  spoke: Type.Array(spoken, { description: 'Every rule that spoke, strongest first.' }),
  holdsUntil: nullable(time),
  nextAllowedAt: nullable(time),
}

/** The answer about one customer. */
export const contactAnswer = Type.Object(
  {
    ...decision,
    policyVersion: Type.Integer(),
    reservation: nullable(Type.Object({ id: Type.String(), until: time })),
  },
  { $id: 'ContactAnswer', description: '`holdsUntil`: the answer is good until then, unless an event arrives.' },
)
export type ContactAnswer = Static<typeof contactAnswer>

/** The answers about many customers, in the order of the question. */
export const contactsAnswer = Type.Object(
  { policyVersion: Type.Integer(), decisions: Type.Array(Type.Object(decision, { $id: 'ContactDecision' })) },
  { $id: 'ContactsAnswer' },
)

const tolerance = Type.Object({
  phone: Type.Integer({ minimum: 0, maximum: 32 }),
  email: Type.Integer({ minimum: 0, maximum: 32 }),
  post: Type.Integer({ minimum: 0, maximum: 32 }),
})
const need = Type.Enum(consentNeeds)
const minute = Type.Integer({ minimum: 0, maximum: 1_440 })

/** The rules on contacting customers. */
const contactPolicy = Type.Object(
  {
    consent: Type.Object({
      phone: need,
      email: need,
      post: need,
      chat: need,
      sms: need,
      app: need,
      web: need,
      shop: need,
      social: need,
      visit: need,
    }),
    exitSilenceDays: days,
    winbackClearDays: days,
    doubleDeviationDays: days,
    humanChannels: Type.Array(channel, { maxItems: channels.length }),
    tolerance,
    toleranceDays: days,
    restDays: days,
    shownUplift: Type.Array(
      Type.Object({ category: Type.String({ maxLength: KEY_LENGTH_MAX }), lowerBound: Type.Number() }),
      { maxItems: 100 },
    ),
    caps: Type.Array(
      Type.Object({
        channel: nullable(channel),
        per: Type.Enum(capWindows),
        max: Type.Integer({ minimum: 0, maximum: 32 }),
      }),
      { maxItems: 40 },
    ),
    quiet: Type.Object({
      channels: Type.Array(channel, { maxItems: channels.length }),
      fromMinute: minute,
      untilMinute: minute,
      sundays: Type.Boolean(),
      holidays: Type.Boolean(),
    }),
    surveyRestDays: days,
    neverAskedShare: share,
    holdOuts: Type.Array(
      Type.Object({
        experiment: Type.String({ minLength: 1, maxLength: KEY_LENGTH_MAX }),
        purposes: Type.Array(purpose, { maxItems: contactPurposes.length }),
        share,
      }),
      { maxItems: 40 },
    ),
  },
  { $id: 'ContactPolicy', additionalProperties: false },
)

/** A version of the rules. */
const policyVersion = Type.Object({
  version: Type.Integer({ description: '0 are the rules that everybody starts with.' }),
  note: Type.String(),
  author: Type.String(),
  authorName: nullable(Type.String({ description: 'The name of the person, where it is still known.' })),
  live: Type.Boolean(),
  createdAt: time,
})

/** The live rules and the versions so far, newest first. */
export const contactPolicyPage = Type.Object(
  { version: Type.Integer(), policy: contactPolicy, versions: Type.Array(policyVersion) },
  { $id: 'ContactPolicyPage' },
)
/** The live rules and the versions so far; the policy is that of the core. */
export type ContactPolicyPage = Omit<Static<typeof contactPolicyPage>, 'policy'> & Readonly<{ policy: ContactPolicy }>

/** The rules as they were in one version. */
export const contactPolicyVersion = Type.Object(
  { version: Type.Integer(), policy: contactPolicy },
  { $id: 'ContactPolicyVersion' },
)
/** The rules as they were in one version; the policy is that of the core. */
export type ContactPolicyVersion = Readonly<{ version: number; policy: ContactPolicy }>

/** Changed rules, and why they changed. */
export const contactPolicyBody = Type.Object(
  { policy: contactPolicy, note: Type.String({ maxLength: NOTE_LENGTH_MAX }) },
  { $id: 'ContactPolicyWish' },
)

/** Rules to try on what was sent in the last days. */
export const policyTrialBody = Type.Object(
  {
    policy: contactPolicy,
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 365, description: '30 if left out.' })),
  },
  { $id: 'PolicyTrialWish' },
)

const judged = Type.Object({
  customer: Type.String(),
  offer: Type.String(),
  at: time,
  allowedByLive: Type.Boolean(),
  allowedByChanged: Type.Boolean(),
  rules: Type.Array(rule),
})

/** What changed rules would have said. */
export const policyTrial = Type.Object(
  {
    customers: Type.Integer({ description: 'Customers who were sent something.' }),
    sampled: Type.Integer({ description: 'So many of them were looked at, drawn at random.' }),
    messages: Type.Integer(),
    blockedByLive: Type.Integer(),
    blockedByChanged: Type.Integer(),
    newlyBlocked: Type.Integer(),
    newlyBlockedShare: nullable(Type.Object({ value: share, low: share, high: share })),
    newlyAllowed: Type.Integer(),
    byRule: Type.Array(Type.Object({ rule, messages: Type.Integer() })),
    differing: Type.Array(judged),
    blocked: Type.Array(judged, { description: 'The first of those that the changed rules hold back.' }),
  },
  { $id: 'PolicyTrial' },
)
export type PolicyTrial = Static<typeof policyTrial>
