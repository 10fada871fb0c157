/** Which cases rules would have opened for a customer, had they been in force all along. */

import type { CustomerKey } from '../ids.ts'
import { concernsCases, failureIn } from '../relationship/concerns-cases.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import type { Severity } from '../relationship/failure.ts'
import { aboutOf, isKnownLapse, type Lapse, lapsedAt, promisedBy } from '../relationship/lapse.ts'
import { fold, inForce, initial, type Relationship } from '../relationship/relationship.ts'
import { DAY_MS, type Instant, instant } from '../time/instant.ts'
import { CASE_SOURCE } from './case-facts.ts'
import { type OpeningLaw, type OpeningRule, openingBy, type Suspicion, suspectedOf } from './case-opening.ts'

/** What became of a case that was never opened is not known: it is taken to have ended after so many days. */
const ENDS_AFTER_DAYS = 14

/** A case that would have opened; `because` names the event or the date, so that two sets of rules can be compared. */
export type WouldOpen = Readonly<{
  because: string
  at: Instant
  rule: OpeningRule
  category: string
  severity: Severity
}>

type Happening = Readonly<{ at: Instant } & ({ event: CustomerEvent } | { lapse: Lapse })>

/** The cases that would have opened until an instant, oldest first. */
export function wouldOpen(
  customer: CustomerKey,
  events: readonly CustomerEvent[],
  law: OpeningLaw,
  to: Instant,
): readonly WouldOpen[] {
  const history = withoutInferred(inForce(events))
  let state = initial(customer)
  const opened: WouldOpen[] = []
  let ends: readonly Readonly<{ failure: string; at: Instant }>[] = []
  const open = (suspicion: Suspicion, at: Instant, because: string, links: Lapse['links'] | null) => {
    opened.push({ because, at, ...suspicion })
    if (links === null) return
    const failure = `trial:${opened.length}`
    const { severity, category } = suspicion
    const data = { failure, severity, category, inferred: true, ...links }
    state = fold(state, { id: failure, source: CASE_SOURCE, customer, at, type: 'failure.occurred', data })
    ends = [...ends, { failure, at: instant(at + ENDS_AFTER_DAYS * DAY_MS) }]
  }
  const endUntil = (at: Instant) => {
    for (const { failure, at: endAt } of ends.filter((end) => end.at <= at)) {
      const id = `${failure}:end`
      state = fold(state, { id, source: CASE_SOURCE, customer, at: endAt, type: 'failure.closed', data: { failure } })
    }
    ends = ends.filter((end) => end.at > at)
  }
  for (const one of happenings(history, to)) {
    endUntil(one.at)
    if ('lapse' in one) {
      const { rule, links } = one.lapse
      if (!law.rules.includes(rule) || isKnownLapse(state, one.lapse)) continue
      open(suspectedOf(rule, law.severity), one.at, JSON.stringify([rule, links]), links)
      continue
    }
    const found = openingFor(one.event, state, law, history)
    state = fold(state, one.event)
    if (found === null) continue
    open(found.because, one.at, `${one.event.source} ${one.event.id}`, found.links)
  }
  return opened
}

/** What an event opens; `links` null for what was reported, which the log holds itself. */
function openingFor(event: CustomerEvent, state: Relationship, law: OpeningLaw, history: readonly CustomerEvent[]) {
  if (!concernsCases(event)) return null
  const promised = event.type === 'promise.broken' ? aboutOf(history, event.data.promise) : null
  const opening = openingBy(event, state, law, promised?.about ?? null)
  if (opening.kind !== 'opens') return null
  const order = 'order' in event.data && typeof event.data.order === 'string' ? { order: event.data.order } : {}
  return { because: opening.because, links: opening.reported === null ? (promised?.links ?? order) : null }
}

// What rules inferred so far, and what was done about it, is what the rules that are tried would decide anew.
function withoutInferred(history: readonly CustomerEvent[]): readonly CustomerEvent[] {
  const inferred = new Set(
    history.flatMap(({ type, source, data }) =>
      type === 'failure.occurred' && source === CASE_SOURCE && data.inferred === true ? [data.failure] : [],
    ),
  )
  return history.filter((event) => event.source !== CASE_SOURCE || !inferred.has(failureIn(event) ?? ''))
}

function happenings(history: readonly CustomerEvent[], to: Instant): readonly Happening[] {
  const dues = new Set(history.flatMap((event) => promisedBy(event) ?? []))
  const lapses = [...dues].flatMap((due) => lapsedAt(history, due).map((lapse) => ({ at: due, lapse })))
  return [...history.map((event) => ({ at: event.at, event })), ...lapses]
    .filter(({ at }) => at <= to)
    .toSorted((a, b) => a.at - b.at)
}
