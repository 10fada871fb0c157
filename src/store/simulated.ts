import type { Tx } from './db.ts'

/**
 * Remembers that the log holds simulated events; whoever appends them calls it, in the same transaction. Only the
 * first call writes: on a cluster a write to a small catalogue would make all batches wait for each other.
 */
export async function noteSimulated(tx: Tx): Promise<void> {
  if (await readSimulated(tx)) return
  await tx.change(`insert into settings (name, value) values ('simulated', 'true') on conflict (name) do nothing`)
}

/** True when the log holds simulated events: one row is read, never the log. */
export async function readSimulated(tx: Tx): Promise<boolean> {
  return (await tx.query(`select 1 from settings where name = 'simulated'`, [], 'simulated')).length > 0
}
