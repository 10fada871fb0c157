import { describe, expect, test } from 'vitest'
import type { Learned } from './fit-report.ts'
import { conflictWarnings } from './prior-conflict.ts'

const slope: Learned = {
  name: 'fail_major',
  prior: { mean: 0.3, sd: 0.28 },
  posterior: { mean: 0.5, sd: 0.2 },
  low: 0.2,
  high: 0.8,
  learnedShare: 0.5,
  rows: 900,
}

describe('data against what was published', () => {
  test('is told by the data alone, however near the prior holds what is believed now', () => {
    const flat = { mean: 1.4, sd: 0.3 }
    expect(conflictWarnings([{ ...slope, flat }])).toEqual([
      { code: 'prior-conflict', params: { covariate: 'fail_major', sds: 2.7 } },
    ])
    const other = { ...slope, flat: { mean: -0.8, sd: 0.3 } }
    expect(conflictWarnings([other])).toMatchObject([{ params: { sds: -2.7 } }])
  })

  test.each<[string, Partial<Learned>]>([
    ['too few rows: what the data say is as far off by chance', { flat: { mean: 1.4, sd: 0.6 } }],
    ['within two prior sds', { flat: { mean: 0.8, sd: 0.05 } }],
    ['nothing to be told by the data alone', { flat: null }],
    ['not looked for', { posterior: { mean: 5, sd: 0.1 } }],
    ['no prior', { prior: null, flat: { mean: 9, sd: 0.1 } }],
    ['the level, in which firms differ', { name: 'intercept', flat: { mean: 9, sd: 0.1 } }],
    ['the level of another model', { name: 'level', flat: { mean: 9, sd: 0.1 } }],
  ])('is not there: %s', (_, part) => {
    expect(conflictWarnings([{ ...slope, ...part }])).toEqual([])
  })
})
