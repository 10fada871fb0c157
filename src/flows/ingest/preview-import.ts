import type { Outcome } from '../../contract/ingest.ts'
import type { Preview, Problem } from '../../contract/show.ts'
import { isErrorCode } from '../../core/error-codes.ts'
import { quotedName } from '../sql-text.ts'
import type { BadLine } from './clean-lines.ts'
import type { Duck } from './duck.ts'
import { fitEvent } from './fit-event.ts'
import { ImportRefusal } from './import-refusal.ts'
import { type ImportMapping, readyMappings, suggestMapping } from './mapping.ts'
import { openTables, type Table, type Tables } from './open-tables.ts'
import { readStaged, type StagedRow } from './read-staged.ts'
import { findDoubledIds, findUnknownTypes, stageEvents } from './stage-events.ts'

/** What a preview needs. Without a mapping the suggested one is tried. */
export type PreviewOptions = Readonly<{
  paths: readonly string[]
  mapping?: ImportMapping
  workFolder: string
  /** Validates wire events and stores nothing. */
  check: (raw: readonly unknown[]) => Promise<readonly Outcome[]>
  signal?: AbortSignal
}>

const ROWS_SHOWN = 20
const EVENTS_SHOWN = 50
const EVENTS_CHECKED = 5_000
const PROBLEMS_SHOWN = 20
const SECONDS_MAX = 120

const problemOf = (code: string, detail: string, pointer = ''): Problem => ({
  // What only files can have wrong is told of under the one code by which an import is refused.
  type: `/reference#${isErrorCode(code) ? code : 'import-refused'}`,
  title: 'This cannot be imported as it is',
  status: 422,
  code,
  detail,
  ...(pointer === '' ? {} : { pointer }),
})

const placeInWords = (file: string | null, line: number | null): string =>
  line === null ? '' : `${file ?? 'file'}, line ${line}: `

async function shownTable(duck: Duck, table: Table): Promise<Preview['files'][number]> {
  const names = table.columns.map(({ name }) => `${quotedName(name)}::varchar`)
  const rows =
    names.length === 0
      ? []
      : await duck.rows(`select ${names.join(', ')} from ${quotedName(table.view)} limit ${ROWS_SHOWN}`)
  return {
    view: table.view,
    columns: table.columns.map(({ name, type }) => ({ name, type })),
    rows: rows.map((row) => [...row]),
  }
}

async function firstRows(duck: Duck): Promise<readonly StagedRow[]> {
  const rows: StagedRow[] = []
  for await (const some of readStaged(duck, 0)) {
    rows.push(...some)
    if (rows.length >= EVENTS_CHECKED) break
  }
  return rows.slice(0, EVENTS_CHECKED)
}

type Tried = Pick<Preview, 'events' | 'customers' | 'total'> & Readonly<{ problems: readonly Problem[] }>

async function tryMapping(tables: Tables, mapping: ImportMapping, check: PreviewOptions['check']): Promise<Tried> {
  const staged = await stageEvents(tables, mapping)
  const rows = await firstRows(tables.duck)
  const fitted = rows.map((row) => fitEvent(row, `import:${mapping.name}`))
  const outcomes = await check(fitted.map(({ event }) => event))
  const problems: Problem[] = []
  for (const [index, outcome] of outcomes.entries()) {
    const row = rows[index]
    if (outcome.kind !== 'refused' || row === undefined || problems.length >= PROBLEMS_SHOWN) continue
    problems.push(problemOf(outcome.code, `${placeInWords(row.file, row.line)}${outcome.detail}`, outcome.pointer))
  }
  const doubled = await findDoubledIds(tables.duck, `import:${mapping.name}`, 5)
  if (doubled.length > 0) {
    problems.push(
      problemOf('import-id-doubled', `Ids that stand for more than one event of a customer: ${doubled.join(', ')}.`),
    )
  }
  const unknown = await findUnknownTypes(tables.duck)
  const notes = [...staged.notes, ...(unknown === undefined ? [] : [unknown])].map((note) =>
    problemOf('import-note', note),
  )
  return {
    events: fitted.slice(0, EVENTS_SHOWN).map(({ event }) => ({ ...event })),
    problems: [...problems, ...notes],
    customers: staged.customers,
    total: staged.total,
  }
}

/**
 * What the wizard shows before an import: the tables with their columns and first 20 rows, the ready mapping that fits,
 * the first 50 events of the mapping, and the first problems (of lines, of the mapping, of the first 5,000 events).
 * Answers also when the mapping cannot be run: its refusal is then a problem. Files that cannot be opened give one
 * problem and no table. Stops by itself after two minutes.
 */
export async function previewImport(options: PreviewOptions): Promise<Preview> {
  const limit = AbortSignal.timeout(SECONDS_MAX * 1_000)
  const signal = options.signal === undefined ? limit : AbortSignal.any([options.signal, limit])
  const bad: BadLine[] = []
  const onBad = (line: BadLine): void => {
    if (bad.length < PROBLEMS_SHOWN) bad.push(line)
  }
  const empty = { files: [], suggested: null, events: [], customers: null, total: null }
  let tables: Tables | undefined
  try {
    tables = await openTables({ ...options, signal, onBad, drain: async () => undefined })
    const { duck } = tables
    const files: Preview['files'] = []
    for (const table of tables.tables) files.push(await shownTable(duck, table))
    const suggested = suggestMapping(await readyMappings(), withWhole(tables.tables))
    const lines = [
      ...tables.tables.flatMap(({ notes }) => notes).map((note) => problemOf('import-note', note)),
      ...bad.map(({ code, file, line, reason }) => problemOf(code, `${placeInWords(file, line)}${reason}`)),
    ]
    const mapping = options.mapping ?? suggested
    const shown = { ...empty, files, suggested: suggested?.name ?? null }
    if (mapping === undefined) return { ...shown, problems: lines }
    const tried = await tryMapping(tables, mapping, options.check).catch((error: unknown) => refusalOf(error))
    return { ...shown, ...tried, problems: [...tried.problems, ...lines] }
  } catch (error) {
    return { ...empty, problems: [...refusalOf(error).problems] }
  } finally {
    await tables?.close()
  }
}

/** The tables as mappings may name them, with `files` standing for a single file too. */
function withWhole(tables: readonly Table[]): readonly Pick<Table, 'view' | 'columns'>[] {
  const [only] = tables
  return tables.length === 1 && only !== undefined ? [...tables, { view: 'files', columns: only.columns }] : tables
}

function refusalOf(error: unknown): Tried {
  if (!(error instanceof ImportRefusal)) throw error
  return { events: [], customers: null, total: null, problems: [problemOf(error.code, error.message)] }
}
