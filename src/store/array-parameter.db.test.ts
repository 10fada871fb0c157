import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { jsonArray, plainArray, textArray } from './array-parameter.ts'

const { db } = await freshDb()

const storable = fc
  .string({ unit: 'binary', maxLength: 30 })
  .map((text) => text.toWellFormed().replaceAll('\u0000', '"\\{,}NULL'))

test('texts arrive as they were sent, whatever they hold, and null as NULL', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(storable), { maxLength: 20 }), async (texts) => {
      const rows = await db.query<{ text: string | null }>(
        'select text from unnest($1::text[]) with ordinality as t (text, place) order by place',
        [textArray(texts)],
      )
      expect(rows.map(({ text }) => text)).toEqual(texts)
    }),
    { numRuns: 60 },
  )
})

test('JSON arrives byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.jsonValue().map((value) => JSON.stringify(value)),
        { maxLength: 20 },
      ),
      async (sent) => {
        const texts = sent.filter((text) => !text.includes('\\u0000'))
        const rows = await db.query<{ text: string }>(
          'select json::text as text from unnest($1::json[]) with ordinality as t (json, place) order by place',
          [jsonArray(texts)],
        )
        expect(rows.map(({ text }) => text)).toEqual(texts)
      },
    ),
    { numRuns: 60 },
  )
})

const whole = fc.maxSafeInteger()
// Up to 2285, where microseconds are still whole numbers; what is beyond comes to a millisecond as well.
const time = fc.integer({ min: 0, max: 9_940_000_000_000 })
const rows = fc.array(
  fc.record({
    long: fc.option(whole),
    short: fc.option(fc.integer()),
    number: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
    single: fc.option(fc.float({ noNaN: true, noDefaultInfinity: true })),
    flag: fc.option(fc.boolean()),
    at: fc.option(time),
  }),
  { maxLength: 20 },
)

test('numbers, flags, and times arrive as they were sent', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (sent) => {
      const got = await db.query<Readonly<{ at: Date | null }>>(
        `select long, short, number, single, flag, at
           from unnest($1::bigint[], $2::integer[], $3::float8[], $4::real[], $5::boolean[], $6::timestamptz[])
             with ordinality as t (long, short, number, single, flag, at, place) order by place`,
        [
          plainArray(
            'bigint',
            sent.map(({ long }) => long),
          ),
          plainArray(
            'integer',
            sent.map(({ short }) => short),
          ),
          plainArray(
            'float8',
            sent.map(({ number }) => number),
          ),
          plainArray(
            'real',
            sent.map(({ single }) => single),
          ),
          plainArray(
            'boolean',
            sent.map(({ flag }) => flag),
          ),
          plainArray(
            'timestamptz',
            sent.map(({ at }) => at),
          ),
        ],
      )
      const seen = got.map(({ at, ...row }) => ({ ...row, at: at === null ? null : at.getTime() }))
      // PostgreSQL writes the fewest digits that tell a `real` from others.
      const asReal = (one: Readonly<Record<string, unknown>>) => ({
        ...one,
        single: typeof one.single === 'number' ? Math.fround(one.single) : one.single,
      })
      expect(seen.map(asReal)).toEqual(sent.map(asReal))
    }),
    { numRuns: 60 },
  )
})

test('a chance too small for `real` is 0, and what is no whole number is never stored as one', async () => {
  const [row] = await db.query('select $1::real[] as chances, $2::timestamptz[] as times', [
    plainArray('real', [1e-300, 1e-45]),
    plainArray('timestamptz', [Date.parse('9999-12-31T23:59:59.999Z')]),
  ])
  expect(row).toEqual({ chances: [0, 1e-45], times: [new Date('9999-12-31T23:59:59.999Z')] })
  expect(() => plainArray('bigint', [0.5])).toThrow('whole number')
  expect(() => plainArray('bigint', [Number.NaN])).toThrow('whole number')
})
