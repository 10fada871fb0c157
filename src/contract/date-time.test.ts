import fc from 'fast-check'
import Format from 'typebox/format'
import { expect, test } from 'vitest'
import { isPlainDateTime } from './date-time.ts'

const near = fc
  .tuple(
    fc.constantFrom<string>(
      '2026-01-28T23:59:59Z',
      '2026-01-28T23:59:59.123Z',
      '0000-12-01T00:00:00.0Z',
      '2026-02-29T10:00:00.000000+01:00',
    ),
    fc.array(fc.tuple(fc.nat({ max: 26 }), fc.constantFrom(...'0123456789-:.TZtz+ [', '')), { maxLength: 3 }),
  )
  .map(([text, changes]) => changes.reduce((was, [at, to]) => was.slice(0, at) + to + was.slice(at + 1), text))

test('a time that is plainly one is one for the library too', () => {
  fc.assert(
    fc.property(near, (text) => {
      if (isPlainDateTime(text)) expect(Format.IsDateTime(text)).toBe(true)
      expect(Format.Test('date-time', text)).toBe(Format.IsDateTime(text))
    }),
    { numRuns: 5_000 },
  )
})

test.each(['2026-01-31T23:59:59Z', '2026-12-31T00:00:00.000Z', '1970-01-01T00:00:00.123456Z'])(
  '%s is plainly a time',
  (text) => {
    expect(isPlainDateTime(text)).toBe(true)
  },
)

test.each([
  '2024-02-29T23:59:59Z',
  '2026-04-31T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-01-28T23:59:60Z',
  '2026-01-28T23:59:59.Z',
  '2026-13-01T00:00:00Z',
  '2026-01-28',
])('%s is left to the library', (text) => {
  expect(isPlainDateTime(text)).toBe(false)
})
