import { type Static, Type } from 'typebox'
import { exitChannels, exitKinds, voucherEnds } from '../core/exits/exit-case.ts'
import { owedKinds } from '../core/exits/owed.ts'
import { customerLocales } from './customer-languages.ts'

/** Leaving: notices, how far each has come, and how it went for all of them. */

const time = Type.String({ format: 'date-time' })
const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const KEY_LENGTH_MAX = 200

const named = { is: Type.Enum(owedKinds), about: Type.String({ maxLength: KEY_LENGTH_MAX }) }
const paid = {
  refundMinor: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  vouchers: Type.Enum(voucherEnds),
}

const settlement = Type.Object({
  ...paid,
  covers: Type.Optional(
    Type.Array(Type.Object(named), {
      maxItems: 100,
      description: 'What of `GET /v1/exits/{id}/owed` is paid back with it; a remedy of a case is given by this.',
    }),
  ),
})

/** What was settled, with the vouchers that Amends keeps and that were paid out by it. */
const settled = Type.Object({
  ...paid,
  covers: Type.Optional(
    Type.Array(Type.Object({ ...named, minor: Type.Integer(), currency: Type.String() }), {
      description: 'What the amount is made of, as far as cases and events told.',
    }),
  ),
  paidOut: Type.Optional(
    Type.Array(Type.Object({ voucher: Type.String(), minor: Type.Integer(), currency: Type.String() })),
  ),
})

/** One exit as it stands. */
export const exit = Type.Object(
  {
    id: Type.String({ description: 'The number that the customer knows.' }),
    customer: nullable(Type.String({ description: 'Null while nobody has found out whose contract it is.' })),
    kind: Type.Enum(exitKinds),
    channel: Type.Enum(exitChannels),
    reference: Type.String({ description: 'As the customer wrote it; empty once the customer was erased.' }),
    name: nullable(Type.String()),
    email: nullable(Type.String()),
    reason: nullable(Type.String()),
    wishedOn: nullable(Type.String({ format: 'date' })),
    requestedAt: time,
    confirmedAt: nullable(time),
    endsAt: nullable(time),
    endRule: nullable(Type.Enum(['at-once', 'notice', 'fixed-term', 'wish'])),
    withdrawUntil: nullable(
      Type.String({
        format: 'date-time',
        description: 'Of a withdrawal: until when the customer could, where the log tells when the time began.',
      }),
    ),
    settledAt: nullable(time),
    settlement: nullable(settled),
    handedOverAt: nullable(time),
    endedAt: nullable(time),
    wishedVouchers: nullable(Type.Enum(['kept', 'paid-out'], { description: 'What the customer chose.' })),
    referredAt: nullable(
      Type.String({ format: 'date-time', description: 'When the customer asked for other suppliers.' }),
    ),
  },
  { $id: 'Exit' },
)
export type Exit = Static<typeof exit>

/** What is owed to whoever leaves. */
export const exitOwed = Type.Object(
  {
    owed: Type.Array(
      Type.Object({
        ...named,
        minor: Type.Integer(),
        currency: Type.String(),
        isSure: Type.Boolean({ description: 'False: the log does not tell whether it was paid back already.' }),
      }),
    ),
    kept: Type.Array(Type.Object({ currency: Type.String(), minor: Type.Integer() }), {
      description: 'What is left on vouchers that Amends keeps, by currency: kept or paid out when it is settled.',
    }),
  },
  { $id: 'ExitOwed' },
)
export type ExitOwed = Static<typeof exitOwed>

/** Which exits are asked for. */
export const exitStates = ['unmatched', 'open', 'closed'] as const

/** A page of exits, newest first, and how leaving went in the last twelve months. */
export const exitList = Type.Object(
  {
    exits: Type.Array(exit),
    cursor: nullable(Type.String()),
    measures: Type.Object({
      requested: Type.Integer({ description: 'Notices of the last 365 days.' }),
      unmatched: Type.Integer({ description: 'Of these, not recognised yet.' }),
      ended: Type.Integer({ description: 'Of these, ended.' }),
      daysToEnd: nullable(Type.Number({ description: 'Median days from the notice to the end, of those that ended.' })),
      steps: Type.Integer({ description: 'Steps of the customer on the public page.' }),
      obstacles: Type.Integer({
        description: 'Notices that were refused or made to wait for an offer: there is no way to.',
      }),
      publicActs: Type.Integer({ description: 'Customers who wrote against the firm after their notice.' }),
      referred: Type.Array(
        Type.Object({ segment: nullable(Type.String()), exits: Type.Integer(), referred: Type.Integer() }),
        { description: 'Who asked for other suppliers, by segment; groups under five are counted together as null.' },
      ),
    }),
  },
  { $id: 'ExitList' },
)
export type ExitList = Static<typeof exitList>

/** A notice that somebody of the firm or a program takes for a known customer. */
export const exitWish = Type.Object(
  {
    customer: Type.String({ minLength: 1, maxLength: KEY_LENGTH_MAX }),
    kind: Type.Enum(exitKinds),
    reference: Type.Optional(Type.String({ maxLength: 80, description: 'The contract; left out, everything.' })),
    email: Type.Optional(
      Type.String({ format: 'email', maxLength: 200, description: 'Else the address that is known.' }),
    ),
    language: Type.Optional(Type.Enum(customerLocales)),
    reason: Type.Optional(Type.String({ maxLength: 1_000 })),
    wishedOn: Type.Optional(Type.String({ format: 'date' })),
  },
  { $id: 'ExitWish' },
)

export type ExitWish = Static<typeof exitWish>

/** Whose contract a notice turned out to be about. */
export const exitMatch = Type.Object(
  { customer: Type.String({ minLength: 1, maxLength: KEY_LENGTH_MAX }) },
  { $id: 'ExitMatch' },
)

/** A step of the firm. */
export const exitStep = Type.Union(
  [Type.Object({ step: Type.Literal('settle'), settlement }), Type.Object({ step: Type.Literal('hand-over') })],
  { $id: 'ExitStep' },
)
export type ExitStepWish = Static<typeof exitStep>
