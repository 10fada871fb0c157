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

test('numbers, flags, and times need no quotes', async () => {
  const rows = await db.query(
    'select * from unnest($1::float8[], $2::boolean[], $3::timestamptz[]) as t (number, flag, at)',
    [
      plainArray([1.5e-300, null, -7]),
      plainArray([true, false, null]),
      plainArray([null, '2026-01-31T10:00:00.123Z', '1970-01-01T00:00:00Z']),
    ],
  )
  expect(rows).toEqual([
    { number: 1.5e-300, flag: true, at: null },
    { number: null, flag: false, at: new Date('2026-01-31T10:00:00.123Z') },
    { number: -7, flag: null, at: new Date('1970-01-01T00:00:00Z') },
  ])
})
