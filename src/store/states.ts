import { restored, type StoredState } from '../core/relationship/compact.ts'
import type { Relationship } from '../core/relationship/relationship.ts'
import type { Db, Tx } from './db.ts'

/** A state with its customer, and the count of its saves. */
export type StateRow = Readonly<{ customer: string; revision: number; state: Relationship }>

/** A row as it is stored. */
export type Stored<Row extends Readonly<{ state: Relationship }>> = Omit<Row, 'state'> &
  Readonly<{ state: StoredState }>

/** Rows with their states as the rest of the house knows them. */
export const withStates = <Row extends Readonly<{ state: StoredState }>>(
  rows: readonly Row[],
): readonly (Omit<Row, 'state'> & Readonly<{ state: Relationship }>)[] =>
  rows.map((row) => ({ ...row, state: restored(row.state) }))

/** The states of all customers after one key and up to another. */
export async function readStatesBetween(tx: Tx, after: string, upto: string): Promise<readonly StateRow[]> {
  return withStates(
    await tx.query<Stored<StateRow>>(
      'select customer, revision, state from states where customer > $1 and customer <= $2 order by customer',
      [after, upto],
      'read-states-between',
    ),
  )
}

/** The next states by customer key, with the keys of everybody who was merged into the same person. */
export async function readStatesAfter(
  tx: Tx,
  after: string,
  limit: number,
): Promise<readonly (StateRow & Readonly<{ members: readonly string[] }>)[]> {
  return withStates(
    await tx.query<Stored<StateRow> & Readonly<{ members: readonly string[] }>>(
      `select s.customer, s.revision, s.state, r.members from states s join relationships r using (customer)
        where s.customer > $1 order by s.customer limit $2`,
      [after, limit],
      'read-states-after',
    ),
  )
}

/** After everybody was scored: lists and totals are read from their indexes alone again. Outside of a transaction. */
export async function tidyScores(db: Db): Promise<void> {
  await db.query('vacuum (analyze) relationships')
  await db.query('analyze events')
}

/** How many customers have a state. */
export async function countStates(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ count: number }>('select count(*) as count from states')
  return row?.count ?? 0
}
