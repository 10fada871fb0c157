import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bandPath, linear, linePath, monthStarts, pieces, ticks } from './scale.ts'

test('a straight scale meets both ends, and a domain without width stands in the middle', () => {
  const x = linear([0, 10], [100, 200])
  expect([x(0), x(5), x(10)]).toEqual([100, 150, 200])
  expect(linear([3, 3], [0, 10])(3)).toBe(5)
})

test('a stretched scale is continuous and never runs back', () => {
  const x = pieces([0, 100, 110], [0, 40, 100])
  expect([x(0), x(100), x(110)]).toEqual([0, 40, 100])
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 110 }), fc.integer({ min: 0, max: 110 }), (a, b) => {
      expect(Math.sign(x(a) - x(b))).toBe(Math.sign(a - b))
    }),
  )
})

describe('ticks', () => {
  test('are round and cover the domain', () => {
    expect(ticks(-2.33, 0.3, 6)).toEqual([-2.5, -2, -1.5, -1, -0.5, 0, 0.5])
    expect(ticks(0, 92, 4)).toEqual([0, 50, 100])
  })
  test('a domain without width has its one value', () => expect(ticks(1, 1)).toEqual([1]))
  test('cover every domain and stay few', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }), (low, width) => {
        const found = ticks(low, low + width)
        expect(found[0]).toBeLessThanOrEqual(low)
        expect(found.at(-1)).toBeGreaterThanOrEqual(low + width)
        expect(found.length).toBeLessThanOrEqual(8)
      }),
    )
  })
})

test('paths join their points and a band closes', () => {
  expect(
    linePath([
      [0, 1],
      [2.04, 3],
    ]),
  ).toBe('M0 1L2 3')
  expect(
    bandPath(
      [
        [0, 0],
        [1, 0],
      ],
      [
        [0, 5],
        [1, 5],
      ],
    ),
  ).toBe('M0 0L1 0L1 5L0 5Z')
  expect(bandPath([], [])).toBe('')
})

test('months begin on the first', () => {
  expect(monthStarts(Date.UTC(2025, 11, 5), Date.UTC(2026, 2, 1), 'UTC')).toEqual([
    Date.UTC(2026, 0, 1),
    Date.UTC(2026, 1, 1),
    Date.UTC(2026, 2, 1),
  ])
  expect(monthStarts(Date.UTC(2025, 11, 5), Date.UTC(2026, 6, 1), 'UTC', 3)).toEqual([
    Date.UTC(2026, 0, 1),
    Date.UTC(2026, 3, 1),
    Date.UTC(2026, 6, 1),
  ])
})

test('months begin at midnight of the wall', () => {
  expect(monthStarts(Date.UTC(2026, 5, 15), Date.UTC(2026, 6, 15), 'Europe/Amsterdam')).toEqual([
    Date.UTC(2026, 5, 30, 22),
  ])
  expect(monthStarts(Date.UTC(2026, 5, 15), Date.UTC(2026, 6, 15), 'America/Sao_Paulo')).toEqual([
    Date.UTC(2026, 6, 1, 3),
  ])
})
