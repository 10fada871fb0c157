/**
 * The goodwill ledger: the linear predictor taken apart, so that every plus and minus belongs to one event. It is
 * written as a road of its own beside `covariates`: that one sums events into covariates, this one never does. That
 * both arrive at the same number is tested over random histories.
 */

import type { Facts } from '../relationship/facts.ts'
import { type Relationship, readable } from '../relationship/relationship.ts'
import { monthsSinceStart } from '../relationship/reserve.ts'
import type { Instant } from '../time/instant.ts'
import { failureDrafts } from './failure-entries.ts'
import { type LeaveModel, marketOf } from './leave-model.ts'
import { type CovariateName, position } from './leave-priors.ts'
import type { Draft, EntryFacts, Fades } from './ledger-draft.ts'
import { otherDrafts } from './other-entries.ts'

/** One line of the statement. Amounts are goodwill: minus log-odds to leave. */
export type LedgerEntry = Readonly<{
  /** Id of the event that caused it. */
  event: string
  covariate: CovariateName
  /** The failure that it belongs to. */
  group: string | null
  at: Instant
  /** Owed: what was done as it should be, worth nothing. */
  mark: 'let-down' | 'repair' | 'owed'
  facts: EntryFacts
  posted: number
  now: number
  fades: Fades
}>

/** A term that belongs to no event: it is read from the relationship as it stands. */
export type StaticCovariate = 'tenure_ln' | 'in_fixed_term' | 'substitutability' | 'competitiveness'

/** intercept + sum of the statics - balance = linearPredictor, to 1e-9. */
export type Ledger = Readonly<{
  intercept: number
  /** In log-odds to leave, like the intercept. */
  statics: readonly Readonly<{ covariate: StaticCovariate; amount: number }>[]
  /** Oldest first. */
  entries: readonly LedgerEntry[]
  /** Goodwill: the sum of `now` over the entries. */
  balance: number
  linearPredictor: number
}>

/** The statement of a customer at an instant, which must not lie before his last event. */
export function ledger(state: Relationship, model: LeaveModel, at: Instant): Ledger {
  const { facts, at: now } = readable(state, at)
  const entries = [...failureDrafts(facts, model, now), ...otherDrafts(facts, model, now)]
    .map((draft) => posted(draft, model))
    .filter((entry) => entry.now !== 0 || entry.mark === 'owed')
    .toSorted(byTime)
  const statics = staticsOf(facts, model, now)
  const balance = entries.reduce((sum, entry) => sum + entry.now, 0)
  const fixed = statics.reduce((sum, { amount }) => sum + amount, model.intercept.mean)
  return { intercept: model.intercept.mean, statics, entries, balance, linearPredictor: fixed - balance }
}

function posted({ posted: units, now, ...draft }: Draft, model: LeaveModel): LedgerEntry {
  const slope = model.mean[position[draft.covariate]] ?? 0
  // Plus 0: a slope of 0 must not leave a -0 behind, which would be written as a minus.
  const amount = -slope * units + 0
  const amountNow = -slope * now + 0
  return { ...draft, mark: markOf(amount), posted: amount, now: amountNow }
}

function markOf(amount: number): LedgerEntry['mark'] {
  if (amount === 0) return 'owed'
  return amount < 0 ? 'let-down' : 'repair'
}

function byTime(a: LedgerEntry, b: LedgerEntry): number {
  if (a.at !== b.at) return a.at - b.at
  if (a.event !== b.event) return a.event < b.event ? -1 : 1
  return position[a.covariate] - position[b.covariate]
}

function staticsOf(facts: Facts, model: LeaveModel, now: Instant): Ledger['statics'] {
  const fixedTerm = facts.subscriptions.some(({ fixedUntil }) => fixedUntil !== null && fixedUntil > now)
  const market = marketOf(model, facts.product)
  const units: readonly (readonly [StaticCovariate, number])[] = [
    ['tenure_ln', Math.log1p(monthsSinceStart(facts, now)) - Math.log(13)],
    ['in_fixed_term', fixedTerm ? 1 : 0],
    ['substitutability', market.substitutability],
    ['competitiveness', market.competitiveness],
  ]
  return units.map(([covariate, value]) => ({ covariate, amount: (model.mean[position[covariate]] ?? 0) * value + 0 }))
}
