import type { Tx } from '../db.ts'

/** Customers whom exactly this search term names, the holders of their relationship; `limit` at most. */
export async function findByWholeTerm(tx: Tx, term: string, limit: number): Promise<readonly string[]> {
  const rows = await tx.query<{ customer: string }>(
    'select customer from search_terms where term = $1 order by customer limit $2',
    [term, limit],
    'find-by-whole-term',
  )
  return rows.map(({ customer }) => customer)
}

/** Which of these customers' orders carry one of these numbers, letter by letter. */
export async function findOrderHolders(
  tx: Tx,
  customers: readonly string[],
  numbers: readonly string[],
): Promise<readonly string[]> {
  const rows = await tx.query<{ customer: string }>(
    `select distinct customer from events
      where customer = any($1) and type = 'order.placed' and data->>'order' = any($2)`,
    [customers, numbers],
    'find-order-holders',
  )
  return rows.map(({ customer }) => customer)
}
