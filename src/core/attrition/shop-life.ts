/**
 * The life of a shop customer as periods, for a model of leaving that nobody announces (trap T7): months of 30.4375
 * days from the first order on, each with its orders and with what was known when it ended.
 */
import { covariates } from '../covariates.ts'
import type { CustomerEvent } from '../event.ts'
import type { CustomerKey } from '../ids.ts'
import { type Instant, instant, MONTH_MS } from '../instant.ts'
import type { LeaveModel } from '../leave-model.ts'
import { type CovariateName, covariateNames, position } from '../leave-priors.ts'
import { fold, initial, type Relationship } from '../relationship.ts'

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
  state: Relationship
}>

/** The covariates of a shop customer at an instant, in the order of `shopCovariates`. */
export function shopRow(state: Relationship, leave: LeaveModel, at: Instant): Float64Array {
  const x = covariates(state, leave, at)
  return Float64Array.from(shopCovariates, (name) => x[position[name]] ?? 0)
}

/**
 * The life of a customer up to `until`; null for somebody who never ordered, or whose leaving is declared because he
 * had a subscription or said that he leaves. `events` are in force and in order.
 */
export function shopLife(
  customer: CustomerKey,
  events: readonly CustomerEvent[],
  until: Instant,
  leave: LeaveModel,
): ShopLife | null {
  const seen = events.filter(({ at }) => at <= until)
  const first = seen.find(({ type }) => type === 'order.placed')
  if (first === undefined || seen.some(declaresExit)) return null
  const repeats = seen.filter((event) => event.type === 'order.placed' && event !== first)
  const periods: { exposure: number; orders: number; x: Float64Array }[] = []
  let state = initial(customer)
  let next = 0
  for (let from: number = first.at; until - from > PERIOD_MS_MIN; from += MONTH_MS) {
    const to = instant(Math.min(until, from + MONTH_MS))
    for (; next < seen.length; next += 1) {
      const event = seen[next]
      if (event === undefined || event.at > to) break
      state = fold(state, event)
    }
    const isIn = ({ at }: CustomerEvent) => at <= to && (at > from || (from === first.at && at === from))
    periods.push({
      exposure: (to - from) / MONTH_MS,
      orders: repeats.filter(isIn).length,
      x: shopRow(state, leave, to),
    })
  }
  const paid = repeats.flatMap((event) => (event.type === 'order.placed' && event.data.value ? [event.data.value] : []))
  return periods.length === 0
    ? null
    : {
        periods,
        paidCount: paid.length,
        meanMinor: paid.reduce((sum, one) => sum + one, 0) / (paid.length || 1),
        state,
      }
}

const declaresExit = ({ type }: CustomerEvent): boolean =>
  type === 'subscription.started' || type === 'subscription.ended' || type === 'exit.ended'
