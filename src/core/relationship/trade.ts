import { DAY_MS, type Instant, instantOf, MONTH_MS } from '../time/instant.ts'
import { appended, replaced, without } from './bounded.ts'
import type { CustomerEvent } from './event.ts'
import type { Facts, Orders, Subscription } from './facts.ts'

const YEAR_MS = 12 * MONTH_MS
const WEEK_MS = 7 * DAY_MS
const SUBSCRIPTIONS_MAX = 12
/** Above so many orders a year they are kept by week: the window of 12 months is then exact to a week. */
const ORDERS_APART_MAX = 64
const GAPS_MAX = 12

/** The facts after an order or a change of subscription. */
export function foldTrade(was: Facts, event: CustomerEvent): Facts {
  switch (event.type) {
    case 'order.placed': {
      const gap = was.lastOrder === null ? null : Math.round((event.at - was.lastOrder.at) / DAY_MS)
      return {
        ...was,
        orders: ordered(was.orders, ordersOf(event.at, 1, event.data.value ?? 0, event.data.currency)),
        lastOrder: { at: event.at, event: event.id },
        gapsDays: gap === null ? was.gapsDays : appended(was.gapsDays, gap, GAPS_MAX),
      }
    }
    case 'order.returned':
      if (event.data.value === undefined || event.data.value === 0) return was
      return { ...was, orders: ordered(was.orders, ordersOf(event.at, 0, -event.data.value, event.data.currency)) }
    case 'subscription.started':
      return subscribed(was, event)
    case 'subscription.renewed':
    case 'subscription.changed':
      return changed(was, event)
    case 'subscription.ended': {
      const index = was.subscriptions.findIndex((one) => one.subscription === event.data.subscription)
      const subscriptions = index < 0 ? was.subscriptions : without(was.subscriptions, index)
      return { ...was, subscriptions, everSubscribed: true }
    }
    default:
      return was
  }
}

function subscribed(was: Facts, event: Extract<CustomerEvent, { type: 'subscription.started' }>): Facts {
  const { subscription, product, monthlyValue, currency, fixedUntil } = event.data
  const others = was.subscriptions.filter((one) => one.subscription !== subscription)
  const started: Subscription = {
    subscription,
    product: product ?? null,
    monthlyMinor: monthlyValue ?? 0,
    currency: currency ?? null,
    at: event.at,
    event: event.id,
    fixedUntil: fixedUntil === undefined ? null : instantOf(fixedUntil),
  }
  return {
    ...was,
    subscriptions: appended(others, started, SUBSCRIPTIONS_MAX),
    product: product ?? was.product,
    everSubscribed: true,
  }
}

function changed(
  was: Facts,
  event: Extract<CustomerEvent, { type: 'subscription.renewed' | 'subscription.changed' }>,
): Facts {
  const index = was.subscriptions.findIndex((one) => one.subscription === event.data.subscription)
  const old = was.subscriptions[index]
  if (old === undefined) return was
  const { fixedUntil } = event.data
  const product = event.type === 'subscription.changed' ? event.data.product : undefined
  const monthlyValue = event.type === 'subscription.changed' ? event.data.monthlyValue : undefined
  const currency = event.type === 'subscription.changed' ? event.data.currency : undefined
  const subscription: Subscription = {
    ...old,
    product: product ?? old.product,
    monthlyMinor: monthlyValue ?? old.monthlyMinor,
    // A new amount without a currency is in the firm's, whatever the old one was in.
    currency: monthlyValue === undefined ? old.currency : (currency ?? null),
    fixedUntil: fixedUntil === undefined ? old.fixedUntil : instantOf(fixedUntil),
  }
  return {
    ...was,
    subscriptions: replaced(was.subscriptions, index, subscription),
    product: product ?? was.product,
  }
}

const ordersOf = (at: Instant, count: number, minor: number, currency: string | undefined): Orders =>
  currency === undefined ? [at, count, minor] : [at, count, minor, currency]

// What left the window of 12 months goes; a crowd is put together by week, newest instant of the week.
function ordered(was: readonly Orders[], order: Orders): readonly Orders[] {
  const first = was[0]
  const since = order[0] - YEAR_MS
  const kept = first !== undefined && first[0] <= since ? was.filter(([at]) => at > since) : was
  if (kept.length < ORDERS_APART_MAX) return [...kept, order]
  const weeks: Orders[] = []
  for (const one of [...kept, order]) {
    const week = Math.floor(one[0] / WEEK_MS)
    const place = weeks.findLastIndex((other) => Math.floor(other[0] / WEEK_MS) === week && other[3] === one[3])
    const before = weeks[place]
    if (before === undefined) weeks.push(one)
    else weeks.splice(place, 1, ordersOf(one[0], before[1] + one[1], before[2] + one[2], one[3]))
  }
  return weeks
}

/**
 * Minor units of orders less returns in the 12 months before an instant, in one currency; never negative. An amount
 * without a currency is in this one. Amounts in others are in no sum: nobody told us a rate.
 */
export function paidInYearMinor(facts: Facts, at: Instant, currency: string): number {
  let sum = 0
  for (const [when, , minor, own = currency] of facts.orders) {
    if (when > at - YEAR_MS && own === currency) sum += minor
  }
  return Math.max(0, sum)
}

/** Minor units a month of the subscriptions that run in one currency; null when none runs, in whatever currency. */
export function monthlyMinor(facts: Facts, currency: string): number | null {
  if (facts.subscriptions.length === 0) return null
  return facts.subscriptions.reduce(
    (sum, one) => ((one.currency ?? currency) === currency ? sum + one.monthlyMinor : sum),
    0,
  )
}
