import { gunzipSync, inflateSync } from 'node:zlib'
import type { Context } from 'hono'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { TLocalizedValidationError } from 'typebox/error'
import { demandOfWords, isStorableJson } from '../contract/ingest.ts'
import { problemOf } from '../contract/problem.ts'
import type { ErrorCode } from '../core/error-codes.ts'

/** A refusal on its way to the caller; the server turns it into problem+json. */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly pointer: string | undefined
  /** The reason within the code, where there are several. */
  readonly because: string | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: ErrorCode,
    detail: string,
    options: Readonly<{ pointer?: string; because?: string; headers?: Readonly<Record<string, string>> }> = {},
  ) {
    super(detail)
    this.code = code
    this.pointer = options.pointer
    this.because = options.because
    this.headers = options.headers ?? {}
  }
}

/** Answers a refusal as `application/problem+json`. */
export function refuse(c: Context, refusal: Refusal): Response {
  const problem = problemOf(refusal.code, refusal.message, refusal.pointer, refusal.because)
  return c.body(JSON.stringify(problem), {
    status: problem.status as 400,
    headers: { 'content-type': 'application/problem+json', ...refusal.headers },
  })
}

/** The body as text, unpacked, or a refusal: over `bytesMax` (packed or not), unreadable, or not UTF-8. */
export async function readText(c: Context, bytesMax: number): Promise<string> {
  const announced = Number(c.req.header('content-length') ?? 0)
  if (announced > bytesMax) throw tooLarge(bytesMax)
  const bytes = unpack(
    await readBytes(c.req.raw, bytesMax),
    c.req.header('content-encoding')?.trim().toLowerCase(),
    bytesMax,
  )
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('body-malformed', 'The body is not UTF-8 text.')
  }
}

const tooLarge = (bytesMax: number) =>
  new Refusal('body-too-large', `A request may have ${bytesMax} bytes, unpacked. Send several smaller ones.`)

/** The bytes of a request, or a refusal as soon as there are more than `bytesMax`. */
export async function readBytes({ body }: Request, bytesMax: number): Promise<Uint8Array> {
  if (body === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.byteLength
    if (length > bytesMax) throw tooLarge(bytesMax)
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
}

function unpack(bytes: Uint8Array, encoding: string | undefined, bytesMax: number): Uint8Array {
  if (encoding === undefined || encoding === 'identity') return bytes
  const open = encoding === 'gzip' ? gunzipSync : encoding === 'deflate' ? inflateSync : undefined
  if (open === undefined)
    throw new Refusal(
      'media-type-unsupported',
      `Content-Encoding "${encoding}" is not accepted; gzip, deflate, or none are.`,
    )
  try {
    return open(bytes, { maxOutputLength: bytesMax })
  } catch (error) {
    const tooLong =
      error instanceof RangeError ||
      (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
    throw tooLong ? tooLarge(bytesMax) : new Refusal('body-malformed', `The body is not ${encoding}.`)
  }
}

/** Reads JSON text, or refuses it with where it went wrong. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Refusal(
      'body-malformed',
      `The body is not JSON: ${error instanceof Error ? error.message : 'unreadable'}.`,
    )
  }
}

const BODY_BYTES_MAX = 262_144

// Of a word that is none of ours, all of ours are named.
const demandOf = (error: TLocalizedValidationError): string =>
  error.keyword === 'enum' ? demandOfWords(error.params.allowedValues) : error.message

/** A reader of JSON bodies of one schema: answers the value, or refuses with the field that is wrong. */
export function bodyReader<Schema extends TSchema>(schema: Schema, bytesMax: number = BODY_BYTES_MAX) {
  const validator = Compile(schema)
  return async (c: Context) => {
    const kind = c.req.header('content-type') ?? ''
    if (kind !== '' && !/json/i.test(kind)) throw new Refusal('media-type-unsupported', 'Send application/json.')
    const value = parseJson(await readText(c, bytesMax))
    if (!isStorableJson(JSON.stringify(value))) {
      throw new Refusal('parameter-malformed', 'A text holds a zero character or half a surrogate pair.')
    }
    if (validator.Check(value)) return value
    const error = validator.Errors(value)[0]
    const pointer = error?.instancePath ?? ''
    throw new Refusal(
      'parameter-malformed',
      `${pointer === '' ? 'The body' : pointer} ${error === undefined ? 'is not readable' : demandOf(error)}.`,
      { pointer },
    )
  }
}
