import type { ClosedCase } from '../../core/cases/similar-cases.ts'
import type { Tx } from '../db.ts'

/** So many of the newest are looked at. */
const LOOKED_AT_MAX = 300

/** The newest closed cases of a category, with what was given; cases of another category are never near enough. */
export async function readClosedLike(tx: Tx, category: string | null, except: string): Promise<readonly ClosedCase[]> {
  return tx.query<ClosedCase>(
    `select id as "case", category, severity, loss_minor as "lossMinor", given_minor as "givenMinor" from cases
      where closed_at is not null and category is not distinct from $1 and id <> $2
      order by closed_at desc limit ${LOOKED_AT_MAX}`,
    [category, except],
    'closed-cases',
  )
}
