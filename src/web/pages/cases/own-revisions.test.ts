import { expect, test } from 'vitest'
import { ownRevisions } from './own-revisions.ts'

test('own commands one after another go on from each other, whatever the page has read meanwhile', () => {
  const own = ownRevisions()
  expect(own.of('k', 3)).toBe(3)
  own.note('k', 3, 4)
  expect(own.of('k', 3)).toBe(4)
  own.note('k', 4, 5)
  expect([3, 4, 5].map((read) => own.of('k', read))).toEqual([5, 5, 5])
  expect(own.of('other', 3)).toBe(3)
})

test('what somebody else did in between is not passed over', () => {
  const own = ownRevisions()
  own.note('k', 3, 4)
  // Somebody else made 5 of it: who has not seen that is refused with 4, who has goes on with 5.
  expect(own.of('k', 3)).toBe(4)
  expect(own.of('k', 5)).toBe(5)
  own.note('k', 5, 6)
  expect([3, 4, 5].map((read) => own.of('k', read))).toEqual([3, 4, 6])
})
