import type { CustomerEvent } from '../relationship/event.ts'
import { shareOfScale } from '../relationship/voice.ts'
import type { Instant } from '../time/instant.ts'
import type { CaseEntry } from './case-entry.ts'
import { isToldByCase } from './case-facts.ts'

type Occurred = Extract<CustomerEvent, { type: 'failure.occurred' }>

/** Where a case opens: its name, the id of its first entry, who opens it, and whom it is given to. */
export type OpeningPlace = Readonly<{
  case: string
  id: string
  by: string
  incident: string | null
  team: string | null
}>

/** The entry with which a reported failure opens its case: one failure, one case. */
export const openingOf = (
  event: Occurred,
  { case: name, id, by, incident, team }: OpeningPlace,
): Extract<CaseEntry, { kind: 'opened' }> => ({
  id,
  at: event.at,
  by,
  kind: 'opened',
  isReported: true,
  case: name,
  customer: event.customer,
  failure: event.data.failure,
  openedBy: 'rule',
  severity: event.data.severity,
  category: event.data.category ?? null,
  lossMinor: event.data.loss ?? null,
  currency: event.data.currency ?? null,
  atFault: event.data.atFault ?? 'firm',
  incident,
  team,
  isDoubleDeviation: false,
})

/** From here up, and from here down, an answer says how the recovery went; between the two it says neither. */
const CONTENT = 0.6
const DISCONTENT = 0.4

/**
 * What a case learns from an event that another system sent about its failure; null for what does not concern it. A fact
 * is a fact: it is folded in whatever the protocol's order says. Events that the case itself told are not heard again.
 * `names` are all those of its failure.
 */
export function entryHeard(event: CustomerEvent, names: readonly string[]): CaseEntry | null {
  if (isToldByCase(event) || !('failure' in event.data) || typeof event.data.failure !== 'string') return null
  const told = { id: `${event.source}:${event.id}`, at: event.at, by: event.source, isReported: true }
  if (event.type === 'failure.occurred') return names.includes(event.data.failure) ? null : joinedBy(event)
  if (!names.includes(event.data.failure)) return null
  switch (event.type) {
    case 'failure.acknowledged':
      return { ...told, kind: 'acknowledged' }
    case 'failure.owned':
      return { ...told, kind: 'owned', owner: event.data.owner }
    case 'failure.apologised':
      return event.data.specific === false ? null : { ...told, kind: 'apologised' }
    case 'failure.fixed':
      return { ...told, kind: 'fixed', how: event.data.how ?? null }
    case 'failure.compensated': {
      const { value: valueMinor, currency = null, form = null } = event.data
      return { ...told, kind: 'compensated', valueMinor, currency, form }
    }
    default:
      return answerHeard(event, told)
  }
}

function joinedBy({ source, id, at, data }: Occurred): CaseEntry {
  const { failure, severity, category = null, loss: lossMinor = null, currency = null } = data
  return { id: `${source}:${id}`, at, by: source, kind: 'joined', failure, severity, category, lossMinor, currency }
}

type Told = Readonly<{ id: string; at: Instant; by: string; isReported: boolean }>

function answerHeard(event: CustomerEvent, told: Told): CaseEntry | null {
  switch (event.type) {
    case 'failure.confirmed':
      return { ...told, kind: 'confirmed', satisfied: event.data.satisfied }
    case 'failure.followed_up':
      return { ...told, kind: 'followed up', satisfied: event.data.satisfied ?? null }
    case 'failure.reopened':
      return { ...told, kind: 'reopened', reason: event.data.reason ?? null }
    case 'failure.closed':
      return event.data.fixed === false
        ? { ...told, kind: 'reopened', reason: null }
        : { ...told, kind: 'closed', rootCause: event.data.rootCause ?? null }
    case 'survey.answered': {
      const share = event.data.kind === 'recovery' ? shareOfScale(event.data) : null
      if (share === null || (share > DISCONTENT && share < CONTENT)) return null
      return { ...told, kind: 'confirmed', satisfied: share >= CONTENT }
    }
    default:
      return null
  }
}
