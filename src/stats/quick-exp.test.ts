import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quickExp } from './quick-exp.ts'

describe('consistent', () => {
  test('it is the exponential, to one part in 10^15', () => {
    fc.assert(
      fc.property(fc.double({ min: -800, max: 800, noNaN: true }), (x) => {
        const plain = Math.exp(x)
        if (plain === 0 || plain === Number.POSITIVE_INFINITY) expect(quickExp(x)).toBe(plain)
        else expect(Math.abs(quickExp(x) / plain - 1)).toBeLessThanOrEqual(1e-15)
      }),
      { numRuns: 20_000 },
    )
  })

  test.each([0, -0, 1e-300, 1_000, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN])('at %s', (x) => {
    expect(quickExp(x)).toBe(Math.exp(x))
  })
})
