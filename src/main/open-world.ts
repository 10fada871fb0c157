import { join } from 'node:path'
import { instant } from '../core/time/instant.ts'
import { makeFolder } from '../flows/make-folder.ts'
import type { World } from '../flows/world.ts'
import { connect, type Db } from '../store/db.ts'
import { migrate } from '../store/migrate.ts'
import type { Config } from './config.ts'
import { type Engine, startEmbeddedPostgres, unwritableDirectory } from './embedded-postgres.ts'
import { openLog } from './log.ts'
import { Misconfigured } from './misconfigured.ts'

const CONNECTIONS_MAX = 8

/** A world with its database up to date, where that is, and the way to leave it. */
export type OpenWorld = Readonly<{
  world: World
  connectionString: string
  engine: Engine | undefined
  close: () => Promise<void>
}>

/** Finds or starts the database, applies missing migrations, and hands out the world. `name` shows in the database. */
export async function openWorld(config: Config, name: string): Promise<OpenWorld> {
  const engine = config.databaseUrl === undefined ? await startEmbeddedPostgres(config.dataDir) : undefined
  const connectionString = config.databaseUrl ?? engine?.connectionString ?? ''
  const db = connect({ connectionString, connectionsMax: CONNECTIONS_MAX, name })
  const close = async () => {
    await db.close()
    await engine?.release()
  }
  try {
    const migrated = await migrate(db)
    if (migrated.kind === 'server-too-old') {
      throw new Misconfigured(`The database is PostgreSQL ${migrated.version}; Amends needs 15 or newer.`)
    }
    if (migrated.kind === 'other-encoding') {
      throw new Misconfigured(
        `The database is encoded in ${migrated.encoding}; Amends needs UTF8: create database ... encoding 'UTF8' template template0.`,
      )
    }
    if (migrated.kind === 'schema-from-the-future') {
      throw new Misconfigured(
        `The database was used by a newer Amends (${migrated.version}). Start that version, or a newer one.`,
      )
    }
  } catch (error) {
    await close()
    throw error instanceof Misconfigured ? error : unreachableDatabase(config, error)
  }
  const world = worldOf(config, db)
  try {
    await makeFolder(world.filesDir)
  } catch (error) {
    await close()
    throw unwritableDirectory(config.dataDir, error)
  }
  return { world, connectionString, engine, close }
}

/** The world around a database that is up to date. */
export const worldOf = (config: Config, db: Db): World => ({
  db,
  now: () => instant(Date.now()),
  random: Math.random,
  log: openLog(config.logLevel),
  filesDir: join(config.dataDir, 'files'),
  mail: config.mail,
  publicUrl: config.publicUrl,
  allowPrivateWebhooks: config.allowPrivateWebhooks,
})

const unreachableDatabase = ({ databaseUrl }: Config, error: unknown): Misconfigured => {
  const reason = error instanceof Error ? error.message : String(error)
  const todo = databaseUrl === undefined ? '' : '. Check DATABASE_URL, and that PostgreSQL runs there.'
  return new Misconfigured(`The database does not answer: ${reason}${todo}`)
}
