import { expect, test } from 'vitest'
import { customerKey } from '../ids.ts'
import { initial, type Relationship } from '../relationship/relationship.ts'
import { DAY_MS, instant } from '../time/instant.ts'
import { type Bind, boundBy, mayBegin } from './kept-long-enough.ts'

const now = instant(Date.UTC(2026, 5, 15))
const nothing = { case: false, exit: false, request: false }
const somebody = initial(customerKey('c'))
const voucher = (leftMinor: number, days: number | null) => ({
  ...{ voucher: 'v', leftMinor, currency: 'EUR', origin: 'paid' },
  expiresAt: days === null ? null : instant(now + days * DAY_MS),
})
const subscribed = (leftAt: number | null): Relationship => ({
  ...somebody,
  facts: {
    ...somebody.facts,
    subscriptions: [{ subscription: 's' } as Relationship['facts']['subscriptions'][number]],
  },
  exit: { ...somebody.exit, leftAt: leftAt === null ? null : instant(leftAt) },
})

test.each<[string, Relationship, typeof nothing, Bind | null]>([
  ['nothing', somebody, nothing, null],
  ['a contract that runs', subscribed(null), nothing, 'subscription'],
  ['one that ended', subscribed(now), nothing, null],
  ['a voucher without end', { ...somebody, vouchers: [voucher(1, null)] }, nothing, 'voucher'],
  ['one that is valid tomorrow', { ...somebody, vouchers: [voucher(1, 1)] }, nothing, 'voucher'],
  ['one that ended, one that is used', { ...somebody, vouchers: [voucher(9, 0), voucher(0, 9)] }, nothing, null],
  ['an open case', somebody, { ...nothing, case: true }, 'case'],
  ['an open exit', somebody, { ...nothing, exit: true }, 'exit'],
  ['an open request', somebody, { ...nothing, request: true }, 'request'],
])('%s', (_, state, unfinished, bind) => {
  expect(boundBy(state, unfinished, now)).toBe(bind)
})

test('what was said can be taken back for a day', () => {
  expect(mayBegin(now, instant(now + DAY_MS - 1))).toBe(false)
  expect(mayBegin(now, instant(now + DAY_MS))).toBe(true)
})
