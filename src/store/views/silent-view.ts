import type { Unfinished } from '../../core/privacy/kept-long-enough.ts'
import type { Relationship } from '../../core/relationship/relationship.ts'
import { type Instant, instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'
import { type Stored, withStates } from '../states.ts'

/** A customer of whom nothing was heard for long. */
export type Silent = Readonly<{ customer: string; lastAt: Instant; state: Relationship }>

/** Who was last heard of before an instant, the longest silent first, after one of them. */
export async function readSilent(
  tx: Tx,
  { before, after, limit }: Readonly<{ before: Instant; after: Omit<Silent, 'state'> | null; limit: number }>,
): Promise<readonly Silent[]> {
  const rows = await tx.query<Stored<Omit<Silent, 'lastAt'>> & Readonly<{ lastAt: Date }>>(
    `select r.customer, r.last_at as "lastAt", s.state from relationships r join states s using (customer)
      where r.root is null and r.last_at < $1 and (r.last_at, r.customer) > ($2::timestamptz, $3)
      order by r.last_at, r.customer limit $4`,
    [rfc3339(before), after === null ? '-infinity' : rfc3339(after.lastAt), after?.customer ?? '', limit],
    'read-silent',
  )
  return withStates(rows).map((row) => ({ ...row, lastAt: instant(row.lastAt.getTime()) }))
}

/** How many were last heard of before an instant. */
export async function countSilent(tx: Tx, before: Instant): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'select count(*)::int as count from relationships where root is null and last_at < $1',
    [rfc3339(before)],
    'count-silent',
  )
  return row?.count ?? 0
}

/** What is open with somebody who has these keys. */
export async function readUnfinished(tx: Tx, keys: readonly string[]): Promise<Unfinished> {
  const rows = await tx.query<{ bind: keyof Unfinished }>(
    `select 'case' as bind from cases where customer = any($1) and closed_at is null
     union all select 'exit' from exits where customer = any($1) and ended_at is null
     union all select 'request' from data_requests where customer = any($1) and ended_at is null`,
    [keys],
    'read-unfinished',
  )
  const isOpen = (one: keyof Unfinished) => rows.some(({ bind }) => bind === one)
  return { case: isOpen('case'), exit: isOpen('exit'), request: isOpen('request') }
}
