import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answered } from '../../../test/answered.ts'
import { hasReference, readCdnow, readGoldenPurchases, readReference } from '../../../test/reference-data.ts'
import { rng } from '../rng.ts'
import { expectedIfAlive } from './beta-geometric.ts'
import {
  type BgNbd,
  type BgNbdFit,
  bgNbdAlive,
  bgNbdExpected,
  bgNbdExpectedNew,
  bgNbdLogLikelihood,
  bgNbdMass,
  fitBgNbd,
  scoreBgNbd,
  simulateBgNbd,
} from './bg-nbd.ts'
import type { Histories } from './purchase-history.ts'

const PUBLISHED: BgNbd = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }

function fitted(histories: Histories): BgNbdFit {
  const fit = fitBgNbd(histories)
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

// r, alpha, a, b, x, T, t, purchases expected if alive; mpmath at 60 digits. Large r: customers who buy much alike.
// biome-ignore format: a table reads as rows.
const ALIKE = [
  [5.0, 4.0, 0.8, 2.5, 0.0, 0.0, 40.0, 10.368110730596253],
  [15.0, 4.0, 0.8, 2.5, 0.0, 0.0, 40.0, 15.90484136023873],
  [30.0, 20.0, 0.8, 2.5, 0.0, 0.0, 20.0, 8.576826074955344],
  [80.0, 20.0, 0.8, 2.5, 0.0, 0.0, 100.0, 21.944996198278933],
  [500.0, 100.0, 1.3, 0.4, 3.0, 50.0, 100.0, 9.323902026166728],
  [20000.0, 4000.0, 0.2, 4.0, 0.0, 0.0, 1000.0, 1467.695097000863],
  [50.0, 10.0, 300.0, 900.0, 2.0, 30.0, 50.0, 4.016718700156518],
  [0.24, 4.4, 0.79, 2.4, 0.0, 0.0, 3650.0, 10.669423360971262],
  [50.0, 10.0, 0.05, 0.2, 0.0, 0.0, 50.0, 157.92647568335673],
] as const

const significant = (value: number, digits: number) => Number(value.toPrecision(digits))

describe('published', () => {
  const skip = !hasReference('cdnow_days.csv')
  test.skipIf(skip)('Fader, Hardie, and Lee (2005), CDNOW in exact weeks (needs ../shared/data)', () => {
    const { parameters, logLikelihood, gradientNorm } = fitted(readCdnow('weeks'))
    expect(significant(parameters.r, 7)).toBe(0.2425945)
    expect(significant(parameters.alpha, 6)).toBe(4.4136)
    expect(parameters.a).toBeCloseTo(0.79292, 5)
    expect(parameters.b).toBeCloseTo(2.42591, 5)
    expect(logLikelihood).toBeCloseTo(-9582.429207, 6)
    expect(gradientNorm).toBeLessThan(1e-12)
  })
  test.skipIf(skip)(
    'the same with weeks rounded to two decimals, as in the printed sheet (needs ../shared/data)',
    () => {
      const { parameters, logLikelihood } = fitted(readCdnow('rounded-weeks'))
      expect(parameters.r).toBeCloseTo(0.24259291, 7)
      expect(parameters.alpha).toBeCloseTo(4.41353, 5)
      expect(parameters.a).toBeCloseTo(0.79289, 5)
      expect(parameters.b).toBeCloseTo(2.42575, 5)
      expect(logLikelihood).toBeCloseTo(-9582.425561, 6)
      const expected = [0.1429, 1, 3, 31.8571, 32, 78].map((t) => bgNbdExpectedNew(parameters, t).toFixed(4))
      // The printed sheet ends in 1.8576 because it stops its series early; at 30 digits the sum is 1.857966.
      expect(expected).toEqual(['0.0078', '0.0532', '0.1506', '1.0405', '1.0437', '1.8580'])
    },
  )
  test.skipIf(!hasReference('bgnbd_100k.csv.gz'))(
    '100,000 customers, as every peer finds (needs ../shared/data)',
    () => {
      const { x, t_x, T } = readReference('bgnbd_100k.csv.gz', ['x', 't_x', 'T'])
      expect(fitted({ repeatCount: x, lastAt: t_x, observedFor: T }).logLikelihood).toBeCloseTo(-1387726.2124, 4)
    },
  )
  test('chances of a count, at the printed parameters', () => {
    expect(significant(bgNbdMass(PUBLISHED, 2, 10), 6)).toBe(1.07869e-7)
    expect(bgNbdMass(PUBLISHED, 39, 0)).toBeCloseTo(0.5737864, 7)
  })
  test.each(ALIKE)('expected of r %d, alpha %d, a %d, b %d', (r, alpha, a, b, x, observedFor, horizon, wanted) => {
    const found = expectedIfAlive({ r, alpha, a, b }, x, observedFor, horizon, 0)
    expect(Math.abs(found / wanted - 1)).toBeLessThan(1e-12)
  })
  test.skipIf(!hasReference('golden_btyd.json'))('50-digit rows, extreme ones too (needs ../shared/data)', () => {
    for (const { history, horizon, bgNbd } of readGoldenPurchases()) {
      const found = [
        bgNbdLogLikelihood(PUBLISHED, history),
        bgNbdAlive(PUBLISHED, history),
        bgNbdExpected(PUBLISHED, history, horizon),
      ]
      found.forEach((value, k) => {
        expect(Math.abs(value / (bgNbd[k] ?? Number.NaN) - 1)).toBeLessThan(1e-12)
      })
    }
  })
})

describe('consistent', () => {
  const some = answered(
    simulateBgNbd({ r: 0.6, alpha: 12, a: 0.9, b: 2 }, new Float64Array(400).fill(60), rng('consistent')),
  )
  const anyModel = fc.record({
    r: fc.double({ min: 0.1, max: 5, noNaN: true }),
    alpha: fc.double({ min: 0.5, max: 90, noNaN: true }),
    a: fc.double({ min: 0.1, max: 4, noNaN: true }),
    b: fc.double({ min: 0.3, max: 9, noNaN: true }),
  })

  test('days and weeks give the same model and the same answers', () => {
    const inDays = fitted({
      ...some,
      lastAt: some.lastAt.map((t) => t * 7),
      observedFor: some.observedFor.map((t) => t * 7),
    })
    const inWeeks = fitted(some)
    expect(inDays.parameters.alpha / inWeeks.parameters.alpha).toBeCloseTo(7, 8)
    for (const key of ['r', 'a', 'b'] as const) {
      expect(inDays.parameters[key] / inWeeks.parameters[key]).toBeCloseTo(1, 9)
      expect(inDays.standardErrors[key] / inWeeks.standardErrors[key]).toBeCloseTo(1, 7)
    }
  })
  test('the order of customers is irrelevant, and writing each twice only halves the variance', () => {
    const order = Float64Array.from({ length: 400 }, (_, i) => (i * 7) % 400)
    const shuffled = (column: Float64Array) => order.map((at) => column[at] ?? 0)
    const once = fitted(some)
    const moved = fitted({
      repeatCount: shuffled(some.repeatCount),
      lastAt: shuffled(some.lastAt),
      observedFor: shuffled(some.observedFor),
    })
    const twice = fitted({ ...some, customerCount: new Float64Array(400).fill(2) })
    for (const key of ['r', 'alpha', 'a', 'b'] as const) {
      expect(moved.parameters[key] / once.parameters[key]).toBeCloseTo(1, 10)
      expect(twice.parameters[key] / once.parameters[key]).toBeCloseTo(1, 10)
      expect(once.standardErrors[key] / twice.standardErrors[key]).toBeCloseTo(Math.SQRT2, 8)
    }
    expect(twice.logLikelihood / once.logLikelihood).toBeCloseTo(2, 12)
  })
  test('the log-likelihood of the fit is the sum over its customers, and no neighbour beats it', () => {
    const { parameters, logLikelihood } = fitted(some)
    const total = (model: BgNbd) => {
      let sum = 0
      for (let i = 0; i < 400; i++) {
        const history = { repeatCount: some.repeatCount[i] ?? 0, lastAt: some.lastAt[i] ?? 0, observedFor: 60 }
        sum += bgNbdLogLikelihood(model, history)
      }
      return sum
    }
    expect(total(parameters)).toBeCloseTo(logLikelihood, 8)
    for (const key of ['r', 'alpha', 'a', 'b'] as const) {
      for (const factor of [0.99, 1.01]) {
        expect(total({ ...parameters, [key]: parameters[key] * factor })).toBeLessThan(logLikelihood)
      }
    }
  })
  test('chances of all counts sum to one, and their mean is the expected count', () => {
    fc.assert(
      fc.property(anyModel, fc.double({ min: 0.1, max: 40, noNaN: true }), (model, horizon) => {
        let sum = 0
        let mean = 0
        let rest = 1
        for (let n = 0; n < 20_000 && rest > 1e-13; n++) {
          const chance = bgNbdMass(model, horizon, n)
          expect(chance).toBeGreaterThanOrEqual(0)
          sum += chance
          mean += n * chance
          rest = n > 5 ? chance * n : 1
        }
        expect(sum).toBeCloseTo(1, 8)
        expect(mean / bgNbdExpectedNew(model, horizon)).toBeCloseTo(1, 6)
      }),
      { numRuns: 40, seed: 7 },
    )
  })
  test('a = 1, where the printed formula divides by zero, lies between its neighbours', () => {
    const history = { repeatCount: 3, lastAt: 20, observedFor: 30 }
    const at = (a: number) => bgNbdExpected({ ...PUBLISHED, a }, history, 10)
    expect(at(1)).toBeCloseTo((at(1 - 1e-6) + at(1 + 1e-6)) / 2, 9)
  })
  test('longer horizons expect more, longer silence means less alive', () => {
    fc.assert(
      fc.property(
        anyModel,
        fc.integer({ min: 0, max: 1000 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (model, x, share) => {
          const history = { repeatCount: x, lastAt: x === 0 ? 0 : share * 3650, observedFor: 3650 }
          const shorter = bgNbdExpected(model, history, 30)
          expect(shorter).toBeGreaterThanOrEqual(0)
          expect(bgNbdExpected(model, history, 365)).toBeGreaterThanOrEqual(shorter)
          const alive = bgNbdAlive(model, history)
          expect(alive >= 0 && alive <= 1).toBe(true)
          expect(bgNbdAlive(model, { ...history, observedFor: 4000 })).toBeLessThanOrEqual(alive)
        },
      ),
      { numRuns: 200, seed: 7 },
    )
  })
  test('scoring many agrees with scoring one', () => {
    const { alive, expected } = scoreBgNbd(PUBLISHED, some, 26)
    for (const i of [0, 17, 399]) {
      const history = { repeatCount: some.repeatCount[i] ?? 0, lastAt: some.lastAt[i] ?? 0, observedFor: 60 }
      expect(alive[i]).toBe(bgNbdAlive(PUBLISHED, history))
      expect(expected[i]).toBeCloseTo(bgNbdExpected(PUBLISHED, history, 26), 12)
    }
  })
})

describe('recovers', () => {
  test('the parameters of 12 simulated firms, 90 % intervals covering about 90 %', () => {
    const truth: BgNbd = { r: 0.5, alpha: 8, a: 0.8, b: 2.5 }
    let covered = 0
    for (let firm = 0; firm < 12; firm++) {
      const source = rng('firms').split(firm)
      const observedFor = Float64Array.from({ length: 4_000 }, () => 30 + source.int(60))
      const { parameters, standardErrors } = fitted(answered(simulateBgNbd(truth, observedFor, source)))
      for (const key of ['r', 'alpha', 'a', 'b'] as const) {
        const off = Math.abs(parameters[key] - truth[key]) / standardErrors[key]
        expect(off).toBeLessThan(4)
        if (off < 1.645) covered += 1
      }
    }
    expect(covered).toBeGreaterThanOrEqual(38)
  })
  test('the share of customers that are alive, and what they buy next', () => {
    const source = rng('alive')
    const truth: BgNbd = { r: 0.5, alpha: 8, a: 0.8, b: 2.5 }
    const past = answered(simulateBgNbd(truth, new Float64Array(20_000).fill(52), source))
    const { alive } = scoreBgNbd(truth, past, 26)
    const sum = (column: ArrayLike<number>) => Array.from(column).reduce((total, value) => total + value, 0)
    expect(Math.abs(sum(alive) - sum(past.alive))).toBeLessThan(4 * Math.sqrt(20_000 / 4))
  })
})

describe('refuses', () => {
  const good = answered(simulateBgNbd({ r: 0.6, alpha: 12, a: 0.9, b: 2 }, new Float64Array(50).fill(60), rng(3)))
  const because = (histories: Histories) => {
    const fit = fitBgNbd(histories)
    return fit.kind === 'refused' ? fit.because : 'fitted'
  }
  const poke = (column: Float64Array, value: number) => column.map((was, i) => (i === 4 ? value : was))
  test.each([
    ['a count that is not a number', { ...good, repeatCount: poke(good.repeatCount, Number.NaN) }, 'not-a-number'],
    [
      'an endless observation',
      { ...good, observedFor: poke(good.observedFor, Number.POSITIVE_INFINITY) },
      'not-a-number',
    ],
    ['a last purchase after the end', { ...good, lastAt: poke(good.lastAt, 61) }, 'impossible-row'],
    ['half a purchase', { ...good, repeatCount: poke(good.repeatCount, 0.5) }, 'impossible-row'],
    ['a customer count of zero', { ...good, customerCount: poke(new Float64Array(50).fill(1), 0) }, 'impossible-row'],
    ['columns of different lengths', { ...good, lastAt: good.lastAt.slice(1) }, 'lengths-differ'],
    [
      'no customers',
      { repeatCount: new Float64Array(), lastAt: new Float64Array(), observedFor: new Float64Array() },
      'too-few',
    ],
    ['nobody who came back', { ...good, repeatCount: new Float64Array(50), lastAt: new Float64Array(50) }, 'all-zero'],
    [
      'a million identical customers',
      {
        repeatCount: Float64Array.of(2),
        lastAt: Float64Array.of(9),
        observedFor: Float64Array.of(20),
        customerCount: Float64Array.of(1e6),
      },
      'too-few',
    ],
  ])('%s', (_, histories, reason) => expect(because(histories)).toBe(reason))
  test('customers who are all alike in their rate: no gamma distribution fits', () => {
    const counts = Float64Array.from({ length: 200 }, (_, i) => 10 + (i % 12))
    const observedFor = counts.map((x) => x * 2 + 1)
    const fit = fitBgNbd({ repeatCount: counts, lastAt: counts.map((x) => x * 2), observedFor })
    expect(fit).toMatchObject({ kind: 'refused', because: 'not-identified' })
  })
})
