import type { StoredState } from '../core/relationship/compact.ts'
import { type Instant, instant } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

/** A stored relationship as it is, for comparing it with its fold. */
export type StoredRow = Readonly<{
  customer: string
  mergedInto: string | null
  members: readonly string[]
  root: string | null
  state: StoredState | null
  /** The balance of the ledger as lists show it, with the instant and the version of the model that it is of. */
  goodwill: number | null
  scoredAt: Instant | null
  modelVersion: number | null
}>

const STORED = `select r.customer, merged_into as "mergedInto", members, root, state, goodwill, scored_at as "scoredAt", model_version as "modelVersion"
       from relationships r left join states s on s.customer = r.customer`

type ReadRow = Omit<StoredRow, 'scoredAt'> & { scoredAt: Date | null }

const storedRow = (row: ReadRow): StoredRow => ({
  ...row,
  scoredAt: row.scoredAt === null ? null : instant(row.scoredAt.getTime()),
})

/** The next rows by customer key. */
export async function readStoredPage(tx: Tx, after: string, limit: number): Promise<readonly StoredRow[]> {
  const text = `${STORED} where r.customer > $1 order by r.customer limit $2`
  return (await tx.query<ReadRow>(text, [after, limit], 'stored-page')).map(storedRow)
}

/** The row of one customer, if there is one. */
export async function readStored(tx: Tx, customer: string): Promise<readonly StoredRow[]> {
  return (await tx.query<ReadRow>(`${STORED} where r.customer = $1`, [customer], 'stored-row')).map(storedRow)
}

/** Customers with events but without a row: there must be none. At most 1,000 are named. */
export async function findLost(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.query<{ customer: string }>(
    `select distinct e.customer from events e left join relationships r on r.customer = e.customer
      where r.customer is null limit 1000`,
  )
  return rows.map(({ customer }) => customer)
}

/** Who holds a relationship, with everybody who was merged into the same person. */
export type Root = Readonly<{ customer: string; members: readonly string[] }>

/** The next people by customer key, each once. */
export async function readRoots(tx: Tx, after: string, limit: number): Promise<readonly Root[]> {
  return tx.query<Root>(
    `select customer, members from relationships
      where customer > $1 and root is null and last_at is not null order by customer limit $2`,
    [after, limit],
    'read-roots',
  )
}
