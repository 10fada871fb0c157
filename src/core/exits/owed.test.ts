import { expect, test } from 'vitest'
import { day, event } from '../../../test/arbitrary-history.ts'
import { customerKey } from '../ids.ts'
import { foldAll } from '../relationship/relationship.ts'
import { owedTo } from './owed.ts'

const history = [
  event(1, 'order.placed', { order: 'a', value: 4_000, currency: 'EUR' }),
  event(2, 'order.placed', { order: 'b', value: 900 }),
  event(3, 'order.returned', { order: 'b', value: 900 }),
  event(4, 'order.placed', { order: 'c', value: 700 }),
  event(5, 'event.retracted', { id: 'order.placed@4' }),
  event(6, 'voucher.issued', { voucher: 'theirs', value: 1_500, currency: 'EUR', origin: 'paid' }),
  event(7, 'voucher.redeemed', { voucher: 'theirs', value: 500 }),
  event(7, 'voucher.issued', { voucher: 'ours', value: 2_000 }, 'kept'),
]
const owed = (kind: 'cancel' | 'withdraw', reference: string, at = day(10)) =>
  owedTo({
    cases: [],
    history,
    vouchers: foldAll(customerKey('c'), history).vouchers,
    kept: ['ours'],
    exit: { kind, reference },
    at,
  })
const voucher = { is: 'voucher', about: 'theirs', minor: 1_000, currency: 'EUR', isSure: true }
const returned = { is: 'returned', about: 'b', minor: 900, currency: null, isSure: false }

test('what came back lately is looked at, and what is left elsewhere is owed', () => {
  expect(owed('cancel', 'a')).toEqual([returned, voucher])
  expect(owed('cancel', 'a', day(93))).toEqual([voucher])
})

test('an order that is withdrawn from is owed whole, once, and one that was taken back is not', () => {
  const withdrawn = { is: 'withdrawn', about: 'a', minor: 4_000, currency: 'EUR', isSure: true }
  expect(owed('withdraw', ' a ')).toEqual([withdrawn, returned, voucher])
  expect(owed('withdraw', 'b')).toEqual([{ ...returned, is: 'withdrawn', isSure: true }, voucher])
  expect(owed('withdraw', 'c')).toEqual([returned, voucher])
})
