import { describe, expect, test } from 'vitest'
import { type Rng, rng } from './rng.ts'

const DRAWS = 40_000

function moments(draw: () => number): { mean: number; variance: number } {
  let sum = 0
  let squares = 0
  for (let i = 0; i < DRAWS; i++) {
    const value = draw()
    sum += value
    squares += value * value
  }
  const mean = sum / DRAWS
  return { mean, variance: squares / DRAWS - mean * mean }
}

// The mean of n draws has standard error sd / sqrt(n); 4 of them are never passed by a right generator and this seed.
function expectMoments(draw: () => number, mean: number, variance: number): void {
  const found = moments(draw)
  expect(Math.abs(found.mean - mean)).toBeLessThan(4 * Math.sqrt(variance / DRAWS))
  expect(Math.abs(found.variance / variance - 1)).toBeLessThan(0.12)
}

describe('the same seed', () => {
  const take = (source: Rng) => Array.from({ length: 8 }, () => source.uniform())
  test('gives the same numbers', () => expect(take(rng(7))).toEqual(take(rng(7))))
  test('as text is another seed than as number', () => expect(take(rng('7'))).not.toEqual(take(rng(7))))
  test('stands still on one known stream, so that recorded runs stay valid', () => {
    expect(rng('golden').int(2 ** 32)).toBe(1382998491)
  })
  test('splits by name, in any order, without moving the parent', () => {
    const parent = rng(1)
    const b = take(parent.split('b'))
    const a = take(parent.split('a'))
    expect(take(parent.split('b'))).toEqual(b)
    expect(a).not.toEqual(b)
    expect(take(parent)).toEqual(take(rng(1)))
    expect(take(rng(1).split('a').split('b'))).not.toEqual(take(rng(1).split('a/string:1:b')))
  })
})

describe('moments agree with the distribution', () => {
  const source = rng('moments')
  test('uniform', () => expectMoments(source.uniform, 1 / 2, 1 / 12))
  test('normal', () => expectMoments(source.normal, 0, 1))
  test('exponential', () => expectMoments(source.exponential, 1, 1))
  test.each([0.05, 0.5, 1, 3.7, 200])('gamma %f', (shape) => expectMoments(() => source.gamma(shape), shape, shape))
  test.each([
    [0.02, 0.03],
    [0.5, 0.5],
    [2, 5],
    [0.8, 2.5],
  ])('beta %f %f', (a, b) => {
    expectMoments(() => source.beta(a, b), a / (a + b), (a * b) / ((a + b) ** 2 * (a + b + 1)))
  })
  test.each([0.1, 3, 40, 5_000])('poisson %f', (mean) => expectMoments(() => source.poisson(mean), mean, mean))
  test.each([
    [10, 0.3],
    [100, 0.9],
    [10_000, 0.02],
  ])('binomial %i %f', (n, p) => expectMoments(() => source.binomial(n, p), n * p, n * p * (1 - p)))
  test('int is even over its range', () => {
    const seen = new Array(6).fill(0)
    for (let i = 0; i < 6_000; i++) seen[source.int(6)] += 1
    const chiSquare = seen.reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0)
    expect(chiSquare).toBeLessThan(20.5)
  })
})

describe('edges', () => {
  test('a mean of zero is never exceeded', () => expect(rng(1).poisson(0)).toBe(0))
  test('a certain trial always succeeds', () => expect(rng(1).binomial(1_000, 1)).toBe(1_000))
  test('an impossible one never', () => expect(rng(1).binomial(1_000, 0)).toBe(0))
  test.each([
    ['gamma of 0', rng(1).gamma(0)],
    ['gamma of NaN', rng(1).gamma(Number.NaN)],
    ['beta of 0', rng(1).beta(0, 1)],
    ['poisson of -1', rng(1).poisson(-1)],
    ['poisson of Infinity', rng(1).poisson(Number.POSITIVE_INFINITY)],
    ['binomial of chance 2', rng(1).binomial(3, 2)],
  ])('%s is NaN, not a number that only looks like a draw', (_, value) => expect(value).toBeNaN())
})
