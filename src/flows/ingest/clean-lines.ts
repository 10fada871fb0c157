import { isUtf8 } from 'node:buffer'
import { type FileHandle, open } from 'node:fs/promises'

/** A line of an input file that could not be read as a record. Lines count from 1, as an editor shows them. */
export type BadLine = Readonly<{ file: string; line: number; code: string; reason: string; text: string }>

const NEWLINE = 10
const RETURN = 13
const WRITE_BYTES = 1 << 20

/** Windows-1252 text as UTF-8 bytes: what old office exports are, when they are not UTF-8. */
export function fromWindows1252(bytes: Uint8Array): Buffer {
  return Buffer.from(new TextDecoder('windows-1252').decode(bytes))
}

type Recode = (bytes: Buffer) => Buffer

const unchanged: Recode = (bytes) => bytes

function decoded(encoding: string): Recode {
  const decoder = new TextDecoder(encoding)
  return (bytes) => Buffer.from(decoder.decode(bytes, { stream: true }))
}

/** How a file is made plain, from its first bytes. */
function recodeOf(first: Buffer): Recode {
  if (first[0] === 0xff && first[1] === 0xfe) return decoded('utf-16le')
  if (first[0] === 0xfe && first[1] === 0xff) return decoded('utf-16be')
  if (!first.includes(RETURN) || first.includes(NEWLINE)) return unchanged
  return (bytes) => Buffer.from(bytes.map((byte) => (byte === RETURN ? NEWLINE : byte)))
}

const hasMark = (bytes: Buffer): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf

/** The same text as UTF-8 with `\n` line ends: undoes UTF-16, a byte order mark, and lone carriage returns. */
export async function* plainText(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let recode: Recode | undefined
  for await (const chunk of chunks) {
    const bytes = recode === undefined && hasMark(chunk) ? chunk.subarray(3) : chunk
    recode ??= recodeOf(chunk)
    const plain = recode(bytes)
    if (plain.length > 0) yield plain
  }
}

/** A growing file written in large pieces; `close` writes the rest. */
export class PieceWriter {
  readonly #handle: FileHandle
  #piece = Buffer.allocUnsafe(WRITE_BYTES)
  #used = 0

  private constructor(handle: FileHandle) {
    this.#handle = handle
  }

  /** Creates or empties the file. */
  static async create(path: string): Promise<PieceWriter> {
    return new PieceWriter(await open(path, 'w'))
  }

  /** True when more than a piece is waiting and `flush` is due. */
  get isFull(): boolean {
    return this.#used >= WRITE_BYTES / 2
  }

  /** Adds bytes to the piece, which grows when it must. */
  add(bytes: Uint8Array): void {
    this.#room(bytes.length)
    this.#piece.set(bytes, this.#used)
    this.#used += bytes.length
  }

  /** Adds a text as UTF-8. */
  addText(text: string): void {
    this.#room(text.length * 3)
    this.#used += this.#piece.write(text, this.#used)
  }

  /** Writes what is waiting. */
  async flush(): Promise<void> {
    if (this.#used > 0) await this.#handle.writeFile(this.#piece.subarray(0, this.#used))
    this.#used = 0
  }

  /** Writes the rest and closes the file. */
  async close(): Promise<void> {
    try {
      await this.flush()
    } finally {
      await this.#handle.close()
    }
  }

  #room(bytes: number): void {
    if (this.#used + bytes <= this.#piece.length) return
    const grown = Buffer.allocUnsafe(Math.max(this.#piece.length * 2, this.#used + bytes))
    this.#piece.copy(grown, 0, 0, this.#used)
    this.#piece = grown
  }
}

/** True when the whole window is UTF-8, so that no record in it has to be looked at again. */
export const isPlain = (bytes: Uint8Array): boolean => isUtf8(bytes)

/** The start of a broken line for the report: printable, at most 2,000 characters. */
export function shownText(bytes: Uint8Array): string {
  const text = isUtf8(bytes) ? Buffer.from(bytes).toString('utf8') : fromWindows1252(bytes).toString('utf8')
  return text.slice(0, 2_000).replaceAll('\u0000', '\uFFFD')
}
