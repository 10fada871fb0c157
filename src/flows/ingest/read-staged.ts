import type { Duck } from './duck.ts'
import type { EventRow } from './fit-event.ts'

const SEPARATOR = '\u001F'
const MARK = '\u001E'

/** A staged row with its place in the file. */
export type StagedRow = EventRow & Readonly<{ line: number | null; file: string | null }>

const COLUMNS = ['line::varchar', 'customer', 'type', 'source', 'file', 'moment', 'id', 'data']
const ALL = `concat(${COLUMNS.join(', ')})`

// Each value that is taken out of DuckDB costs its time: a row travels as one text, and is taken apart here. NULL is
// the mark alone. A row that holds a separator or a mark itself travels as JSON, after two marks.
const ROW = `case when contains(${ALL}, chr(31)) or contains(${ALL}, chr(30))
    then chr(30) || chr(30) || to_json([${COLUMNS.join(', ')}])::varchar
    else concat_ws(chr(31), ${COLUMNS.map((column) => `coalesce(${column}, chr(30))`).join(', ')}) end`

const partsOf = (text: string): readonly (string | null)[] =>
  text.startsWith(MARK + MARK)
    ? JSON.parse(text.slice(2 * MARK.length))
    : text.split(SEPARATOR).map((part) => (part === MARK ? null : part))

function rowOf(text: string): StagedRow {
  const [line, customer, type, source, file, at, id, data] = partsOf(text)
  return {
    customer: customer ?? null,
    type: type || null,
    at: at ?? null,
    id: id ?? null,
    source: source || null,
    data: data ?? null,
    line: line ? Number(line) : null,
    file: file || null,
  }
}

/**
 * The staged rows from number `from` on (0 = all), in their order, about 2,000 at a time; memory stays flat.
 *
 * Data travel as JSON text and not as STRUCT columns, which would need a second shape of every type.
 */
export async function* readStaged(duck: Duck, from: number): AsyncGenerator<readonly StagedRow[]> {
  const result = await duck.connection.stream(`select ${ROW} from staged where rowid >= ${from}`)
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) return
    const [texts] = chunk.getColumns()
    yield (texts ?? []).map((text) => rowOf(String(text)))
  }
}
