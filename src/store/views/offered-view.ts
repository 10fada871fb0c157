import { type Instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'

/** Customers who were sent an offer in a time, at most so many; of more, a random sample that is the same each time. */
export async function sampleOfferedCustomers(
  tx: Tx,
  from: Instant,
  to: Instant,
  most: number,
): Promise<readonly string[]> {
  const rows = await tx.query<{ customer: string }>(
    `select customer from (select distinct customer from events where type = 'offer.sent' and at >= $1 and at < $2) as o
      order by md5(customer) limit $3`,
    [rfc3339(from), rfc3339(to), most],
  )
  return rows.map(({ customer }) => customer)
}

/** How many customers were sent an offer in a time. */
export async function countOfferedCustomers(tx: Tx, from: Instant, to: Instant): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(distinct customer) as count from events where type = 'offer.sent' and at >= $1 and at < $2`,
    [rfc3339(from), rfc3339(to)],
  )
  return row?.count ?? 0
}
