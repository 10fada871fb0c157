import { appendFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { tell } from '../../test/tell.ts'
import { testWorld } from '../../test/test-world.ts'
import { instantOf } from '../core/time/instant.ts'
import { verifyLog } from '../flows/ingest/verify-log.ts'
import { type ExportForm, exportFirm } from '../flows/show/export-firm.ts'
import { enqueue, readWaitingJobs } from '../store/jobs.ts'
import { copyTableOut, readMigrations, readStoredTables } from '../store/whole-database.ts'
import { backUp, restore } from './backup.ts'

const world = testWorld((await freshDb()).db)
const other = testWorld((await freshDb()).db)
const thirdDb = freshDb()
const fourthDb = freshDb()
const folder = await mkdtemp(join(tmpdir(), 'backup-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const quiet = () => undefined
const saved = join(folder, 'saved')

const AWKWARD = 'a line\nand a "second", with\ta tab, a \\ and a comma; ünïcode'
beforeAll(async () => {
  await tell(world, [
    { customer: 'a', type: 'customer.profiled', at: '2026-01-01T00:00:00Z', data: { name: 'Ada', segment: '' } },
    { customer: 'a', type: 'failure.occurred', at: '2026-05-30T00:00:00Z', data: { failure: 'f', severity: 'major' } },
    {
      customer: 'a',
      type: 'contact.opened',
      at: '2026-05-31T00:00:00Z',
      data: { contact: 'c', text: `Said: ${AWKWARD}` },
    },
    {
      customer: 'b',
      type: 'order.placed',
      at: '2026-02-01T00:00:00Z',
      data: { order: AWKWARD, value: 5, currency: 'EUR' },
    },
  ])
  await world.db.transaction((tx) =>
    enqueue(tx, 'message.send', { customer: 'a', id: 'later' }, { after: new Date('2030-01-01T00:00:00Z') }),
  )
  await backUp(world, saved, '1.0.0', quiet)
})

async function contentsOf({ db }: typeof world): Promise<Record<string, string>> {
  const contents: Record<string, string> = {}
  for (const table of await readStoredTables(db)) {
    const parts: Buffer[] = []
    const into = new Writable({
      write: (part: Buffer, _encoding, done) => {
        parts.push(part)
        done()
      },
    })
    await copyTableOut(db, table, into)
    if (table.name !== 'migrations') contents[table.name] = Buffer.concat(parts).toString()
  }
  return contents
}

describe('a backup', () => {
  test('damaged in one file is refused by name, and nothing is restored', async () => {
    const damaged = join(folder, 'damaged')
    await backUp(world, damaged, '1.0.0', quiet)
    await appendFile(join(damaged, 'events.copy.gz'), 'x')
    await expect(restore(other, damaged, quiet)).rejects.toThrow(/events\.copy\.gz is not what was saved/)
    await rm(join(damaged, 'prose.copy.gz'))
    await expect(restore(other, damaged, quiet)).rejects.toThrow(/is not what was saved/)
    await expect(restore(other, folder, quiet)).rejects.toThrow(/holds no backup/)
    expect((await verifyLog(other)).events).toBe(0)
  })

  test('that cannot be read to its end leaves the database empty', async () => {
    const told = (table: string) => {
      if (table === 'states') throw new Error('the machine was switched off')
    }
    await expect(restore(other, saved, told)).rejects.toThrow('switched off')
    expect(await verifyLog(other)).toMatchObject({ customers: 0, events: 0 })
  })

  test('put into an empty database gives the same rows and the same jobs, once', async () => {
    expect(await restore(other, saved, quiet)).toMatchObject({ jobs: 1 })
    expect(await contentsOf(other)).toEqual(await contentsOf(world))
    const [jobs, were] = [await readWaitingJobs(other.db), await readWaitingJobs(world.db)]
    expect(were).toHaveLength(1)
    expect(jobs.map(({ name, data, startAfter }) => ({ name, data, at: Date.parse(startAfter) }))).toEqual(
      were.map(({ name, data, startAfter }) => ({ name, data, at: Date.parse(startAfter) })),
    )
    expect(await verifyLog(other)).toMatchObject({ customers: 2, events: 4, differences: [] })
    await expect(restore(other, saved, quiet)).rejects.toThrow(/This database is in use/)
  })

  test('of an older Amends is brought up to date on the way', async () => {
    const older = join(folder, 'older')
    await cp(saved, older, { recursive: true })
    const manifest = JSON.parse(await readFile(join(older, 'backup.json'), 'utf8'))
    const [first] = manifest.migrations
    manifest.migrations = [first]
    manifest.tables = manifest.tables.filter(({ name }: { name: string }) => name === 'prose')
    await writeFile(join(older, 'backup.json'), JSON.stringify(manifest))
    const third = testWorld((await thirdDb).db)
    await restore(third, older, quiet)
    expect((await contentsOf(third)).prose).toBe((await contentsOf(world)).prose)
    expect(await readMigrations(third.db)).toEqual(await readMigrations(world.db))
    expect(await readStoredTables(third.db)).toEqual(await readStoredTables(world.db))
  })

  test('of a newer Amends is refused', async () => {
    const newer = join(folder, 'newer')
    await cp(saved, newer, { recursive: true })
    const manifest = JSON.parse(await readFile(join(newer, 'backup.json'), 'utf8'))
    manifest.migrations.push('9999-later.sql')
    await writeFile(join(newer, 'backup.json'), JSON.stringify(manifest))
    await expect(restore(testWorld((await fourthDb).db), newer, quiet)).rejects.toThrow(/newer Amends/)
  })

  test('is never written over', async () => {
    await expect(backUp(world, saved, '1.0.0', quiet)).rejects.toThrow(/is there already/)
  })
})

describe('an export', () => {
  const exported = async (form: ExportForm, withPersonalData: boolean) => {
    const into = join(folder, `${form}-${withPersonalData}`)
    expect(await exportFirm(world, { folder: into, form, withPersonalData, onTable: quiet })).toMatchObject({
      kind: 'exported',
    })
    return into
  }

  test('as Parquet holds what the log holds, with the types of its columns', async () => {
    const into = await exported('parquet', true)
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson()
    const events = `'${join(into, 'events.parquet')}'`
    expect(await rows(`select count(*), count(distinct customer) from ${events}`)).toEqual([['4', '2']])
    expect(await rows(`select epoch_ms("at"), data ->> 'order' from ${events} where type = 'order.placed'`)).toEqual([
      [String(instantOf('2026-02-01T00:00:00Z')), AWKWARD],
    ])
    expect(await rows(`select body from '${join(into, 'texts.parquet')}'`)).toEqual([[`Said: ${AWKWARD}`]])
    const customers = `'${join(into, 'customers.parquet')}'`
    expect(await rows(`select name, segment from ${customers} order by customer`)).toEqual([
      ['Ada', ''],
      [null, null],
    ])
    expect(await rows(`select covariate from '${join(into, 'ledger.parquet')}' where customer = 'a'`)).toContainEqual([
      'fail_major',
    ])
  })

  test('without personal data tells nobody’s name and no free text', async () => {
    for (const form of ['json', 'csv'] as const) {
      const into = await exported(form, false)
      const files = await readdir(into)
      expect(files).not.toContain(form === 'csv' ? 'texts.csv' : 'texts.ndjson')
      const all = (await Promise.all(files.map((file) => readFile(join(into, file), 'utf8')))).join('\n')
      expect(all).toContain('failure.occurred')
      expect(all).toContain('2026-05-30T00:00:00.000Z')
      expect(all).not.toContain('Ada')
      expect(all).not.toContain('Said:')
    }
  })
})
