/** What a customer has built up: time, purchases, and contacts that went well. */

import { type Instant, MONTH_MS } from '../time/instant.ts'
import type { Facts } from './facts.ts'

const YEAR_MS = 12 * MONTH_MS

/** Months since the relation started, at least 0. */
export function monthsSinceStart(facts: Facts, at: Instant): number {
  return facts.startedAt === null ? 0 : Math.max(0, (at - facts.startedAt) / MONTH_MS)
}

/** Paid orders in the 12 months before an instant. */
export function ordersInYear(facts: Facts, at: Instant): number {
  let count = 0
  for (let index = facts.orders.length - 1; index >= 0; index -= 1) {
    const one = facts.orders[index]
    if (one === undefined || one[0] <= at - YEAR_MS) break
    count += one[1]
  }
  return count
}

/**
 * Paid orders and paid periods in the 12 months before an instant. A subscription pays one period a month from its
 * start; where several run side by side, the longest counts.
 */
export function purchasesInYear(facts: Facts, at: Instant): number {
  let periods = 0
  for (const { at: start } of facts.subscriptions) {
    periods = Math.max(periods, Math.min(12, Math.floor((at - start) / MONTH_MS) + 1))
  }
  return ordersInYear(facts, at) + periods
}

/** Positive contacts in the 12 months before an instant, at most 5. */
export function positivesInYear(facts: Facts, at: Instant): number {
  let count = 0
  for (const one of facts.positives) if (one.at > at - YEAR_MS) count += 1
  return count
}
