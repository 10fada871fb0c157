import { describe, expect, test } from 'vitest'
import { answered } from '../../../test/answered.ts'
import { hasReference, readCdnow } from '../../../test/reference-data.ts'
import { rng } from '../rng.ts'
import { discountedValue } from './discounted-value.ts'
import {
  fitGammaGamma,
  type GammaGamma,
  type GammaGammaFit,
  gammaGammaExpected,
  gammaGammaLogLikelihood,
  gammaGammaMean,
  type Spends,
  simulateGammaGamma,
} from './gamma-gamma.ts'
import { paretoNbdDiscounted, paretoNbdExpected } from './pareto-nbd.ts'

const KEYS = ['p', 'q', 'v'] as const

function fitted(spends: Spends): GammaGammaFit {
  const fit = fitGammaGamma(spends)
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

describe('published', () => {
  const skip = !hasReference('cdnow_days.csv')
  test.skipIf(skip)(
    'Fader and Hardie (2013), CDNOW: p 6.25, q 3.74, v 15.44, LL -4055.9 (needs ../shared/data)',
    () => {
      const { repeatCount, meanSpend } = readCdnow('weeks')
      const { parameters, logLikelihood, customers } = fitted({ repeatCount, meanSpend })
      expect(customers).toBe(946)
      // The root of the gradient at 30 digits (mpmath); peers stop a little earlier and print q 3.74423.
      expect(parameters.p).toBeCloseTo(6.24957227748, 9)
      expect(parameters.q).toBeCloseTo(3.74422466773, 9)
      expect(parameters.v).toBeCloseTo(15.4435209481, 8)
      expect(logLikelihood).toBeCloseTo(-4055.917695, 6)
      const spends = Array.from({ length: 10 }, (_, i) => {
        return gammaGammaExpected(parameters, repeatCount[i] ?? 0, meanSpend[i] ?? 0).toFixed(2)
      })
      expect(spends.join(' ')).toBe('24.65 18.91 35.17 35.17 35.17 71.46 18.91 35.17 27.28 35.17')
    },
  )
})

describe('consistent', () => {
  const counts = Float64Array.from({ length: 300 }, (_, i) => i % 6)
  const some = answered(simulateGammaGamma({ p: 5, q: 4, v: 18 }, counts, rng('consistent')))

  test('cents and euros give the same model', () => {
    const euros = fitted(some)
    const cents = fitted({ ...some, meanSpend: some.meanSpend.map((z) => z * 100) })
    expect(cents.parameters.p / euros.parameters.p).toBeCloseTo(1, 9)
    expect(cents.parameters.q / euros.parameters.q).toBeCloseTo(1, 9)
    expect(cents.parameters.v / euros.parameters.v).toBeCloseTo(100, 6)
  })
  test('the log-likelihood of the fit is the sum over its customers, and no neighbour beats it', () => {
    const { parameters, logLikelihood } = fitted(some)
    const total = (model: GammaGamma) => {
      let sum = 0
      counts.forEach((x, i) => {
        if (x > 0) sum += gammaGammaLogLikelihood(model, x, some.meanSpend[i] ?? 0)
      })
      return sum
    }
    expect(total(parameters)).toBeCloseTo(logLikelihood, 8)
    for (const key of KEYS) {
      for (const factor of [0.98, 1.02]) {
        expect(total({ ...parameters, [key]: parameters[key] * factor })).toBeLessThan(logLikelihood)
      }
    }
  })
  test('a row that stands for two customers equals two rows', () => {
    const twice = fitted({ ...some, customerCount: new Float64Array(300).fill(2) })
    expect(twice.parameters.v / fitted(some).parameters.v).toBeCloseTo(1, 10)
    expect(twice.customers).toBe(500)
  })
  test('what is expected moves from the mean of all to the own mean', () => {
    const model = { p: 5, q: 4, v: 18 }
    expect(gammaGammaMean(model)).toBe(30)
    const steps = [0, 1, 5, 50, 5_000].map((x) => gammaGammaExpected(model, x, 80))
    expect(steps).toEqual([...steps].sort((a, b) => a - b))
    expect(steps.at(-1)).toBeCloseTo(80, 1)
    expect(gammaGammaMean({ p: 5, q: 0.9, v: 18 })).toBe(Number.POSITIVE_INFINITY)
  })
  test('value by many short periods tends to continuous discounting', () => {
    const model = { r: 0.553, alpha: 10.578, s: 2.5, beta: 11.669 }
    const history = { repeatCount: 5, lastAt: 30, observedFor: 31 }
    const stepwise = discountedValue((t) => paretoNbdExpected(model, history, t), 2, {
      periodCount: 40_000,
      periodLength: 0.05,
      ratePerPeriod: Math.expm1(0.01 * 0.05),
    })
    expect(stepwise / (2 * paretoNbdDiscounted(model, history, 0.01))).toBeCloseTo(1, 3)
  })
})

describe('recovers', () => {
  test('the parameters of 10 simulated firms, 90 % intervals covering about 90 %', () => {
    const truth: GammaGamma = { p: 6, q: 4, v: 15 }
    let covered = 0
    for (let firm = 0; firm < 10; firm++) {
      const source = rng('spend').split(firm)
      const counts = Float64Array.from({ length: 2_000 }, () => source.int(5))
      const { parameters, standardErrors } = fitted(answered(simulateGammaGamma(truth, counts, source)))
      for (const key of KEYS) {
        const off = Math.abs(Math.log(parameters[key] / truth[key])) / (standardErrors[key] / parameters[key])
        expect(off).toBeLessThan(4)
        if (off < 1.645) covered += 1
      }
    }
    expect(covered).toBeGreaterThanOrEqual(23)
  })
})

describe('refuses', () => {
  const good = answered(simulateGammaGamma({ p: 5, q: 4, v: 18 }, new Float64Array(40).fill(2), rng(1)))
  const poke = (column: Float64Array, value: number) => column.map((was, i) => (i === 4 ? value : was))
  test.each([
    ['a spend that is not a number', { ...good, meanSpend: poke(good.meanSpend, Number.NaN) }, 'not-a-number'],
    ['a repeat purchase for nothing', { ...good, meanSpend: poke(good.meanSpend, 0) }, 'impossible-row'],
    ['a negative count', { ...good, repeatCount: poke(good.repeatCount, -1) }, 'impossible-row'],
    ['columns of different lengths', { ...good, meanSpend: good.meanSpend.slice(1) }, 'lengths-differ'],
    ['nobody with a repeat purchase', { ...good, repeatCount: new Float64Array(40) }, 'too-few'],
    ['everybody spending the same', { ...good, meanSpend: new Float64Array(40).fill(20) }, 'not-identified'],
  ])('%s', (_, spends, because) => expect(fitGammaGamma(spends)).toMatchObject({ kind: 'refused', because }))
})
