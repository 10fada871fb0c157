import type { DuckDBConnection } from '@duckdb/node-api'
import { sayDuckError } from './say-duck-error.ts'

/** A private DuckDB in a work folder. Every failure of a statement comes out as an `ImportRefusal`. */
export type Duck = Readonly<{
  connection: DuckDBConnection
  run: (sql: string) => Promise<void>
  /** All rows as plain JSON values; only for small answers. */
  rows: (sql: string) => Promise<readonly (readonly unknown[])[]>
  /** After this, SQL has 144 MiB, and reaches nothing but the tables that are loaded: no file, no network, no setting. */
  lock: () => Promise<void>
  close: () => void
}>

// Reading CSV with long lines needs buffers of this size.
const MEMORY_READING = '256MiB'
// Beyond its limit DuckDB takes about as much again while it sorts. Measured 2026-11-22, reading and sorting 1 million
// events in 200 MB: the process peaks at 355 MiB with a limit of 128 MiB, at 515 with 176, at 565 with 256; the time is
// the same, and the result too.
const MEMORY = '144MiB'
const SPILL = '16GiB'

/**
 * What mappings may call besides DuckDB's own functions (docs/import.md). Both give the text itself when it cannot be
 * read, so that one bad value becomes one rejected line, with its reason, and not the end of the import.
 */
const MACROS = [
  `create macro minor(x, digits := 2) as case when x is null then null
     else coalesce(to_json(round(try_cast(x as decimal(28, 6)) * power(10, digits))::bigint), to_json(x::varchar)) end`,
  `create macro utc(x, zone := 'UTC') as case when x is null then null
     when regexp_matches(x::varchar, ':.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)$')
     then coalesce(strftime(try_cast(x::varchar as timestamptz), '%Y-%m-%dT%H:%M:%S.%gZ'), x::varchar)
     else coalesce(strftime(timezone('UTC', timezone(zone, try_cast(x as timestamp))), '%Y-%m-%dT%H:%M:%S.%gZ'), x::varchar) end`,
  `create macro columns_after(prefix, record) as to_json(map_from_entries(list_transform(
     list_filter(map_entries(from_json(to_json(record), '"MAP(VARCHAR, VARCHAR)"')),
       e -> starts_with(e.key, prefix) and e.value is not null),
     e -> {'key': substr(e.key, length(prefix) + 1), 'value': e.value})))`,
]

/** Opens a new database in `folder` (which must exist and be empty of one). 256 MiB of memory, the rest spills to disk. */
export async function openDuck(folder: string, threads: number): Promise<Duck> {
  // Read when it is needed: it is large, and few commands and requests need it.
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(`${folder}/import.duckdb`, {
    memory_limit: MEMORY_READING,
    threads: String(threads),
    temp_directory: `${folder}/spill`,
    max_temp_directory_size: SPILL,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_unsigned_extensions: 'false',
  })
  const connection = await instance.connect()
  const run = async (sql: string): Promise<void> => {
    try {
      await connection.run(sql)
    } catch (error) {
      throw sayDuckError(error)
    }
  }
  const rows = async (sql: string): Promise<readonly (readonly unknown[])[]> => {
    try {
      return (await connection.runAndReadAll(sql)).getRowsJson()
    } catch (error) {
      throw sayDuckError(error)
    }
  }
  await run(`set TimeZone = 'UTC'`)
  await run('create schema raw')
  for (const macro of MACROS) await run(macro)
  return {
    connection,
    run,
    rows,
    lock: async () => {
      await run(`set memory_limit = '${MEMORY}'`)
      await run('set enable_external_access = false')
      await run('set lock_configuration = true')
    },
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
