import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { complaintTrend } from './complaints.ts'
import { surveyKinds, surveyScales } from './survey.ts'
import { distributionOf, figureOf, figureScale, isShown, responseOf, scoreOf } from './survey-figures.ts'

const kind = fc.constantFrom(...surveyKinds)
const counts = fc.array(
  fc.record({ share: fc.integer({ min: 0, max: 60 }).map((n) => n / 60), count: fc.integer({ min: 1, max: 50 }) }),
  {
    minLength: 1,
    maxLength: 20,
  },
)

test('a net promoter score is the share of nines and tens less that of six and below, in points', () => {
  const found = figureOf('nps', [
    { share: 1, count: 20 },
    { share: 0.9, count: 10 },
    { share: 0.8, count: 10 },
    { share: 0.6, count: 10 },
    { share: 0, count: 10 },
  ])
  expect(found).toMatchObject({ kind: 'counted', values: 60, mean: expect.closeTo((100 * (30 - 20)) / 60, 10) })
})

test('whatever was answered, the figure and its interval lie on the scale, and the distribution counts everybody', () => {
  fc.assert(
    fc.property(kind, counts, (of, list) => {
      const figure = figureOf(of, list)
      const [min, max] = figureScale(of)
      if (figure.kind === 'counted') {
        expect(figure.low).toBeGreaterThanOrEqual(min)
        expect(figure.low).toBeLessThanOrEqual(figure.mean)
        expect(figure.high).toBeGreaterThanOrEqual(figure.mean)
        expect(figure.high).toBeLessThanOrEqual(max)
      }
      const all = list.reduce((sum, { count }) => sum + count, 0)
      const spread = distributionOf(of, list)
      expect(spread.reduce((sum, { count }) => sum + count, 0)).toBe(all)
      expect(spread).toHaveLength(surveyScales[of][1] - surveyScales[of][0] + 1)
      expect(figure).toMatchObject({ values: all })
    }),
  )
})

test('an answer is read back as it was given', () => {
  expect([scoreOf('ces', 1), scoreOf('ces', 0), scoreOf('nps', 0.6), scoreOf('attachment', 4.33 / 6)]).toEqual([
    7, 1, 6, 5.33,
  ])
})

test('without anybody asked there is no response rate', () => {
  expect(responseOf({ asked: 0, answered: 0 }).kind).toBe('too-few')
  expect(responseOf({ asked: 40, answered: 10 })).toMatchObject({ kind: 'counted', value: 0.25 })
})

test.each([
  [29, 29, false],
  [30, 4, false],
  [30, 5, true],
])('%i ratings by %i customers are shown: %s', (ratings, customers, shown) => {
  expect(isShown({ ratings, customers })).toBe(shown)
})

describe('complaints per failure', () => {
  const weeks = (early: number, late: number, lateFailures = 100) => [
    ...Array.from({ length: 12 }, () => ({ failures: 100, complaints: early })),
    ...Array.from({ length: 4 }, () => ({ failures: lateFailures, complaints: late })),
  ]
  test.each([
    ['people gave up', weeks(60, 20), 'gave-up'],
    ['nothing changed', weeks(60, 58), 'steady'],
    ['more complain: good news', weeks(30, 60), 'steady'],
    ['failures fell as much', weeks(60, 10, 50), 'steady'],
    ['too few failures', weeks(60, 1, 5), 'too-few'],
    ['a short record', weeks(60, 20).slice(4), 'too-few'],
    ['chance', weeks(3, 2), 'steady'],
    ['nothing', [], 'too-few'],
  ])('%s', (_, list, kindOf) => {
    expect(complaintTrend(list).kind).toBe(kindOf)
  })
})
