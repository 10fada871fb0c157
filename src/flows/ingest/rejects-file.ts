import { type FileHandle, open, truncate } from 'node:fs/promises'

/** A row that was not taken, for the report. `event` is the wire event, or the text of a line that is none. */
export type Reject = Readonly<{
  file: string | null
  line: number | null
  code: string
  pointer: string
  reason: string
  event: unknown
}>

const COLUMNS = ['file', 'line', 'code', 'pointer', 'reason', 'event'] as const
const FLUSH_ROWS = 1_000

// A cell that begins with one of these is run as a formula by spreadsheet programs; the apostrophe stops that.
const FORMULA = /^[=+\-@\t\r]/

function cell(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function csvRow(reject: Reject): string {
  const texts = COLUMNS.map((name) => {
    const value = reject[name]
    if (name === 'event') return JSON.stringify(value) ?? ''
    return value === null ? '' : String(value)
  })
  return `${texts.map(cell).join(',')}\n`
}

/** A CSV file of rejects that comes into being with the first one. */
export class RejectsFile {
  readonly path: string
  /** Bytes written so far: where an interrupted import goes on. */
  bytes: number
  #handle: FileHandle | undefined
  #waiting: string[] = []

  private constructor(path: string, bytes: number) {
    this.path = path
    this.bytes = bytes
  }

  /** A file to be begun (`bytes` 0), or one to go on with after its first `bytes` bytes. */
  static async at(path: string, bytes: number): Promise<RejectsFile> {
    if (bytes === 0) return new RejectsFile(path, 0)
    // A file that was taken away meanwhile is begun anew.
    const isThere = await truncate(path, bytes).then(
      () => true,
      () => false,
    )
    return new RejectsFile(path, isThere ? bytes : 0)
  }

  /** Notes a reject; it reaches the disk with the next `drain` or `flush`. */
  add(reject: Reject): void {
    this.#waiting.push(csvRow(reject))
  }

  /** Writes when much is waiting. */
  async drain(): Promise<void> {
    if (this.#waiting.length >= FLUSH_ROWS) await this.flush()
  }

  /** Writes all that is waiting. */
  async flush(): Promise<void> {
    if (this.#waiting.length === 0) return
    this.#handle ??= await open(this.path, this.bytes === 0 ? 'w' : 'a')
    const head = this.bytes === 0 ? `${COLUMNS.join(',')}\n` : ''
    const text = head + this.#waiting.join('')
    this.#waiting = []
    await this.#handle.appendFile(text)
    this.bytes += Buffer.byteLength(text)
  }

  /** Writes the rest and closes; the path when there is a file, else null. */
  async close(): Promise<string | null> {
    await this.flush()
    await this.#handle?.close()
    return this.bytes === 0 ? null : this.path
  }
}
