import { describe, expect, test } from 'vitest'
import { differenceOfShares, newcombe } from './difference-of-shares.ts'

describe('published', () => {
  // Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10.
  test.each([
    [56, 70, 48, 80, 0.2, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.6, 0.1705, 0.809],
    [5, 56, 0, 29, 0.0893, -0.0381, 0.1926],
  ])('%i of %i less %i of %i', (a, m, b, n, value, low, high) => {
    const found = newcombe({ count: a, of: m }, { count: b, of: n })
    if (found?.kind !== 'compared') throw new Error('both groups have people')
    expect(found.value).toBeCloseTo(value, 4)
    expect(found.low).toBeCloseTo(low, 4)
    expect(found.high).toBeCloseTo(high, 4)
  })
})

test('swapping the groups turns the sign', () => {
  const [one, other] = [
    { count: 30, of: 200 },
    { count: 11, of: 150 },
  ]
  const [there, back] = [differenceOfShares(one, other), differenceOfShares(other, one)]
  if (there.kind !== 'compared' || back.kind !== 'compared') throw new Error('there are enough')
  expect(there.low).toBeCloseTo(-back.high, 12)
  expect(there.high).toBeCloseTo(-back.low, 12)
})

test.each([
  [
    { count: 50, of: 99 },
    { count: 50, of: 500 },
  ],
  [
    { count: 4, of: 400 },
    { count: 5, of: 400 },
  ],
  [
    { count: 0, of: 0 },
    { count: 0, of: 0 },
  ],
])('too few people, or too few to whom it happened, are told as such', (one, other) => {
  expect(differenceOfShares(one, other)).toEqual({ kind: 'too-few', groupNeeded: 100, happenedNeeded: 10 })
})

test.each([
  [Number.NaN, 200],
  [-5, 200],
  [201, 200],
  [5, Number.POSITIVE_INFINITY],
])('%d of %d is refused, whichever group it is', (count, of) => {
  const good = { count: 20, of: 300 }
  const wanted = { kind: 'refused', because: 'impossible-row' }
  expect(differenceOfShares({ count, of }, good)).toMatchObject(wanted)
  expect(differenceOfShares(good, { count, of })).toMatchObject(wanted)
})
