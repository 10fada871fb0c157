import { readdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { ImportRefusal, listed } from './import-refusal.ts'

/** A table that a mapping reads. An optional column that the file lacks is NULL. */
export type MappedTable = Readonly<{
  name: string
  columns: readonly Readonly<{ name: string; isOptional: boolean }>[]
}>

/** A SELECT that turns tables into events, with what its header says (docs/import.md). */
export type ImportMapping = Readonly<{
  name: string
  title: string
  about: string
  /** Each line must be met by at least one of its tables. */
  needs: readonly (readonly string[])[]
  /** Tables that get empty stand-ins when their file is not there. */
  tables: readonly MappedTable[]
  sql: string
}>

const SQL_BYTES_MAX = 256 * 1024
const HEADER = /^--\s*(title|about|needs|table):\s*(.*)$/
const CONTINUED = /^-- {2,}(\S.*)$/
const TABLE = /^([a-z_][a-z0-9_]*)\s*\((.*)\)$/i

function headerLines(sql: string): readonly (readonly [string, string])[] {
  const found: [string, string][] = []
  // The header is the first block of comment lines; a bare `--`, or other comments, end it.
  for (const line of sql.split('\n')) {
    if (found.length === 0 && line.trim() === '') continue
    const begun = HEADER.exec(line.trimEnd())
    const last = found.at(-1)
    const more = CONTINUED.exec(line.trimEnd())?.[1]
    if (begun !== null) found.push([begun[1] ?? '', begun[2] ?? ''])
    else if (more !== undefined && last !== undefined) last[1] = `${last[1]} ${more}`.trim()
    else if (!line.startsWith('--') || found.length > 0) break
  }
  return found
}

function parseTable(text: string): MappedTable {
  const found = TABLE.exec(text.trim())
  if (found === null) {
    throw new ImportRefusal(
      'import-mapping-header',
      `The header line "table: ${text}" cannot be read: write it as "-- table: name(column, column?, …)".`,
    )
  }
  const columns = (found[2] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => ({ name: part.replace(/\?$/, ''), isOptional: part.endsWith('?') }))
  return { name: (found[1] ?? '').toLowerCase(), columns }
}

/** Reads the header comments of a mapping; all of them may be missing. */
export function parseMapping(name: string, sql: string): ImportMapping {
  if (sql.length > SQL_BYTES_MAX) {
    throw new ImportRefusal('import-mapping-header', 'A mapping may have at most 256 KiB of SQL.')
  }
  const lines = headerLines(sql)
  const all = (key: string): readonly string[] => lines.filter(([word]) => word === key).map(([, text]) => text)
  return {
    name,
    title: all('title')[0] ?? name,
    about: all('about').join(' '),
    needs: all('needs').map((text) =>
      text
        .split(/\s+or\s+|,/)
        .map((part) => part.trim().toLowerCase())
        .filter(Boolean),
    ),
    tables: all('table').map(parseTable),
    sql,
  }
}

const folder = new URL('./mappings/', import.meta.url)

/** The mappings that come with the product, in order of their names. */
export async function readyMappings(): Promise<readonly ImportMapping[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  return Promise.all(
    files.map(async (file) => parseMapping(file.replace(/\.sql$/, ''), await readFile(new URL(file, folder), 'utf8'))),
  )
}

/** A mapping by its name (`olist`) or by the path of an SQL file; refused with the names there are. */
export async function readMapping(nameOrPath: string): Promise<ImportMapping> {
  const ready = await readyMappings()
  const known = ready.find(({ name }) => name === nameOrPath)
  if (known !== undefined) return known
  const sql = nameOrPath.toLowerCase().endsWith('.sql')
    ? await readFile(nameOrPath, 'utf8').catch(() => undefined)
    : undefined
  if (sql === undefined) {
    throw new ImportRefusal(
      'import-mapping-missing',
      `There is no mapping ${nameOrPath}: give one of ${listed(ready.map(({ name }) => name))}, or the path of a .sql file.`,
    )
  }
  const name = basename(nameOrPath)
    .replace(/\.sql$/i, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
  return parseMapping(name, sql)
}

type Present = Readonly<{ view: string; columns: readonly Readonly<{ name: string }>[] }>

function hasColumns(mapping: ImportMapping, table: Present): boolean {
  const wanted = mapping.tables.find(({ name }) => name === table.view)
  const there = new Set(table.columns.map(({ name }) => name.toLowerCase()))
  return wanted?.columns.every(({ name, isOptional }) => isOptional || there.has(name.toLowerCase())) ?? true
}

/** The ready mapping whose needs the tables meet, with all columns that it must have; undefined when none fits. */
export function suggestMapping(ready: readonly ImportMapping[], tables: readonly Present[]): ImportMapping | undefined {
  return ready.find(
    (mapping) =>
      mapping.needs.length > 0 &&
      mapping.needs.every((names) => tables.some((table) => names.includes(table.view) && hasColumns(mapping, table))),
  )
}
