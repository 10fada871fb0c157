import { readdir, readFile } from 'node:fs/promises'
import type { Db } from './db.ts'
import { installJobs } from './jobs.ts'

const MIGRATIONS = new URL('./migrations/', import.meta.url)
const POSTGRES_VERSION_MIN = 150_000
const LOCK = 4_206_011_927

/** What stood in the way of bringing the schema up to date. */
export type Migrated =
  | Readonly<{ kind: 'migrated'; applied: readonly string[] }>
  | Readonly<{ kind: 'server-too-old'; version: string }>
  | Readonly<{ kind: 'schema-from-the-future'; version: string }>

/** Brings our tables and those of the job queue up to date; several processes may call it at once. Takes two connections. */
export async function migrate(db: Db): Promise<Migrated> {
  const migrated = await applyMigrations(db)
  if (migrated.kind !== 'migrated') return migrated
  // The queue installs itself in transactions of its own, which must not meet those of another process: one connection
  // holds the lock meanwhile.
  await db.transaction(async (lock) => {
    await lock.query('select pg_advisory_xact_lock($1)', [LOCK])
    await installJobs(db)
  })
  return migrated
}

/** Applies the migrations that are missing, in order, in one transaction. */
async function applyMigrations(db: Db): Promise<Migrated> {
  const [server] = await db.query<{ number: string; version: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as version`,
  )
  if (server === undefined || Number(server.number) < POSTGRES_VERSION_MIN) {
    return { kind: 'server-too-old', version: server?.version ?? 'unknown' }
  }
  const files = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort()
  return db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [LOCK])
    await tx.query(
      'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())',
    )
    const done = new Set((await tx.query<{ name: string }>('select name from migrations')).map(({ name }) => name))
    const unknown = [...done].find((name) => !files.includes(name))
    if (unknown !== undefined) return { kind: 'schema-from-the-future', version: unknown }
    const missing = files.filter((name) => !done.has(name))
    for (const name of missing) {
      await tx.query(await readFile(new URL(name, MIGRATIONS), 'utf8'))
      await tx.query('insert into migrations (name) values ($1)', [name])
    }
    return { kind: 'migrated', applied: missing }
  })
}
