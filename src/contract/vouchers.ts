import { type Static, Type } from 'typebox'
import { voucherOrigins, voucherStates } from '../core/voucher/voucher.ts'
import { transferKinds, voucherAccounts } from '../core/voucher/voucher-ledger.ts'

/** What travels of vouchers that Amends keeps. Money is in minor units. */

/** The most that one voucher may be worth: more is a typing error. */
const VOUCHER_MINOR_MAX = 100_000_000
/** A checkout may hold a part for so many minutes. */
const HOLD_MINUTES_MAX = 1_440

const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const time = Type.String({ format: 'date-time' })
const name = Type.String({ minLength: 1, maxLength: 100, pattern: '^[\\x21-\\x7e]+$' })
const movement = Type.Optional({
  ...name,
  description:
    'Your own name for it, such as the number of the receipt: the same again is carried out once. An `Idempotency-Key` takes its place.',
})
const reference = Type.Optional({ ...name, description: 'An order, a receipt, a case: shown in the ledger.' })
const value = Type.Integer({ minimum: 1, maximum: VOUCHER_MINOR_MAX, description: 'Minor units.' })
const currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.' })
const code = Type.String({ minLength: 1, maxLength: 60, description: 'As it was typed.' })

/** What a voucher is issued with. */
export const voucherWish = Type.Object(
  {
    customer: Type.String({ minLength: 1, maxLength: 200 }),
    value,
    currency,
    origin: Type.Enum(voucherOrigins),
    expiresAt: Type.Optional({ ...time, description: 'It lasts for ever if left out.' }),
    movement,
    reference,
  },
  { $id: 'VoucherWish' },
)

const amount = { value, currency: Type.Optional(currency), movement, reference }
const hold = Type.Optional(
  Type.String({ minLength: 1, maxLength: 100, description: 'The movement that reserved it: that part is used.' }),
)
const minutes = Type.Integer({ minimum: 1, maximum: HOLD_MINUTES_MAX })

/** Redeeming by code, as a till does. */
export const redeemByCode = Type.Object({ code, ...amount, hold }, { $id: 'RedeemByCode' })
/** Redeeming a known voucher. */
export const redeemVoucher = Type.Object({ ...amount, hold }, { $id: 'RedeemVoucher' })
/** Reserving a part for a checkout. */
export const reserveVoucher = Type.Object({ ...amount, minutes }, { $id: 'ReserveVoucher' })
/** Reserving by code. */
export const reserveByCode = Type.Object({ code, ...amount, minutes }, { $id: 'ReserveByCode' })
/** Giving a reservation back. */
export const releaseVoucher = Type.Object({ hold: name, movement }, { $id: 'ReleaseVoucher' })
/** Putting back what was paid with a voucher. */
export const refundVoucher = Type.Object(amount, { $id: 'RefundVoucher' })
/** Making a voucher last longer. */
export const extendVoucher = Type.Object(
  { expiresAt: nullable({ ...time, description: 'Null: for ever.' }), movement, reference },
  { $id: 'ExtendVoucher' },
)
/** Ending a voucher: taking it back, or paying it out. */
export const endVoucher = Type.Object({ movement, reference }, { $id: 'EndVoucher' })
/** Taking back the last movement. */
export const undoVoucher = Type.Object({ movement: name }, { $id: 'UndoVoucher' })
/** Asking what is left by code. */
export const checkCode = Type.Object({ code }, { $id: 'CheckCode' })

/** One voucher as it stands. */
const voucherView = Type.Object(
  {
    id: Type.String(),
    customer: Type.String(),
    codeEnd: Type.String({ description: 'The last symbols of the code.' }),
    origin: Type.Enum(voucherOrigins),
    currency,
    value: Type.Integer(),
    left: Type.Integer({ description: 'What is left, reserved or not.' }),
    free: Type.Integer({ description: 'What is left and not reserved.' }),
    used: Type.Integer(),
    state: Type.Enum(voucherStates),
    issuedAt: time,
    expiresAt: nullable(time),
    holds: Type.Array(Type.Object({ hold: Type.String(), value: Type.Integer(), until: time })),
  },
  { $id: 'Voucher' },
)
export type VoucherView = Static<typeof voucherView>

/** A voucher that was just issued, with its code. */
export const voucherIssued = Type.Object(
  {
    voucher: voucherView,
    code: nullable(Type.String({ description: 'Told once: it is kept nowhere. Null for a repetition.' })),
  },
  { $id: 'VoucherIssued' },
)
/** What a movement came to. */
export const voucherMoved = Type.Object(
  {
    movement: Type.String(),
    value: Type.Integer({ description: 'What was moved.' }),
    repeated: Type.Boolean({ description: 'True when it had been carried out before.' }),
    voucher: voucherView,
  },
  { $id: 'VoucherMoved' },
)
export type VoucherMovedAnswer = Static<typeof voucherMoved>

const transferView = Type.Object({
  at: time,
  movement: Type.String(),
  kind: Type.Enum(transferKinds),
  debit: Type.Enum(voucherAccounts),
  credit: Type.Enum(voucherAccounts),
  value: Type.Integer(),
  by: Type.String({ description: '`person:ID`, `key:PREFIX`, or `system:PART`.' }),
  reference: nullable(Type.String()),
  undoes: nullable(Type.String({ description: 'The movement that this one takes back.' })),
})

/** One voucher with everything that moved it. */
export const voucherPage = Type.Object(
  { voucher: voucherView, movements: Type.Array(transferView, { description: 'Oldest first.' }) },
  { $id: 'VoucherPage' },
)
export type VoucherPage = Static<typeof voucherPage>

/** Vouchers that fit. */
export const voucherList = Type.Object(
  { vouchers: Type.Array(voucherView), cursor: nullable(Type.String({ description: 'Where the next page begins.' })) },
  { $id: 'VoucherList' },
)
export type VoucherList = Static<typeof voucherList>

const rollMonth = Type.Object({
  month: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}$', description: 'A calendar month in UTC.' }),
  origin: Type.Enum(voucherOrigins),
  currency,
  openingMinor: Type.Integer(),
  issuedMinor: Type.Integer(),
  refundedMinor: Type.Integer(),
  redeemedMinor: Type.Integer(),
  expiredMinor: Type.Integer(),
  cancelledMinor: Type.Integer(),
  paidOutMinor: Type.Integer(),
  closingMinor: Type.Integer(),
})

/** The liability by month, origin and currency. */
export const voucherRollForward = Type.Object(
  {
    asOf: time,
    months: Type.Array(rollMonth, {
      description: 'Opening + issued + refunded - redeemed - expired - cancelled - paid out = closing, to the unit.',
    }),
  },
  { $id: 'VoucherRollForward' },
)
export type VoucherRollForward = Static<typeof voucherRollForward>

/** What the firm sets about vouchers. */
export const voucherSettings = Type.Object(
  { reminders: Type.Boolean({ description: 'Holders are reminded 30 and 7 days before a voucher ends.' }) },
  { $id: 'VoucherSettings' },
)
export type VoucherSettings = Static<typeof voucherSettings>
