import { expect, test } from 'vitest'
import { day, event } from '../../../test/arbitrary-history.ts'
import { customerKey } from '../ids.ts'
import { foldAll } from '../relationship/relationship.ts'
import { partingReason } from './part-ways.ts'

test.each([
  [false, [], null, null],
  [false, [0, 1], null, null],
  [false, [1, 2], null, 'repairs spent'],
  [true, [], null, 'asked to leave'],
  [true, [3], 9, 'asked to leave'],
  [false, [], 9, 'conduct noted'],
  [false, [2], 9, 'repairs spent'],
  [false, [], -170, 'conduct noted'],
  [false, [], -171, null],
] as const)('asked %s, failed rounds %j, conduct noted on day %s: %s', (askedToLeave, failedRounds, noted, reason) => {
  const conductNotedAt = noted === null ? null : day(noted)
  expect(partingReason({ askedToLeave, failedRounds, conductNotedAt, at: day(9) })).toBe(reason)
})

const noted = event(2, 'conduct.noted', { kind: 'insult', seenBy: 'Parcels' })
const fold = (...more: readonly ReturnType<typeof event>[]) =>
  foldAll(customerKey('c'), [event(1, 'order.placed', { order: 'a' }), ...more])

test('how colleagues were treated is known, enters nothing that is scored, and can be taken back', () => {
  expect(fold(noted).conductNotedAt).toBe(day(2))
  expect(fold(noted).facts).toEqual(fold().facts)
  expect(fold(noted, event(3, 'event.retracted', { id: noted.id })).conductNotedAt).toBeNull()
  expect(fold(noted, event(3, 'customer.erased', {})).conductNotedAt).toBeNull()
})
