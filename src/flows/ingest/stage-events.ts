import { isEventType } from '../../core/relationship/event.ts'
import { literal, quotedName } from '../sql-text.ts'
import type { Duck } from './duck.ts'
import { ImportRefusal, listed } from './import-refusal.ts'
import type { ImportMapping, MappedTable } from './mapping.ts'
import type { Table, Tables } from './open-tables.ts'
import { sayDuckError } from './say-duck-error.ts'

/** The events of a mapping, sorted and at rest in table `staged`. */
export type Staged = Readonly<{ total: number; customers: number; notes: readonly string[] }>

const SELECT_STATEMENT = 1
const MUST_GIVE = ['customer', 'type', 'at', 'id']
const MAY_GIVE = ['source', 'data', '_line', '_file']

function checkColumns(wanted: MappedTable, table: Table): void {
  const there = new Set(table.columns.map(({ name }) => name.toLowerCase()))
  const missing = wanted.columns.filter(({ name, isOptional }) => !isOptional && !there.has(name.toLowerCase()))
  if (missing.length === 0) return
  throw new ImportRefusal(
    'import-column-missing',
    `The file ${table.file} lacks ${listed(missing.map(({ name }) => name))}, which the mapping needs; it has ${listed(table.columns.map(({ name }) => name))}.`,
  )
}

async function standIn(duck: Duck, wanted: MappedTable, present: readonly string[] | undefined): Promise<void> {
  const there = new Set(present?.map((name) => name.toLowerCase()))
  const missing = wanted.columns.filter(({ name }) => !there.has(name.toLowerCase()))
  const nulls = missing.map(({ name }) => `null::varchar as ${quotedName(name)}`)
  const view = quotedName(wanted.name)
  if (present === undefined) {
    const all = [...nulls, 'null::bigint as _line', 'null::varchar as _file']
    await duck.run(`create view ${view} as select ${all.join(', ')} where false`)
  } else if (missing.length > 0) {
    // A view cannot be made from itself: the one of the file steps aside.
    await duck.run(`alter view ${view} rename to ${quotedName(`${wanted.name} as given`)}`)
    await duck.run(`create view ${view} as select *, ${nulls.join(', ')} from ${quotedName(`${wanted.name} as given`)}`)
  }
}

/** Checks what the mapping needs, and puts empty tables and columns where it said that they may be missing. */
async function fitTables({ duck, tables, names }: Tables, mapping: ImportMapping): Promise<void> {
  const given = new Set([...names, ...(names.length === 1 ? ['file'] : []), 'files'])
  for (const need of mapping.needs) {
    if (need.some((name) => given.has(name))) continue
    throw new ImportRefusal(
      'import-table-missing',
      `The mapping ${mapping.name} needs a table ${need.join(' or ')} (a file of that name, such as ${need[0]}.csv); the files give ${listed(names)}.`,
    )
  }
  for (const wanted of mapping.tables) {
    const table = tables.find(({ view }) => view === wanted.name)
    if (table !== undefined) checkColumns(wanted, table)
    const isWhole = wanted.name === 'files' || (wanted.name === 'file' && given.has('file'))
    const columns = isWhole ? await viewColumns(duck, wanted.name) : table?.columns.map(({ name }) => name)
    const lacking = wanted.columns.find(
      ({ name, isOptional }) => isWhole && !isOptional && !columns?.some((there) => there.toLowerCase() === name),
    )
    if (lacking !== undefined) {
      throw new ImportRefusal(
        'import-column-missing',
        `The file lacks the column ${lacking.name}, which the mapping needs; it has ${listed(columns ?? [])}.`,
      )
    }
    await standIn(duck, wanted, columns)
  }
}

async function viewColumns(duck: Duck, view: string): Promise<readonly string[]> {
  return (await duck.rows(`describe ${quotedName(view)}`)).map(([name]) => String(name))
}

/** The one SELECT of a mapping without a closing semicolon; several statements, or another kind, are refused. */
async function onlySelect(duck: Duck, sql: string): Promise<string> {
  const isBare = sql.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\/|[\s;]/g, '') === ''
  if (isBare) throw new ImportRefusal('import-sql-forbidden', 'A mapping is one SELECT; this SQL has none.')
  try {
    const statements = await duck.connection.extractStatements(sql)
    if (statements.count !== 1) {
      throw new ImportRefusal(
        'import-sql-forbidden',
        `A mapping is one SELECT; this SQL has ${statements.count} statements.`,
      )
    }
    const prepared = await statements.prepare(0)
    if (prepared.statementType !== SELECT_STATEMENT) {
      throw new ImportRefusal('import-sql-forbidden', 'A mapping must be a SELECT: it reads, and changes nothing.')
    }
    prepared.destroySync()
  } catch (error) {
    throw sayDuckError(error)
  }
  return sql.replace(/;\s*(?:--[^\n]*\s*)*$/, '')
}

