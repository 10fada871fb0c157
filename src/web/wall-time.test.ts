import { expect, test } from 'vitest'
import { instantOfWall, wallAfter, wallOfInstant } from './wall-time.ts'

const at = (text: string) => Date.parse(text)

test('a field shows the clock of the firm, and what is typed there is read by the same clock', () => {
  expect(wallOfInstant(at('2026-11-21T17:00:00Z'), 'Asia/Tokyo')).toBe('2026-11-22T02:00')
  expect(instantOfWall('2026-11-22T02:00', 'Asia/Tokyo')).toBe('2026-11-21T17:00:00.000Z')
  expect(instantOfWall('2026-11-22T02', 'Asia/Tokyo')).toBeUndefined()
})

test('days are counted on the wall', () => {
  expect(wallAfter(at('2026-10-24T22:30:00Z'), 1, '18:00', 'Europe/Amsterdam')).toBe('2026-10-26T18:00')
})
