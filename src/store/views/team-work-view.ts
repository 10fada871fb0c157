import type { CaseEntry } from '../../core/cases/case-entry.ts'
import type { Severity } from '../../core/relationship/failure.ts'
import { type Instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'

type Period = Readonly<{ from: Instant; to: Instant }>

const bounds = ({ from, to }: Period): readonly string[] => [rfc3339(from), rfc3339(to)]

/** A case as far as its work is told. Instants of the state are in milliseconds. */
export type WorkedCase = Readonly<{
  id: string
  severity: Severity
  category: string | null
  openedAt: Date
  closedAt: Date | null
  failedRounds: number
  promises: readonly Readonly<{ due: number; keptAt: number | null }>[] | null
  fixBy: number | null
  fixedAt: number | null
}>

/** Cases that opened in a period. */
export const readWorkedCases = (tx: Tx, period: Period): Promise<readonly WorkedCase[]> =>
  tx.query<WorkedCase>(
    `select id, severity, category, opened_at as "openedAt", closed_at as "closedAt",
            (state ->> 'failedRounds')::int as "failedRounds", state -> 'promises' as promises,
            (state -> 'round' -> 'remedy' ->> 'fixBy')::float8 as "fixBy",
            (state -> 'round' ->> 'fixedAt')::float8 as "fixedAt"
       from cases where opened_at > $1 and opened_at <= $2`,
    bounds(period),
  )

/** An entry that tells who had a case, or that somebody answered: the person or team that it names. */
export type Hand = Readonly<{
  case: string
  kind: CaseEntry['kind']
  at: Date
  person: string | null
  team: string | null
}>

/** Who had the cases that opened in a period, in the order of each. */
export const readHands = (tx: Tx, period: Period): Promise<readonly Hand[]> =>
  tx.query<Hand>(
    `select e.case_id as "case", e.kind, e.at, coalesce(e.entry ->> 'owner', e.entry ->> 'to') as person,
            e.entry ->> 'team' as team
       from case_entries e join cases c on c.customer = e.customer and c.id = e.case_id
      where c.opened_at > $1 and c.opened_at <= $2
        and e.kind in ('opened', 'handed over', 'assigned', 'acknowledged', 'owned', 'apologised', 'fixed', 'compensated')
      order by e.case_id, e.position`,
    bounds(period),
  )

/** When a second person was asked in these cases, and until when that was waited for; null while it still is. */
export const readWaits = (
  tx: Tx,
  period: Period,
): Promise<readonly Readonly<{ case: string; askedAt: Date; answeredAt: Date | null }>[]> =>
  tx.query(
    `select a.case_id as "case", a.asked_at as "askedAt", a.answered_at as "answeredAt"
       from case_approvals a join cases c on c.customer = a.customer and c.id = a.case_id
      where c.opened_at > $1 and c.opened_at <= $2`,
    bounds(period),
  )
