import { describe, expect, test } from 'vitest'
import { type Draws, normalDraws, positiveDraws } from './draw-normal.ts'
import type { Refusal } from './refusal.ts'
import { rng } from './rng.ts'

const DRAWS = 40_000
const MEAN = Float64Array.of(1, -2)
const COVARIANCE = Float64Array.of(4, 1.2, 1.2, 0.5)

function ready(draws: Draws | Refusal): Draws {
  if (draws.kind === 'refused') throw new Error(draws.say)
  return draws
}

describe('draws from a Normal distribution', () => {
  test('have its mean and covariance', () => {
    const { draw } = ready(normalDraws(MEAN, COVARIANCE, rng('draws')))
    const sums = [0, 0, 0, 0, 0]
    for (let i = 0; i < DRAWS; i++) {
      const [a = 0, b = 0] = draw()
      for (const [k, value] of [a, b, (a - 1) ** 2, (a - 1) * (b + 2), (b + 2) ** 2].entries())
        sums[k] = (sums[k] ?? 0) + value
    }
    const wanted = [1, -2, 4, 1.2, 0.5]
    // Standard errors of the five means, from the fourth moments of a Normal.
    const errors = [4, 0.5, 2 * 16, 4 * 0.5 + 1.44, 2 * 0.25].map((variance) => Math.sqrt(variance / DRAWS))
    sums.forEach((sum, k) => {
      expect(Math.abs(sum / DRAWS - (wanted[k] ?? 0))).toBeLessThan(4 * (errors[k] ?? 0))
    })
  })
  test('of positive parameters are positive, around the fit, with its relative errors', () => {
    const { draw } = ready(positiveDraws(Float64Array.of(10), Float64Array.of(4), rng('positive')))
    let logs = 0
    let squares = 0
    for (let i = 0; i < DRAWS; i++) {
      const off = Math.log((draw()[0] ?? 0) / 10)
      logs += off
      squares += off * off
    }
    expect(Math.abs(logs / DRAWS)).toBeLessThan(4 * (0.2 / Math.sqrt(DRAWS)))
    expect(Math.sqrt(squares / DRAWS)).toBeCloseTo(0.2, 2)
  })
  test('with one seed are the same', () => {
    const first = ready(normalDraws(MEAN, COVARIANCE, rng(4))).draw()
    expect(ready(normalDraws(MEAN, COVARIANCE, rng(4))).draw()).toEqual(first)
  })
})

describe('refuses', () => {
  test.each([
    ['a covariance of another size', normalDraws(MEAN, Float64Array.of(1), rng(1)), 'lengths-differ'],
    [
      'a mean that is not a number',
      normalDraws(Float64Array.of(Number.NaN), Float64Array.of(1), rng(1)),
      'not-a-number',
    ],
    ['a covariance that is none', normalDraws(MEAN, Float64Array.of(1, 2, 2, 1), rng(1)), 'impossible-parameter'],
    ['a parameter of 0', positiveDraws(Float64Array.of(0), Float64Array.of(1), rng(1)), 'impossible-parameter'],
  ])('%s', (_, draws, because) => expect(draws).toMatchObject({ kind: 'refused', because }))
})
