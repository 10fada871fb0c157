/** Whether a customer who left comes back after the first offer, by the definitions of docs/models/win-back.md. */

import type { CustomerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { fold, initial, type Relationship } from '../relationship/relationship.ts'
import { DAY_MS, type Instant, MONTH_MS } from '../time/instant.ts'
import { chanceWithin, type HazardChance, type HazardModel, type HazardRow } from './hazard-model.ts'
import type { HazardPeriod } from './retaliation.ts'
import { type WinBackCovariate, winBackPriors } from './win-back-priors.ts'

const ANSWER_DAYS = 90
/** The same in months, to be told. */
export const WIN_BACK_MONTHS = 3
const SERVICE_DAYS = 90
const DOUBLE_DEVIATION_DAYS = 60
const COMPLAINT_MONTHS = 12
const COMPLAINTS_MAX = 3

const isName = (name: string): name is WinBackCovariate => Object.hasOwn(winBackPriors, name)
const winBackNames: readonly WinBackCovariate[] = Object.keys(winBackPriors).filter(isName)

/** The covariates of a first offer to somebody who left himself, the intercept first; null for anybody else. */
function winBackRow({ exit, factsAtExit, facts }: Relationship): HazardRow | null {
  const { leftAt, leftBy } = exit
  if (leftAt === null || leftBy !== 'customer') return null
  const before = factsAtExit ?? facts
  const endAt = exit.intentAt ?? leftAt
  const since = (days: number) => endAt - days * DAY_MS
  const year = before.failures.filter(({ at }) => at > endAt - COMPLAINT_MONTHS * MONTH_MS)
  const deviation = before.doubleDeviation
  const flag = (holds: boolean) => (holds ? 1 : 0)
  const value: Readonly<Record<WinBackCovariate, number>> = {
    w_intercept: 1,
    w_left_over_service: flag(before.failures.some(({ at }) => at > since(SERVICE_DAYS))),
    w_had_recovery: flag(year.some(({ confirmed }) => confirmed !== null)),
    w_complaints: Math.min(COMPLAINTS_MAX, year.length),
    // The log has no event for a recommendation, and an offer does not say what it is made of.
    w_referred: 0,
    w_double_dev_60d: flag(deviation !== null && deviation.at > since(DOUBLE_DEVIATION_DAYS)),
    w_discount_and_upgrade: 0,
  }
  return winBackNames.map((name) => value[name])
}

/**
 * The chance that somebody who left himself accepts a first offer within 90 days; null for anybody else, and for who
 * refuses to be profiled.
 */
export function winBackChance(state: Relationship, model: HazardModel): HazardChance | null {
  const x = state.profilingRefusedAt === null ? winBackRow(state) : null
  return x === null ? null : chanceWithin(model, [x])
}

/** The first offer after each exit of one customer, and whether he came back within 90 days; unanswered ones in time. */
export function winBackOffers(
  customer: CustomerKey,
  events: readonly CustomerEvent[],
  until: Instant,
): readonly HazardPeriod[] {
  const found: HazardPeriod[] = []
  let state = initial(customer)
  let offered = false
  events.forEach((event, place) => {
    if (event.type === 'winback.contacted' && !offered && event.at <= until) {
      const x = winBackRow(state)
      const end = event.at + ANSWER_DAYS * DAY_MS
      if (x !== null && end <= until) {
        offered = true
        const back = events.slice(place + 1).find(isReturn)
        found.push({ x, fromAt: event.at, happened: back !== undefined && back.at <= end })
      }
    }
    const wasGone = state.exit.leftAt !== null
    state = fold(state, event)
    if (wasGone && state.exit.leftAt === null) offered = false
  })
  return found
}

const isReturn = ({ type }: CustomerEvent): boolean =>
  type === 'winback.accepted' || type === 'order.placed' || type === 'subscription.started'
