import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant, instantOf, rfc3339 } from './instant.ts'

test('an instant is written as the standard library writes it', () => {
  const anyInstant = fc.integer({ min: 0, max: Date.UTC(2400, 0, 1) })
  fc.assert(
    fc.property(anyInstant, (ms) => {
      expect(rfc3339(instant(ms))).toBe(new Date(ms).toISOString())
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  '1970-01-01T00:00:00.000Z',
  '2000-02-29T23:59:59.999Z',
  '2100-02-28T12:00:00.000Z',
  '2100-03-01T00:00:00.001Z',
  '2024-12-31T23:59:59.999Z',
  '9999-12-31T23:59:59.999Z',
])('%s comes back', (text) => {
  expect(rfc3339(instantOf(text))).toBe(text)
})

test('an instant before 1970, with a part of a millisecond, or far ahead is written, too', () => {
  expect(rfc3339(instant(-1))).toBe('1969-12-31T23:59:59.999Z')
  expect(rfc3339(instant(1.7))).toBe('1970-01-01T00:00:00.001Z')
  expect(rfc3339(instant(Date.UTC(10_000, 0)))).toBe('+010000-01-01T00:00:00.000Z')
})
