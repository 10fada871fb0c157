/**
 * Arrays as parameters of a statement. The driver would write each as one text with every quote escaped, which for
 * JSON took longer than making it, and which PostgreSQL would have to take apart again.
 */

const OID_TEXT = 25
const OID_JSON = 114
const HEADER_BYTES = 20
const EMPTY_HEADER_BYTES = 12
const LENGTH_BYTES = 4
const LENGTH_OF_NULL = -1

/** Texts as a `text[]`; null becomes NULL. */
export const textArray = (texts: readonly (string | null)[]): Buffer => binaryArray(OID_TEXT, texts)

/** Texts of JSON as a `json[]`. */
export const jsonArray = (texts: readonly string[]): Buffer => binaryArray(OID_JSON, texts)

/** Numbers, flags, and times as an array of any type: none of them needs quotes. Null becomes NULL. */
export const plainArray = (values: readonly (number | boolean | string | null)[]): string =>
  `{${values.map((value) => value ?? 'NULL').join(',')}}`

// The form of array_recv: dimensions, whether there are NULLs, type, length, lower bound; then each with its length.
function binaryArray(type: number, texts: readonly (string | null)[]): Buffer {
  if (texts.length === 0) {
    const empty = Buffer.alloc(EMPTY_HEADER_BYTES)
    empty.writeInt32BE(type, 8)
    return empty
  }
  const lengths = texts.map((text) => (text === null ? LENGTH_OF_NULL : Buffer.byteLength(text)))
  const bytes = lengths.reduce((sum, length) => sum + LENGTH_BYTES + Math.max(length, 0), HEADER_BYTES)
  const array = Buffer.allocUnsafe(bytes)
  let end = 0
  for (const number of [1, Number(texts.includes(null)), type, texts.length, 1]) end = array.writeInt32BE(number, end)
  for (const [index, text] of texts.entries()) {
    end = array.writeInt32BE(lengths[index] ?? LENGTH_OF_NULL, end)
    if (text !== null) end += array.write(text, end)
  }
  return array
}
