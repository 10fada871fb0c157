import { Type } from 'typebox'
import type { Permission } from '../../core/people/permissions.ts'
import { voucherStates } from '../../core/voucher/voucher.ts'
import {
  checkCode,
  endVoucher,
  extendVoucher,
  redeemByCode,
  redeemVoucher,
  refundVoucher,
  releaseVoucher,
  reserveByCode,
  reserveVoucher,
  undoVoucher,
  voucherIssued,
  voucherList,
  voucherMoved,
  voucherPage,
  voucherRollForward,
  voucherSettings,
  voucherWish,
} from '../vouchers.ts'
import type { Answer, Operation, Parameter } from './operation.ts'

const tag = 'Vouchers'
const codeExample = '7K2QX-9MZ0T-4B6CD-E1F8H'

const id: Parameter = {
  name: 'id',
  in: 'path',
  about: 'The id of the voucher.',
  schema: Type.String({ format: 'uuid' }),
  required: true,
  example: '0f8fad5b-d9cb-469f-a165-70867728950e',
}

const moved: Readonly<Record<number, Answer>> = {
  200: { about: 'It was carried out, now or before.', schema: voucherMoved },
}
const refusals = ['voucher-unknown', 'voucher-short', 'not-in-this-state', 'id-reused'] as const
const byCodeRefusals = [...refusals, 'voucher-code-malformed', 'rate-limited'] as const

type Step = Readonly<{
  name: string
  summary: string
  about: string
  permission: Permission
  schema: Type.TSchema
  example: unknown
}>

const step = ({ name, summary, about, permission, schema, example }: Step): Operation => ({
  method: 'post',
  path: `/v1/vouchers/{id}/${name}`,
  id: `${name.replace(/-./g, (part) => part.slice(1).toUpperCase())}Voucher`,
  tag,
  summary,
  about,
  permission,
  parameters: [id],
  body: { kind: 'json', schema, example },
  answers: moved,
  refusals,
})

const steps: readonly Operation[] = [
  step({
    name: 'redeem',
    summary: 'Redeem a voucher, wholly or in part',
    about: 'Takes the amount, or refuses and takes nothing. However many ask at once, no more is taken than is left.',
    permission: 'vouchers.redeem',
    schema: redeemVoucher,
    example: { value: 2500, currency: 'EUR', movement: 'receipt-20261122-17' },
  }),
  step({
    name: 'reserve',
    summary: 'Reserve a part for a checkout',
    about: 'Nobody else can use it for some minutes. Redeem it with `hold`, or release it; else it is free again.',
    permission: 'vouchers.redeem',
    schema: reserveVoucher,
    example: { value: 2500, minutes: 15, movement: 'basket-881' },
  }),
  step({
    name: 'release',
    summary: 'Give a reservation back',
    about: 'When the checkout was given up.',
    permission: 'vouchers.redeem',
    schema: releaseVoucher,
    example: { hold: 'basket-881' },
  }),
  step({
    name: 'refund',
    summary: 'Put back what was paid with it',
    about: 'When goods paid with the voucher are returned: no more than was used, and not after its expiry.',
    permission: 'vouchers.redeem',
    schema: refundVoucher,
    example: { value: 1000, movement: 'return-77' },
  }),
  step({
    name: 'extend',
    summary: 'Make it last longer',
    about: 'Until a later day, or for ever. A voucher is never made to last shorter.',
    permission: 'vouchers.issue',
    schema: extendVoucher,
    example: { expiresAt: '2027-12-31T23:00:00Z' },
  }),
  step({
    name: 'cancel',
    summary: 'Take it back',
    about: 'All that is left goes back to where it came from; what a buyer paid is owed to them from then on.',
    permission: 'vouchers.issue',
    schema: endVoucher,
    example: { movement: 'cancel-1' },
  }),
  step({
    name: 'pay-out',
    summary: 'Pay it out',
    about: 'All that is left is paid to the customer in money. Amends books it; the payment is yours to make.',
    permission: 'vouchers.redeem',
    schema: endVoucher,
    example: { movement: 'payout-1' },
  }),
  step({
    name: 'undo',
    summary: 'Take the last movement back',
    about:
      'Within ten seconds, by whoever made it, and only if nothing moved the voucher since. Nothing is deleted: the ledger gets a movement against it, and the log a retraction.',
    permission: 'vouchers.issue',
    schema: undoVoucher,
    example: { movement: 'cancel-1' },
  }),
]

const csv = (about: string, example: string): Readonly<Record<number, Answer>> => ({
  200: { about, schema: Type.String(), media: 'text/csv', example },
})

