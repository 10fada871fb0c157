import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { roundParts, roundTo } from './rounding.ts'

const amount = fc.double({ min: -9, max: 9, noNaN: true, noDefaultInfinity: true })
const sum = (parts: readonly number[]) => parts.reduce((so, part) => so + part, 0)

describe('roundTo', () => {
  test.each([
    [1.005, 2, 1.01],
    [-1.005, 2, -1.01],
    [0.1 + 0.2, 2, 0.3],
    [2.5, 0, 3],
  ])('%d to %d decimals is %d', (value, decimals, expected) => expect(roundTo(value, decimals)).toBe(expected))

  test('never answers minus zero', () => expect(Object.is(roundTo(-0.001, 2), 0)).toBe(true))
})

describe('roundParts', () => {
  test('the rounded parts add up to the rounded total', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 40 }), (parts) => {
        expect(roundTo(sum(roundParts(parts, 2)), 2)).toBeCloseTo(roundTo(sum(parts), 2), 9)
      }),
    )
  })

  test('no part moves by a whole unit of the last decimal', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 40 }), (parts) => {
        const rounded = roundParts(parts, 2)
        expect(parts.every((part, index) => Math.abs(part - (rounded[index] ?? 99)) < 0.01 + 1e-9)).toBe(true)
      }),
    )
  })

  test('three thirds of a cent make one cent', () =>
    expect(roundParts([1 / 300, 1 / 300, 1 / 300], 2)).toEqual([0.01, 0, 0]))
  test('zero stays zero', () => expect(roundParts([0, 0.005, 0.005], 2)).toEqual([0, 0.01, 0]))
})
