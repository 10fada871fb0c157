import { describe, expect, test } from 'vitest'
import { answered } from '../../../test/answered.ts'
import { rng } from '../rng.ts'
import {
  fitGammaGamma,
  type GammaGammaFit,
  gammaGammaLogLikelihood,
  type Spends,
  simulateGammaGamma,
} from './gamma-gamma.ts'

const COUNT = 300
const some = answered(
  simulateGammaGamma(
    { p: 5, q: 4, v: 18 },
    Float64Array.from({ length: COUNT }, (_, i) => i % 6),
    rng('hostile spends'),
  ),
)

function fitted(spends: Spends): GammaGammaFit {
  const fit = fitGammaGamma(spends)
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

const rearranged = (placeOf: (i: number) => number, count: number): Spends => ({
  repeatCount: Float64Array.from({ length: count }, (_, i) => some.repeatCount[placeOf(i)] ?? Number.NaN),
  meanSpend: Float64Array.from({ length: count }, (_, i) => some.meanSpend[placeOf(i)] ?? Number.NaN),
})
/** The same with alike rows counted by the test itself. */
function told(spends: Spends): Spends {
  const customers = new Map<string, number>()
  spends.repeatCount.forEach((x, i) => {
    const key = `${x} ${spends.meanSpend[i]}`
    customers.set(key, (customers.get(key) ?? 0) + 1)
  })
  const column = (of: (key: string) => number) => Float64Array.from(customers.keys(), of)
  return {
    repeatCount: column((key) => Number(key.split(' ')[0])),
    meanSpend: column((key) => Number(key.split(' ')[1])),
    customerCount: Float64Array.from(customers.values()),
  }
}
const alike = (count: number): Spends => ({
  repeatCount: new Float64Array(count).fill(3),
  meanSpend: new Float64Array(count).fill(20),
})

describe('spend per order: the same told in another way', () => {
  const once = fitted(some)
  test('every fit tells how it ended', () => {
    expect(once.gradientNorm).toBeLessThan(1e-8)
    expect(once.iterations).toBeGreaterThan(0)
    expect(once.hessianCondition).toBeGreaterThanOrEqual(1)
  })
  test.each([1e-150, 1e-6, 100, 1e150])('amounts times %d: only v moves, with them', (by) => {
    const { p, q, v } = fitted({ ...some, meanSpend: some.meanSpend.map((z) => z * by) }).parameters
    expect(p / once.parameters.p).toBeCloseTo(1, 9)
    expect(q / once.parameters.q).toBeCloseTo(1, 9)
    expect(v / by / once.parameters.v).toBeCloseTo(1, 9)
  })
  test('in another order the same; written twice, errors by root 2', () => {
    const moved = fitted(rearranged((i) => (i * 7 + 3) % COUNT, COUNT))
    const twice = fitted(rearranged((i) => i % COUNT, 2 * COUNT))
    for (const key of ['p', 'q', 'v'] as const) {
      expect(moved.parameters[key] / once.parameters[key]).toBeCloseTo(1, 9)
      expect(twice.parameters[key] / once.parameters[key]).toBeCloseTo(1, 9)
      expect(once.standardErrors[key] / twice.standardErrors[key]).toBeCloseTo(Math.SQRT2, 7)
    }
    expect(moved.logLikelihood / once.logLikelihood).toBeCloseTo(1, 12)
  })
  test('rows that are alike are put together: prices in few steps, told singly or with their customers counted', () => {
    const priced: Spends = {
      ...some,
      meanSpend: some.meanSpend.map((z) => (z > 0 ? Math.max(2, 2 * Math.round(z / 2)) : 0)),
    }
    const [singly, counted] = [fitted(priced), fitted(told(priced))]
    expect(counted.rows).toBe(singly.rows)
    expect(singly.rows).toBeLessThan(singly.customers / 1.5)
    for (const key of ['p', 'q', 'v'] as const) {
      expect(singly.parameters[key] / counted.parameters[key]).toBeCloseTo(1, 10)
      expect(singly.standardErrors[key] / counted.standardErrors[key]).toBeCloseTo(1, 10)
    }
    const { parameters, logLikelihood } = singly
    let sum = 0
    priced.repeatCount.forEach((x, i) => {
      if (x > 0) sum += gammaGammaLogLikelihood(parameters, x, priced.meanSpend[i] ?? 0)
    })
    expect(sum / logLikelihood).toBeCloseTo(1, 10)
  })
  test('one with a thousand orders of ten million among many is found inside', () => {
    const heavy = {
      repeatCount: Float64Array.of(...some.repeatCount, 1_000),
      meanSpend: Float64Array.of(...some.meanSpend, 1e7),
    }
    expect(fitted(heavy).gradientNorm).toBeLessThan(1e-8)
  })
  test.each<[string, Spends, string]>([
    ['ten alike', alike(10), 'not-identified'],
    ['a million alike', alike(1e6), 'not-identified'],
    ['an endless amount', { ...some, meanSpend: some.meanSpend.map((z, i) => (i === 5 ? 1 / 0 : z)) }, 'not-a-number'],
    [
      'an amount below zero',
      { ...some, meanSpend: some.meanSpend.map((z, i) => (i === 5 ? -z : z)) },
      'impossible-row',
    ],
  ])('%s is refused', (_, spends, because) => {
    expect(fitGammaGamma(spends)).toMatchObject({ kind: 'refused', because })
  })
})
