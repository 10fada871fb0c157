import type { Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { ImportRefusal } from './import-refusal.ts'

/** What may be read out of one file, unpacked: a guard against a small file that unpacks without end. */
const UNPACKED_BYTES_MAX = 64 * 2 ** 30

/** The first bytes of a file as they stand on disk; fewer when the file is shorter. */
async function firstBytes(path: string, count: number): Promise<Buffer> {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** True when the file begins like a gzip file, whatever its name says. */
export async function isGzip(path: string): Promise<boolean> {
  const head = await firstBytes(path, 2)
  return head[0] === 0x1f && head[1] === 0x8b
}

async function* hashed(path: string, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes = Buffer.from(chunk)
    hash.update(bytes)
    yield bytes
  }
}

async function* limited(path: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let total = 0
  for await (const chunk of chunks) {
    total += chunk.length
    if (total > UNPACKED_BYTES_MAX) {
      throw new ImportRefusal(
        'import-file-too-big',
        `The file ${basename(path)} unpacks to more than 64 GiB: split it.`,
      )
    }
    yield chunk
  }
}

/**
 * The bytes of a file, unpacked when it is gzip. `hash` sees the bytes as they stand on disk. A packed file that
 * breaks off is refused with a sentence.
 */
export async function* readBytes(path: string, hash: Hash): AsyncGenerator<Buffer> {
  if (!(await isGzip(path))) {
    yield* limited(path, hashed(path, hash))
    return
  }
  const gunzip = createGunzip({ chunkSize: 1 << 20 })
  // The error reaches the reader of `gunzip`; the callback only keeps it from being thrown a second time.
  pipeline(Readable.from(hashed(path, hash)), gunzip, () => undefined)
  try {
    yield* limited(path, gunzip)
  } catch (error) {
    if (error instanceof ImportRefusal) throw error
    throw new ImportRefusal(
      'import-file-broken',
      `The packed file ${basename(path)} is damaged or breaks off (${error instanceof Error ? error.message : 'unreadable'}): pack or copy it again.`,
    )
  }
}
