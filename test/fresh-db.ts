import { randomBytes } from 'node:crypto'
import { afterAll, inject } from 'vitest'
import { connect, type Db } from '../src/store/db.ts'
import { distribute } from '../src/store/distribution.ts'
import { migrate } from '../src/store/migrate.ts'
import { watched } from './citus/watched.ts'
import { administer, databaseOn } from './engine.ts'

/** A database of a test file's own. */
export type FreshDb = Readonly<{ db: Db; connectionString: string }>

/**
 * Clones the migrated template; call it once at the top of a `.db.test.ts` file: `const { db } = await freshDb()`.
 * On a cluster it makes a schema with distributed tables instead. What it made is dropped when the file is done and
 * every test passed; otherwise its name is printed and, on a server of your own, it stays for you to look at.
 */
export async function freshDb(connectionsMax = 5): Promise<FreshDb> {
  const engine = inject('testEngine')
  const name = `${engine.template}_${randomBytes(4).toString('hex')}`
  if (engine.isCluster) await administer(engine.connectionString, JOBS_GONE)
  const what = engine.isCluster ? `schema ${name}` : `database ${name} template ${engine.template}`
  await administer(engine.connectionString, `create ${what}`)
  const connectionString = engine.isCluster
    ? withSchema(engine.connectionString, name)
    : databaseOn(engine.connectionString, name)
  const db = connect({ connectionString, connectionsMax, name: 'test' })
  if (engine.isCluster) await buildDistributed(db)
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads this pattern to know that no fixture is wanted.
  afterAll(async ({}, file) => {
    await db.close()
    const dropped = engine.isCluster ? `schema ${name} cascade` : `database ${name} with (force)`
    if (hasFailed(file)) console.error(`Kept for a look: ${name}`)
    else await administer(engine.connectionString, `drop ${dropped}`)
  })
  return { db: await watched(db), connectionString }
}

/** The job queue has a schema of its own, which the files of a cluster take over one after the other. */
const JOBS_GONE = 'drop schema if exists amends_jobs cascade'
/** Enough to be on every node of a small cluster; each table of each file is made so many times. */
const SHARDS = 4

/** The same database, with unqualified names standing for those of a schema. */
function withSchema(connectionString: string, schema: string): string {
  const url = new URL(connectionString)
  url.searchParams.set('options', `-c search_path=${schema},public -c citus.shard_count=${SHARDS}`)
  return url.toString()
}

async function buildDistributed(db: Db): Promise<void> {
  const migrated = await migrate(db)
  if (migrated.kind !== 'migrated') throw new Error(`The schema could not be built: ${JSON.stringify(migrated)}`)
  const distributed = await distribute(db)
  if (distributed.kind !== 'distributed') throw new Error(`The tables could not be spread: ${distributed.kind}`)
}

type Part = Readonly<{ result?: Readonly<{ state: string }> | undefined; tasks?: readonly Part[] }>

const hasFailed = ({ result, tasks = [] }: Part): boolean => result?.state === 'fail' || tasks.some(hasFailed)
