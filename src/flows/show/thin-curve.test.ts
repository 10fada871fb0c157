import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CurvePoint, thinCurve } from './thin-curve.ts'

const curve = fc
  .array(fc.record({ at: fc.nat(), step: fc.oneof(fc.constant(0), fc.double({ min: -2, max: 2, noNaN: true })) }), {
    minLength: 2,
    maxLength: 900,
  })
  .map((points) => points.toSorted((a, b) => a.at - b.at))

describe('a thinned curve', () => {
  test('is as long as allowed at most, in order, and keeps its ends', () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 12, max: 400 }), (points, pointsMax) => {
        const thin = thinCurve(points, pointsMax)
        expect(thin.length).toBeLessThanOrEqual(Math.max(pointsMax, 2))
        expect(thin[0]).toBe(points[0])
        expect(thin.at(-1)).toBe(points.at(-1))
        let from = 0
        for (const point of thin) {
          const index = points.indexOf(point, from)
          expect(index).toBeGreaterThanOrEqual(from)
          from = index + 1
        }
      }),
    )
  })

  test('keeps the greatest step with the point before it', () => {
    const points: CurvePoint[] = Array.from({ length: 2_000 }, (_, at) => ({ at, step: at % 2 === 0 ? 0 : 0.01 }))
    const before = { at: 1_000, step: 0 }
    const after = { at: 1_000, step: -3 }
    points.splice(1_001, 0, before, after)
    const thin = thinCurve(points, 100)
    expect(thin).toHaveLength(100)
    expect(thin).toContain(before)
    expect(thin).toContain(after)
  })

  test('is the curve itself where it is short', () => {
    const points = [
      { at: 1, step: 0 },
      { at: 2, step: 1 },
    ]
    expect(thinCurve(points, 400)).toBe(points)
  })
})
