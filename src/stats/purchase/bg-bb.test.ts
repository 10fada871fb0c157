import { describe, expect, test } from 'vitest'
import { answered } from '../../../test/answered.ts'
import { logRising } from '../gamma-function.ts'
import { rng } from '../rng.ts'
import {
  type BgBb,
  type BgBbFit,
  bgBbAlive,
  bgBbDiscounted,
  bgBbExpected,
  bgBbExpectedNew,
  bgBbLogLikelihood,
  bgBbMass,
  fitBgBb,
  simulateBgBb,
} from './bg-bb.ts'
import { bgBbLikelihood } from './bg-bb-likelihood.ts'
import { groupHistories, type Histories } from './purchase-history.ts'

const KEYS = ['alpha', 'beta', 'gamma', 'delta'] as const

// 11,104 supporters of a broadcaster over 6 years, Fader, Hardie, and Shang (2010), table 1: taken, last taken, supporters.
// biome-ignore format: a table reads as rows.
const DONATIONS: readonly (readonly [number, number, number])[] = [
  [6, 6, 1203], [5, 6, 728], [4, 6, 512], [3, 6, 357], [2, 6, 234], [1, 6, 129], [5, 5, 335], [4, 5, 284], [3, 5, 225],
  [2, 5, 173], [1, 5, 119], [4, 4, 240], [3, 4, 181], [2, 4, 155], [1, 4, 78], [3, 3, 322], [2, 3, 255], [1, 3, 129],
  [2, 2, 613], [1, 2, 277], [1, 1, 1091], [0, 0, 3464],
]
const SUPPORTERS: Histories = {
  repeatCount: Float64Array.from(DONATIONS, ([x]) => x),
  lastAt: Float64Array.from(DONATIONS, ([, last]) => last),
  observedFor: new Float64Array(DONATIONS.length).fill(6),
  customerCount: Float64Array.from(DONATIONS, ([, , count]) => count),
}

