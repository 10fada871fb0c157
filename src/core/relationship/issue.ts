/**
 * Which failure an event is about. One incident gives a ticket, a call, a mail, a review and a chargeback, and is one
 * failure (trap T30). Only keys that events name decide, never likeness (trap T33).
 */
import type { CustomerEvent } from './event.ts'
import { type Failure, isNamed } from './failure.ts'
import { isNear, isSameReport, linksIn } from './failure-links.ts'
import { isOpen } from './recovery.ts'

/** The customer speaks of what happened; a late parcel or a broken promise is what happened. */
const voices: readonly string[] = ['survey.answered', 'survey.commented', 'post.published', 'dispute.opened']
/** Fields in which events name the failure that they are about. */
export const NAMES: readonly string[] = ['failure', 'issue', 'about']

/**
 * The failure that an event belongs to, of those known before it: the one that it names, else the newest of the same
 * order, service or promise within 14 days. What a customer says without naming anything belongs to the newest that is
 * open. `about` is what the promise of the event is about. A report of a failure of its own belongs to another only
 * where one of the two was inferred, or where both are one incident.
 */
export function failureAbout(
  event: CustomerEvent,
  failures: readonly Failure[],
  about: string | null = null,
): Failure | undefined {
  if (event.type === 'failure.occurred') {
    const report = { at: event.at, links: linksIn(event.data), isInferred: event.data.inferred === true }
    return failures.findLast((one) => isNamed(one, event.data.failure) || isSameReport(one, report))
  }
  const named = [...NAMES.map((name) => textIn(event, name)), about].filter((name) => name !== null)
  const links = [...linksIn(event.data), ...(about === null ? [] : [`order:${about}`, `subscription:${about}`])]
  const exact =
    failures.findLast((one) => named.some((name) => isNamed(one, name))) ??
    failures.findLast((one) => isNear(one, event.at) && links.some((link) => one.links.includes(link)))
  if (exact !== undefined || !voices.includes(event.type)) return exact
  if (named.length + links.length > 0) return undefined
  return failures.findLast((one) => one.at <= event.at && isOpen(one, event.at))
}

const textIn = ({ data }: CustomerEvent, name: string): string | null => {
  const found = Object.entries(data).find(([key]) => key === name)?.[1]
  return typeof found === 'string' ? found : null
}
