import { describe, expect, test } from 'vitest'
import { fitLogistic } from './logistic.ts'
import { rng } from './rng.ts'
import { fitShared, overSpreads } from './shared-effects.ts'

const GROUPS = 40
const EACH = 150

// An intercept and one column per group; true log-odds -2 + the effect of the group.
function firm(spread: number, seed: string) {
  const chance = rng(seed)
  const width = 1 + GROUPS
  const covariates = new Float64Array(GROUPS * EACH * width)
  const outcome = new Uint8Array(GROUPS * EACH)
  for (let g = 0; g < GROUPS; g += 1) {
    const effect = spread * chance.normal()
    for (let k = 0; k < EACH; k += 1) {
      const row = g * EACH + k
      covariates[row * width] = 1
      covariates[row * width + 1 + g] = 1
      outcome[row] = chance.uniform() < 1 / (1 + Math.exp(2 - effect)) ? 1 : 0
    }
  }
  return { covariates, outcome, columnCount: width }
}

const prior = { mean: new Float64Array(1 + GROUPS), sd: new Float64Array(1 + GROUPS).fill(2) }
const group = {
  columns: Array.from({ length: GROUPS }, (_, g) => 1 + g),
  spreads: [0.05, 0.2, 0.4, 0.8, 1.6],
  usual: 1,
}

describe('recovers', () => {
  test.each([
    [0, 0.2],
    [0.4, 0.4],
    [0.8, 0.8],
  ])('a spread of %d is found on the grid', (truth, most) => {
    const fit = fitShared(firm(truth, `spread ${truth}`), prior, [group])
    if (fit.kind === 'refused') throw new Error(fit.say)
    expect(fit.best.spreads[0]).toBeLessThanOrEqual(Math.max(most, 0.2))
    if (truth > 0) expect(fit.best.spreads).toEqual([most])
  })
})

describe('consistent', () => {
  test('with one spread to try it is the regression with that prior', () => {
    const rows = firm(0.4, 'one')
    const fit = fitShared(rows, prior, [{ ...group, spreads: [0.4] }])
    const sd = new Float64Array(1 + GROUPS).fill(0.4)
    sd[0] = 2
    const plain = fitLogistic(rows, { ...prior, sd })
    if (fit.kind === 'refused' || plain.kind === 'refused') throw new Error('a fit was expected')
    expect([...fit.best.fit.coefficients]).toEqual([...plain.coefficients])
    expect(fit.points.map(({ weight }) => weight)).toEqual([1])
  })

  test('over spreads: of one it is that fit; of several, how far they lie apart is unsure too', () => {
    const rows = firm(0.4, 'one')
    const one = fitShared(rows, prior, [{ ...group, spreads: [0.4] }])
    if (one.kind === 'refused') throw new Error(one.say)
    const { fit } = one.best
    const width = 1 + GROUPS
    const alone = overSpreads(one, 3)
    expect([...alone.coefficients]).toEqual([...fit.coefficients.subarray(0, 3)])
    expect(alone.covariance[5]).toBe(fit.covariance[width + 2])
    const moved = { ...fit, coefficients: fit.coefficients.map((value) => value + 2) }
    const two = overSpreads(
      {
        points: [
          { spreads: [0.4], weight: 0.75, fit },
          { spreads: [0.8], weight: 0.25, fit: moved },
        ],
      },
      3,
    )
    // A quarter of belief lies 2 further on: a mean of 0.5 more, and a variance of 0.75 x 0.25 x 2^2 more.
    for (const j of [0, 1, 2]) {
      expect(two.coefficients[j]).toBeCloseTo((fit.coefficients[j] ?? Number.NaN) + 0.5, 12)
      expect(two.covariance[4 * j]).toBeCloseTo((fit.covariance[j * width + j] ?? Number.NaN) + 0.75, 12)
    }
  })

  test('weights add up to 1, the best first', () => {
    const fit = fitShared(firm(0.3, 'weights'), prior, [group])
    if (fit.kind === 'refused') throw new Error(fit.say)
    expect(fit.points.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12)
    expect(fit.points[0]).toBe(fit.best)
    expect(fit.points.every(({ weight }) => weight <= fit.best.weight)).toBe(true)
  })

  test('a group without columns keeps its usual spread', () => {
    const rows = { covariates: new Float64Array(), outcome: new Uint8Array(), columnCount: 1 }
    const fit = fitShared(rows, { mean: Float64Array.of(0.3), sd: Float64Array.of(1) }, [{ ...group, columns: [] }])
    if (fit.kind === 'refused') throw new Error(fit.say)
    expect(fit.best.spreads).toEqual([1])
    expect(fit.best.fit.coefficients[0]).toBeCloseTo(0.3, 12)
  })
})

describe('refuses', () => {
  test.each([[[]], [[0]], [[-1]]])('spreads %j', (spreads) => {
    expect(fitShared(firm(0, 'no'), prior, [{ ...group, spreads }])).toMatchObject({
      kind: 'refused',
      because: 'impossible-parameter',
    })
  })

  test.each([[[-1]], [[0.5]], [[1e6]], [[1, 1]]])('columns %j', (columns) => {
    expect(fitShared(firm(0, 'no'), prior, [{ ...group, columns }])).toMatchObject({ because: 'impossible-parameter' })
  })

  test('whatever the regression refuses', () => {
    const rows = { ...firm(0, 'nan'), offset: new Float64Array(GROUPS * EACH).fill(Number.NaN) }
    expect(fitShared(rows, prior, [group])).toMatchObject({ kind: 'refused', because: 'not-a-number' })
  })
})
