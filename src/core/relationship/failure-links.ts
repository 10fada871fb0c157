/** What ties a failure to others of the same customer: the order, service, promise or incident that it is about. */

import { DAY_MS, type Instant } from '../time/instant.ts'
import type { Failure } from './failure.ts'
import { isOpen } from './recovery.ts'

/** Fields that tie. */
const linkNames = ['order', 'subscription', 'promise', 'incident'] as const
const INCIDENT = 'incident:'
/** What is about the same within so many days is the same failure. */
export const LINK_DAYS = 14

/** What an event names of these, each with the name of its field, so that an order is never taken for a promise. */
export const linksIn = (data: Readonly<Record<string, unknown>>): readonly string[] =>
  linkNames.flatMap((name) => (typeof data[name] === 'string' ? [`${name}:${data[name]}`] : []))

/** Whether something at an instant may still belong to a failure. */
export const isNear = (one: Pick<Failure, 'at' | 'fixed' | 'closed'>, at: Instant): boolean =>
  Math.abs(at - one.at) <= LINK_DAYS * DAY_MS || (at >= one.at && isOpen(one, at))

/** A report as far as it ties. */
type Report = Readonly<{ at: Instant; links: readonly string[]; isInferred: boolean }>

/**
 * Whether a report tells of a failure that is known: of the same incident always; of the same order, service or promise
 * where one of the two was inferred from another event. Two that the firm reported each by a name of its own are two.
 */
export function isSameReport(one: Failure, { at, links, isInferred }: Report): boolean {
  const shared = one.links.filter((link) => links.includes(link))
  if (shared.some((link) => link.startsWith(INCIDENT))) return true
  return shared.length > 0 && (one.isInferred || isInferred) && isNear(one, at)
}

/** The incident that a failure belongs to, the first that was named; null where none was. */
export function incidentOf({ links }: Pick<Failure, 'links'>): string | null {
  const link = links.find((one) => one.startsWith(INCIDENT))
  return link === undefined ? null : link.slice(INCIDENT.length)
}
