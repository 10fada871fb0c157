/** Which events open a case by themselves: rules as data, in force one by one. */
import type { CustomerEvent } from './event.ts'
import { isNamed, type Severity } from './failure.ts'
import { DAY_MS, type Instant, instantOf } from './instant.ts'
import { failureAbout } from './issue.ts'
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
/** Up to 6 of 10 on the scale of NPS; on every other the lowest quarter: 2 of 5, 2 of 7, 3 of 10. */
const DETRACTOR_SHARE = 0.6
const DISSATISFIED_SHARE = 0.25

/** A failure that an event speaks of, in the fields of `failure.occurred`. */
export type Suspicion = Readonly<{ rule: OpeningRule; category: string; severity: Severity }>

/**
 * What an event does for cases. `opens`: it is about no failure that is known, so a case does; `reported` is its failure
 * if the event is one. `joins`: one incident gives a ticket, a call, a review and a chargeback, and stays one failure
 * (trap T30).
 */
export type Opening =
  | Readonly<{ kind: 'opens'; reported: string | null; because: Suspicion }>
  | Readonly<{ kind: 'joins'; failure: string; because: Suspicion }>
  | Readonly<{ kind: 'none' }>

const none: Opening = { kind: 'none' }

/**
 * Asks the rules that are in force about an event; `before` is the customer before it, `about` what the promise of the
 * event is about.
 */
export function openingBy(
  event: CustomerEvent,
  before: Relationship,
  inForce: readonly OpeningRule[],
  about: string | null = null,
): Opening {
  const because = suspicionOf(event)
  if (because === null || !inForce.includes(because.rule)) return none
  const known = failureAbout(event, readable(before, event.at).facts.failures, about)
  if (event.type === 'failure.occurred' && known !== undefined && isNamed(known, event.data.failure)) return none
  if (known !== undefined) return { kind: 'joins', failure: known.failure, because }
  return { kind: 'opens', reported: event.type === 'failure.occurred' ? event.data.failure : null, because }
}

/** What an event may open a case for; null for nothing. */
export function suspicionOf(event: CustomerEvent): Suspicion | null {
  switch (event.type) {
    case 'failure.occurred':
      return { rule: 'failure reported', category: event.data.category ?? 'other', severity: event.data.severity }
    case 'order.delivered':
      return lateness(event.data.promisedAt, event.data.deliveredAt, event.at)
    case 'promise.broken':
      return suspectedOf('promise broken')
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

/** What a date that just passed is suspected of. */
export const suspectedOf = (rule: 'promise broken' | 'order late'): Suspicion => ({
  rule,
  category: rule === 'order late' ? 'late delivery' : 'broken promise',
  severity: 'minor',
})

function lateness(promised: string | undefined, delivered: string | undefined, at: Instant): Suspicion | null {
  if (promised === undefined) return null
  const lateMs = (delivered === undefined ? at : instantOf(delivered)) - instantOf(promised)
  if (lateMs <= 0) return null
  return { ...suspectedOf('order late'), severity: lateMs > VERY_LATE_MS ? 'major' : 'minor' }
}

function isDetractor(data: Extract<CustomerEvent, { type: 'survey.answered' }>['data']): boolean {
  const share = shareOfScale(data)
  if (share === null) return false
  // How attached somebody feels is no complaint.
  if (data.kind === 'attachment') return false
  return share <= (data.kind === 'nps' ? DETRACTOR_SHARE : DISSATISFIED_SHARE)
}
