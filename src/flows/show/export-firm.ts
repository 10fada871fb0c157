import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { DuckDBInstance } from '@duckdb/node-api'
import { ledger } from '../../core/goodwill/goodwill.ts'
import { type Instant, instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../../store/db.ts'
import { type ColumnType, copyExportedTable, type ExportedTable, exportedTables } from '../../store/exported-tables.ts'
import { readLiveModel } from '../../store/models.ts'
import { readStatesAfter } from '../../store/states.ts'
import { makeFolder } from '../make-folder.ts'
import { literal } from '../sql-text.ts'
import type { World } from '../world.ts'

/** The forms in which a table can be written. */
export const exportForms = ['parquet', 'csv', 'json'] as const
/** One of them; JSON is one object a line. */
export type ExportForm = (typeof exportForms)[number]

/** What to export, and where to: a folder that is not there yet. */
export type ExportWish = Readonly<{
  folder: string
  form: ExportForm
  withPersonalData: boolean
  onTable: (table: string) => void
}>

/** What was written: each table with its rows. */
export type Exported = Readonly<{ folder: string; tables: readonly Readonly<{ table: string; rows: number }>[] }>

const MEMORY = '256MiB'
// DuckDB reserves sixteen times as much for reading; the longest line is a model with all its drivers.
const LINE_BYTES_MAX = 4 * 1024 * 1024
const ENDINGS: Readonly<Record<ExportForm, string>> = { parquet: 'parquet', csv: 'csv', json: 'ndjson' }

const duckTypes: Readonly<Record<ColumnType, string>> = {
  text: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  instant: 'TIMESTAMPTZ',
  json: 'JSON',
}

type Columns = Pick<ExportedTable, 'name'> &
  Readonly<{ columns: readonly Pick<ExportedTable['columns'][number], 'name' | 'type'>[] }>

const ledgerTable: Columns = {
  name: 'ledger',
  columns: [
    { name: 'customer', type: 'text' },
    { name: 'event', type: 'text' },
    { name: 'covariate', type: 'text' },
    { name: 'failure', type: 'text' },
    { name: 'at', type: 'instant' },
    { name: 'as_of', type: 'instant' },
    { name: 'posted', type: 'number' },
    { name: 'now', type: 'number' },
    { name: 'model_version', type: 'integer' },
  ],
}
const PAGE_CUSTOMERS = 500

/**
 * Writes every table that there is to analyse as of one moment, beside a running server. The folder appears under its
 * name only when everything is in it.
 */
export async function exportFirm(
  world: World,
  wish: ExportWish,
): Promise<Readonly<{ kind: 'exported'; exported: Exported }> | Readonly<{ kind: 'folder-there' }>> {
  if (await isThere(wish.folder)) return { kind: 'folder-there' }
  const unfinished = `${wish.folder}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await makeFolder(unfinished, 0o700)
  const stored = exportedTables(wish.withPersonalData)
  const tables: readonly Columns[] = [...stored, ledgerTable]
  await world.db.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only')
    for (const table of stored) {
      wish.onTable(table.name)
      await copyExportedTable(tx, table, createWriteStream(csvOf(unfinished, table), { mode: 0o600 }))
    }
    wish.onTable(ledgerTable.name)
    await pipeline(ledgerLines(tx, world.now()), createWriteStream(csvOf(unfinished, ledgerTable), { mode: 0o600 }))
  })
  const written = []
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const duck = await DuckDBInstance.create(':memory:', { memory_limit: MEMORY, temp_directory: `${unfinished}/spill` })
  try {
    for (const table of tables) {
      wish.onTable(table.name)
      written.push({ table: table.name, rows: await convert(duck, table, unfinished, wish.form) })
    }
  } finally {
    duck.closeSync()
  }
  await rm(`${unfinished}/spill`, { recursive: true, force: true })
  await rename(unfinished, wish.folder)
  return { kind: 'exported', exported: { folder: wish.folder, tables: written } }
}

const csvOf = (folder: string, { name }: Columns): string => join(folder, `${name}.csv`)

// Turns the CSV of a table into its last form, and answers its rows.
async function convert(duck: DuckDBInstance, table: Columns, folder: string, form: ExportForm): Promise<number> {
  const csv = csvOf(folder, table)
  // JSON has no times: there they stay the texts that they are.
  const typeOf = (type: ColumnType) => duckTypes[form === 'json' && type === 'instant' ? 'text' : type]
  const types = table.columns.map(({ name, type }) => `'${name}': '${typeOf(type)}'`).join(', ')
  // An empty text is quoted and an unknown value is not, as PostgreSQL writes them.
  const read = `read_csv(${literal(csv)}, header = true, delim = ',', quote = '"', escape = '"', nullstr = '',
    allow_quoted_nulls = false, auto_detect = false, max_line_size = ${LINE_BYTES_MAX}, columns = {${types}})`
  const connection = await duck.connect()
  try {
    await connection.run(`set TimeZone = 'UTC'`)
    if (form === 'csv')
      return Number((await connection.runAndReadAll(`select count(*) from ${read}`)).getRowsJson()[0]?.[0])
    const to = literal(join(folder, `${table.name}.${ENDINGS[form]}`))
    const how = form === 'parquet' ? 'format parquet, compression zstd' : 'format json'
    const done = await connection.runAndReadAll(`copy (select * from ${read}) to ${to} (${how})`)
    await rm(csv)
    return Number(done.getRowsJson()[0]?.[0])
  } finally {
    connection.closeSync()
  }
}

// The ledger is not stored: it follows from each state, and is told for the moment of the export.
async function* ledgerLines(tx: Tx, now: Instant): AsyncGenerator<string> {
  const model = await readLiveModel(tx)
  yield `${ledgerTable.columns.map(({ name }) => name).join(',')}\n`
  let after = ''
  for (;;) {
    const page = await readStatesAfter(tx, after, PAGE_CUSTOMERS)
    const last = page.at(-1)
    if (last === undefined) return
    after = last.customer
    yield page
      .flatMap(({ customer, state }) => {
        if (state.profilingRefusedAt !== null) return []
        const asOf = instant(Math.max(now, state.lastAt ?? now))
        return ledger(state, model, asOf).entries.map(({ event, covariate, group, at, posted, now: left }) => {
          const [texts, times] = [
            [customer, event, covariate, group ?? ''],
            [at, asOf],
          ]
          return `${[...texts.map(quoted), ...times.map(rfc3339), posted, left, model.version].join(',')}\n`
        })
      })
      .join('')
  }
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
