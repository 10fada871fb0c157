import { readdir, readFile } from 'node:fs/promises'
import type { Db, Tx } from './db.ts'
import { SCHEMA_LOCK, spreadNewTables } from './distribution.ts'
import { installJobs } from './jobs.ts'
import { readStoredTables } from './whole-database.ts'

const MIGRATIONS = new URL('./migrations/', import.meta.url)
const POSTGRES_VERSION_MIN = 150_000
const MIGRATIONS_TABLE =
  'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())'

/** What stood in the way of bringing the schema up to date. */
export type Migrated =
  | Readonly<{ kind: 'migrated'; applied: readonly string[] }>
  | Readonly<{ kind: 'server-too-old'; version: string }>
  | Readonly<{ kind: 'other-encoding'; encoding: string }>
  | Readonly<{ kind: 'schema-from-the-future'; version: string }>

/** Brings our tables and those of the job queue up to date, and spreads new ones on a cluster that is distributed; several processes may call it at once. Takes two connections. */
export async function migrate(db: Db): Promise<Migrated> {
  const migrated = await applyMigrations(db)
  if (migrated.kind !== 'migrated') return migrated
  // The queue installs itself in transactions of its own, which must not meet those of another process: one connection
  // holds the lock meanwhile.
  await db.transaction(async (lock) => {
    await lock.query('select pg_advisory_xact_lock($1)', [SCHEMA_LOCK])
    await installJobs(db)
    await spreadNewTables(db)
  })
  return migrated
}

const migrationFiles = async (): Promise<readonly string[]> =>
  (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort()

/** The statements of a migration: each ends with a semicolon at the end of a line. */
export const statementsOf = (migration: string): readonly string[] =>
  migration.split(/;[ \t]*(?:\n|$)/).filter((part) => /^\s*[^\s-]/m.test(part))

// One by one: of several that are sent together, Citus would send the whole text to the nodes for each of them.
async function apply(tx: Tx, names: readonly string[]): Promise<void> {
  for (const name of names) {
    for (const statement of statementsOf(await readFile(new URL(name, MIGRATIONS), 'utf8'))) await tx.query(statement)
    await tx.query('insert into migrations (name) values ($1)', [name])
  }
}

/**
 * Builds our tables as they were when only `names` were applied, lets `fill` fill them, and brings them up to date with
 * what is in them. False, and nothing is done, when this Amends does not know these migrations in this order. Whatever
 * the tables held is gone.
 */
export async function rebuildAsOf(tx: Tx, names: readonly string[], fill: () => Promise<void>): Promise<boolean> {
  const files = await migrationFiles()
  if (names.join() !== files.slice(0, names.length).join()) return false
  const later = files.slice(names.length)
  if (later.length > 0) {
    for (const { name } of await readStoredTables(tx)) await tx.query(`drop table "${name}"`)
    await tx.query(MIGRATIONS_TABLE)
    await apply(tx, names)
  }
  await fill()
  await apply(tx, later)
  return true
}

/** Applies the migrations that are missing, in order, in one transaction. */
async function applyMigrations(db: Db): Promise<Migrated> {
  const [server] = await db.query<{ number: string; version: string; encoding: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as version,
            current_setting('server_encoding') as encoding`,
  )
  if (server === undefined || Number(server.number) < POSTGRES_VERSION_MIN) {
    return { kind: 'server-too-old', version: server?.version ?? 'unknown' }
  }
  if (server.encoding !== 'UTF8') return { kind: 'other-encoding', encoding: server.encoding }
  const files = await migrationFiles()
  return db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [SCHEMA_LOCK])
    // On a cluster a migration may change rows and tables after each other. Without Citus the setting means nothing.
    await tx.query(`select set_config('citus.multi_shard_modify_mode', 'sequential', true)`)
    await tx.query(MIGRATIONS_TABLE)
    const done = new Set((await tx.query<{ name: string }>('select name from migrations')).map(({ name }) => name))
    const unknown = [...done].find((name) => !files.includes(name))
    if (unknown !== undefined) return { kind: 'schema-from-the-future', version: unknown }
    const missing = files.filter((name) => !done.has(name))
    await apply(tx, missing)
    return { kind: 'migrated', applied: missing }
  })
}
