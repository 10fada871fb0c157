/**
 * What was done for the let-downs of a customer, as far as groups are compared by it. Looked at are let-downs that are
 * four weeks old: whatever happens in the two weeks that are counted is known of each, and so is a fix that re-opened.
 */
import type { Failure } from '../relationship/failure.ts'
import { fixDueAt } from '../relationship/recovery.ts'
import type { Relationship } from '../relationship/relationship.ts'
import { DAY_MS, type Instant, instant } from '../time/instant.ts'
import { type Evidence, kindOfCase, type Told } from './compare-groups.ts'

/** Let-downs of so many days are looked at, */
const PERIOD_DAYS = 180
/** the youngest so old: two weeks are counted, and what was fixed at their end can re-open for two more. */
const YOUNGEST_DAYS = 28
/** Waiting is counted for so long, whoever waits longer. */
const COUNTED_DAYS = 14
/** More than this share of a loss counts as this. */
const PAID_MAX = 2
const HOUR_MINUTES = 60

/** From when to when let-downs began that are compared. */
export const equalityPeriod = (asOf: Instant): Readonly<{ from: Instant; to: Instant }> => ({
  from: instant(asOf - (YOUNGEST_DAYS + PERIOD_DAYS) * DAY_MS),
  to: instant(asOf - YOUNGEST_DAYS * DAY_MS),
})

/** What must be known besides the states: the period, the firm's currency, and working minutes between two instants. */
export type TreatmentRules = Readonly<{
  from: Instant
  to: Instant
  asOf: Instant
  currency: string
  minutes: (start: Instant, end: Instant) => number
}>

/** A person, by the key that holds the relationship, with it. */
export type PersonState = Readonly<{ person: string; state: Relationship }>

/** Whether somebody is compared: nobody who refuses to be profiled, or was erased. */
export const mayBeCompared = ({ person, profilingRefusedAt }: Relationship): boolean =>
  !person.erased && profilingRefusedAt === null

type LetDown = PersonState & Readonly<{ failure: Failure; until: Instant }>

/** What was done for the let-downs of these people in the period, by measure. */
export function tellTreatment(people: readonly PersonState[], rules: TreatmentRules): Evidence {
  const letDowns = people.flatMap(({ person, state }): readonly LetDown[] =>
    state.facts.failures
      .filter(({ at, atFault }) => atFault !== 'customer' && at > rules.from && at <= rules.to)
      .map((failure) => ({ person, state, failure, until: instant(failure.at + COUNTED_DAYS * DAY_MS) })),
  )
  const told = (worth: (one: LetDown) => number | null): readonly Told[] =>
    letDowns.flatMap((one) => {
      const value = worth(one)
      return value === null ? [] : [{ person: one.person, kind: kindOfCase(one.failure), value }]
    })
  const hours = ({ failure, until }: LetDown, done: Instant | undefined): number =>
    rules.minutes(failure.at, instant(Math.min(until, Math.max(failure.at, done ?? until)))) / HOUR_MINUTES
  return {
    hoursToAnswer: told((one) => hours(one, one.failure.acknowledged?.at)),
    hoursToFix: told((one) => hours(one, one.failure.fixed?.at)),
    fixedInTime: told(({ failure }) => fixedInTime(failure, rules.asOf)),
    reachedPerson: told(reachedPerson),
    compensated: told(({ failure }) => (failure.compensatedMinor > 0 ? 1 : 0)),
    paidOfLoss: told(({ failure }) => paidOfLoss(failure, rules.currency)),
    conductNoted: told(({ state, failure, until }) => {
      const noted = state.conductNotedAt
      return noted !== null && noted >= failure.at && noted <= until ? 1 : 0
    }),
  }
}

function fixedInTime(failure: Failure, asOf: Instant): number | null {
  const due = fixDueAt(failure)
  if (due > asOf) return null
  return failure.fixed !== null && failure.fixed.at <= due ? 1 : 0
}

/** Whether somebody who got in touch reached a person; null where nobody did, or nobody said. */
function reachedPerson({ state, failure, until }: LetDown): number | null {
  const known = state.facts.contacts.filter(
    ({ at, inbound, human }) => inbound && human !== null && at >= failure.at && at <= until,
  )
  return known.length === 0 ? null : known.some(({ human }) => human === true) ? 1 : 0
}

/** Of a documented loss in the firm's currency: a larger loss is paid more for, the share is what should be alike. */
function paidOfLoss({ lossMinor, currency, compensatedMinor }: Failure, firm: string): number | null {
  if (lossMinor === null || lossMinor < 1 || (currency !== null && currency !== firm)) return null
  return Math.min(PAID_MAX, compensatedMinor / lossMinor)
}
