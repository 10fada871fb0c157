import { expect, test } from 'vitest'
import { againstUsual, type Cause, chosenCauses, excess, leaning, standsOut } from './findings.ts'

const cause = (category: string, last: number, usualLow: number | null = 10, usualHigh: number | null = 20): Cause => ({
  category,
  weeks: [15, 15, 15, last],
  usualLow,
  usualHigh,
})

test.each([
  [cause('a', 25), 'above', 5],
  [cause('a', 15), 'usual', 0],
  [cause('a', 4), 'below', 6],
  [cause('a', 99, null, null), undefined, 0],
])('a cause lies to its usual range as its last week does', (one, side, away) => {
  expect(leaning(one)).toBe(side)
  expect(excess(one)).toBe(away)
})

test('what rose most stands out before what fell, and nothing does when all is usual', () => {
  expect(standsOut([cause('fell', 0), cause('rose', 21), cause('rose more', 30)])?.category).toBe('rose more')
  expect(standsOut([cause('fell', 4)])?.category).toBe('fell')
  expect(standsOut([cause('usual', 12)])).toBeUndefined()
})

test('a small cause out of its range is drawn before a large one within it', () => {
  const small = { category: 'small', weeks: [0, 0, 0, 9], usualLow: 0, usualHigh: 2 }
  const chosen = chosenCauses([cause('large', 15), cause('larger', 19), small], 2)
  expect(chosen.map(({ category }) => category)).toEqual(['larger', 'small'])
})

test('the count is compared with the middle of what is usual, and not at all when that is unknown', () => {
  const letDown = { active: 100, detectedByCustomer: null }
  expect(againstUsual({ ...letDown, count: 412, usualLow: 340, usualHigh: 402 })).toBe(41)
  expect(againstUsual({ ...letDown, count: 380, usualLow: 340, usualHigh: 402 })).toBe(0)
  expect(againstUsual({ ...letDown, count: 300, usualLow: 340, usualHigh: 402 })).toBe(-71)
  expect(againstUsual({ ...letDown, count: 412, usualLow: null, usualHigh: null })).toBeUndefined()
})
