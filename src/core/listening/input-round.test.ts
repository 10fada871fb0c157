import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyHistory, day, event } from '../../../test/arbitrary-history.ts'
import { customerKey } from '../ids.ts'
import { foldAll } from '../relationship/relationship.ts'
import { inputGroupOf, inputGroups, memberAfter, memberStates, quotaAtFirst, quotaProblem } from './input-round.ts'

const key = customerKey('c')
const groupAt = (days: number, ...events: readonly ReturnType<typeof event>[]) =>
  inputGroupOf(foldAll(key, events), day(days))

describe('a customer belongs to the group of', () => {
  const down = event(0, 'failure.occurred', { failure: 'f', severity: 'minor' })
  const asked = event(0, 'survey.invited', { survey: 's', kind: 'csat' })
  const answered = (score: number) => event(1, 'survey.answered', { survey: 's', kind: 'csat', score })
  test.each([
    ['let-down', groupAt(10, down)],
    ['other', groupAt(181, down)],
    ['let-down', groupAt(10, down, answered(5))],
    ['silent', groupAt(10, asked)],
    ['other', groupAt(181, asked)],
    ['content', groupAt(10, asked, answered(4))],
    ['other', groupAt(10, asked, answered(3))],
    ['other', groupAt(10)],
  ] as const)('%s', (group, found) => {
    expect(found).toBe(group)
  })

  test('one and only one, whatever happened', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        expect(inputGroups).toContain(inputGroupOf(foldAll(key, history), day(2_000)))
      }),
    )
  })
})

describe('a quota', () => {
  test.each([
    [quotaAtFirst, null],
    [{ ...quotaAtFirst, 'let-down': 0 }, '/let-down'],
    [{ ...quotaAtFirst, silent: 0 }, '/silent'],
    [{ ...quotaAtFirst, content: 16 }, '/content'],
    [{ ...quotaAtFirst, other: 486 }, ''],
    [{ ...quotaAtFirst, other: 1.5 }, '/other'],
  ] as const)('%j is refused at %s', (quota, pointer) => {
    expect(quotaProblem(quota)?.pointer ?? null).toBe(pointer)
  })
})

test('whoever takes part can stop, whoever stopped can come back, and nobody takes part who did not agree', () => {
  expect(memberStates.filter((state) => memberAfter(state, 'leave') === 'left')).toEqual(['joined', 'given'])
  expect(memberStates.filter((state) => memberAfter(state, 'join') === 'joined')).toEqual([
    'invited',
    'declined',
    'left',
  ])
  expect(memberStates.filter((state) => memberAfter(state, 'give') !== null)).toEqual(['joined'])
})
