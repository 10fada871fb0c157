import type { CaseStep } from '../../core/cases/case-clocks.ts'
import { type Instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'
import { instantIn } from './retracted.ts'

/** How an incident stands: how many were hit, put right so far (closed), late now, and what is at stake with the others. */
export type IncidentFigures = Readonly<{
  affected: number
  putRight: number
  late: number
  stakeMinor: number
  givenMinor: number
}>

/** The figures of these incidents, by id; nothing for one that hit nobody yet. */
export async function readFigures(
  tx: Tx,
  incidents: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, IncidentFigures>> {
  const rows = await tx.query<IncidentFigures & { incident: string }>(
    `select incident, count(*) as affected, count(closed_at) as "putRight",
            count(*) filter (where is_open and due_at <= $2) as late,
            coalesce(sum(stake_minor) filter (where closed_at is null), 0)::bigint as "stakeMinor",
            coalesce(sum(given_minor), 0)::bigint as "givenMinor"
       from cases where incident = any($1::uuid[]) group by incident`,
    [incidents, rfc3339(now)],
    'incident-figures',
  )
  return new Map(rows.map(({ incident, ...figures }) => [incident, figures]))
}

/** How many open cases of an incident wait for each step. */
export const readOwed = (
  tx: Tx,
  incident: string,
  now: Instant,
): Promise<readonly Readonly<{ step: CaseStep; cases: number; late: number }>[]> =>
  tx.query(
    `select next_step as step, count(*) as cases, count(*) filter (where due_at <= $2) as late
       from cases where incident = $1 and is_open and next_step is not null group by next_step`,
    [incident, rfc3339(now)],
    'incident-owed',
  )

/** How to find who was hit: `from` and `to` are when it was due, or happened. */
export type AffectedQuestion = Readonly<{
  kind: 'late orders' | 'broken promises' | 'failures'
  from: Instant
  to: Instant
  category: string | null
}>

const promisedAt = instantIn(`e.data ->> 'promisedAt'`)
const dueAt = instantIn(`e.data ->> 'due'`)
const RETRACTED = `exists (select 1 from events r where r.customer = e.customer and r.type = 'event.retracted'
  and r.data ->> 'id' = e.id and coalesce(r.data ->> 'source', r.source) = e.source)`

// $1 and $2: the period.
const QUERIES = {
  'late orders': `
    select distinct on (e.customer) e.customer, e.data ->> 'order' as "order" from events e
     where e.type in ('order.placed', 'order.delivered') and e.data ? 'promisedAt'
       and ${promisedAt} >= $1 and ${promisedAt} < $2 and $3::text is null and not ${RETRACTED}
       and not exists (select 1 from events d where d.customer = e.customer and d.type = 'order.delivered'
         and d.data ->> 'order' = e.data ->> 'order'
         and coalesce(${instantIn(`d.data ->> 'deliveredAt'`)}, d.at) <= ${promisedAt})
     order by e.customer, e.at desc`,
  'broken promises': `
    select distinct on (e.customer) e.customer, null::text as "order" from events e
     where e.type = 'promise.made' and ${dueAt} >= $1 and ${dueAt} < $2 and $3::text is null and not ${RETRACTED}
       and not exists (select 1 from events d where d.customer = e.customer
         and d.type in ('promise.kept', 'promise.exceeded') and d.data ->> 'promise' = e.data ->> 'promise'
         and coalesce(${instantIn(`d.data ->> 'at'`)}, d.at) <= ${dueAt})
     order by e.customer`,
  failures: `
    select distinct on (e.customer) e.customer, e.data ->> 'order' as "order" from events e
     where e.type = 'failure.occurred' and e.at >= $1 and e.at < $2
       and ($3::text is null or e.data ->> 'category' = $3) and not ${RETRACTED}
     order by e.customer, e.at desc`,
} as const satisfies Readonly<Record<AffectedQuestion['kind'], string>>

/** Customers who were hit, each once, with the order by which they were found; at most `limit`. */
export const findAffected = (
  tx: Tx,
  { kind, from, to, category }: AffectedQuestion,
  limit: number,
): Promise<readonly Readonly<{ customer: string; order: string | null }>[]> =>
  tx.query(`select * from (${QUERIES[kind]}) as found limit $4`, [rfc3339(from), rfc3339(to), category, limit])
