import { describe, expect, test } from 'vitest'
import { rng } from '../rng.ts'
import { bandsOf, checkBands } from './bands.ts'

const normal = (count: number, seed: string) => {
  const chance = rng(seed)
  return Float64Array.from({ length: count }, chance.normal)
}

describe('bands', () => {
  test('of evenly spaced draws lie where they must', () => {
    const bands = bandsOf(Float64Array.from({ length: 101 }, (_, k) => 100 - k))
    expect(bands).toEqual({
      mean: 50,
      median: 50,
      band50: [25, 75],
      band80: [10, 90],
      band90: [5, 95],
      band95: [2.5, 97.5],
    })
  })

  test('do not depend on the order of the draws, and leave them as they are', () => {
    const draws = normal(500, 'order')
    const before = Array.from(draws)
    expect(bandsOf(draws.toReversed()).band80).toEqual(bandsOf(draws).band80)
    expect(Array.from(draws)).toEqual(before)
  })

  test.each([[[]], [[1, Number.NaN, 3]], [[1, Number.POSITIVE_INFINITY, 3]]])('of %j are not numbers', (draws) => {
    const { mean, median, band50, band80, band95 } = bandsOf(Float64Array.from(draws))
    for (const value of [mean, median, ...band50, ...band80, ...band95]) expect(value).toBeNaN()
  })
})

describe('the check of forecasts', () => {
  test('true forecasts are covered as often as they say', () => {
    const forecast = bandsOf(normal(20_000, 'draws'))
    const checked = checkBands(Array.from(normal(4_000, 'actual'), (actual) => ({ forecast, actual })))
    if (checked.kind !== 'checked') throw new Error('enough forecasts were given')
    expect(checked.coverage50).toBeCloseTo(0.5, 1)
    expect(checked.coverage80).toBeCloseTo(0.8, 1)
    expect(checked.coverage95).toBeCloseTo(0.95, 1)
    expect(Math.abs(checked.bias)).toBeLessThan(0.05)
  })

  test('a loss is least for the truth', () => {
    const actual = Array.from(normal(2_000, 'loss'))
    const lossOf = (shift: number, scale: number) => {
      const forecast = bandsOf(normal(5_000, 'forecast').map((one) => shift + scale * one))
      const checked = checkBands(actual.map((one) => ({ forecast, actual: one })))
      return checked.kind === 'checked' ? checked.pinballLoss : Number.NaN
    }
    const truth = lossOf(0, 1)
    for (const wrong of [lossOf(0.5, 1), lossOf(-0.5, 1), lossOf(0, 0.4), lossOf(0, 2.5)]) {
      expect(wrong).toBeGreaterThan(truth)
    }
  })

  test('what is not a number is refused, forecast or outcome', () => {
    const forecast = bandsOf(normal(10, 'good'))
    const good = { forecast, actual: 0 }
    for (const bad of [
      { forecast, actual: Number.NaN },
      { forecast: bandsOf(new Float64Array()), actual: 0 },
    ]) {
      expect(checkBands([good, good, bad])).toMatchObject({ kind: 'refused', because: 'not-a-number' })
    }
  })

  test('fewer than three forecasts say nothing', () => {
    const forecast = bandsOf(normal(10, 'few'))
    expect(checkBands([{ forecast, actual: 0 }])).toEqual({ kind: 'too-few', needed: 3, forecasts: 1 })
  })
})
