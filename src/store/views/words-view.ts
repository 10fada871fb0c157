import { type Instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'

/** Where words are whose time may be over. */

/** A person of whom something was heard before an instant: the key that holds the relationship, and all keys. */
export type HeardBefore = Readonly<{ customer: string; members: readonly string[] }>

/** Whoever was heard of before an instant, in the order of the keys, after one of them. */
export const readHeardBefore = (
  tx: Tx,
  { before, after, limit }: Readonly<{ before: Instant; after: string; limit: number }>,
): Promise<readonly HeardBefore[]> =>
  tx.query<HeardBefore>(
    `select customer, members from relationships
      where root is null and first_at < $1 and customer > $2 order by customer limit $3`,
    [rfc3339(before), after, limit],
    'heard-before',
  )

/** Which of these customers have words that were written, or whose case was closed, before an instant. */
export async function findWithOldWords(
  tx: Tx,
  customers: readonly string[],
  before: Instant,
): Promise<ReadonlySet<string>> {
  if (customers.length === 0) return new Set()
  const rows = await tx.query<{ customer: string }>(
    `select p.customer from prose p join events e on e.customer = p.customer and e.source = p.source and e.id = p.id
      where p.customer = any($1) and e.at < $2
     union select customer from cases where customer = any($1) and closed_at < $2 and not is_open
       and (words_gone_at is null or words_gone_at < closed_at)
     union select customer from messages where customer = any($1) and created_at < $2 and body <> ''
       and state not in ('queued', 'sending')
     union select customer from exits where customer = any($1) and ended_at < $2 and reason is not null
     union select customer from data_requests where customer = any($1) and ended_at < $2 and words is not null
     union select customer from gestures where customer = any($1) and at < $2 and reason is not null
       and state not in ('waiting', 'to-do')
     union select customer from ideas where customer = any($1) and changed_at < $2 and answer is not null
       and state in ('done', 'not-done')`,
    [customers, rfc3339(before)],
    'with-old-words',
  )
  return new Set(rows.map(({ customer }) => customer))
}

/** Keys of those who left before an instant, said why, and were never recognised. */
export const readUnmatchedBefore = async (tx: Tx, before: Instant, limit: number): Promise<readonly string[]> => {
  const rows = await tx.query<{ customer: string }>(
    `select customer from exits where customer like 'unmatched:%' and requested_at < $1 and reason is not null
      order by customer limit $2`,
    [rfc3339(before), limit],
    'unmatched-before',
  )
  return rows.map(({ customer }) => customer)
}

/** How many texts of events, and notes in cases closed by then, are older, and of how many customers. */
export async function countOldWords(tx: Tx, before: Instant): Promise<Readonly<{ texts: number; customers: number }>> {
  const [row] = await tx.query<{ texts: number; customers: number }>(
    `select count(*)::int as texts, count(distinct customer)::int as customers from (
       select p.customer from prose p join events e on e.customer = p.customer and e.source = p.source and e.id = p.id
        where e.at < $1
       union all
       select n.customer from case_notes n join cases c on c.customer = n.customer and c.id = n.case_id
        where c.closed_at < $1) as old`,
    [rfc3339(before)],
    'count-old-words',
  )
  return row ?? { texts: 0, customers: 0 }
}
