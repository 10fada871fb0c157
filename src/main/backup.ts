import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { rfc3339 } from '../core/time/instant.ts'
import { makeFolder } from '../flows/make-folder.ts'
import type { World } from '../flows/world.ts'
import type { Tx } from '../store/db.ts'
import { enqueueAgain, readWaitingJobs, type WaitingJob } from '../store/jobs.ts'
import { rebuildAsOf } from '../store/migrate.ts'
import {
  copyTableIn,
  copyTableOut,
  isUntouched,
  readMigrations,
  readStoredTables,
  type StoredTable,
} from '../store/whole-database.ts'
import { Misconfigured } from './misconfigured.ts'

/**
 * A backup is a folder: a file for each table, in PostgreSQL's own text form and compressed; the jobs that wait; and
 * what was written, with checksums. It is one moment of the database, taken beside a running server, and it appears
 * under its name only when it is whole.
 */

const MANIFEST = 'backup.json'
const JOBS = 'jobs.json'
const FORM = 1

const savedTable = Type.Object({
  name: Type.String(),
  columns: Type.Array(Type.Object({ name: Type.String(), type: Type.String() })),
  file: Type.String({ pattern: '^[a-z_]+\\.copy\\.gz$' }),
  rows: Type.Integer(),
  sha256: Type.String(),
})
const manifestForm = Type.Object({
  form: Type.Literal(FORM),
  amends: Type.String(),
  at: Type.String(),
  migrations: Type.Array(Type.String()),
  tables: Type.Array(savedTable),
  jobs: Type.Object({ count: Type.Integer(), sha256: Type.String() }),
})
const waitingJobs = Type.Array(
  Type.Object({
    name: Type.String(),
    data: Type.Object({}),
    startAfter: Type.String(),
    singletonKey: Type.Union([Type.String(), Type.Null()]),
  }),
)
const isManifest = Compile(manifestForm)
const areJobs = Compile(waitingJobs)
type SavedTable = StoredTable & Readonly<{ file: string; rows: number; sha256: string }>
type Manifest = Omit<Static<typeof manifestForm>, 'migrations' | 'tables'> &
  Readonly<{ migrations: readonly string[]; tables: readonly SavedTable[] }>

/** What was saved or put back. */
export type Moved = Readonly<{ folder: string; tables: number; rows: number; jobs: number }>
type Told = (table: string, rows: number) => void

/** Saves the whole database into a new folder. */
export async function backUp(world: World, folder: string, version: string, told: Told): Promise<Moved> {
  if (await exists(folder)) throw new Misconfigured(`${folder} is there already. Name a folder that is not.`)
  const unfinished = `${folder}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await makeFolder(unfinished, 0o700)
  const manifest = await world.db.transaction(async (tx): Promise<Manifest> => {
    await tx.query('set transaction isolation level repeatable read read only')
    const tables: SavedTable[] = []
    for (const table of await readStoredTables(tx)) {
      const saved = await saveTable(tx, table, unfinished)
      tables.push(saved)
      told(saved.name, saved.rows)
    }
    const jobs = await readWaitingJobs(tx)
    const text = JSON.stringify(jobs)
    await writeFile(join(unfinished, JOBS), text, { mode: 0o600 })
    return {
      form: FORM,
      amends: version,
      at: rfc3339(world.now()),
      migrations: await readMigrations(tx),
      tables,
      jobs: { count: jobs.length, sha256: createHash('sha256').update(text).digest('hex') },
    }
  })
  await writeFile(join(unfinished, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
  await rename(unfinished, folder)
  return movedOf(folder, manifest)
}

async function saveTable(tx: Tx, table: StoredTable, folder: string): Promise<SavedTable> {
  const file = `${table.name}.copy.gz`
  const [counting, zip, hash] = [countingLines(), createGzip({ level: 5 }), createHash('sha256')]
  const written = pipeline(
    counting.stream,
    zip,
    seen((part) => hash.update(part)),
    createWriteStream(join(folder, file), { mode: 0o600 }),
  )
  await Promise.all([copyTableOut(tx, table, counting.stream), written])
  return { ...table, file, rows: counting.lines(), sha256: hash.digest('hex') }
}

/**
 * Puts a backup into a database to which nothing was entrusted yet, in one transaction: all of it or nothing. What an
 * older Amends saved is brought up to date on the way.
 */
export async function restore(world: World, folder: string, told: Told): Promise<Moved> {
  const manifest = await readManifest(folder)
  const jobs = await readJobs(folder, manifest)
  for (const table of manifest.tables) await checkTable(folder, table)
  await world.db.transaction(async (tx) => {
    if (!(await isUntouched(tx)))
      throw new Misconfigured(
        'This database is in use. A backup is restored into an empty one: name another AMENDS_DATA_DIR or DATABASE_URL.',
      )
    const isKnown = await rebuildAsOf(tx, manifest.migrations, async () => {
      for (const table of manifest.tables) {
        if (table.name === 'migrations') continue
        await loadTable(tx, folder, table)
        told(table.name, table.rows)
      }
    })
    if (!isKnown)
      throw new Misconfigured(
        `The backup was written by a newer Amends (${manifest.amends}). Restore it with that one.`,
      )
    await enqueueAgain(tx, jobs)
  })
  await world.db.query('analyze')
  return movedOf(folder, manifest)
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => undefined)
  if (text === undefined) throw new Misconfigured(`${folder} holds no backup: there is no ${MANIFEST} in it.`)
  const manifest = parsed(text)
  if (!isManifest.Check(manifest))
    throw new Misconfigured(
      `${MANIFEST} is not in the form that this Amends reads: it is damaged, or of a newer version.`,
    )
  return manifest
}

async function readJobs(folder: string, { jobs }: Manifest): Promise<readonly WaitingJob[]> {
  const text = await readFile(join(folder, JOBS), 'utf8').catch(() => '')
  const waiting = parsed(text)
  if (createHash('sha256').update(text).digest('hex') !== jobs.sha256 || !areJobs.Check(waiting)) throw damaged(JOBS)
  return waiting
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const damaged = (file: string): Misconfigured =>
  new Misconfigured(`${file} is not what was saved: the backup is damaged or incomplete. Nothing was restored.`)

async function checkTable(folder: string, { file, sha256 }: SavedTable): Promise<void> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(join(folder, file)), hash)
  } catch {
    throw damaged(file)
  }
  if (hash.digest('hex') !== sha256) throw damaged(file)
}

async function loadTable(tx: Tx, folder: string, table: SavedTable): Promise<void> {
  const unzip = createGunzip()
  const read = pipeline(createReadStream(join(folder, table.file)), unzip)
  await Promise.all([read, copyTableIn(tx, table, unzip)])
}

const movedOf = (folder: string, { tables, jobs }: Manifest): Moved => ({
  folder,
  tables: tables.length,
  rows: tables.reduce((sum, { rows }) => sum + rows, 0),
  jobs: jobs.count,
})

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const seen = (look: (part: Buffer) => void): Transform =>
  new Transform({
    transform(part: Buffer, _encoding, done) {
      look(part)
      done(null, part)
    },
  })

// In PostgreSQL's text form a row is a line: what breaks lines inside a value is escaped.
function countingLines(): Readonly<{ stream: Transform; lines: () => number }> {
  const LINE_END = 10
  let lines = 0
  const stream = seen((part) => {
    for (let at = part.indexOf(LINE_END); at !== -1; at = part.indexOf(LINE_END, at + 1)) lines += 1
  })
  return { stream, lines: () => lines }
}
