import type { Tx } from '../db.ts'
import type { Root } from '../stored-rows.ts'

/** The next people by customer key who were ever given a voucher under any of their keys. */
export async function readVoucherHolders(tx: Tx, after: string, limit: number): Promise<readonly Root[]> {
  return tx.query<Root>(
    `select r.customer, r.members from relationships r
      where r.customer > $1 and r.root is null and r.last_at is not null
        and exists (select from unnest(r.customer || r.members) as k (customer)
                      join events e on e.customer = k.customer and e.type = 'voucher.issued')
      order by r.customer limit $2`,
    [after, limit],
    'voucher-holders',
  )
}

/** The middle of the values of all vouchers of a currency that have one, in minor units; 0 without any. */
export async function readVoucherMedian(tx: Tx, currency: string): Promise<number> {
  const [row] = await tx.query<{ median: number | null }>(
    `select percentile_cont(0.5) within group (order by (data ->> 'value')::float8) as median from events
      where type = 'voucher.issued' and (data ->> 'value')::float8 > 0 and coalesce(data ->> 'currency', $1) = $1`,
    [currency],
  )
  return row?.median ?? 0
}
