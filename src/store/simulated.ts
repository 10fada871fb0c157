import type { Tx } from './db.ts'

/** Remembers that the log holds simulated events; whoever appends the first of them calls it. Once is enough. */
export async function noteSimulated(tx: Tx): Promise<void> {
  await tx.change(`insert into settings (name, value) values ('simulated', 'true') on conflict (name) do nothing`)
}

/** True when the log holds simulated events: one row is read, never the log. */
export async function readSimulated(tx: Tx): Promise<boolean> {
  return (await tx.query(`select from settings where name = 'simulated'`, [], 'simulated')).length > 0
}
