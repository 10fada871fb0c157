import type { Tx } from '../db.ts'

/** How many customers are recorded as gone, whoever ended it; read from an index. */
export async function countLeft(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'select count(*) as count from relationships where root is null and left_at is not null',
    [],
    'count-gone',
  )
  return row?.count ?? 0
}
