import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { day, event } from '../../../test/arbitrary-history.ts'
import { openingBy, openingRules } from '../cases/case-opening.ts'
import { severityAtFirst } from '../cases/severity-proposed.ts'
import { customerKey } from '../ids.ts'
import type { CustomerEvent } from './event.ts'
import { aboutOf, lapsedAt, lookAt } from './lapse.ts'
import { foldAll } from './relationship.ts'
import type { EventType } from './vocabulary.ts'

const law = { rules: openingRules, severity: severityAtFirst }

const key = customerKey('c')
const failuresOf = (history: readonly CustomerEvent[]) => foldAll(key, history).facts.failures
const inferred = (at: number, data: object) =>
  event(at, 'failure.occurred', { failure: 'ours', severity: 'minor', inferred: true, ...data }, `ours@${at}`)
const reported = (at: number, data: object, id = `theirs@${at}`) =>
  event(at, 'failure.occurred', { failure: 'theirs', severity: 'major', ...data }, id)

describe('one lateness is one failure', () => {
  test.each([
    ['of one order', 10, { order: 'o' }, { order: 'o' }, 1],
    ['of one promise', 10, { promise: 'p' }, { promise: 'p', order: 'o' }, 1],
    ['of one subscription, 14 days apart', 24, { subscription: 's' }, { subscription: 's' }, 1],
    ['but not of two orders', 10, { order: 'o' }, { order: 'other' }, 2],
    ['nor of an order and a promise of one name', 10, { order: 'x' }, { promise: 'x' }, 2],
    ['nor of two that name nothing', 10, {}, {}, 2],
  ] as const)('%s', (_, at, ours, theirs, count) => {
    expect(failuresOf([inferred(10, ours), reported(at, theirs)])).toHaveLength(count)
  })

  test('in whatever order the two come, and what was reported counts', () => {
    const told = [reported(11, { order: 'o', category: 'lost parcel', loss: 900 })]
    for (const at of [10, 12]) {
      const [failure, ...others] = failuresOf([...told, inferred(at, { order: 'o', category: 'late delivery' })])
      expect(others).toEqual([])
      expect(failure).toMatchObject({ severity: 'major', category: 'lost parcel', lossMinor: 900, isInferred: false })
    }
  })

  test('and its recovery is told under either name', () => {
    const steps = [
      event(12, 'failure.acknowledged', { failure: 'ours' }),
      event(13, 'failure.fixed', { failure: 'theirs' }),
    ]
    const state = foldAll(key, [inferred(10, { order: 'o' }), reported(11, { order: 'o' }), ...steps])
    expect(state.unknownReferences).toBe(0)
    expect(state.facts.failures).toMatchObject([{ acknowledged: { at: day(12) }, fixed: { at: day(13) } }])
  })

  test('while two that the firm reports of one order stay two, unless they are one incident', () => {
    const two = (data: object) =>
      failuresOf([
        event(10, 'failure.occurred', { failure: 'a', severity: 'minor', order: 'o', ...data }, 'a'),
        event(11, 'failure.occurred', { failure: 'b', severity: 'minor', order: 'o', ...data }, 'b'),
      ])
    expect(two({})).toHaveLength(2)
    expect(two({ incident: 'outage' })).toHaveLength(1)
  })
})

