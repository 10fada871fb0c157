import { describe, expect, test } from 'vitest'
import { digamma, logBeta, logGamma, logRising, trigamma } from './gamma-function.ts'
import { gaussLegendre } from './gauss-legendre.ts'
import {
  betaRows,
  gammaRows,
  hypergeometricRows,
  incompleteBetaRows,
  incompleteGammaRows,
} from './golden/special-functions.ts'
import { logHypergeometric } from './hypergeometric.ts'
import { incompleteBeta } from './incomplete-beta.ts'
import { incompleteGamma, incompleteGammaUpper } from './incomplete-gamma.ts'

const relative = (found: number, wanted: number) => Math.abs(found / wanted - 1)
const scaled = (found: number, wanted: number) => Math.abs(found - wanted) / Math.max(1, Math.abs(wanted))

describe('published', () => {
  test.each(gammaRows)('gamma family at %d', (x, lg, psi, psi1) => {
    expect(relative(logGamma(x), lg)).toBeLessThan(1e-14)
    expect(scaled(digamma(x), psi)).toBeLessThan(2e-15)
    expect(relative(trigamma(x), psi1)).toBeLessThan(1e-14)
  })
  test.each(betaRows)('log B(%d, %d)', (a, b, wanted) => {
    expect(scaled(logBeta(a, b), wanted)).toBeLessThan(5e-15)
    expect(logBeta(b, a)).toBe(logBeta(a, b))
  })
  test.each(incompleteBetaRows)('I_%d(%d, %d)', (x, a, b, wanted) => {
    expect(relative(incompleteBeta(x, a, b), wanted)).toBeLessThan(2e-13)
  })
  test.each(incompleteGammaRows)('P and Q(%d, %d)', (a, x, lower, upper) => {
    expect(relative(incompleteGamma(a, x), lower)).toBeLessThan(2e-13)
    expect(relative(incompleteGammaUpper(a, x), upper)).toBeLessThan(2e-13)
  })
  test.each(hypergeometricRows)('log 2F1(%d, %d; %d; %d)', (a, b, c, z, wanted) => {
    expect(Math.abs(logHypergeometric(a, b, c, z) - wanted)).toBeLessThan(1e-13 * Math.max(1, Math.abs(wanted)))
  })
})

describe('consistent', () => {
  test('derivatives are the slopes of what they derive', () => {
    for (const x of [0.3, 1.1, 4.4, 12, 90]) {
      const h = 1e-5 * x
      expect(scaled((logGamma(x + h) - logGamma(x - h)) / (2 * h), digamma(x))).toBeLessThan(1e-8)
      expect(scaled((digamma(x + h) - digamma(x - h)) / (2 * h), trigamma(x))).toBeLessThan(1e-7)
    }
  })
  test('a rising factorial is the same multiplied out and as a difference', () => {
    for (const n of [0, 1, 31, 32, 33, 100]) {
      const difference = logGamma(0.24 + n) - logGamma(0.24)
      expect(Math.abs(logRising(0.24, n) - difference)).toBeLessThan(1e-12 * Math.max(1, Math.abs(difference)))
    }
  })
  test('both tails of a beta sum to one', () => {
    for (const x of [0.1, 0.5, 0.9]) expect(incompleteBeta(x, 2, 7) + incompleteBeta(1 - x, 7, 2)).toBeCloseTo(1, 14)
  })
  test.each([2, 8, 12, 24, 48, 96])('the rule of %d points integrates polynomials of degree 2n - 1', (n) => {
    const { nodes, weights } = gaussLegendre(n)
    for (const degree of [0, 1, 2 * n - 2, 2 * n - 1]) {
      const sum = nodes.reduce((total, node, i) => total + (weights[i] ?? 0) * node ** degree, 0)
      expect(Math.abs(sum * (degree + 1) - 1)).toBeLessThan(1e-13)
    }
  })
})

describe('refuses', () => {
  test.each([
    ['log gamma below 0', logGamma(-0.5)],
    ['log gamma of NaN', logGamma(Number.NaN)],
    ['digamma of 0', digamma(0)],
    ['trigamma of -1', trigamma(-1)],
    ['incomplete beta beyond 1', incompleteBeta(1.1, 1, 1)],
    ['incomplete beta of shape 0', incompleteBeta(0.5, 0, 1)],
    ['incomplete gamma of shape -1', incompleteGamma(-1, 1)],
    ['incomplete gamma of NaN', incompleteGammaUpper(1, Number.NaN)],
    ['2F1 at 1', logHypergeometric(1, 1, 3, 1)],
    ['2F1 with c of 0', logHypergeometric(1, 1, 0, 0.5)],
  ])('%s is NaN', (_, value) => expect(value).toBeNaN())
})
