import { describe, expect, test } from 'vitest'
import { instantOf, rfc3339 } from '../time/instant.ts'
import { asked, type DataRequestStep, type dataRequestKinds, decideDataRequest, dueAt } from './data-request.ts'

const zone = 'Europe/Amsterdam'
const askedAt = instantOf('2027-01-31T12:00:00Z')
const later = instantOf('2027-02-10T12:00:00Z')

/** Takes steps one after the other; a step that is refused answers why. */
function after(kind: (typeof dataRequestKinds)[number], steps: readonly DataRequestStep[], at = later) {
  let request = asked(kind, askedAt)
  for (const step of steps) {
    const decision = decideDataRequest(request, step, { at, zone })
    if (decision.kind === 'refused') return `${step}: ${decision.because}`
    request = decision.request
  }
  return request.end ?? (request.decidedAt === null ? 'open' : 'being made')
}

test.each([
  ['access', ['answer'], 'answer: not-confirmed'],
  ['access', ['confirm'], 'open'],
  ['access', ['confirm', 'confirm', 'answer'], 'being made'],
  ['access', ['confirm', 'answer', 'answer'], 'answer: taken-before'],
  ['access', ['confirm', 'answer', 'refuse'], 'refuse: taken-before'],
  ['access', ['confirm', 'answer', 'finish'], 'answered'],
  ['erasure', ['confirm', 'answer'], 'answered'],
  ['erasure', ['confirm', 'refuse', 'answer'], 'answer: taken-before'],
  ['correction', ['confirm', 'extend', 'answer'], 'answered'],
  ['correction', ['confirm', 'extend', 'extend'], 'extend: taken-before'],
] as const)('%s: %j leads to %s', (kind, steps, end) => {
  expect(after(kind, steps)).toBe(end)
})

describe('the time for an answer', () => {
  const due = (extendedAt: typeof askedAt | null) => rfc3339(dueAt({ askedAt, extendedAt }, zone))
  test('is a month from the day it came in, to the end of its last day', () => {
    expect(due(null)).toBe('2027-02-28T23:00:00.000Z')
  })
  test('is three months once extended, counted in one go', () => {
    expect(due(later)).toBe('2027-04-30T22:00:00.000Z')
  })
  test('is not extended once it is over', () => {
    expect(after('access', ['confirm', 'extend'], instantOf('2027-03-01T00:00:00Z'))).toBe('extend: too-late')
  })
})