/** Vouchers that Amends keeps: issuing, using, the ledger. */
export const voucherOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/vouchers',
    id: 'issueVoucher',
    tag,
    summary: 'Issue a voucher',
    about:
      'The answer holds the code, 95 random bits and a check symbol, and is the only one that does: Amends keeps a hash. ' +
      'With a `movement`, or an `Idempotency-Key` in its place, the same again issues nothing and answers the voucher without its code.',
    permission: 'vouchers.issue',
    body: {
      kind: 'json',
      schema: voucherWish,
      example: {
        customer: 'C-1001',
        value: 2500,
        currency: 'EUR',
        origin: 'goodwill',
        expiresAt: '2027-11-30T23:00:00Z',
        movement: 'case-4711',
      },
    },
    answers: {
      201: { about: 'It was issued.', schema: voucherIssued },
      200: { about: 'It had been issued before.', schema: voucherIssued },
    },
    refusals: ['customer-unknown', 'currency-unknown', 'id-reused'],
  },
  {
    method: 'get',
    path: '/v1/vouchers',
    id: 'listVouchers',
    tag,
    summary: 'Vouchers, newest first',
    about: 'Those that Amends keeps. Vouchers of other systems are told of by events and are part of the liability.',
    permission: 'vouchers.read',
    parameters: [
      { name: 'customer', in: 'query', about: 'Of this customer.', schema: Type.String({ maxLength: 200 }) },
      { name: 'end', in: 'query', about: 'Whose code ends like this.', schema: Type.String({ maxLength: 4 }) },
      { name: 'state', in: 'query', about: 'In this state.', schema: Type.Enum(voucherStates), example: 'open' },
      {
        name: 'days',
        in: 'query',
        about: 'Open ones that expire within so many days.',
        schema: Type.Integer({ minimum: 1, maximum: 3660 }),
      },
      { name: 'cursor', in: 'query', about: 'Where the page before ended.', schema: Type.String({ maxLength: 4000 }) },
      { name: 'limit', in: 'query', about: 'At most so many.', schema: Type.Integer({ minimum: 1, maximum: 200 }) },
    ],
    answers: { 200: { about: 'A page.', schema: voucherList } },
  },
  {
    method: 'post',
    path: '/v1/vouchers/check',
    id: 'checkVoucher',
    tag,
    summary: 'What is left, by code',
    about: 'What a till asks before it redeems. After too many unknown codes a caller has to wait.',
    permission: 'vouchers.redeem',
    body: { kind: 'json', schema: checkCode, example: { code: codeExample } },
    answers: { 200: { about: 'The voucher.', schema: voucherPage } },
    refusals: ['voucher-unknown', 'voucher-code-malformed', 'rate-limited'],
    repeatable: false,
  },
  {
    method: 'post',
    path: '/v1/vouchers/redeem',
    id: 'redeemByCode',
    tag,
    summary: 'Redeem by code',
    about:
      'Takes the amount, or refuses and takes nothing. The code is read as it was typed; a wrong symbol is noticed. ' +
      'However many tills ask at once, no more is taken than is left.',
    permission: 'vouchers.redeem',
    body: {
      kind: 'json',
      schema: redeemByCode,
      example: { code: codeExample, value: 2500, currency: 'EUR', movement: 'receipt-20261122-17' },
    },
    answers: moved,
    refusals: byCodeRefusals,
  },
  {
    method: 'post',
    path: '/v1/vouchers/reserve',
    id: 'reserveByCode',
    tag,
    summary: 'Reserve by code',
    about: 'As reserving a known voucher.',
    permission: 'vouchers.redeem',
    body: {
      kind: 'json',
      schema: reserveByCode,
      example: { code: codeExample, value: 2500, minutes: 15, movement: 'basket-881' },
    },
    answers: moved,
    refusals: byCodeRefusals,
  },
  {
    method: 'get',
    path: '/v1/voucher-ledger.csv',
    id: 'exportVoucherLedger',
    tag,
    summary: 'The ledger for finance',
    about: 'Two lines a movement that sum to zero: debits above 0, credits below. In the order of time.',
    permission: 'vouchers.export',
    answers: csv(
      'One line an account.',
      'at,voucher,customer,movement,kind,account,amount_minor,currency,origin,by,reference\n',
    ),
  },
  {
    method: 'get',
    path: '/v1/vouchers/roll-forward',
    id: 'voucherRollForward',
    tag,
    summary: 'The liability month by month',
    about: 'From the ledger, by origin and currency. Months are calendar months in UTC.',
    permission: 'vouchers.read',
    answers: { 200: { about: 'Every month since the first voucher.', schema: voucherRollForward } },
  },
  {
    method: 'get',
    path: '/v1/voucher-roll-forward.csv',
    id: 'exportVoucherRollForward',
    tag,
    summary: 'The same as a file',
    about: 'One line a month, origin and currency.',
    permission: 'vouchers.export',
    answers: csv(
      'One line a month.',
      'month,origin,currency,opening,issued,refunded,redeemed,expired,cancelled,paid_out,closing\n',
    ),
  },
  {
    method: 'get',
    path: '/v1/vouchers/{id}',
    id: 'readVoucher',
    tag,
    summary: 'One voucher and its movements',
    about: 'Where it stands, and everything that moved it.',
    permission: 'vouchers.read',
    parameters: [id],
    answers: { 200: { about: 'The voucher.', schema: voucherPage } },
    refusals: ['voucher-unknown'],
  },
  ...steps,
  {
    method: 'get',
    path: '/v1/voucher-settings',
    id: 'readVoucherSettings',
    tag,
    summary: 'Whether holders are reminded',
    about: 'On until the firm turns it off.',
    permission: 'settings.read',
    answers: { 200: { about: 'What stands.', schema: voucherSettings } },
  },
  {
    method: 'put',
    path: '/v1/voucher-settings',
    id: 'saveVoucherSettings',
    tag,
    summary: 'Turn reminders on or off',
    about: 'For a firm that reminds in another way. What lapses unused is nobody’s gain, and is reported either way.',
    permission: 'settings.edit',
    body: { kind: 'json', schema: voucherSettings, example: { reminders: true } },
    answers: { 200: { about: 'What stands now.', schema: voucherSettings } },
    refusals: ['parameter-malformed'],
  },
]
