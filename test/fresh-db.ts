import { randomBytes } from 'node:crypto'
import { afterAll, inject } from 'vitest'
import { connect, type Db } from '../src/store/db.ts'
import { administer, databaseOn } from './engine.ts'

/** A database of a test file's own. */
export type FreshDb = Readonly<{ db: Db; connectionString: string }>

/**
 * Clones the migrated template; call it once at the top of a `.db.test.ts` file: `const { db } = await freshDb()`.
 * The database is dropped when the file is done and every test passed; otherwise its name is printed and, on a server
 * of your own, it stays for you to look at.
 */
export async function freshDb(connectionsMax = 5): Promise<FreshDb> {
  const engine = inject('testEngine')
  const database = `${engine.template}_${randomBytes(4).toString('hex')}`
  await administer(engine.connectionString, `create database ${database} template ${engine.template}`)
  const connectionString = databaseOn(engine.connectionString, database)
  const db = connect({ connectionString, connectionsMax, name: 'test' })
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads this pattern to know that no fixture is wanted.
  afterAll(async ({}, file) => {
    await db.close()
    if (hasFailed(file)) console.error(`Kept for a look: database ${database}`)
    else await administer(engine.connectionString, `drop database ${database} with (force)`)
  })
  return { db, connectionString }
}

type Part = Readonly<{ result?: Readonly<{ state: string }> | undefined; tasks?: readonly Part[] }>

const hasFailed = ({ result, tasks = [] }: Part): boolean => result?.state === 'fail' || tasks.some(hasFailed)
