import { appended, replaced, without } from './bounded.ts'
import type { CustomerEvent } from './event.ts'
import type { Facts, Orders, Subscription } from './facts.ts'
import { DAY_MS, type Instant, instantOf, MONTH_MS } from './instant.ts'

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
        orders: ordered(was.orders, [event.at, 1, event.data.value ?? 0]),
        lastOrder: { at: event.at, event: event.id },
        gapsDays: gap === null ? was.gapsDays : appended(was.gapsDays, gap, GAPS_MAX),
      }
    }
    case 'order.returned':
      if (event.data.value === undefined || event.data.value === 0) return was
      return { ...was, orders: ordered(was.orders, [event.at, 0, -event.data.value]) }
    case 'subscription.started': {
      const { subscription, product, monthlyValue, fixedUntil } = event.data
      const others = was.subscriptions.filter((one) => one.subscription !== subscription)
      const started: Subscription = {
        subscription,
        product: product ?? null,
        monthlyMinor: monthlyValue ?? 0,
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
  const subscription: Subscription = {
    ...old,
    product: product ?? old.product,
    monthlyMinor: monthlyValue ?? old.monthlyMinor,
    fixedUntil: fixedUntil === undefined ? old.fixedUntil : instantOf(fixedUntil),
  }
  return {
    ...was,
    subscriptions: replaced(was.subscriptions, index, subscription),
    product: product ?? was.product,
  }
}

// What left the window of 12 months goes; a crowd is put together by week, newest instant of the week.
function ordered(was: readonly Orders[], order: Orders): readonly Orders[] {
  const first = was[0]
  const since = order[0] - YEAR_MS
  const kept = first !== undefined && first[0] <= since ? was.filter(([at]) => at > since) : was
  if (kept.length < ORDERS_APART_MAX) return [...kept, order]
  const weeks: Orders[] = []
  for (const one of [...kept, order]) {
    const before = weeks.at(-1)
    if (before !== undefined && Math.floor(before[0] / WEEK_MS) === Math.floor(one[0] / WEEK_MS)) {
      weeks[weeks.length - 1] = [one[0], before[1] + one[1], before[2] + one[2]]
    } else weeks.push(one)
  }
  return weeks
}

/** Minor units of orders less returns in the 12 months before an instant; never negative. */
export function paidInYearMinor(facts: Facts, at: Instant): number {
  let sum = 0
  for (const [when, , minor] of facts.orders) if (when > at - YEAR_MS) sum += minor
  return Math.max(0, sum)
}

/** Minor units a month of the running subscriptions; null when there is none. */
export function monthlyMinor(facts: Facts): number | null {
  if (facts.subscriptions.length === 0) return null
  return facts.subscriptions.reduce((sum, one) => sum + one.monthlyMinor, 0)
}
