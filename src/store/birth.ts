import type { Tx } from './db.ts'

/** What tells this database from any other: its name, and when it was first migrated. */
export async function readBirth(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ birth: string }>(
    `select current_database() || ' ' || extract(epoch from min(applied_at)) as birth from migrations`,
  )
  return row?.birth ?? ''
}
