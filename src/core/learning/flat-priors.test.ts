import { describe, expect, test } from 'vitest'
import { fitLogistic } from '../../stats/logistic.ts'
import { rng } from '../../stats/rng.ts'
import { flatEstimates } from './flat-priors.ts'

const prior = { mean: Float64Array.of(-2, 0.3, 0.2), sd: Float64Array.of(Number.POSITIVE_INFINITY, 0.28, 0.25) }

/** A level, a column that raises the odds by .8, and one that is never there. */
function rowsOf(count: number, separated = false) {
  const chance = rng('flat')
  const covariates = new Float64Array(3 * count)
  const outcome = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const has = chance.int(2)
    covariates.set([1, has, 0], 3 * i)
    const fate = chance.uniform() < 1 / (1 + Math.exp(1.5 - 0.8 * has)) ? 1 : 0
    outcome[i] = separated ? has * fate : fate
  }
  return { covariates, columnCount: 3, outcome }
}

const estimates = (rows: ReturnType<typeof rowsOf>) => flatEstimates((wide) => fitLogistic(rows, wide), prior)

describe('what the data say alone', () => {
  test('with many rows agrees with the posterior', () => {
    const rows = rowsOf(40_000)
    const fit = fitLogistic(rows, prior)
    if (fit.kind === 'refused') throw new Error(fit.say)
    const [level, slope] = estimates(rows)
    expect(Math.abs((level?.mean ?? Number.NaN) - (fit.coefficients[0] ?? 0))).toBeLessThan(level?.sd ?? 0)
    expect(Math.abs((slope?.mean ?? Number.NaN) - (fit.coefficients[1] ?? 0))).toBeLessThan(slope?.sd ?? 0)
    expect(slope?.sd).toBeLessThan(0.05)
  })
  test('with few is wider than the posterior', () => {
    const rows = rowsOf(120)
    const fit = fitLogistic(rows, prior)
    if (fit.kind === 'refused') throw new Error(fit.say)
    expect(estimates(rows)[1]?.sd).toBeGreaterThan(1.3 * (fit.standardErrors[1] ?? Number.NaN))
  })
  test('is nothing of what separates and of what is never there; a refusal leaves nothing at all', () => {
    expect(estimates(rowsOf(300))[2]).toBeNull()
    expect(estimates(rowsOf(300, true)).slice(1)).toEqual([null, null])
    const none = { ...rowsOf(300), outcome: new Uint8Array(300) }
    expect(estimates(none)).toEqual([null, null, null])
  })
})
