import { expect, test } from 'vitest'
import { partingReason } from './part-ways.ts'

test.each([
  [false, [], null],
  [false, [0, 1], null],
  [false, [1, 2], 'repairs spent'],
  [true, [], 'asked to leave'],
  [true, [3], 'asked to leave'],
] as const)('asked %s, failed rounds %j: %s', (askedToLeave, failedRounds, reason) => {
  expect(partingReason({ askedToLeave, failedRounds })).toBe(reason)
})
