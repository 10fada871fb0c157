import type { Tx } from './db.ts'

/** A stored relationship as it is, for comparing it with its fold. */
export type StoredRow = Readonly<{
  customer: string
  mergedInto: string | null
  members: readonly string[]
  root: string | null
  state: unknown
  ledger: unknown
  modelVersion: number | null
}>

/** The next rows by customer key. */
export async function readStoredPage(tx: Tx, after: string, limit: number): Promise<readonly StoredRow[]> {
  return tx.query<StoredRow>(
    `select customer, merged_into as "mergedInto", members, root, state, ledger, model_version as "modelVersion"
       from relationships where customer > $1 order by customer limit $2`,
    [after, limit],
    'stored-page',
  )
}

/** Customers with events but without a row: there must be none. At most 1,000 are named. */
export async function findLost(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.query<{ customer: string }>(
    `select distinct e.customer from events e left join relationships r on r.customer = e.customer
      where r.customer is null limit 1000`,
  )
  return rows.map(({ customer }) => customer)
}
