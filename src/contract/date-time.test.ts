import fc from 'fast-check'
import Format from 'typebox/format'
import { expect, test } from 'vitest'
import { instant } from '../core/time/instant.ts'
import { isPlainDateTime } from './date-time.ts'
import { parseEvent } from './ingest.ts'

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
      const isInstant = Format.IsDateTime(text) && !text.startsWith('0000') && Number.isFinite(Date.parse(text))
      expect(Format.Test('date-time', text)).toBe(isInstant)
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

const context = { now: instant(Date.UTC(2026, 5, 1)), source: 'test', strict: true }
const refused = (at: string, due: string) =>
  parseEvent({ id: 'a', customer: 'c', type: 'promise.made', at, data: { promise: 'p', due } }, context).kind ===
  'refused'

test.each(['2026-01-01T00:00:00Z', '2026-01-01t00:00:00.123456+05:30', '0001-01-01T00:00:00Z'])(
  '%s is an instant',
  (text) => {
    expect(refused('2026-01-01T00:00:00Z', text)).toBe(false)
  },
)

test.each([
  '0000-01-01T00:00:00Z',
  '2016-12-31T23:59:60Z',
  '2026-01-01T00:00:00Z[Europe/Paris]',
  '2026-02-30T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '2026-01-01T00:00:00',
])('%s is none, in the event or in what it tells', (text) => {
  expect(refused(text, '2026-01-01T00:00:00Z')).toBe(true)
  expect(refused('2026-01-01T00:00:00Z', text)).toBe(true)
})
