import type { Readable, Writable } from 'node:stream'
import type { Tx } from './db.ts'

/** A table with the columns that are stored; those that PostgreSQL generates come back by themselves. */
export type StoredTable = Readonly<{ name: string; columns: readonly Readonly<{ name: string; type: string }>[] }>

/** What this database was migrated to, oldest first. */
export async function readMigrations(tx: Tx): Promise<readonly string[]> {
  return (await tx.query<{ name: string }>('select name from migrations order by name')).map(({ name }) => name)
}

/** Every table of ours, by name, as it is stored. */
export async function readStoredTables(tx: Tx): Promise<readonly StoredTable[]> {
  const rows = await tx.query<{ table: string; column: string; type: string }>(
    `select c.relname as "table", a.attname as "column", format_type(a.atttypid, null) as type
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where n.nspname = current_schema() and c.relkind in ('r', 'p') and not c.relispartition
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
      order by c.relname, a.attnum`,
  )
  return [...Map.groupBy(rows, ({ table }) => table)].map(([name, columns]) => ({
    name,
    columns: columns.map(({ column, type }) => ({ name: column, type })),
  }))
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const listed = ({ columns }: StoredTable): string => columns.map(({ name }) => quoted(name)).join(', ')

/** Writes a table in the text form of COPY. */
export const copyTableOut = (tx: Tx, table: StoredTable, into: Writable): Promise<void> =>
  tx.copyOut(`copy (select ${listed(table)} from ${quoted(table.name)}) to stdout`, into)

/** Puts in place of what a table holds what `copyTableOut` wrote. */
export async function copyTableIn(tx: Tx, table: StoredTable, from: Readable): Promise<void> {
  await tx.query(`delete from ${quoted(table.name)}`)
  await tx.copyIn(`copy ${quoted(table.name)} (${listed(table)}) from stdin`, from)
}

/** Whether nothing has been entrusted to this database yet: no event, no person, no key. */
export async function isUntouched(tx: Tx): Promise<boolean> {
  for (const table of ['events', 'people', 'api_keys', 'policies', 'tasks']) {
    const rows = await tx.query(`select 1 from ${table} limit 1`)
    if (rows.length > 0) return false
  }
  return true
}
