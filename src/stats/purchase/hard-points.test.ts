import { describe, expect, test } from 'vitest'
import {
  bgBbDiscountedPoints,
  bgBbPoints,
  bgNbdPoints,
  gammaGammaPoints,
  mbgNbdPoints,
  paretoNbdDiscountedPoints,
  paretoNbdPoints,
} from '../golden/purchase-points.ts'
import { bgBbAlive, bgBbDiscounted, bgBbExpected, bgBbLogLikelihood } from './bg-bb.ts'
import { bgNbdAlive, bgNbdExpected, bgNbdLogLikelihood } from './bg-nbd.ts'
import { gammaGammaExpected, gammaGammaLogLikelihood } from './gamma-gamma.ts'
import { mbgNbdAlive, mbgNbdExpected, mbgNbdLogLikelihood } from './mbg-nbd.ts'
import { paretoNbdAlive, paretoNbdDiscounted, paretoNbdExpected, paretoNbdLogLikelihood } from './pareto-nbd.ts'
import type { History } from './purchase-history.ts'

type Three<Model> = readonly [
  logLikelihood: (model: Model, history: History) => number,
  alive: (model: Model, history: History) => number,
  expected: (model: Model, history: History, horizon: number) => number,
]

function furthest<Model>(
  points: readonly (readonly number[])[],
  modelOf: (first: number, second: number, third: number, fourth: number) => Model,
  [logLikelihood, alive, expected]: Three<Model>,
): number {
  const off = points.map((point) => {
    const [p = 0, q = 0, s = 0, u = 0, repeatCount = 0, lastAt = 0, observedFor = 0, horizon = 0, ...wanted] = point
    const model = modelOf(p, q, s, u)
    const history = { repeatCount, lastAt, observedFor }
    const found = [logLikelihood(model, history), alive(model, history), expected(model, history, horizon)]
    return Math.max(...found.map((value, k) => Math.abs(value / (wanted[k] ?? Number.NaN) - 1)))
  })
  return Math.max(...off)
}

// The chance to be alive is 1 over a power of up to 1,000, which makes some hundred times the last bit of its base.
describe('50-digit values at points of our own: log-likelihood, chance to be alive, purchases expected', () => {
  test('BG/NBD', () => {
    const modelOf = (r: number, alpha: number, a: number, b: number) => ({ r, alpha, a, b })
    expect(furthest(bgNbdPoints, modelOf, [bgNbdLogLikelihood, bgNbdAlive, bgNbdExpected])).toBeLessThan(1e-11)
  })
  test('MBG/NBD', () => {
    const modelOf = (r: number, alpha: number, a: number, b: number) => ({ r, alpha, a, b })
    expect(furthest(mbgNbdPoints, modelOf, [mbgNbdLogLikelihood, mbgNbdAlive, mbgNbdExpected])).toBeLessThan(1e-11)
  })
  test('Pareto/NBD', () => {
    const modelOf = (r: number, alpha: number, s: number, beta: number) => ({ r, alpha, s, beta })
    const all = [paretoNbdLogLikelihood, paretoNbdAlive, paretoNbdExpected] as const
    expect(furthest(paretoNbdPoints, modelOf, all)).toBeLessThan(1e-11)
  })
  test('Pareto/NBD, all that is to come, discounted: also where nearly everybody leaves soon (a large s)', () => {
    const off = paretoNbdDiscountedPoints.map((point) => {
      const [r = 0, alpha = 0, s = 0, beta = 0, repeatCount = 0, lastAt = 0, observedFor = 0, rate = 0, wanted] = point
      const history = { repeatCount, lastAt, observedFor }
      const found = paretoNbdDiscounted({ r, alpha, s, beta }, history, rate)
      return Math.abs(found / (wanted ?? Number.NaN) - 1)
    })
    expect(Math.max(...off)).toBeLessThan(1e-11)
  })
  test('BG/BB', () => {
    const modelOf = (alpha: number, beta: number, gamma: number, delta: number) => ({ alpha, beta, gamma, delta })
    expect(furthest(bgBbPoints, modelOf, [bgBbLogLikelihood, bgBbAlive, bgBbExpected])).toBeLessThan(1e-11)
  })
  test('BG/BB, all that is to come, discounted: also by next to nothing', () => {
    const off = bgBbDiscountedPoints.map((point) => {
      const [alpha = 0, beta = 0, gamma = 0, delta = 0, repeatCount = 0, lastAt = 0, observedFor = 0, rate = 0] = point
      const found = bgBbDiscounted({ alpha, beta, gamma, delta }, { repeatCount, lastAt, observedFor }, rate)
      return Math.abs(found / (point[8] ?? Number.NaN) - 1)
    })
    expect(Math.max(...off)).toBeLessThan(1e-11)
  })
  test('gamma-gamma', () => {
    const off = gammaGammaPoints.map(([p = 0, q = 0, v = 0, x = 0, z = 0, logLikelihood = 0, expected = 0]) => {
      const found = gammaGammaLogLikelihood({ p, q, v }, x, z)
      return Math.max(
        Math.abs(found / logLikelihood - 1),
        Math.abs(gammaGammaExpected({ p, q, v }, x, z) / expected - 1),
      )
    })
    expect(Math.max(...off)).toBeLessThan(1e-11)
  })
})
