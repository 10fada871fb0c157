import type { Tx } from '../db.ts'
import type { Root } from '../stored-rows.ts'

/** The next people by customer key who were ever given a voucher under any of their keys. */
export async function readVoucherHolders(tx: Tx, after: string, limit: number): Promise<readonly Root[]> {
  // What somebody got under other keys stands with those, on another node perhaps: it is asked for apart. Merged people
  // are few, so rarely is a page read on because none of it held any.
  for (let from = after; ; ) {
    const page = await tx.query<Root>(
      `select r.customer, r.members from relationships r
        where r.customer > $1 and r.root is null and r.last_at is not null
          and (cardinality(r.members) > 0
               or exists (select 1 from events e where e.customer = r.customer and e.type = 'voucher.issued'))
        order by r.customer limit $2`,
      [from, limit],
      'voucher-holders',
    )
    const last = page.at(-1)
    if (last === undefined) return []
    const found = await holdersAmong(
      tx,
      page.flatMap(({ customer, members }) => (members.length === 0 ? [] : [customer, ...members])),
    )
    const isHolder = ({ customer, members }: Root) =>
      members.length === 0 || [customer, ...members].some((key) => found.has(key))
    const holders = page.filter(isHolder)
    if (holders.length > 0) return holders
    from = last.customer
  }
}

async function holdersAmong(tx: Tx, customers: readonly string[]): Promise<ReadonlySet<string>> {
  if (customers.length === 0) return new Set()
  const rows = await tx.query<{ customer: string }>(
    `select distinct customer from events where customer = any($1) and type = 'voucher.issued'`,
    [customers],
    'voucher-holders-among',
  )
  return new Set(rows.map(({ customer }) => customer))
}

/** The middle of the values of all vouchers of a currency that have one, in minor units; 0 without any. */
export async function readVoucherMedian(tx: Tx, currency: string): Promise<number> {
  // `offset 0`: a median is taken in one place, of what every node sent there.
  const [row] = await tx.query<{ median: number | null }>(
    `select percentile_cont(0.5) within group (order by value) as median
       from (select (data ->> 'value')::float8 as value from events
              where type = 'voucher.issued' and (data ->> 'value')::float8 > 0 and coalesce(data ->> 'currency', $1) = $1
              offset 0) as vouchers`,
    [currency],
  )
  return row?.median ?? 0
}
