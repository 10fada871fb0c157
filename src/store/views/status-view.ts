import { type Instant, instant } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'

/** How much there is. `events` counts those in force: a retracted one is in the log, and not in here. */
export type Totals = Readonly<{ customers: number; events: number; newestAt: Instant | null }>

/** Counted exactly from the index of recent customers, without reading a customer or an event. */
export async function readTotals(tx: Tx): Promise<Totals> {
  const [row] = await tx.query<{ customers: number; events: number; newest: Date | null }>(
    `select count(last_at) as customers, coalesce(sum(event_count), 0)::bigint as events, max(last_at) as newest
       from relationships where root is null`,
    [],
    'totals',
  )
  const newestAt = row?.newest ? instant(row.newest.getTime()) : null
  return { customers: row?.customers ?? 0, events: row?.events ?? 0, newestAt }
}

/** True when nobody can sign in yet. */
export async function hasNoPeople(tx: Tx): Promise<boolean> {
  return (await tx.query('select from people limit 1', [], 'any-person')).length === 0
}
