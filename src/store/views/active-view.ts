import { type Instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'

/** Customers of whom something was heard since an instant, at most so many; of more, a sample that is the same each time. */
export async function sampleActiveCustomers(tx: Tx, since: Instant, most: number): Promise<readonly string[]> {
  const rows = await tx.query<{ customer: string }>(
    'select customer from relationships where root is null and last_at >= $1 order by md5(customer) limit $2',
    [rfc3339(since), most],
  )
  return rows.map(({ customer }) => customer)
}

/** How many customers something was heard of since an instant. */
export async function countActiveCustomers(tx: Tx, since: Instant): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'select count(*)::int as count from relationships where root is null and last_at >= $1',
    [rfc3339(since)],
  )
  return row?.count ?? 0
}
