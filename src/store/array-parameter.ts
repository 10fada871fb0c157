/**
 * Arrays as parameters of a statement, in PostgreSQL's binary form. The driver would write each as one text with every
 * quote escaped, which for JSON took longer than making it, and which PostgreSQL would have to take apart again.
 */
import { assert } from '../core/assert.ts'
import { EPOCH_2000_MS } from '../core/time/instant.ts'

const OID_TEXT = 25
const OID_JSON = 114
const HEADER_BYTES = 20
const EMPTY_HEADER_BYTES = 12
const LENGTH_BYTES = 4
const LENGTH_OF_NULL = -1
const TWO_TO_32 = 4_294_967_296
const MICROSECONDS_PER_MS = 1_000

/** Texts as a `text[]`; null becomes NULL. */
export const textArray = (texts: readonly (string | null)[]): Buffer => longArray(OID_TEXT, texts)

/** Texts of JSON as a `json[]`. */
export const jsonArray = (texts: readonly string[]): Buffer => longArray(OID_JSON, texts)

type Plain = Readonly<{ oid: number; bytes: number; write: (array: Buffer, value: number, at: number) => void }>

const plain = {
  boolean: { oid: 16, bytes: 1, write: (array, value, at) => array.writeUInt8(value, at) },
  bigint: { oid: 20, bytes: 8, write: writeLong },
  integer: { oid: 23, bytes: 4, write: (array, value, at) => array.writeInt32BE(value, at) },
  real: { oid: 700, bytes: 4, write: (array, value, at) => array.writeFloatBE(value, at) },
  float8: { oid: 701, bytes: 8, write: (array, value, at) => array.writeDoubleBE(value, at) },
  timestamptz: { oid: 1184, bytes: 8, write: writeInstant },
} as const satisfies Readonly<Record<string, Plain>>

/** The types that a `plainArray` may have. */
export type PlainType = keyof typeof plain

/** Numbers, flags (1 and 0 will do), and instants as an array of their type. Null becomes NULL. */
export function plainArray(type: PlainType, values: readonly (number | boolean | null)[]): Buffer {
  const { oid, bytes, write }: Plain = plain[type]
  const array = Buffer.allocUnsafe(HEADER_BYTES + values.length * (LENGTH_BYTES + bytes))
  let end = writeHeader(array, oid, values)
  for (const value of values) {
    end = array.writeInt32BE(value === null ? LENGTH_OF_NULL : bytes, end)
    if (value === null) continue
    write(array, Number(value), end)
    end += bytes
  }
  return array.subarray(0, end)
}

/** Writes a whole number of up to 53 bits as PostgreSQL's `int8`. */
function writeLong(array: Buffer, value: number, at: number): void {
  assert(Number.isInteger(value), 'only a whole number is stored as one')
  const high = Math.floor(value / TWO_TO_32)
  array.writeInt32BE(high, at)
  array.writeUInt32BE(value - high * TWO_TO_32, at + LENGTH_BYTES)
}

/** Writes an instant as PostgreSQL's `timestamptz`: microseconds since 2000. */
function writeInstant(array: Buffer, value: number, at: number): void {
  writeLong(array, (value - EPOCH_2000_MS) * MICROSECONDS_PER_MS, at)
}

function longArray(oid: number, texts: readonly (string | null)[]): Buffer {
  let bytes = HEADER_BYTES
  for (const text of texts) bytes += LENGTH_BYTES + (text === null ? 0 : Buffer.byteLength(text))
  const array = Buffer.allocUnsafe(bytes)
  let end = writeHeader(array, oid, texts)
  for (const text of texts) {
    const length = text === null ? LENGTH_OF_NULL : array.write(text, end + LENGTH_BYTES)
    array.writeInt32BE(length, end)
    end += LENGTH_BYTES + Math.max(length, 0)
  }
  return array.subarray(0, end)
}

// The form of array_recv: dimensions, whether there are NULLs, type, length, lower bound; then each with its length.
function writeHeader(array: Buffer, oid: number, values: readonly unknown[]): number {
  const isEmpty = values.length === 0
  array.writeInt32BE(isEmpty ? 0 : 1, 0)
  array.writeInt32BE(Number(values.includes(null)), 4)
  array.writeInt32BE(oid, 8)
  if (isEmpty) return EMPTY_HEADER_BYTES
  array.writeInt32BE(values.length, 12)
  array.writeInt32BE(1, 16)
  return HEADER_BYTES
}
