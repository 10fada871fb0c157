import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { studentBound } from '../student.ts'
import { meanInterval } from './mean-interval.ts'

describe('published', () => {
  // Student's t, two-sided 95 and 99 %: NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2.
  test.each([
    [0.95, 1, 12.706],
    [0.95, 9, 2.262],
    [0.95, 29, 2.045],
    [0.99, 5, 4.032],
    [0.95, 100, 1.984],
    [0.95, 1e12, 1.96],
    [0.95, Number.POSITIVE_INFINITY, 1.96],
  ])('the bound of %f with %i degrees', (level, degrees, bound) => {
    expect(studentBound(level, degrees)).toBeCloseTo(bound, 3)
  })

  // One degree is Cauchy's distribution: tan(pi level / 2). Half a degree by mpmath 1.3.0 at 40 digits.
  test('of few degrees and nearly all of it, however far out', () => {
    expect(studentBound(0.99999, 1) / Math.tan((Math.PI * 0.99999) / 2)).toBeCloseTo(1, 9)
    expect(studentBound(0.999, 0.5) / 411396.46252617054).toBeCloseTo(1, 9)
    expect(studentBound(0.999, 0.001)).toBeNaN()
  })

  // Student (1908), table of Cushny and Peebles: the differences of ten patients, mean 1.58, s/sqrt(n) 0.389.
  test('the ten patients of Student', () => {
    const differences = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4]
    const found = meanInterval(
      differences.map((value) => ({ value, count: 1 })),
      [-10, 10],
    )
    expect(found).toMatchObject({ kind: 'counted', values: 10 })
    if (found.kind !== 'counted') return
    expect(found.mean).toBeCloseTo(1.58, 10)
    expect(found.low).toBeCloseTo(0.7001, 3)
    expect(found.high).toBeCloseTo(2.4599, 3)
  })
})

describe('consistent', () => {
  test('counting a value twice is having it twice, and turning the scale turns the interval', () => {
    const scores = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 10, maxLength: 60 })
    fc.assert(
      fc.property(scores, (list) => {
        const single = list.map((value) => ({ value, count: 1 }))
        const grouped = [...Map.groupBy(list, (value) => value)].map(([value, same]) => ({ value, count: same.length }))
        const [one, other] = [
          meanInterval(grouped, [1, 7]),
          meanInterval(
            grouped.map((of) => ({ ...of, value: 8 - of.value })),
            [1, 7],
          ),
        ]
        if (one.kind !== 'counted' || other.kind !== 'counted') return
        const apart = meanInterval(single, [1, 7])
        if (apart.kind !== 'counted') throw new Error('the same values were counted before')
        expect(apart.low).toBeCloseTo(one.low, 10)
        expect(other.low).toBeCloseTo(8 - one.high, 10)
        expect(one.low).toBeLessThanOrEqual(one.mean)
      }),
    )
  })
})

describe('refuses', () => {
  test('fewer than ten values, and ten that never differ', () => {
    expect(meanInterval([{ value: 5, count: 9 }], [1, 7])).toEqual({ kind: 'too-few', needed: 10, values: 9 })
    expect(meanInterval([], [1, 7])).toEqual({ kind: 'too-few', needed: 10, values: 0 })
    expect(meanInterval([{ value: 5, count: 40 }], [1, 7])).toEqual({ kind: 'all-equal', values: 40, mean: 5 })
  })

  test.each([
    [Number.NaN, 20],
    [Number.POSITIVE_INFINITY, 20],
    [8, 20],
    [3, -1],
    [3, 2.5],
    [3, Number.NaN],
  ])('a value %d, %d times, on a scale of 1 to 7', (value, count) => {
    const found = meanInterval(
      [
        { value: 5, count: 20 },
        { value, count },
      ],
      [1, 7],
    )
    expect(found).toMatchObject({ kind: 'refused', because: 'impossible-row' })
  })

  test('a level or degrees that cannot be', () => {
    for (const [level, degrees] of [
      [0, 3],
      [1, 3],
      [0.5, 0],
      [Number.NaN, 2],
    ] as const)
      expect(studentBound(level, degrees)).toBeNaN()
  })
})
