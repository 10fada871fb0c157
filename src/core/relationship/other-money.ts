/** What a customer pays and is owed in currencies that are not the firm's: shown apart, in no sum. */
import type { Instant } from '../time/instant.ts'
import type { Relationship } from './relationship.ts'
import { voucherBalanceMinor } from './standing.ts'
import { monthlyMinor, paidInYearMinor } from './trade.ts'

/** Minor units of one currency: orders less returns in 12 months, subscriptions a month, vouchers still owed. */
export type OtherMoney = Readonly<{ currency: string; paidInYear: number; monthly: number; vouchers: number }>

/** The money of a customer by currency, other than the firm's, in alphabetical order; without amounts of nothing. */
export function otherMoney({ facts, vouchers }: Relationship, at: Instant, firms: string): readonly OtherMoney[] {
  const told = [
    ...facts.orders.flatMap(([, , , currency]) => currency ?? []),
    ...facts.subscriptions.flatMap(({ currency }) => currency ?? []),
    ...vouchers.flatMap(({ currency }) => currency ?? []),
  ]
  return [...new Set(told)]
    .filter((currency) => currency !== firms)
    .sort()
    .map((currency) => {
      const orders = facts.orders.filter((one) => one[3] === currency)
      const subscriptions = facts.subscriptions.filter((one) => one.currency === currency)
      const own = { ...facts, orders, subscriptions }
      return {
        currency,
        paidInYear: paidInYearMinor(own, at, currency),
        monthly: monthlyMinor(own, currency) ?? 0,
        vouchers: voucherBalanceMinor(
          vouchers.filter((one) => one.currency === currency),
          at,
          currency,
        ),
      }
    })
    .filter(({ paidInYear, monthly, vouchers: owed }) => paidInYear + monthly + owed > 0)
}
