/**
 * Public retaliation after a failure or an exit, by the definitions of docs/models/retaliation.md. The chance exists to
 * repair faster and to end calmly. It is told only while a failure is open (trap T27), and no decision of the product
 * reads it.
 */

import { goodwillIndex, type LeaveModel, standing } from '../goodwill/leave-model.ts'
import { severityWeight, windowDays } from '../goodwill/leave-priors.ts'
import type { CustomerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import type { Failure } from '../relationship/failure.ts'
import { endedAt, isOpen, misses } from '../relationship/recovery.ts'
import { fold, initial, type Relationship } from '../relationship/relationship.ts'
import { DAY_MS, type Instant, instant, MONTH_MS } from '../time/instant.ts'
import { chanceWithin, type HazardChance, type HazardModel, type HazardRow } from './hazard-model.ts'
import { type RetaliationCovariate, retaliationPriors } from './retaliation-priors.ts'

const EPISODE_MONTHS = 12
const NEAR_DAYS = 180
const REPAIR_DAYS = 28
const POST_MONTHS = 24
const CAUSE_MONTHS = 12
const WINBACK_EXTRA_MAX = 4
/** The months that the chance is told for. */
export const RETALIATION_MONTHS = 6
/** A third of a Normal lies above this many standard deviations. */
const TOP_THIRD = 0.43

/** What happened after an exit that the state does not keep. */
export type Aftermath = Readonly<{ winBackContacts: number; handedOver: boolean }>

/** Nothing did. */
const noAftermath: Aftermath = { winBackContacts: 0, handedOver: false }

/** From when the chance of retaliation counts, and after what. */
type Episode = Readonly<{ at: Instant; exit: boolean; failures: readonly Failure[] }>

/**
 * The newest of: the end of the relationship, a recovery that failed, the end of a failure, and this instant while a
 * failure is open. Null when all lie more than a year back.
 */
function episodeAt({ exit, facts }: Relationship, at: Instant): Episode | null {
  const left = exit.leftAt !== null && exit.leftAt <= at ? exit.leftAt : null
  const indexes = facts.failures.map((one) => one.failedRecovery?.at ?? endedAt(one, at) ?? at)
  const newest = Math.max(...indexes, left ?? Number.NEGATIVE_INFINITY)
  if (!(newest > at - EPISODE_MONTHS * MONTH_MS)) return null
  const near = facts.failures.filter((one) => isOpen(one, at) || (endedAt(one, at) ?? at) > newest - NEAR_DAYS * DAY_MS)
  return { at: instant(newest), exit: left === newest, failures: near }
}

/** The covariates of the month that begins at an instant, the intercept first; null outside of any episode. */
function retaliationRow(state: Relationship, leave: LeaveModel, at: Instant, aftermath: Aftermath): HazardRow | null {
  const episode = episodeAt(state, at)
  if (episode === null) return null
  const { facts, exit } = state
  const month = Math.floor((at - episode.at) / MONTH_MS + 1e-9)
  const strong = episode.failures.some(
    (one) => goodwillIndex(leave, one.monthsBefore, one.purchasesBefore, one.positivesBefore) > TOP_THIRD,
  )
  const doubleDeviation = episode.failures.some((one) => one.failedRecovery !== null)
  const flag = (holds: boolean) => (holds ? 1 : 0)
  const satisfaction = satisfactionOf(state, leave, at)
  const value: Readonly<Record<RetaliationCovariate, number>> = {
    r_intercept: 1,
    r_month: month,
    r_month_x_strong: strong ? month : 0,
    r_double_dev: flag(doubleDeviation),
    r_quiet_exit: flag(episode.exit && episode.failures.length === 0),
    r_severity: worstWeight(episode.failures) - 1,
    r_selfrel: facts.attachment === null ? 0 : standing(leave, 'attachment', facts.attachment.score),
    r_trust: satisfaction,
    r_strong_x_DD: flag(strong && doubleDeviation),
    r_greed: flag(episode.failures.some((one) => misses(one, at).comp_short === 1)),
    r_controllable: flag(episode.failures.some((one) => isKnownCause(one, facts.failures))),
    r_obstruct: flag(wasObstructed(state)),
    r_repair: flag(episode.failures.some(isRepaired)),
    r_winback_extra: Math.min(WINBACK_EXTRA_MAX, Math.max(0, aftermath.winBackContacts - 1)),
    r_firm_ended_happy: flag(exit.leftBy === 'firm' && satisfaction > 0),
    // The log has no event for a service that was cut.
    r_demoted_unhappy: 0,
    r_prior_post: flag(facts.publicNegative !== null && facts.publicNegative.at > at - POST_MONTHS * MONTH_MS),
    r_handover: flag(aftermath.handedOver),
  }
  return retaliationNames.map((name) => value[name])
}

const isName = (name: string): name is RetaliationCovariate => Object.hasOwn(retaliationPriors, name)
const retaliationNames: readonly RetaliationCovariate[] = Object.keys(retaliationPriors).filter(isName)

function satisfactionOf({ facts }: Relationship, leave: LeaveModel, at: Instant): number {
  const { satisfaction } = facts
  if (satisfaction === null || satisfaction.at <= at - windowDays.sat_z * DAY_MS) return 0
  return standing(leave, satisfaction.kind === 'nps' ? 'nps' : 'csat', satisfaction.score)
}

// A major failure is the reference; without any failure nothing is added.
const worstWeight = (failures: readonly Failure[]): number =>
  failures.length === 0 ? 1 : Math.max(...failures.map(({ severity }) => severityWeight[severity]))

// A cause that the firm had met before could have been prevented.
const isKnownCause = (failure: Failure, all: readonly Failure[]): boolean =>
  failure.rootCause !== null &&
  all.some(
    (one) =>
      one !== failure &&
      one.rootCause === failure.rootCause &&
      one.at < failure.at &&
      one.at > failure.at - CAUSE_MONTHS * MONTH_MS,
  )

function wasObstructed({ exit: { requestedAt, leftAt }, facts }: Relationship): boolean {
  if (requestedAt === null) return false
  return facts.contacts.some(({ inbound, at }) => inbound && at > requestedAt && at <= (leftAt ?? at))
}

function isRepaired({ failedRecovery, apologised, furtherApologies, compensated }: Failure): boolean {
  if (failedRecovery === null) return false
  const inTime = (mark: Readonly<{ at: Instant }> | null) =>
    mark !== null && mark.at >= failedRecovery.at && mark.at <= failedRecovery.at + REPAIR_DAYS * DAY_MS
  return (inTime(apologised) || furtherApologies.some(inTime)) && inTime(compensated)
}

/** The chance of retaliation within six months if nothing more happens; null unless a failure is open. */
export function retaliationChance(
  state: Relationship,
  model: HazardModel,
  leave: LeaveModel,
  at: Instant,
): HazardChance | null {
  if (state.profilingRefusedAt !== null || !state.facts.failures.some((one) => isOpen(one, at))) return null
  const now = retaliationRow(state, leave, at, noAftermath)
  if (now === null) return null
  const [month, strongMonth] = [retaliationNames.indexOf('r_month'), retaliationNames.indexOf('r_month_x_strong')]
  const isStrong = state.facts.failures.some(
    (one) =>
      isOpen(one, at) && goodwillIndex(leave, one.monthsBefore, one.purchasesBefore, one.positivesBefore) > TOP_THIRD,
  )
  const periods = Array.from({ length: RETALIATION_MONTHS }, (_, later) =>
    now.map((units, k) => units + (k === month || (k === strongMonth && isStrong) ? later : 0)),
  )
  return chanceWithin(model, periods)
}

/** A month at risk of an act, and whether there was one. */
export type HazardPeriod = Readonly<{ x: HazardRow; fromAt: Instant; happened: boolean }>

/**
 * The months at risk of retaliation of one customer up to `until`: counted from the first failure or exit, each with
 * what was known when it began. `events` are in force and in order. Months that are not over are left out.
 */
export function retaliationMonths(
  customer: CustomerKey,
  events: readonly CustomerEvent[],
  until: Instant,
  leave: LeaveModel,
): readonly HazardPeriod[] {
  const first = events.find(
    ({ type }) => type === 'failure.occurred' || type === 'exit.ended' || type === 'subscription.ended',
  )
  if (first === undefined) return []
  const acts = events.filter(isAct).map(({ at }) => at)
  const found: HazardPeriod[] = []
  let state = initial(customer)
  let aftermath = noAftermath
  let next = 0
  for (let from = first.at + 1; from + MONTH_MS <= until; from += MONTH_MS) {
    for (; next < events.length; next += 1) {
      const event = events[next]
      if (event === undefined || event.at > from) break
      aftermath = after(aftermath, event, state)
      state = fold(state, event)
    }
    const x = retaliationRow(state, leave, instant(from), aftermath)
    if (x === null) continue
    const happened = acts.some((at) => at > from && at <= from + MONTH_MS)
    found.push({ x, fromAt: instant(from), happened })
  }
  return found
}

function after(was: Aftermath, event: CustomerEvent, before: Relationship): Aftermath {
  if (before.exit.leftAt === null) return noAftermath
  if (event.type === 'winback.contacted') return { ...was, winBackContacts: was.winBackContacts + 1 }
  return event.type === 'exit.referred' ? { ...was, handedOver: true } : was
}

// Only what the customer linked himself, or by a reference number, is his (traps T27 and T33).
function isAct(event: CustomerEvent): boolean {
  if (event.type === 'dispute.opened') return true
  if (event.type !== 'post.published') return false
  const { negative, linkedBy } = event.data
  return negative && (linkedBy === 'customer' || linkedBy === 'reference')
}
