import { type BadLine, fromWindows1252, isPlain, PieceWriter, plainText, shownText } from './clean-lines.ts'

const NEWLINE = 10
const LINE_BYTES_MAX = 1 << 20
const COLUMNS_MAX = 1_000

/** The key under which the line number travels in the copy; no real file uses it. */
export const LINE_KEY = '__amends_line'

/** What a file of JSON lines turned out to be. `columns` are the keys of the objects, in order of first sight. */
export type CleanNdjson = Readonly<{ columns: readonly string[]; rows: number; bad: number; isEmpty: boolean }>

type Options = Readonly<{
  file: string
  out: string
  onBad: (bad: BadLine) => void
  drain: () => Promise<void>
}>

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

class NdjsonCopy {
  readonly columns = new Set<string>()
  rows = 0
  bad = 0
  line = 0
  readonly #writer: PieceWriter
  readonly #options: Options

  constructor(writer: PieceWriter, options: Options) {
    this.#writer = writer
    this.#options = options
  }

  takeLine(raw: Buffer): void {
    this.line += 1
    const bytes = isPlain(raw) ? raw : fromWindows1252(raw)
    const text = bytes.toString('utf8').trim()
    if (text === '') return
    const value = raw.length > LINE_BYTES_MAX ? undefined : parsed(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.bad += 1
      const reason = `The line is no JSON object${raw.length > LINE_BYTES_MAX ? ' of at most 1 MiB' : ''}.`
      const { file } = this.#options
      this.#options.onBad({ file, line: this.line, code: 'import-line-malformed', reason, text: shownText(raw) })
      return
    }
    const keys = Object.keys(value)
    if (this.columns.size < COLUMNS_MAX) for (const key of keys) this.columns.add(key)
    const rest = text.slice(1)
    this.#writer.addText(`{"${LINE_KEY}":${this.line}${keys.length === 0 ? '' : ','}${rest}\n`)
    this.rows += 1
  }
}

/** Copies the lines that are JSON objects to `out`, each with its line number; the others go to `onBad`. */
export async function cleanNdjson(chunks: AsyncIterable<Buffer>, options: Options): Promise<CleanNdjson> {
  const writer = await PieceWriter.create(options.out)
  try {
    const copy = new NdjsonCopy(writer, options)
    let rest: Buffer = Buffer.alloc(0)
    for await (const chunk of plainText(chunks)) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      let start = 0
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        copy.takeLine(bytes.subarray(start, end))
        start = end + 1
      }
      rest = bytes.subarray(start)
      if (writer.isFull) await writer.flush()
      await options.drain()
    }
    if (rest.length > 0) copy.takeLine(rest)
    await options.drain()
    return { columns: [...copy.columns], rows: copy.rows, bad: copy.bad, isEmpty: copy.rows + copy.bad === 0 }
  } finally {
    await writer.close()
  }
}
