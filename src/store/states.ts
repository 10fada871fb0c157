import { restored, type StoredState } from '../core/compact.ts'
import type { LeaveModel } from '../core/leave-model.ts'
import type { Relationship } from '../core/relationship.ts'
import type { Db, Tx } from './db.ts'

/** A state that is to be scored, as it was read. */
export type StateRow = Readonly<{
  customer: string
  revision: number
  mergedInto: string | null
  members: readonly string[]
  state: Relationship
}>

type StoredRow = Omit<StateRow, 'state'> & { state: StoredState }

const withStates = (rows: readonly StoredRow[]): readonly StateRow[] =>
  rows.map((row) => ({ ...row, state: restored(row.state) }))

const COLUMNS = `customer, revision, merged_into as "mergedInto", members, state`

/** The next states that another version than this one has scored. */
export async function readStatesScoredOtherwise(
  tx: Tx,
  { version }: LeaveModel,
  after: string,
  limit: number,
): Promise<readonly StateRow[]> {
  return withStates(
    await tx.query<StoredRow>(
      `select ${COLUMNS} from relationships
      where customer > $1 and state is not null and model_version is distinct from $3 order by customer limit $2`,
      [after, limit, version],
      'read-states-otherwise',
    ),
  )
}

/**
 * After every row was written anew: makes the space of the old ones free at once, and lets lists and totals be read
 * from their indexes alone. Outside of a transaction.
 */
export async function tidyStates(db: Db): Promise<void> {
  await db.query('vacuum (analyze) relationships')
  await db.query('analyze events')
}

/** How many customers have a state. */
export async function countStates(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ count: number }>('select count(*) as count from relationships where state is not null')
  return row?.count ?? 0
}
