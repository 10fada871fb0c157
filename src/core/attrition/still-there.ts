/**
 * Whether somebody who says nothing when he leaves is there still, from his state alone, so that lists and replays can
 * tell it: the orders of the year up to the last one, the silence since then, and what could have driven him away in its
 * months. Asking the whole history (`outlook`) tells little more: older orders say something of his rate of buying only.
 * Formula: docs/models/latent-attrition.md. What was done about a failure counts as known when the failure was.
 */
import { fillCovariates, predictorOf } from '../goodwill/covariates.ts'
import type { Buying, LeaveModel } from '../goodwill/leave-model.ts'
import { covariateNames } from '../goodwill/leave-priors.ts'
import type { Facts } from '../relationship/facts.ts'
import type { Relationship } from '../relationship/relationship.ts'
import { type Instant, instant, MONTH_MS } from '../time/instant.ts'
import { wasThereBefore } from './wait-collector.ts'

/** A year of orders. */
export const YEAR_MS = 12 * MONTH_MS
/** Steps of the year of buying. */
const YEAR_STEPS = 365
/** Gaps between orders are all kept up to this many. */
export const GAPS_KEPT = 12
/** After so many months of silence further ones are taken for alike: nothing that happened is left to fade. */
export const SILENCE_MONTHS_MAX = 36

/** What is known of a customer of whom nobody will say that he left. */
export type StillThere = Readonly<{
  /** Chance to be there now. */
  alive: number
  /** Orders a month while he is there. */
  ordersMonthly: number
  /** Mean amount of the orders that this was told from, minor units of the currency asked for. */
  orderMinor: number
}>

/** Tells of one customer after the other; amounts are in one currency. */
export type StillThereTeller = (state: Relationship, at: Instant, currency: string) => StillThere | null

/**
 * Tells by a model, or nothing where it was not learned from buying; null for somebody whose leaving is declared or who
 * never ordered.
 */
export function stillThereTeller(model: LeaveModel): StillThereTeller {
  const { buying } = model
  if (buying === undefined) return () => null
  const exposed = yearOf(buying)
  const x = new Float64Array(covariateNames.length)
  const logOddsAt = (state: Relationship, then: Instant): number => {
    const isLater = state.lastAt !== null && state.lastAt > then
    fillCovariates(x, isLater ? { ...state, facts: factsUntil(state.facts, then) } : state, model, then)
    return predictorOf(x, model)
  }
  return (state, at, currency) => {
    const { facts, exit } = state
    const { lastOrder, everSubscribed } = facts
    if (lastOrder === null || everSubscribed || exit.leftAt !== null) return null
    const { from, count, minor, repeats } = orderWindow(facts, lastOrder.at, currency, buying.since)
    const now = Math.max(at, lastOrder.at)
    const start = facts.startedAt ?? from
    const begin = start + Math.floor((lastOrder.at - start) / MONTH_MS) * MONTH_MS
    const m = buying.r + repeats
    const seen = buying.alpha + exposed(now) - exposed(from)
    // Of all ways to be silent: left after one of the months, or there until now; beside the latter, what the rest weighs.
    let [left, stays, logOdds] = [0, 1, 0]
    for (let month = 0, then = begin; then < now; month += 1, then += MONTH_MS) {
      const end = Math.min(now, then + MONTH_MS)
      if (month < SILENCE_MONTHS_MAX) logOdds = logOddsAt(state, instant(then))
      // A month that is not over has had a part of its leaving.
      const stay = (1 + Math.exp(logOdds)) ** -((end - then) / MONTH_MS)
      left += stays * (1 - stay) * (seen / (buying.alpha + exposed(end) - exposed(from))) ** m
      stays *= stay
    }
    return {
      alive: stays / (stays + left),
      ordersMonthly: (m / seen) * buying.meanSeason,
      orderMinor: Math.max(0, minor) / Math.max(1, count),
    }
  }
}

/** The same for one customer. */
export const stillThere = (state: Relationship, model: LeaveModel, at: Instant, currency: string): StillThere | null =>
  stillThereTeller(model)(state, at, currency)

// The orders that are kept: of a year up to the newest of them, or since the first one if that was later; and of somebody
// who was a customer before any order is known of, since then. Repeats are those that the model of buying counts: all but
// the first of all.
function orderWindow({ orders, gapsDays, startedAt }: Facts, lastAt: Instant, currency: string, since?: Instant) {
  let [count, minor] = [0, 0]
  for (const [, some, amount, own = currency] of orders) {
    count += some
    if (own === currency) minor += amount
  }
  const isWhole = gapsDays.length < GAPS_KEPT && count > gapsDays.length
  const firstAt = orders[0]?.[0] ?? lastAt
  const newest = orders.at(-1)?.[0] ?? lastAt
  const wasBefore = since !== undefined && wasThereBefore(startedAt, since)
  return {
    // A return long after the last order makes older ones go.
    from: Math.min(lastAt, !isWhole ? newest - YEAR_MS : wasBefore ? Math.min(since, firstAt) : firstAt),
    count,
    minor,
    repeats: Math.max(0, count - (isWhole && !wasBefore ? 1 : 0)),
  }
}

const years = new WeakMap<Buying, (at: number) => number>()

/** Months up to an instant since 1970, each as long as buying in its season makes it: prepared once for a model. */
export function yearOf(buying: Buying): (at: number) => number {
  const year = years.get(buying) ?? prepareYear(buying)
  years.set(buying, year)
  return year
}

// By days, straight between them.
function prepareYear({ season: [cosine, sine], meanSeason }: Buying): (at: number) => number {
  const sums = new Float64Array(YEAR_STEPS + 1)
  for (let step = 0; step < YEAR_STEPS; step += 1) {
    const turn = (2 * Math.PI * (step + 0.5)) / YEAR_STEPS
    sums[step + 1] = (sums[step] ?? 0) + Math.exp(cosine * Math.cos(turn) + sine * Math.sin(turn))
  }
  const perStep = 12 / YEAR_STEPS
  return (at) => {
    const years = at / YEAR_MS
    const whole = Math.floor(years)
    const place = (years - whole) * YEAR_STEPS
    const step = Math.min(YEAR_STEPS - 1, Math.floor(place))
    const [before, after] = [sums[step] ?? 0, sums[step + 1] ?? 0]
    return 12 * whole * meanSeason + perStep * (before + (place - step) * (after - before))
  }
}

// The facts without those that came later. An answer that a later one took the place of is not known any more.
function factsUntil(facts: Facts, then: Instant): Facts {
  const until = <Kind extends Readonly<{ at: Instant }>>(all: readonly Kind[]) => all.filter(({ at }) => at <= then)
  const known = <Kind extends Readonly<{ at: Instant }>>(one: Kind | null) =>
    one !== null && one.at <= then ? one : null
  return {
    ...facts,
    orders: facts.orders.filter(([at]) => at <= then),
    promises: until(facts.promises),
    promisesBroken: until(facts.promisesBroken),
    promisesExceeded: until(facts.promisesExceeded),
    contacts: until(facts.contacts),
    transfers: until(facts.transfers),
    channelSwitches: until(facts.channelSwitches),
    positives: until(facts.positives),
    failures: until(facts.failures),
    doubleDeviation: known(facts.doubleDeviation),
    effort: known(facts.effort),
    satisfaction: known(facts.satisfaction),
    friendliness: known(facts.friendliness),
    attachment: known(facts.attachment),
    invitations: until(facts.invitations),
    publicNegative: known(facts.publicNegative),
    offers: until(facts.offers),
    pitch: known(facts.pitch),
  }
}