function fitted(histories: Histories): BgBbFit {
  const fit = fitBgBb(histories)
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

describe('published', () => {
  test('Fader, Hardie, and Shang (2010), donations: 1.204, .750, .657, 2.783; LL -33225.6', () => {
    const { parameters, logLikelihood, gradientNorm, customers } = fitted(SUPPORTERS)
    expect(customers).toBe(11_104)
    expect(KEYS.map((key) => parameters[key].toFixed(3))).toEqual(['1.204', '0.750', '0.657', '2.783'])
    expect(logLikelihood.toFixed(1)).toBe('-33225.6')
    expect(gradientNorm).toBeLessThan(1e-12)
  })
  test('answers of the BTYD vignette', () => {
    const model: BgBb = { alpha: 1.2035, beta: 0.7497, gamma: 0.6567, delta: 2.7834 }
    expect(bgBbExpectedNew(model, 10)).toBeCloseTo(3.1799, 3)
    expect(bgBbExpected(model, { repeatCount: 0, lastAt: 0, observedFor: 6 }, 10)).toBeCloseTo(0.1302, 4)
    expect(bgBbExpected(model, { repeatCount: 4, lastAt: 5, observedFor: 6 }, 10)).toBeCloseTo(3.6279, 3)
  })
})

describe('consistent', () => {
  const model: BgBb = { alpha: 1.2, beta: 0.75, gamma: 0.65, delta: 2.8 }

  test('gradient and Hessian are those of the log-likelihood', () => {
    const grouped = groupHistories(SUPPORTERS, false)
    if ('kind' in grouped) throw new Error(grouped.say)
    const likelihood = bgBbLikelihood(grouped)
    const at = Float64Array.of(1, 0.8, 0.5, 3)
    const here = likelihood(at)
    for (let i = 0; i < 4; i++) {
      const h = 1e-5
      const moved = (by: number) => likelihood(at.map((value, k) => (k === i ? value + by : value)))
      const slope = (moved(h).logLikelihood - moved(-h).logLikelihood) / (2 * h)
      expect(Math.abs(slope / (here.gradient[i] ?? 0) - 1)).toBeLessThan(1e-5)
      for (let j = 0; j < 4; j++) {
        const curvature = ((moved(h).gradient[j] ?? 0) - (moved(-h).gradient[j] ?? 0)) / (2 * h)
        expect(Math.abs(curvature - (here.hessian[i * 4 + j] ?? 0))).toBeLessThan(1e-4 * (1 + Math.abs(curvature)))
      }
    }
  })
  test('with thousands of opportunities, rows that share their ways are each the sum of all ways as it is written', () => {
    // Of 3,000, 2 taken early: the ways to be gone that a late last one has are e^-300 of those that an early one has.
    const rows = [
      [2, 2],
      [2, 40],
      [2, 2_990],
      [2, 3_000],
      [0, 0],
      [900, 1_000],
      [900, 2_400],
      [3_000, 3_000],
    ] as const
    const told = (x: number, last: number, at: BgBb): number => {
      const { alpha, beta, gamma, delta } = at
      const buys = (m: number) => logRising(alpha, x) + logRising(beta, m - x) - logRising(alpha + beta, m)
      const ways = [buys(3_000) + logRising(delta, 3_000) - logRising(gamma + delta, 3_000)]
      for (let m = last; m < 3_000; m++)
        ways.push(buys(m) + Math.log(gamma) + logRising(delta, m) - logRising(gamma + delta, m + 1))
      const top = Math.max(...ways)
      return top + Math.log(ways.reduce((sum, way) => sum + Math.exp(way - top), 0))
    }
    for (const at of [model, { alpha: 40, beta: 3, gamma: 2, delta: 900 }]) {
      let sum = 0
      rows.forEach(([repeatCount, lastAt], i) => {
        const wanted = told(repeatCount, lastAt, at)
        const found = bgBbLogLikelihood(at, { repeatCount, lastAt, observedFor: 3_000 })
        expect(Math.abs(found / wanted - 1)).toBeLessThan(1e-12)
        sum += (1 + i) * wanted
      })
      const grouped = groupHistories(
        {
          repeatCount: Float64Array.from(rows, ([x]) => x),
          lastAt: Float64Array.from(rows, ([, last]) => last),
          observedFor: new Float64Array(rows.length).fill(3_000),
          customerCount: Float64Array.from(rows, (_, i) => 1 + i),
        },
        false,
      )
      if ('kind' in grouped) throw new Error(grouped.say)
      const { logLikelihood } = bgBbLikelihood(grouped)(Float64Array.of(at.alpha, at.beta, at.gamma, at.delta))
      expect(Math.abs(logLikelihood / sum - 1)).toBeLessThan(1e-12)
    }
  })
  test('chances of all counts sum to one, and their mean is the expected count', () => {
    const chances = Array.from({ length: 21 }, (_, count) => bgBbMass(model, 20, count))
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12)
    expect(chances.reduce((sum, chance, count) => sum + count * chance, 0)).toBeCloseTo(bgBbExpectedNew(model, 20), 11)
  })
  test('chances of all histories of four opportunities sum to one', () => {
    let sum = Math.exp(bgBbLogLikelihood(model, { repeatCount: 0, lastAt: 0, observedFor: 4 }))
    for (let last = 1; last <= 4; last++) {
      for (let x = 1; x <= last; x++) {
        const orders = [1, 1, 2, 6][last - 1] ?? 0
        const before = ([1, 1, 2, 6][x - 1] ?? 0) * ([1, 1, 2, 6][last - x] ?? 0)
        sum += (orders / before) * Math.exp(bgBbLogLikelihood(model, { repeatCount: x, lastAt: last, observedFor: 4 }))
      }
    }
    expect(sum).toBeCloseTo(1, 12)
  })
  test('discounting is the sum of what each opportunity adds', () => {
    const history = { repeatCount: 4, lastAt: 5, observedFor: 6 }
    let sum = 0
    for (let j = 1; j <= 600; j++)
      sum += (bgBbExpected(model, history, j) - bgBbExpected(model, history, j - 1)) / 1.1 ** j
    expect(bgBbDiscounted(model, history, 0.1)).toBeCloseTo(sum, 10)
  })
  test('discounting at nearly nothing tends to the mean of all that is to come where that has an end, and has none else', () => {
    const history = { repeatCount: 4, lastAt: 5, observedFor: 6 }
    const staying = { ...model, gamma: 1.7 }
    const mean =
      (((model.alpha + 4) / (model.alpha + model.beta + 6)) * bgBbAlive(staying, history) * (1.7 + model.delta + 6)) /
      0.7
    expect(bgBbDiscounted(staying, history, 1e-30) / mean).toBeCloseTo(1, 12)
    expect(bgBbDiscounted({ ...model, gamma: 0.9 }, history, 1e-300)).toBeGreaterThan(1e20)
    for (const rate of [0, -0.1, Number.NaN]) expect(bgBbDiscounted(staying, history, rate)).toBeNaN()
  })
  test('who took the last opportunity is likelier there than who did not, and a thousand do not overflow', () => {
    const alive = [3, 4, 5, 6].map((lastAt) => bgBbAlive(model, { repeatCount: 3, lastAt, observedFor: 6 }))
    expect(alive).toEqual([...alive].sort((a, b) => a - b))
    const long = { repeatCount: 900, lastAt: 950, observedFor: 1_000 }
    expect(Number.isFinite(bgBbLogLikelihood(model, long))).toBe(true)
    expect(bgBbAlive(model, long)).toBeLessThan(1e-6)
  })
})

