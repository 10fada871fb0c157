import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyHistory, day, event } from '../../../test/arbitrary-history.ts'
import { expectedMargin } from '../goodwill/forecast.ts'
import { priorModel } from '../goodwill/leave-model.ts'
import { customerKey } from '../ids.ts'
import type { CustomerEvent } from './event.ts'
import { otherMoney } from './other-money.ts'
import { misses } from './recovery.ts'
import { fold, initial } from './relationship.ts'
import { voucherBalanceMinor } from './standing.ts'
import { monthlyMinor, paidInYearMinor } from './trade.ts'

const after = (history: readonly CustomerEvent[]) => history.reduce(fold, initial(customerKey('c')))
const order = (days: number, value: number, currency?: string) =>
  event(days, 'order.placed', { order: `o${days}`, value, ...(currency === undefined ? {} : { currency }) })
const margins = { marginShare: 1, discountMonthly: 0, currency: 'EUR' }

test('an amount without a currency is in that of the firm, and no amount of another is added to it', () => {
  const state = after([order(0, 100), order(1, 1_000, 'EUR'), order(2, 70_000, 'USD'), order(3, 5, 'GBP')])
  expect(paidInYearMinor(state.facts, day(4), 'EUR')).toBe(1_100)
  expect(paidInYearMinor(state.facts, day(4), 'USD')).toBe(70_100)
  expect(expectedMargin(state, priorModel, margins, day(4))).toBe(1_100)
  expect(otherMoney(state, day(4), 'EUR')).toEqual([
    { currency: 'GBP', paidInYear: 5, monthly: 0, vouchers: 0 },
    { currency: 'USD', paidInYear: 70_000, monthly: 0, vouchers: 0 },
  ])
})

test('a return takes from its own currency only', () => {
  const back = event(1, 'order.returned', { order: 'o0', value: 400, currency: 'USD' })
  const state = after([order(0, 1_000, 'EUR'), back])
  expect(paidInYearMinor(state.facts, day(2), 'EUR')).toBe(1_000)
  expect(paidInYearMinor(state.facts, day(2), 'USD')).toBe(0)
})

test('subscriptions and vouchers are apart as well', () => {
  const state = after([
    event(0, 'subscription.started', { subscription: 'a', monthlyValue: 2_000, currency: 'EUR' }),
    event(0, 'subscription.started', { subscription: 'b', monthlyValue: 3_000, currency: 'USD' }, 'b'),
    event(1, 'voucher.issued', { voucher: 'v', value: 500, currency: 'USD' }),
    event(1, 'voucher.issued', { voucher: 'w', value: 700 }, 'w'),
  ])
  expect(monthlyMinor(state.facts, 'EUR')).toBe(2_000)
  expect(voucherBalanceMinor(state.vouchers, day(2), 'EUR')).toBe(700)
  expect(otherMoney(state, day(2), 'EUR')).toEqual([{ currency: 'USD', paidInYear: 0, monthly: 3_000, vouchers: 500 }])
})

test('weeks of many orders keep their currencies apart', () => {
  const many = Array.from({ length: 300 }, (_, index) => order(index / 2, 10, index % 2 === 0 ? 'EUR' : 'USD'))
  const { facts } = after(many)
  expect(facts.orders.length).toBeLessThan(120)
  expect(paidInYearMinor(facts, day(150), 'EUR')).toBe(1_500)
  expect(paidInYearMinor(facts, day(150), 'USD')).toBe(1_500)
})

test('what was paid in another currency than the loss is neither short nor generous', () => {
  const loss = event(0, 'failure.occurred', { failure: 'f', severity: 'major', loss: 10_000, currency: 'EUR' })
  const paid = (currency: string, value: number) => event(1, 'failure.compensated', { failure: 'f', value, currency })
  const missed = (compensated: CustomerEvent) => {
    const failure = after([loss, compensated]).facts.failures[0]
    return failure === undefined ? undefined : misses(failure, day(30))
  }
  expect(missed(paid('EUR', 2_500))?.comp_short).toBeCloseTo(0.75)
  expect(missed(paid('USD', 2_500))?.comp_short).toBe(0)
  expect(missed(paid('USD', 99_000))?.comp_over).toBe(0)
})

// Every other amount is in dollars.
const inAnyOfTwo = (one: CustomerEvent, index: number) =>
  ('currency' in one.data && index % 2 === 0
    ? { ...one, data: { ...one.data, currency: 'USD' } }
    : one) as CustomerEvent

test('no money is in two sums, and none is lost, as long as nothing was returned', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const kept = history.filter(({ type }) => type !== 'order.returned').map(inAnyOfTwo)
      const at = day(1_000)
      const state = after(kept)
      const all = state.facts.orders.reduce(
        (sum, [when, , minor]) => (when > at - 365.25 * 86_400_000 ? sum + minor : sum),
        0,
      )
      const others = otherMoney(state, at, 'EUR').reduce((sum, { paidInYear }) => sum + paidInYear, 0)
      expect(paidInYearMinor(state.facts, at, 'EUR') + others).toBe(all)
    }),
  )
})
