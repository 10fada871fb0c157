import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { literal, quotedName } from '../sql-text.ts'
import { cleanCsv } from './clean-csv.ts'
import type { BadLine } from './clean-lines.ts'
import { cleanNdjson, LINE_KEY } from './clean-ndjson.ts'
import type { Duck } from './duck.ts'
import { ImportRefusal } from './import-refusal.ts'
import { isGzip, readBytes } from './read-bytes.ts'

type Job = Readonly<{
  duck: Duck
  view: string
  path: string
  workFolder: string
  hash: Hash
  onBad: (bad: BadLine) => void
  drain: () => Promise<void>
}>

/** What a file gave: its number of rows and sentences worth showing. */
type Loaded = Readonly<{ rows: number; notes: readonly string[] }>

const LINE_BYTES_MAX = 8 << 20
const OBJECT_BYTES_MAX = 32 << 20

const refuseEmpty = (path: string): ImportRefusal =>
  new ImportRefusal(
    'import-file-empty',
    `The file ${basename(path)} is empty: it must begin with a line of column names.`,
  )

function structLiteral(columns: readonly string[]): string {
  return `{${columns.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ')}}`
}

async function loadCsv(job: Job): Promise<Loaded> {
  const out = join(job.workFolder, `${job.view}.clean.csv`)
  try {
    const file = basename(job.path)
    const clean = await cleanCsv(readBytes(job.path, job.hash), { ...job, file, out })
    if (clean.isEmpty) throw refuseEmpty(job.path)
    const columns = `{'_line': 'BIGINT', ${structLiteral(clean.columns).slice(1)}`
    await job.duck.run(
      `create table raw.${quotedName(job.view)} as
       select * exclude (_line), _line from read_csv(${literal(out)}, auto_detect = false, header = false,
         delim = ${literal(String.fromCharCode(clean.delimiter))}, quote = '"', escape = '"', new_line = '\\n',
         nullstr = '', max_line_size = ${LINE_BYTES_MAX}, columns = ${columns})`,
    )
    const notes: string[] = []
    if (clean.recoded > 0) {
      notes.push(`${file}: ${clean.recoded} lines were not UTF-8 and were read as Windows-1252 (Latin-1).`)
    }
    if (clean.rows === 0) notes.push(`${file}: a header and no line that can be read.`)
    if (clean.bad > 0) notes.push(`${file}: ${clean.bad} lines could not be read.`)
    return { rows: clean.rows, notes }
  } finally {
    await rm(out, { force: true })
  }
}

async function loadNdjson(job: Job): Promise<Loaded> {
  const out = join(job.workFolder, `${job.view}.clean.ndjson`)
  try {
    const clean = await cleanNdjson(readBytes(job.path, job.hash), { ...job, file: basename(job.path), out })
    if (clean.isEmpty) throw refuseEmpty(job.path)
    const names = clean.columns.filter((name) => !['_line', '_file', LINE_KEY].includes(name.toLowerCase()))
    // DuckDB takes column names without regard to case, so a second spelling of a key cannot be a column too.
    const distinct = [...new Map(names.toReversed().map((name) => [name.toLowerCase(), name])).values()].reverse()
    const columns = `{'${LINE_KEY}': 'BIGINT'${distinct.map((name) => `, ${literal(name)}: 'VARCHAR'`).join('')}}`
    await job.duck.run(
      `create table raw.${quotedName(job.view)} as
       select * exclude (${LINE_KEY}), ${LINE_KEY} as _line from read_json(${literal(out)},
         format = 'newline_delimited', maximum_object_size = ${OBJECT_BYTES_MAX}, columns = ${columns})`,
    )
    return {
      rows: clean.rows,
      notes: clean.bad > 0 ? [`${basename(job.path)}: ${clean.bad} lines could not be read.`] : [],
    }
  } finally {
    await rm(out, { force: true })
  }
}

async function hashFile({ path, hash }: Job): Promise<void> {
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(Buffer.from(chunk))
}

async function countRows(job: Job): Promise<Loaded> {
  const [[count] = []] = await job.duck.rows(`select count(*)::integer from raw.${quotedName(job.view)}`)
  return { rows: Number(count), notes: [] }
}

