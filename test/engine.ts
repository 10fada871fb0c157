import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../src/main/embedded-postgres.ts'
import { connect } from '../src/store/db.ts'
import { migrate } from '../src/store/migrate.ts'

/** Where the databases of this run are made, and the migrated one that each test file clones. */
export type TestEngine = Readonly<{
  connectionString: string
  template: string
  /** A Citus cluster: there each test file has a schema of its own, whose tables are distributed. */
  isCluster: boolean
}>

declare module 'vitest' {
  interface ProvidedContext {
    testEngine: TestEngine
  }
}

/**
 * One PostgreSQL for the whole run: the Citus cluster whose coordinator CITUS_URL names, the server that DATABASE_URL
 * names (its user may create databases), else an embedded one in a directory of its own, which goes away with the run.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = process.env.CITUS_URL
  const template = `amends_test_${randomBytes(6).toString('hex')}`
  if (cluster !== undefined && cluster !== '') {
    await checkCluster(cluster)
    project.provide('testEngine', { connectionString: cluster, template, isCluster: true })
    return async () => undefined
  }
  const engine = await startEngine()
  try {
    await administer(engine.connectionString, `create database ${template}`)
    const db = connect({
      connectionString: databaseOn(engine.connectionString, template),
      connectionsMax: 2,
      name: 'test',
    })
    const migrated = await migrate(db).finally(db.close)
    if (migrated.kind !== 'migrated') throw new Error(`The schema could not be built: ${JSON.stringify(migrated)}`)
  } catch (error) {
    await engine.stop()
    throw error
  }
  project.provide('testEngine', { connectionString: engine.connectionString, template, isCluster: false })
  return async () => {
    await administer(engine.connectionString, `drop database ${template} with (force)`)
    await engine.stop()
  }
}

/** Says what is missing before forty files fail for the same reason. */
async function checkCluster(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rows: extensions } = await client.query(`select from pg_extension where extname = 'citus'`)
    if (extensions.length === 0)
      throw new Error('CITUS_URL names a database without the Citus extension. CONTRIBUTING.md says what it takes.')
    const { rows: nodes } = await client.query('select from pg_dist_node where isactive and shouldhaveshards')
    if (nodes.length === 0)
      throw new Error('The coordinator that CITUS_URL names knows no worker. CONTRIBUTING.md says what it takes.')
  } finally {
    await client.end()
  }
}

async function startEngine(): Promise<Readonly<{ connectionString: string; stop: () => Promise<void> }>> {
  const named = process.env.DATABASE_URL
  if (named !== undefined && named !== '') return { connectionString: named, stop: async () => undefined }
  const directory = await mkdtemp(join(tmpdir(), 'amends-test-'))
  // Started as root, PostgreSQL runs as another user, who must be able to enter.
  await chmod(directory, 0o755)
  const engine = await startEmbeddedPostgres(directory)
  return {
    connectionString: engine.connectionString,
    stop: async () => {
      // A test that failed may have left connections open, which would keep the engine alive.
      await administer(
        engine.connectionString,
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'amends%'`,
      )
      await engine.release()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** Runs one statement on the server itself, outside of any database under test. */
export async function administer(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** The same server, another database. */
export function databaseOn(connectionString: string, database: string): string {
  return connectionString.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${database}`)
}