describe('what is about a failure joins it', () => {
  const late = foldAll(key, [reported(10, { order: 'o' })])
  const both = foldAll(key, [
    reported(10, { order: 'o' }),
    event(11, 'failure.occurred', { failure: 'bill', severity: 'minor' }),
  ])
  test.each([
    ['promise.broken', { promise: 'p' }, 'o', 'joins'],
    ['promise.broken', { promise: 'p' }, 'theirs', 'joins'],
    ['promise.broken', { promise: 'p' }, 'another', 'opens'],
    ['order.delivered', { order: 'o', promisedAt: '2024-01-05T00:00:00Z' }, null, 'joins'],
    ['order.delivered', { order: 'other', promisedAt: '2024-01-05T00:00:00Z' }, null, 'opens'],
    ['dispute.opened', { kind: 'chargeback', order: 'o' }, null, 'joins'],
    ['dispute.opened', { kind: 'chargeback', order: 'other' }, null, 'opens'],
    ['post.published', { negative: true }, null, 'joins'],
    ['survey.answered', { survey: 's', kind: 'nps', score: 1, failure: 'theirs' }, null, 'joins'],
  ] as const)('%s %j, about %s: %s', (type, data, about, kind) => {
    expect(openingBy(event(15, type as EventType, data), late, law, about)).toMatchObject({ kind })
  })

  test('by what it names, not by what is newest', () => {
    const dispute = event(15, 'dispute.opened', { kind: 'legal', order: 'o' })
    expect(openingBy(dispute, both, law)).toMatchObject({ kind: 'joins', failure: 'theirs' })
    expect(openingBy(event(15, 'dispute.opened', { kind: 'legal' }), both, law)).toMatchObject({
      failure: 'bill',
    })
  })

  test('for 14 days, or as long as it is open', () => {
    const closed = foldAll(key, [reported(10, { order: 'o' }), event(11, 'failure.closed', { failure: 'theirs' })])
    const dispute = (at: number) => openingBy(event(at, 'dispute.opened', { kind: 'legal', order: 'o' }), closed, law)
    expect([dispute(20).kind, dispute(25).kind]).toEqual(['joins', 'opens'])
  })
})

describe('a date that was promised lapses', () => {
  const due = '2024-01-21T00:00:00Z'
  const made = event(10, 'promise.made', { promise: 'p', about: 'o', due })
  const placed = event(9, 'order.placed', { order: 'o', promisedAt: due })
  const extended = event(15, 'promise.made', { promise: 'p', about: 'o', due: '2024-01-25T00:00:00Z' }, 'again')

  test('unkept, and undelivered; of what is about one order both are known to be', () => {
    expect(lapsedAt([made, placed], day(20))).toMatchObject([
      { rule: 'order late', links: { order: 'o' } },
      { rule: 'promise broken', links: { promise: 'p', order: 'o' } },
    ])
  })
  test.each([
    ['kept', [made, event(19, 'promise.kept', { promise: 'p' })]],
    ['kept late', [made, event(22, 'promise.kept', { promise: 'p' })]],
    ['said to be broken', [made, event(19, 'promise.broken', { promise: 'p' })]],
    ['promised anew', [made, extended]],
    ['taken back', [made, event(12, 'event.retracted', { id: made.id })]],
    ['delivered', [placed, event(12, 'order.delivered', { order: 'o' })]],
    ['of a simulated firm', [{ ...made, source: 'simulated' }]],
    ['with a clock of its own', [{ ...made, source: 'amends' }]],
    ['due at another time', [event(10, 'promise.made', { promise: 'p', due: '2024-01-21T00:00:01Z' })]],
  ] as const)('not when it was %s', (_, history) => {
    expect(lapsedAt(history, day(20))).toEqual([])
  })
  test('once, by its last word, in whatever order the log is read', () => {
    const history = [made, placed, extended, event(19, 'order.delivered', { order: 'o' })]
    fc.assert(
      fc.property(fc.shuffledSubarray(history, { minLength: 4 }), (read) => {
        expect(lapsedAt(read, day(20))).toEqual([])
        expect(lapsedAt(read, day(24))).toHaveLength(1)
      }),
    )
  })
  test('about what it names as far as that is known', () => {
    expect(aboutOf([made], 'p').links).toEqual({ promise: 'p' })
    expect(aboutOf([made, placed], 'p').links).toEqual({ promise: 'p', order: 'o' })
  })
  test('and is looked at then; a while later if it is told of late, and never if it is history', () => {
    const limits = { daysMs: 3 * 86_400_000, graceMs: 60 }
    expect(lookAt(day(20), day(10), limits)).toBe(day(20))
    expect(lookAt(day(20), day(22), limits)).toBe(day(22) + 60)
    expect(lookAt(day(20), day(24), limits)).toBeNull()
  })
})
