import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wilson } from './share.ts'
import { usualRange } from './usual-range.ts'

describe('the score interval of a share', () => {
  describe('published', () => {
    // Newcombe, R. G. (1998), Statistics in Medicine 17, 857-872, table I, method 3 (score without correction).
    test.each([
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ])('%i of %i', (count, total, low, high) => {
      const share = wilson(count, total)
      expect(share).toMatchObject({ kind: 'counted', value: count / total })
      if (share.kind !== 'counted') return
      expect(share.low).toBeCloseTo(low, 4)
      expect(share.high).toBeCloseTo(high, 4)
    })
  })

  test('holds the share, within 0 and 1, and mirrors', () => {
    const counts = fc
      .integer({ min: 1, max: 100_000 })
      .chain((total) => fc.tuple(fc.integer({ min: 0, max: total }), fc.constant(total)))
    fc.assert(
      fc.property(counts, ([count, total]) => {
        const share = wilson(count, total)
        const other = wilson(total - count, total)
        if (share.kind !== 'counted' || other.kind !== 'counted') throw new Error('a share was expected')
        expect(share.low).toBeGreaterThanOrEqual(0)
        expect(share.low).toBeLessThanOrEqual(share.value)
        expect(share.high).toBeGreaterThanOrEqual(share.value)
        expect(share.high).toBeLessThanOrEqual(1)
        expect(other.low).toBeCloseTo(1 - share.high, 10)
      }),
    )
  })

  test('refuses a share of nothing', () => {
    expect(wilson(0, 0)).toEqual({ kind: 'too-few', needed: 1 })
  })

  test.each([
    [Number.NaN, 5],
    [0, Number.NaN],
    [-1, 3],
    [5, 3],
    [5, 0],
    [1, Number.POSITIVE_INFINITY],
  ])('refuses %d of %d', (count, total) => {
    expect(wilson(count, total)).toMatchObject({ kind: 'refused', because: 'impossible-row' })
  })

  test.each([Number.NaN, 0, -1, Number.POSITIVE_INFINITY])('refuses the quantile %d', (z) => {
    expect(wilson(1, 2, z)).toMatchObject({ kind: 'refused', because: 'impossible-parameter' })
  })
})

describe('the usual range', () => {
  test('is a pair of counts that occurred, by nearest rank', () => {
    expect(usualRange([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])).toEqual({ kind: 'known', low: 1, high: 9 })
    expect(usualRange([5, 5, 5, 5, 5, 5, 5, 50])).toEqual({ kind: 'known', low: 5, high: 50 })
  })

  test('is not known from fewer than 8 periods', () => {
    expect(usualRange([1, 2, 3, 4, 5, 6, 7])).toEqual({ kind: 'too-few', needed: 8 })
    const broken = [1, 2, 3, Number.NaN, 5, 6, 7, 8, 9]
    expect(usualRange(broken)).toMatchObject({ kind: 'refused', because: 'not-a-number' })
  })
})
