import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBInstance } from '@duckdb/node-api'
import { literal, quotedName } from '../../sql-text.ts'

/** A customer with the group as it was written; empty to forget it. */
export type GroupLine = Readonly<{ customer: string; group: string }>

/** The lines of a file, or why it cannot be read: no such columns, or a line that has another number of cells. */
export type GroupsFile =
  | Readonly<{ kind: 'read'; lines: readonly GroupLine[] }>
  | Readonly<{ kind: 'unreadable'; line: number }>

const SEPARATORS = [',', ';', '\t'] as const
const COLUMNS_MAX = 100
const MEMORY = '256MiB'
const LINE_BYTES_MAX = 100_000
/** No cell holds it, for no text that can be stored does: every empty cell is a text. */
const NO_NULL = '\\u0000'

/**
 * Reads a file that says in which group each customer is: the columns `customer` and `group` among others, parted by
 * comma, semicolon or tab as in the first line, with quotes where needed. Of a customer twice, the last line counts. It
 * is read by DuckDB from a file below `folder`, which is gone afterwards.
 */
export async function readGroupsFile(text: string, folder: string): Promise<GroupsFile> {
  // Lines may end as each system ends them, and spreadsheets put a mark before the first.
  const plain = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n')
  const head = plain.slice(0, plain.indexOf('\n') < 0 ? undefined : plain.indexOf('\n'))
  if (head.trim() === '' || head.length > LINE_BYTES_MAX) return { kind: 'unreadable', line: 1 }
  await mkdir(folder, { recursive: true })
  const own = await mkdtemp(join(folder, 'groups-'))
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const duck = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: MEMORY, temp_directory: own })
  try {
    await writeFile(join(own, 'head.csv'), `${head}\n`, { mode: 0o600 })
    return await readRows(duck, { own, plain, separator: SEPARATORS.find((one) => head.includes(one)) ?? ',' })
  } finally {
    duck.closeSync()
    await rm(own, { recursive: true, force: true })
  }
}

type Plain = Readonly<{ own: string; plain: string; separator: string }>

async function readRows(duck: DuckDBInstance, { own, plain, separator }: Plain): Promise<GroupsFile> {
  const connection = await duck.connect()
  const csv = (file: string, more: string) =>
    `read_csv(${literal(join(own, file))}, header = true, delim = '${separator}', quote = '"', escape = '"', skip = 0,
      comment = '', nullstr = '${NO_NULL}', strict_mode = true, max_line_size = ${LINE_BYTES_MAX}, ${more})`
  try {
    const named = await connection.runAndReadAll(`from ${csv('head.csv', 'all_varchar = true')}`)
    const names = named.columnNames()
    const of = (wanted: string) => names.find((name) => name.trim().toLowerCase() === wanted)
    const [customer, group] = [of('customer'), of('group')]
    if (customer === undefined || group === undefined || names.length > COLUMNS_MAX)
      return { kind: 'unreadable', line: 1 }
    // A quote without an end swallows the rest, and DuckDB may leave that out without a word: the last line tells.
    const last = randomUUID()
    const end = names.map(() => last).join(separator)
    await writeFile(join(own, 'all.csv'), `${plain}\n${end}\n`, { mode: 0o600 })
    const columns = names.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ')
    const read = csv('all.csv', `auto_detect = false, parallel = false, columns = {${columns}}`)
    const rows = await connection.runAndReadAll(
      `select trim(${quotedName(customer)}), trim(${quotedName(group)}) from ${read}`,
    )
    const found = rows.getRowsJson()
    if (found.at(-1)?.[0] !== last) return { kind: 'unreadable', line: found.length + 2 }
    const told = new Map<string, string>()
    for (const [place, [key, name]] of found.slice(0, -1).entries()) {
      if (typeof key !== 'string' || key === '') return { kind: 'unreadable', line: place + 2 }
      told.set(key, String(name ?? ''))
    }
    return { kind: 'read', lines: [...told].map(([key, name]) => ({ customer: key, group: name })) }
  } catch (error) {
    return { kind: 'unreadable', line: Number(/Line: (\d+)/.exec(String(error))?.[1] ?? 1) }
  } finally {
    connection.closeSync()
  }
}