/** Says which file a failure of the database was about: its own words speak of the copy. */
async function naming<Result>(job: Job, kind: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const said = error instanceof Error ? error.message : 'unreadable'
    const reason = said.replace(/^The SQL of the mapping cannot be run: /, '')
    throw new ImportRefusal('import-file-broken', `The file ${basename(job.path)} cannot be read as ${kind}: ${reason}`)
  }
}

/** The last byte that is no white space: DuckDB reads an array that breaks off without a word. */
async function lastMark(job: Job): Promise<string> {
  let last = ''
  for await (const chunk of readBytes(job.path, job.hash)) {
    let at = chunk.length - 1
    while (at >= 0 && (chunk[at] ?? 0) <= 32) at -= 1
    if (at >= 0) last = String.fromCharCode(chunk[at] ?? 0)
  }
  return last
}

async function loadJsonArray(job: Job, format: 'array' | 'unstructured'): Promise<Loaded> {
  if ((await lastMark(job)) !== (format === 'array' ? ']' : '}')) {
    throw new ImportRefusal(
      'import-file-broken',
      `The file ${basename(job.path)} cannot be read as JSON: it breaks off.`,
    )
  }
  const zipped = (await isGzip(job.path)) ? 'gzip' : 'uncompressed'
  return naming(job, 'JSON', async () => {
    await job.duck.run(
      `create temp table objects as select row_number() over () as line, json
       from read_json_objects(${literal(job.path)}, format = '${format}', compression = '${zipped}',
         maximum_object_size = ${OBJECT_BYTES_MAX})`,
    )
    const keys = await job.duck.rows(
      `select key from (select line, unnest(json_keys(json)) as key from objects where json_type(json) = 'OBJECT')
       group by key having not contains(key, '"') and lower(key) not in ('_line', '_file') order by min(line), key limit 1000`,
    )
    const columns = keys.map(([key]) => `json ->> ${literal(`$."${String(key)}"`)} as ${quotedName(String(key))}, `)
    await job.duck.run(
      `create table raw.${quotedName(job.view)} as select ${columns.join('')} line as _line from objects order by line`,
    )
    await job.duck.run('drop table objects')
    return countRows(job)
  })
}

async function loadJson(job: Job): Promise<Loaded> {
  let head = ''
  for await (const chunk of readBytes(job.path, createHash('sha256'))) {
    head = chunk
      .subarray(0, 1 << 16)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trimStart()
    break
  }
  if (head.startsWith('[')) return loadJsonArray(job, 'array')
  // An object that does not end on its first line is printed over several lines.
  const firstLine = head.split('\n', 1)[0] ?? ''
  return head !== '' && !firstLine.trimEnd().endsWith('}') ? loadJsonArray(job, 'unstructured') : loadNdjson(job)
}

async function loadParquet(job: Job): Promise<Loaded> {
  await hashFile(job)
  return naming(job, 'Parquet', async () => {
    await job.duck.run(
      `create table raw.${quotedName(job.view)} as select * exclude (file_row_number), file_row_number + 1 as _line
       from read_parquet(${literal(job.path)}, file_row_number = true)`,
    )
    return countRows(job)
  })
}

async function loadExcel(job: Job): Promise<Loaded> {
  try {
    await job.duck.run('load excel')
  } catch {
    throw new ImportRefusal(
      'import-file-unsupported',
      `The Excel file ${basename(job.path)} cannot be read here, because DuckDB's excel extension is not installed: save the sheet as CSV (UTF-8) and import that.`,
    )
  }
  await hashFile(job)
  return naming(job, 'Excel', async () => {
    await job.duck.run(
      `create table raw.${quotedName(job.view)} as select *, row_number() over () + 1 as _line
       from read_xlsx(${literal(job.path)}, header = true, all_varchar = true)`,
    )
    return countRows(job)
  })
}

/** Reads one file into `raw.<view>` by the ending of its name. */
export async function loadFile(job: Job): Promise<Loaded> {
  if ((await stat(job.path)).size === 0) throw refuseEmpty(job.path)
  const kind = /\.([a-z]+)(?:\.gz)?$/i.exec(job.path)?.[1]?.toLowerCase()
  switch (kind) {
    case 'json':
      return loadJson(job)
    case 'ndjson':
    case 'jsonl':
      return loadNdjson(job)
    case 'parquet':
      return loadParquet(job)
    case 'xlsx':
      return loadExcel(job)
    default:
      return loadCsv(job)
  }
}
