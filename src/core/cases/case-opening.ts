/** Which events open a case by themselves: rules as data, in force one by one. */
import type { CustomerEvent } from '../relationship/event.ts'
import { isNamed, type Severity } from '../relationship/failure.ts'
import { failureAbout } from '../relationship/issue.ts'
import { type Relationship, readable } from '../relationship/relationship.ts'
import { shareOfScale } from '../relationship/voice.ts'
import { type Instant, instantOf } from '../time/instant.ts'
import { type SeverityRules, severityProposed } from './severity-proposed.ts'

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

/** The rules that are in force, and how bad what they find is taken to be. */
export type OpeningLaw = Readonly<{ rules: readonly OpeningRule[]; severity: SeverityRules }>

/**
 * Asks the rules that are in force about an event; `before` is the customer before it, `about` what the promise of the
 * event is about.
 */
export function openingBy(
  event: CustomerEvent,
  before: Relationship,
  { rules, severity }: OpeningLaw,
  about: string | null = null,
): Opening {
  const because = suspicionOf(event, severity)
  if (because === null || !rules.includes(because.rule)) return none
  const known = failureAbout(event, readable(before, event.at).facts.failures, about)
  if (event.type === 'failure.occurred' && known !== undefined && isNamed(known, event.data.failure)) return none
  if (known !== undefined) return { kind: 'joins', failure: known.failure, because }
  return { kind: 'opens', reported: event.type === 'failure.occurred' ? event.data.failure : null, because }
}

/** What an event may open a case for; null for nothing. What was reported has the severity that was reported. */
export function suspicionOf(event: CustomerEvent, rules: SeverityRules): Suspicion | null {
  const suspected = (rule: OpeningRule, category: string, lateMs = 0): Suspicion => ({
    rule,
    category,
    severity: severityProposed({ category, lateMs }, rules),
  })
  switch (event.type) {
    case 'failure.occurred':
      return { rule: 'failure reported', category: event.data.category ?? 'other', severity: event.data.severity }
    case 'order.delivered': {
      const lateMs = latenessOf(event.data.promisedAt, event.data.deliveredAt, event.at)
      return lateMs > 0 ? suspected('order late', lapseCategories['order late'], lateMs) : null
    }
    case 'promise.broken':
      return suspected('promise broken', lapseCategories['promise broken'])
    case 'survey.answered':
      return isDetractor(event.data) ? suspected('detractor', 'bad rating') : null
    case 'dispute.opened':
      return suspected('dispute', 'dispute')
    case 'post.published':
      return event.data.negative ? suspected('public post', 'public post') : null
    default:
      return null
  }
}

const lapseCategories = { 'order late': 'late delivery', 'promise broken': 'broken promise' } as const

/** What a date that just passed is suspected of. */
export function suspectedOf(rule: 'promise broken' | 'order late', rules: SeverityRules): Suspicion {
  const category = lapseCategories[rule]
  return { rule, category, severity: severityProposed({ category }, rules) }
}

/** By how much a delivery came later than promised; 0 where nothing was promised. */
const latenessOf = (promised: string | undefined, delivered: string | undefined, at: Instant): number =>
  promised === undefined ? 0 : (delivered === undefined ? at : instantOf(delivered)) - instantOf(promised)

function isDetractor(data: Extract<CustomerEvent, { type: 'survey.answered' }>['data']): boolean {
  const share = shareOfScale(data)
  if (share === null) return false
  // How attached somebody feels is no complaint.
  if (data.kind === 'attachment') return false
  return share <= (data.kind === 'nps' ? DETRACTOR_SHARE : DISSATISFIED_SHARE)
}