describe('recovers', () => {
  test('the parameters of 10 simulated firms, 90 % intervals covering about 90 %, and who is there', () => {
    const truth: BgBb = { alpha: 1.2, beta: 0.8, gamma: 0.7, delta: 2.8 }
    let covered = 0
    let there = 0
    let told = 0
    for (let firm = 0; firm < 10; firm++) {
      const past = answered(simulateBgBb(truth, new Float64Array(4_000).fill(10), rng('firms').split(firm)))
      const { parameters, standardErrors } = fitted(past)
      for (const key of KEYS) {
        const off = Math.abs(Math.log(parameters[key] / truth[key])) / (standardErrors[key] / parameters[key])
        expect(off).toBeLessThan(4)
        if (off < 1.645) covered += 1
      }
      for (let i = 0; i < 4_000; i++) {
        told += bgBbAlive(truth, {
          repeatCount: past.repeatCount[i] ?? 0,
          lastAt: past.lastAt[i] ?? 0,
          observedFor: 10,
        })
        there += past.alive[i] ?? 0
      }
    }
    expect(covered).toBeGreaterThanOrEqual(31)
    expect(Math.abs(told / there - 1)).toBeLessThan(0.03)
  })
})

describe('refuses', () => {
  const poke = (column: Float64Array, value: number) => column.map((was, i) => (i === 4 ? value : was))
  const none = new Float64Array(DONATIONS.length)
  test.each([
    [
      'a count that is not a number',
      { ...SUPPORTERS, repeatCount: poke(SUPPORTERS.repeatCount, Number.NaN) },
      'not-a-number',
    ],
    ['half an opportunity', { ...SUPPORTERS, observedFor: poke(SUPPORTERS.observedFor, 6.5) }, 'impossible-row'],
    ['more taken than there were', { ...SUPPORTERS, repeatCount: poke(SUPPORTERS.repeatCount, 7) }, 'impossible-row'],
    ['nobody who took one', { ...SUPPORTERS, repeatCount: none, lastAt: none }, 'all-zero'],
  ])('%s', (_, histories, because) => expect(fitBgBb(histories)).toMatchObject({ kind: 'refused', because }))
})
