import { createHash } from 'node:crypto'
import { glob, readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { literal, quotedName } from '../sql-text.ts'
import type { BadLine } from './clean-lines.ts'
import { type Duck, openDuck } from './duck.ts'
import { ImportRefusal } from './import-refusal.ts'
import { loadFile } from './load-file.ts'

/** One file as a table: `view` is its name in SQL, `columns` without `_line` and `_file`. */
export type Table = Readonly<{
  view: string
  file: string
  rows: number
  columns: readonly Readonly<{ name: string; type: string }>[]
  /** Sentences for the person who imports, such as how many lines were not UTF-8. */
  notes: readonly string[]
}>

/** The opened files; `close` ends the database and deletes its files. */
export type Tables = Readonly<{
  duck: Duck
  tables: readonly Table[]
  /** Every table that a mapping can name, with those that were not read. */
  names: readonly string[]
  /** SHA-256 of the bytes of all files that were read, in order of their names. */
  fingerprint: string
  close: () => Promise<void>
}>

/** What `openTables` needs: `workFolder` must exist and be its own. */
export type OpenOptions = Readonly<{
  paths: readonly string[]
  workFolder: string
  /** Only files whose table name stands in this text are read; left out, all are. */
  mentionedIn?: string
  onBad: (bad: BadLine) => void
  drain: () => Promise<void>
  onFile?: (file: string) => void
  signal?: AbortSignal
  threads?: number
}>

const SUPPORTED = /\.(csv|tsv|txt|json|ndjson|jsonl|parquet|xlsx)(\.gz)?$/i
const FILES_MAX = 1_000

/** The table name of a file: its name without ending, in lower case, with `_` for all that is no letter or digit. */
export function viewName(path: string): string {
  const stem = basename(path).replace(SUPPORTED, '').toLowerCase()
  const name = stem
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
  return /^\p{L}/u.test(name) ? name : `t_${name}`
}

async function filesUnder(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile()) {
    if (SUPPORTED.test(path)) return [path]
    throw new ImportRefusal(
      'import-file-unsupported',
      `The file ${basename(path)} is of no kind that can be read: give .csv, .tsv, .json, .ndjson, .jsonl (each also as .gz), .parquet or .xlsx.`,
    )
  }
  if (found?.isDirectory()) {
    const names = (await readdir(path)).filter((name) => SUPPORTED.test(name) && !name.startsWith('.'))
    if (names.length > 0) return names.map((name) => join(path, name))
    throw new ImportRefusal(
      'import-file-missing',
      `The folder ${path} holds no file that can be read (.csv, .json, .parquet, …).`,
    )
  }
  const matches: string[] = []
  if (/[*?[{]/.test(path)) for await (const match of glob(path)) if (SUPPORTED.test(match)) matches.push(match)
  if (matches.length === 0) throw new ImportRefusal('import-file-missing', `There is no file ${path}: check the path.`)
  return matches
}

async function namedFiles(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const all = [...new Set((await Promise.all(paths.map(filesUnder))).flat())]
  if (all.length > FILES_MAX)
    throw new ImportRefusal('import-file-too-big', `At most ${FILES_MAX} files can be read at once.`)
  const named = new Map<string, string>()
  for (const path of all.sort()) {
    const view = viewName(path)
    const other = named.get(view)
    if (other !== undefined) {
      throw new ImportRefusal(
        'import-file-unsupported',
        `The files ${basename(other)} and ${basename(path)} would both be the table ${view}: rename one, or give only one.`,
      )
    }
    named.set(view, path)
  }
  return named
}

async function columnsOf(duck: Duck, view: string): Promise<Table['columns']> {
  const described = await duck.rows(`describe ${quotedName(view)}`)
  return described
    .map(([name, type]) => ({ name: String(name), type: String(type) }))
    .filter(({ name }) => name !== '_line' && name !== '_file')
}

async function addWholeViews(duck: Duck, views: readonly string[]): Promise<void> {
  const [only] = views
  if (views.length === 1 && only !== undefined && only !== 'file') {
    await duck.run(`create view file as from ${quotedName(only)}`)
  }
  if (views.length === 0 || views.includes('files')) return
  const union = views.map((view) => `from ${quotedName(view)}`).join(' union all by name ')
  // Parquet files whose columns differ in type have no union: then there is just no view `files`.
  await duck.run(`create view files as ${union}`).catch(() => undefined)
}

/** Also before opening: a process that was killed leaves its database behind. */
async function removeDatabase(workFolder: string): Promise<void> {
  const names = ['import.duckdb', 'import.duckdb.wal', 'spill']
  await Promise.all(names.map((name) => rm(join(workFolder, name), { recursive: true, force: true })))
}

/**
 * Opens files (a path each: a file, a folder, or a glob) as tables of a private database in the work folder, and shuts
 * that database off from everything else. Columns of CSV and JSON files are all text (empty is NULL); Parquet keeps its
 * types. Each table has `_line` (the line in the file, the header being line 1; the record number in a JSON array or
 * Parquet file) and `_file`. A single file is also the table `file`; all files together, by column name, are `files`.
 * Refused with a sentence: no such file, an empty or damaged one, two of the same table name.
 */
export async function openTables(options: OpenOptions): Promise<Tables> {
  const named = await namedFiles(options.paths)
  const mentioned = options.mentionedIn?.toLowerCase()
  const isWanted = (view: string): boolean =>
    mentioned === undefined || /\bfiles?\b/.test(mentioned) || mentioned.includes(view)
  await removeDatabase(options.workFolder)
  const duck = await openDuck(options.workFolder, options.threads ?? 1)
  const interrupt = (): void => duck.connection.interrupt()
  options.signal?.addEventListener('abort', interrupt)
  const close = async (): Promise<void> => {
    options.signal?.removeEventListener('abort', interrupt)
    duck.close()
    await removeDatabase(options.workFolder)
  }
  try {
    const hash = createHash('sha256')
    const loaded: Omit<Table, 'columns'>[] = []
    for (const [view, path] of [...named].filter(([name]) => isWanted(name))) {
      options.signal?.throwIfAborted()
      options.onFile?.(basename(path))
      hash.update(`\n${view}\n`)
      loaded.push({ view, file: basename(path), ...(await loadFile({ ...options, duck, view, path, hash })) })
      await duck.run(
        `create view ${quotedName(view)} as select *, ${literal(basename(path))} as _file from raw.${quotedName(view)}`,
      )
    }
    await addWholeViews(
      duck,
      loaded.map(({ view }) => view),
    )
    await duck.lock()
    const tables: Table[] = []
    for (const table of loaded) tables.push({ ...table, columns: await columnsOf(duck, table.view) })
    return { duck, tables, names: [...named.keys()], fingerprint: hash.digest('hex'), close }
  } catch (error) {
    await close()
    throw error
  }
}
