import type { CustomerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { type Instant, rfc3339 } from '../time/instant.ts'
import type { CaseEntry, Remedy } from './case-entry.ts'

/** Facts that cases tell of customers come from this source. */
export const CASE_SOURCE = 'amends'

/** Whether a case told an event itself. What a customer answers on a page of ours is told by her, and heard as from anywhere. */
export const isToldByCase = ({ source, type }: Pick<CustomerEvent, 'source' | 'type'>): boolean =>
  source === CASE_SOURCE && type !== 'survey.answered'

/** As much of a case as its facts need. */
export type CaseHead = Readonly<{
  case: string
  customer: CustomerKey
  failure: string
  failedRounds: number
  round: Readonly<{ remedy: Remedy | null }>
}>

/**
 * What an entry tells of the customer, as events for the log, so that relationship and ledger follow; `was` is the case
 * before it. What people wrote stays in the case, where it can be erased: of it the log gets nothing. Nothing for what concerns the firm alone, and nothing for what the log told us.
 */
export function factsOf(was: CaseHead, entry: CaseEntry): readonly CustomerEvent[] {
  if ('isReported' in entry && entry.isReported) return []
  const { failure } = was
  const base = { id: `case:${was.case}:${entry.id}`, source: CASE_SOURCE, customer: was.customer, at: entry.at }
  switch (entry.kind) {
    case 'opened':
      return [{ ...base, at: entry.failedAt ?? entry.at, type: 'failure.occurred', data: failureOf(entry) }]
    case 'acknowledged':
      return [{ ...base, type: 'failure.acknowledged', data: { failure } }]
    case 'owned':
      return [{ ...base, type: 'failure.owned', data: { failure, owner: entry.owner } }]
    case 'apologised':
      return [{ ...base, type: 'failure.apologised', data: { failure, specific: true } }]
    case 'remedy agreed':
      return promised(was, entry, base)
    case 'promised': {
      const data = { promise: base.id, about: failure, due: rfc3339(entry.due) }
      return [{ ...base, type: 'promise.made', data }]
    }
    case 'promise kept':
      return [{ ...base, type: 'promise.kept', data: { promise: `case:${was.case}:${entry.promise}` } }]
    case 'fixed':
      return [{ ...base, type: 'failure.fixed', data: { failure } }, ...promiseKept(was, base)]
    case 'compensated': {
      const data = {
        failure,
        value: entry.valueMinor,
        ...kept('currency', entry.currency),
        ...kept('form', entry.form),
      }
      return [{ ...base, type: 'failure.compensated', data }]
    }
    case 'tried': {
      const data = { contact: base.id, issue: failure, channel: entry.channel, direction: 'out' } as const
      return [{ ...base, type: 'contact.opened', data }]
    }
    case 'confirmed':
      return [{ ...base, type: 'failure.confirmed', data: { failure, satisfied: entry.satisfied } }]
    case 'followed up':
      return [{ ...base, type: 'failure.followed_up', data: { failure, ...kept('satisfied', entry.satisfied) } }]
    case 'closed':
      return [
        { ...base, type: 'failure.closed', data: { failure, fixed: true, ...kept('rootCause', entry.rootCause) } },
      ]
    case 'reopened':
      return [{ ...base, type: 'failure.reopened', data: { failure } }]
    case 'undone':
      return entry.retracts.map((id, index) => ({
        ...base,
        id: `${base.id}:${index}`,
        type: 'event.retracted',
        data: { id, source: CASE_SOURCE },
      }))
    default:
      return []
  }
}

type Base = Readonly<{ id: string; source: string; customer: CustomerKey; at: Instant }>

/** The field when it has a value; events leave out what nobody said. */
const kept = <Name extends string, Value>(name: Name, value: Value | null): Partial<Record<Name, Value>> => {
  const field: Partial<Record<Name, Value>> = {}
  return value === null ? field : Object.assign(field, { [name]: value })
}

const failureOf = ({
  failure,
  severity,
  category,
  lossMinor,
  currency,
  atFault,
  incident,
  about,
  isInferred,
}: Extract<CaseEntry, { kind: 'opened' }>) => ({
  failure,
  severity,
  atFault,
  ...kept('category', category),
  ...kept('loss', lossMinor),
  ...kept('currency', currency),
  ...kept('incident', incident),
  ...about,
  ...kept('inferred', isInferred === true ? true : null),
})

// One promise a round: a date that passes without a fix is broken by itself.
const promiseId = (was: CaseHead): string => `case:${was.case}:${was.failedRounds}`

function promised(
  was: CaseHead,
  { remedy }: Extract<CaseEntry, { kind: 'remedy agreed' }>,
  base: Base,
): readonly CustomerEvent[] {
  if (remedy.fixBy === null) return []
  const data = { promise: promiseId(was), about: was.failure, due: rfc3339(remedy.fixBy) }
  return [{ ...base, type: 'promise.made', data }]
}

function promiseKept(was: CaseHead, base: Base): readonly CustomerEvent[] {
  if (was.round.remedy === null || was.round.remedy.fixBy === null) return []
  return [{ ...base, id: `${base.id}:promise`, type: 'promise.kept', data: { promise: promiseId(was) } }]
}
