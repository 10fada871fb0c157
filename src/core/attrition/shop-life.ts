/**
 * The life of a shop customer as periods, for a model of leaving that nobody announces (trap T7): months of the
 * relationship from the first order on, each with its orders and with what was known when it began.
 */
import { covariates } from '../goodwill/covariates.ts'
import type { LeaveModel } from '../goodwill/leave-model.ts'
import { type CovariateName, covariateNames, position } from '../goodwill/leave-priors.ts'
import type { CustomerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { fold, initial, type Relationship } from '../relationship/relationship.ts'
import { type Instant, instant, MONTH_MS } from '../time/instant.ts'

/** A last period shorter than an hour says nothing. */
const PERIOD_MS_MIN = 3_600_000

/**
 * The covariates of the leave model without those that are made of purchases, which the model sees for itself, and the
 * term of a contract, which a shop does not have.
 */
const LEFT_OUT: readonly CovariateName[] = ['in_fixed_term', 'purchases_ln', 'goodwill_x_W']

/** The names of the covariates on leaving, in their order. */
export const shopCovariates: readonly CovariateName[] = covariateNames.filter((name) => !LEFT_OUT.includes(name))

/** One customer's periods; `orders` without the first one, which starts them. */
export type ShopLife = Readonly<{
  periods: readonly Readonly<{ exposure: number; orders: number; x: Float64Array }>[]
  /** Orders after the first with a value, and their mean in minor units. */
  paidCount: number
  meanMinor: number
  firstAt: Instant
  state: Relationship
}>

/** The covariates of a shop customer at an instant, in the order of `shopCovariates`. */
export function shopRow(state: Relationship, leave: LeaveModel, at: Instant): Float64Array {
  const x = covariates(state, leave, at)
  return Float64Array.from(shopCovariates, (name) => x[position[name]] ?? 0)
}

/** A period that is told: `state` is what was known when it began, at `fromAt`; `orders` without the first of all. */
export type ShopPeriod = Readonly<{
  state: Relationship
  fromAt: Instant
  toAt: Instant
  /** Months in which he could buy: less than from begin to end in the month of the first order. */
  exposure: number
  orders: number
}>

/** True for somebody whose leaving is declared: he had a subscription, or said that he leaves. */
export const announcesLeaving = (events: readonly CustomerEvent[]): boolean =>
  events.some(({ type }) => type === 'subscription.started' || type === 'subscription.ended' || type === 'exit.ended')

/** True for somebody who buys and of whom nobody will say that he left. */
export const isShopCustomer = (events: readonly CustomerEvent[]): boolean =>
  events.some(({ type }) => type === 'order.placed') && !announcesLeaving(events)

/**
 * Tells the periods of a shop customer up to `until`: the months of the relationship from that of the first order on,
 * as the leave model counts them. Answers the state then; null for somebody who never ordered by then. `events` are in
 * force and in order.
 */
export function tellShopPeriods(
  customer: CustomerKey,
  events: readonly CustomerEvent[],
  until: Instant,
  tell: (period: ShopPeriod) => void,
): Relationship | null {
  const seen = events.filter(({ at }) => at <= until)
  const first = seen.findIndex(({ type }) => type === 'order.placed')
  const firstAt = seen[first]?.at
  if (firstAt === undefined) return null
  let state = initial(customer)
  let next = 0
  let repeats = 0
  const foldTo = (to: number): void => {
    for (let event = seen[next]; event !== undefined && event.at <= to; event = seen[next]) {
      state = fold(state, event)
      if (event.type === 'order.placed' && next > first) repeats += 1
      next += 1
    }
  }
  const start = startOf(customer, seen.slice(0, first + 1)) ?? firstAt
  let from = start + Math.floor((firstAt - start) / MONTH_MS) * MONTH_MS
  for (; until - Math.max(from, firstAt) > PERIOD_MS_MIN; from += MONTH_MS) {
    const toAt = instant(Math.min(until, from + MONTH_MS))
    // What was known before the data begin is what their first event says.
    const fromAt = instant(Math.max(from, seen[0]?.at ?? from))
    foldTo(fromAt)
    const known = state
    const before = from <= firstAt ? 0 : repeats
    foldTo(toAt)
    const exposure = (toAt - Math.max(from, firstAt)) / MONTH_MS
    tell({ state: known, fromAt, toAt, exposure, orders: repeats - before })
  }
  return state
}

// The start of the relationship, as it is known when the first order is in.
function startOf(customer: CustomerKey, events: readonly CustomerEvent[]): Instant | null {
  return events.reduce(fold, initial(customer)).facts.startedAt
}

/** The life of a customer up to `until`; null for somebody who never ordered, or who announces his leaving. */
export function shopLife(
  customer: CustomerKey,
  events: readonly CustomerEvent[],
  until: Instant,
  leave: LeaveModel,
): ShopLife | null {
  const seen = events.filter(({ at }) => at <= until)
  if (announcesLeaving(seen)) return null
  const periods: { exposure: number; orders: number; x: Float64Array }[] = []
  const state = tellShopPeriods(customer, seen, until, (period) => {
    const { exposure, orders } = period
    periods.push({ exposure, orders, x: shopRow(period.state, leave, period.fromAt) })
  })
  const [first, ...others] = seen.filter((event) => event.type === 'order.placed')
  if (state === null || first === undefined || periods.length === 0) return null
  const repeats = others.map(({ data }) => data.value ?? 0)
  const paid = repeats.filter((value) => value > 0)
  return {
    periods,
    paidCount: paid.length,
    meanMinor: paid.reduce((sum, one) => sum + one, 0) / (paid.length || 1),
    firstAt: first.at,
    state,
  }
}