function instantColumn(type: string): string {
  if (/^TIMESTAMP WITH TIME ZONE/.test(type)) {
    return `strftime(timezone('UTC', m."at"), '%Y-%m-%dT%H:%M:%S.%gZ')`
  }
  if (/^(TIMESTAMP|DATE)/.test(type)) return `strftime(m."at"::timestamp, '%Y-%m-%dT%H:%M:%S.%gZ')`
  return 'm."at"::varchar'
}

function dataColumn(type: string | undefined): string {
  if (type === undefined) return `'{}'`
  return /^(VARCHAR|JSON)$/.test(type) ? 'm.data::varchar' : 'to_json(m.data)::varchar'
}

async function outputTypes(duck: Duck, select: string): Promise<ReadonlyMap<string, string>> {
  const described = await duck.rows(`describe select * from (\n${select}\n)`)
  const types = new Map(described.map(([name, type]) => [String(name).toLowerCase(), String(type)]))
  const missing = MUST_GIVE.filter((name) => !types.has(name))
  if (missing.length > 0) {
    throw new ImportRefusal(
      'import-column-missing',
      `The mapping gives no column ${listed(missing)}: its SELECT must give customer, type, at, id and data, and may give source, _line and _file. It gives ${listed([...types.keys()])}.`,
    )
  }
  return types
}

function stageSql(select: string, types: ReadonlyMap<string, string>): string {
  const line = types.has('_line') ? 'try_cast(m._line as integer)' : 'null::integer'
  const optional = (name: string): string => (types.has(name) ? `m.${name}::varchar` : 'null::varchar')
  return `create table staged as
    select m.customer::varchar as customer, m.type::varchar as type, ${instantColumn(types.get('at') ?? '')} as moment,
      m.id::varchar as id, ${optional('source')} as source, ${dataColumn(types.get('data'))} as data,
      ${line} as line, ${optional('_file')} as file
    from (\n${select}\n) as m
    order by customer, moment, id, source, type, data, line`
}

/**
 * Runs a mapping and leaves its events in table `staged`, ordered by customer, time and id, so that the events of one
 * customer come together and the same files always give the same order (an interrupted import goes on by counting).
 */
export async function stageEvents(tables: Tables, mapping: ImportMapping): Promise<Staged> {
  const { duck } = tables
  await fitTables(tables, mapping)
  const select = await onlySelect(duck, mapping.sql)
  const types = await outputTypes(duck, select)
  await duck.run(stageSql(select, types))
  const [[total, customers] = []] = await duck.rows(
    'select count(*)::integer, count(distinct customer)::integer from staged',
  )
  const unused = [...types.keys()].filter((name) => !MUST_GIVE.includes(name) && !MAY_GIVE.includes(name))
  const notes =
    unused.length > 0 ? [`Columns that are not used: ${listed(unused)}. Fields of an event belong in data.`] : []
  return { total: Number(total), customers: Number(customers), notes }
}

/**
 * Ids that a mapping gives to events of different content, with how many: at most `limit`, the most frequent first.
 * Events that are equal in everything are no problem: they are repetitions.
 */
export async function findDoubledIds(duck: Duck, source: string, limit: number): Promise<readonly string[]> {
  const found = await duck.rows(
    `select id, count(distinct (type, moment, data))::integer as n from staged where id is not null
     group by customer, coalesce(source, ${literal(source)}), id having n > 1 order by n desc, id limit ${limit}`,
  )
  return found.map(([id, count]) => `${String(id)} (${String(count)} times)`)
}

/** A sentence about types that are not in the vocabulary (often a slip of the pen); undefined when there are none. */
export async function findUnknownTypes(duck: Duck): Promise<string | undefined> {
  const found = await duck.rows(
    'select type, count(*)::integer from staged where type is not null group by type order by type',
  )
  const unknown = found.filter(([type]) => !isEventType(String(type)) && !String(type).startsWith('custom.'))
  if (unknown.length === 0) return undefined
  const names = unknown.map(([type, count]) => `${String(type)} (${String(count)})`)
  return `Types that are not in the vocabulary are kept as custom events and change no score: ${listed(names)}.`
}
