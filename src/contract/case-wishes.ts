import { type Static, Type } from 'typebox'
import { nullable, time } from './show.ts'

/** What somebody wants of cases: to open one, to work on one, to answer for a remedy. */

/** Characters of a note. */
const NOTE_LENGTH_MAX = 5_000
const TEXT_LENGTH_MAX = 200

const text = Type.String({ minLength: 1, maxLength: TEXT_LENGTH_MAX })
const currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.' })
const tryChannels = ['phone', 'email', 'post', 'chat', 'sms', 'app', 'visit'] as const
/** An amount in the currency of the case. */
export const minor = Type.Integer({
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'Money in minor units.',
})
/** How bad a failure is. */
export const severity = Type.Enum(['minor', 'major', 'critical'] as const)
/** Whose fault it is. */
export const atFault = Type.Enum(['firm', 'customer', 'third party'] as const)
/** What a case may wait for from the customer. */
export const waits = ['remedy', 'confirmation', 'information'] as const
/** What the customer gets. */
export const remedy = Type.Object({
  what: Type.String({ minLength: 1, maxLength: TEXT_LENGTH_MAX }),
  fixBy: nullable(time),
  valueMinor: minor,
  form: nullable(text),
})

/** A case that somebody opens. */
export const caseWish = Type.Object(
  {
    customer: text,
    failure: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: TEXT_LENGTH_MAX,
        description: 'The failure if events have told of it; left out, a new one is told.',
      }),
    ),
    severity,
    reason: Type.Optional(
      Type.String({
        maxLength: TEXT_LENGTH_MAX,
        description: 'Why this severity; a person owes it for another one than the rule proposes.',
      }),
    ),
    category: Type.Optional(text),
    order: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: TEXT_LENGTH_MAX,
        description:
          'The order it is about. Where a failure of it is open, that one is meant, unless `another` says no.',
      }),
    ),
    another: Type.Optional(Type.Boolean({ description: 'It is another failure of the same order.' })),
    failedAt: Type.Optional(Type.String({ format: 'date-time', description: 'When it happened, if not now.' })),
    lossMinor: Type.Optional(minor),
    currency: Type.Optional(currency),
    atFault: Type.Optional(atFault),
    team: Type.Optional(Type.String({ format: 'uuid' })),
    incident: Type.Optional(Type.String({ format: 'uuid' })),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: NOTE_LENGTH_MAX })),
  },
  { $id: 'CaseWish', additionalProperties: false },
)
export type CaseWish = Static<typeof caseWish>

const kind = <const Kind extends string>(name: Kind) => Type.Literal(name)
const bare = <const Kind extends string>(name: Kind) =>
  Type.Object({ kind: kind(name) }, { additionalProperties: false })

/** What somebody wants done about a case. */
export const caseCommandWish = Type.Union(
  [
    Type.Object({ kind: kind('assign'), to: nullable(Type.String({ format: 'uuid' })) }),
    Type.Object({ kind: kind('hand over'), team: nullable(Type.String({ format: 'uuid' })) }),
    Type.Object({ kind: kind('group'), incident: nullable(Type.String({ format: 'uuid' })) }),
    Type.Object({ kind: kind('snooze'), until: nullable(time) }),
    Type.Object({ kind: kind('wait'), for: Type.Enum(waits) }),
    bare('resume'),
    bare('acknowledge'),
    bare('own'),
    Type.Object({ kind: kind('apologise'), isSpecific: Type.Boolean() }),
    Type.Object({
      kind: kind('agree remedy'),
      remedy,
      reason: Type.Optional(
        Type.String({ maxLength: TEXT_LENGTH_MAX, description: 'Why, for an amount outside of the proposed range.' }),
      ),
    }),
    Type.Object({ kind: kind('fix'), how: nullable(text) }),
    Type.Object({ kind: kind('compensate'), valueMinor: minor, form: nullable(text) }),
    Type.Object({ kind: kind('try to reach'), channel: Type.Enum(tryChannels) }),
    Type.Object({ kind: kind('confirm'), satisfied: Type.Boolean() }),
    Type.Object({ kind: kind('close'), rootCause: nullable(text) }),
    Type.Object({ kind: kind('follow up'), satisfied: nullable(Type.Boolean()) }),
    Type.Object({ kind: kind('reopen'), reason: nullable(text) }),
    Type.Object({ kind: kind('apply regime'), pack: text, event: text, since: time }),
    Type.Object({ kind: kind('do duty'), pack: text, step: text }),
    Type.Object({ kind: kind('keep promise'), promise: text }),
    Type.Object({ kind: kind('note'), text: Type.String({ minLength: 1, maxLength: NOTE_LENGTH_MAX }) }),
    bare('undo'),
  ],
  { $id: 'CaseCommand' },
)
export type CaseCommandWish = Static<typeof caseCommandWish>

/** The answer of a second person to a remedy that goes beyond somebody's own authority. */
export const approvalAnswer = Type.Object(
  {
    agrees: Type.Boolean(),
    reason: Type.Optional(
      Type.String({ maxLength: TEXT_LENGTH_MAX, description: 'Why; needed for a no, and told to whoever asked.' }),
    ),
  },
  { $id: 'ApprovalAnswer', additionalProperties: false },
)
