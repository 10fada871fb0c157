import { describe, expect, test } from 'vitest'
import { answered } from '../../../test/answered.ts'
import { hasReference, readCdnow } from '../../../test/reference-data.ts'
import { rng } from '../rng.ts'
import { bgNbdExpected } from './bg-nbd.ts'
import {
  fitMbgNbd,
  type MbgNbd,
  type MbgNbdFit,
  mbgNbdAlive,
  mbgNbdExpected,
  mbgNbdExpectedNew,
  mbgNbdLogLikelihood,
  mbgNbdMass,
  scoreMbgNbd,
  simulateMbgNbd,
} from './mbg-nbd.ts'
import type { Histories } from './purchase-history.ts'

const PUBLISHED: MbgNbd = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }
const KEYS = ['r', 'alpha', 'a', 'b'] as const

function fitted(histories: Histories): MbgNbdFit {
  const fit = fitMbgNbd(histories)
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

describe('published', () => {
  test.skipIf(!hasReference('cdnow_days.csv'))('CDNOW: .525, 6.183, .891, 1.614 (needs ../shared/data)', () => {
    const { parameters, gradientNorm } = fitted(readCdnow('rounded-weeks'))
    for (const key of KEYS) expect(parameters[key].toFixed(3)).toBe(PUBLISHED[key].toFixed(3))
    expect(gradientNorm).toBeLessThan(1e-12)
  })
  test('the likelihood as printed, at x = 3', () => {
    const { r, alpha, a, b } = PUBLISHED
    const [x, lastAt, observedFor] = [3, 20, 30]
    const rising = (from: number, n: number) => Array.from({ length: n }, (_, j) => from + j).reduce((p, f) => p * f, 1)
    const stays = rising(b, x + 1) / rising(a + b, x + 1)
    const ends = (alpha + observedFor) ** -(r + x) + (a / (b + x)) * (alpha + lastAt) ** -(r + x)
    const printed = Math.log(stays * rising(r, x) * alpha ** r * ends)
    expect(mbgNbdLogLikelihood(PUBLISHED, { repeatCount: x, lastAt, observedFor })).toBeCloseTo(printed, 12)
  })
})

describe('consistent', () => {
  const some = answered(
    simulateMbgNbd({ r: 0.6, alpha: 9, a: 0.9, b: 2 }, new Float64Array(500).fill(60), rng('consistent')),
  )

  test('chances of all counts sum to one, and their mean is the expected count', () => {
    let sum = 0
    let mean = 0
    for (let n = 0; n < 400; n++) {
      const chance = mbgNbdMass(PUBLISHED, 39, n)
      sum += chance
      mean += n * chance
    }
    expect(sum).toBeCloseTo(1, 12)
    expect(mean).toBeCloseTo(mbgNbdExpectedNew(PUBLISHED, 39), 10)
  })
  test('a customer who is alive after one chance more is BG/NBD with b + 1', () => {
    const history = { repeatCount: 4, lastAt: 25, observedFor: 30 }
    expect(mbgNbdExpected(PUBLISHED, history, 12)).toBeCloseTo(
      bgNbdExpected({ ...PUBLISHED, b: PUBLISHED.b + 1 }, history, 12),
      12,
    )
  })
  test('somebody who never came back fades, and does so faster the longer it lasts', () => {
    const alive = [0, 10, 100, 1_000].map((observedFor) =>
      mbgNbdAlive(PUBLISHED, { repeatCount: 0, lastAt: 0, observedFor }),
    )
    expect(alive[0]).toBeCloseTo(PUBLISHED.b / (PUBLISHED.a + PUBLISHED.b), 12)
    expect(alive).toEqual([...alive].sort((x, y) => y - x))
  })
  test('the log-likelihood of the fit is the sum over its customers, and no neighbour beats it', () => {
    const { parameters, logLikelihood } = fitted(some)
    const total = (model: MbgNbd) => {
      let sum = 0
      for (let i = 0; i < 500; i++) {
        sum += mbgNbdLogLikelihood(model, {
          repeatCount: some.repeatCount[i] ?? 0,
          lastAt: some.lastAt[i] ?? 0,
          observedFor: 60,
        })
      }
      return sum
    }
    expect(total(parameters)).toBeCloseTo(logLikelihood, 8)
    for (const key of KEYS) {
      expect(total({ ...parameters, [key]: parameters[key] * 1.02 })).toBeLessThan(logLikelihood)
      expect(total({ ...parameters, [key]: parameters[key] * 0.98 })).toBeLessThan(logLikelihood)
    }
  })
})

describe('recovers', () => {
  test('the parameters of 10 simulated firms, 90 % intervals covering about 90 %, and who is alive', () => {
    const truth: MbgNbd = { r: 0.8, alpha: 8, a: 0.8, b: 2.5 }
    let covered = 0
    let alive = 0
    let told = 0
    for (let firm = 0; firm < 10; firm++) {
      const source = rng('firms').split(firm)
      const past = answered(
        simulateMbgNbd(
          truth,
          Float64Array.from({ length: 3_000 }, () => 30 + source.int(60)),
          source,
        ),
      )
      const { parameters, standardErrors } = fitted(past)
      for (const key of KEYS) {
        const off = Math.abs(Math.log(parameters[key] / truth[key])) / (standardErrors[key] / parameters[key])
        expect(off).toBeLessThan(4)
        if (off < 1.645) covered += 1
      }
      told += scoreMbgNbd(parameters, past, 10).alive.reduce((sum, chance) => sum + chance, 0)
      alive += past.alive.reduce((sum, one) => sum + one, 0)
    }
    expect(covered).toBeGreaterThanOrEqual(31)
    expect(Math.abs(told / alive - 1)).toBeLessThan(0.03)
  })
})

describe('refuses', () => {
  const good = answered(simulateMbgNbd({ r: 0.6, alpha: 12, a: 0.9, b: 2 }, new Float64Array(50).fill(60), rng(3)))
  const poke = (column: Float64Array, value: number) => column.map((was, i) => (i === 4 ? value : was))
  test.each([
    ['a count that is not a number', { ...good, repeatCount: poke(good.repeatCount, Number.NaN) }, 'not-a-number'],
    ['a last purchase after the end', { ...good, lastAt: poke(good.lastAt, 61) }, 'impossible-row'],
    ['nobody who came back', { ...good, repeatCount: new Float64Array(50), lastAt: new Float64Array(50) }, 'all-zero'],
  ])('%s', (_, histories, because) => expect(fitMbgNbd(histories)).toMatchObject({ kind: 'refused', because }))
})
