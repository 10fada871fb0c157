/** What time alone breaks: a promise whose due time passes unkept, an order that does not come when it was promised. */

import { SIMULATED_SOURCE } from '../simulated-firm/life.ts'
import { type Instant, instant, instantOf } from '../time/instant.ts'
import type { CustomerEvent } from './event.ts'
import { isNamed } from './failure.ts'
import { isSameReport, linksIn } from './failure-links.ts'
import { inForce, type Relationship, readable } from './relationship.ts'

/** As the source of our own facts: the promises of cases have clocks of their own. */
const OWN = 'amends'

/** A date that passed. `links`: what it is about; `failure` when it was promised about one. */
export type Lapse = Readonly<{
  at: Instant
  rule: 'promise broken' | 'order late'
  links: Readonly<{ promise?: string; order?: string; subscription?: string }>
  failure: string | null
}>

/** When it is to be looked at whether an event's promise was kept; null for an event that promises nothing. */
export function promisedBy(event: CustomerEvent): Instant | null {
  // A simulated firm stays what its truth says.
  if (event.source === SIMULATED_SOURCE || event.source === OWN) return null
  if (event.type === 'promise.made') return instantOf(event.data.due)
  return event.type === 'order.placed' && event.data.promisedAt !== undefined ? instantOf(event.data.promisedAt) : null
}

/** Whether a date that was promised is recent enough for a case, and not before it is received to be looked at. */
export function lookAt(due: Instant, now: Instant, { daysMs, graceMs }: Readonly<{ daysMs: number; graceMs: number }>) {
  if (now - due > daysMs) return null
  // What is told of the past may go on: the next part of a file may say that it was kept.
  return due > now ? due : instant(now + graceMs)
}

/**
 * What broke at an instant, by the whole history of a customer: due just then, and by now neither kept, exceeded, said
 * to be broken, nor promised anew; orders neither delivered nor sent back.
 */
export function lapsedAt(events: readonly CustomerEvent[], due: Instant): readonly Lapse[] {
  const history = inForce(events)
  const promises = new Map<string, CustomerEvent>()
  const orders = new Map<string, CustomerEvent>()
  for (const event of history) note(event, promises, orders)
  const isDue = (event: CustomerEvent) => promisedBy(event) === due
  return [
    ...[...orders].flatMap(([order, event]) =>
      isDue(event) ? [{ at: due, rule: 'order late' as const, links: { order }, failure: null }] : [],
    ),
    ...[...promises].flatMap(([promise, event]) =>
      isDue(event) ? [{ at: due, rule: 'promise broken' as const, ...aboutOf(history, promise) }] : [],
    ),
  ]
}

function note(event: CustomerEvent, promises: Map<string, CustomerEvent>, orders: Map<string, CustomerEvent>): void {
  switch (event.type) {
    case 'promise.made':
      promises.set(event.data.promise, event)
      break
    case 'promise.kept':
    case 'promise.exceeded':
    case 'promise.broken':
      promises.delete(event.data.promise)
      break
    case 'order.placed':
      orders.set(event.data.order, event)
      break
    case 'order.delivered':
    case 'order.returned':
      orders.delete(event.data.order)
      break
    default:
  }
}

/** What a promise is about, as far as the history knows a thing of that name. */
export function aboutOf(
  history: readonly CustomerEvent[],
  promise: string,
): Readonly<{ links: Lapse['links']; failure: string | null; about: string | null }> {
  const made = history.findLast((event) => event.type === 'promise.made' && event.data.promise === promise)
  const about = made?.type === 'promise.made' ? (made.data.about ?? null) : null
  const isKnown = (field: string) =>
    about !== null &&
    history.some(({ data }) => Object.entries(data).some(([key, value]) => key === field && value === about))
  const links = {
    promise,
    ...(about !== null && isKnown('order') ? { order: about } : {}),
    ...(about !== null && isKnown('subscription') ? { subscription: about } : {}),
  }
  return { links, failure: isKnown('failure') ? about : null, about }
}

/** Whether a date that passed belongs to a failure that is known, by name or by what it is about. */
export function isKnownLapse(state: Relationship, { at, links, failure }: Lapse): boolean {
  const { failures } = readable(state, at).facts
  const report = { at, links: linksIn(links), isInferred: true }
  return failures.some((one) => (failure !== null && isNamed(one, failure)) || isSameReport(one, report))
}
