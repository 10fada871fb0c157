/** Which events open a case by themselves: rules as data, in force one by one. */
import type { CustomerEvent } from './event.ts'
import type { Severity } from './failure.ts'
import { DAY_MS, type Instant, instantOf } from './instant.ts'
import { isOpen } from './recovery.ts'
import { type Relationship, readable } from './relationship.ts'
import { shareOfScale } from './voice.ts'

/** A way in which a case opens. */
export const openingRules = [
  'failure reported',
  'order late',
  'promise broken',
  'detractor',
  'dispute',
  'public post',
] as const
/** One of the ways. */
export type OpeningRule = (typeof openingRules)[number]

/** A delivery that is late by so much is a major failure, by less a minor one. */
const VERY_LATE_MS = 3 * DAY_MS
/** Up to 6 of 10 on the scale of NPS, up to 2 of 5 on that of satisfaction. */
const DETRACTOR_SHARE = 0.6
const DISSATISFIED_SHARE = 0.25

/** A failure that an event speaks of, in the fields of `failure.occurred`. */
export type Suspicion = Readonly<{ rule: OpeningRule; category: string; severity: Severity }>

/**
 * What an event does for cases. `opens`: nothing of this customer is open, so a case does; `reported` is its failure if
 * the event is one. `joins`: one incident gives a ticket, a call, a review and a chargeback, and stays one failure (trap
 * T30): the event belongs to the newest that is open.
 */
export type Opening =
  | Readonly<{ kind: 'opens'; reported: string | null; because: Suspicion }>
  | Readonly<{ kind: 'joins'; failure: string; because: Suspicion }>
  | Readonly<{ kind: 'none' }>

const none: Opening = { kind: 'none' }

/** Asks the rules that are in force about an event; `before` is the customer before it. */
export function openingBy(event: CustomerEvent, before: Relationship, inForce: readonly OpeningRule[]): Opening {
  const because = suspicionOf(event)
  if (because === null || !inForce.includes(because.rule)) return none
  const failures = readable(before, event.at).facts.failures
  if (event.type === 'failure.occurred') {
    const { failure } = event.data
    return failures.some((one) => one.failure === failure) ? none : { kind: 'opens', reported: failure, because }
  }
  const open = failures.findLast((one) => isOpen(one, event.at))
  return open === undefined
    ? { kind: 'opens', reported: null, because }
    : { kind: 'joins', failure: open.failure, because }
}

/** What an event may open a case for; null for nothing. */
export function suspicionOf(event: CustomerEvent): Suspicion | null {
  switch (event.type) {
    case 'failure.occurred':
      return { rule: 'failure reported', category: event.data.category ?? 'other', severity: event.data.severity }
    case 'order.delivered':
      return lateness(event.data.promisedAt, event.data.deliveredAt, event.at)
    case 'promise.broken':
      return { rule: 'promise broken', category: 'broken promise', severity: 'minor' }
    case 'survey.answered':
      return isDetractor(event.data) ? { rule: 'detractor', category: 'bad rating', severity: 'minor' } : null
    case 'dispute.opened':
      return { rule: 'dispute', category: 'dispute', severity: 'critical' }
    case 'post.published':
      return event.data.negative ? { rule: 'public post', category: 'public post', severity: 'major' } : null
    default:
      return null
  }
}

function lateness(promised: string | undefined, delivered: string | undefined, at: Instant): Suspicion | null {
  if (promised === undefined) return null
  const lateMs = (delivered === undefined ? at : instantOf(delivered)) - instantOf(promised)
  if (lateMs <= 0) return null
  return { rule: 'order late', category: 'late delivery', severity: lateMs > VERY_LATE_MS ? 'major' : 'minor' }
}

function isDetractor(data: Extract<CustomerEvent, { type: 'survey.answered' }>['data']): boolean {
  const share = shareOfScale(data)
  if (share === null) return false
  return (data.kind === 'nps' && share <= DETRACTOR_SHARE) || (data.kind === 'csat' && share <= DISSATISFIED_SHARE)
}
