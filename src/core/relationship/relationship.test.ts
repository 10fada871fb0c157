import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyHistory, day, event } from '../../../test/arbitrary-history.ts'
import { customerKey } from '../ids.ts'
import { type CustomerEvent, compareEvents } from './event.ts'
import { check, comesAfter, fold, foldAll, initial, type Relationship } from './relationship.ts'
import { eventTypes } from './vocabulary.ts'

const key = customerKey('c')
const folded = (...events: readonly CustomerEvent[]): Relationship => foldAll(key, events)

describe('a fold over any history', () => {
  test('gives the same state in any order of arrival', () => {
    fc.assert(
      fc.property(
        anyHistory.chain((history) =>
          fc.tuple(fc.constant(history), fc.shuffledSubarray([...history], { minLength: history.length })),
        ),
        ([history, shuffled]) => {
          expect(foldAll(key, shuffled)).toEqual(foldAll(key, history))
        },
      ),
    )
  })

  test('is the same event by event wherever an event comes after', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        let state = initial(key)
        const seen: CustomerEvent[] = []
        for (const one of history) {
          seen.push(one)
          state = comesAfter(state, one) ? fold(state, one) : foldAll(key, seen)
        }
        expect(state).toEqual(foldAll(key, history))
      }),
    )
  })

  test('survives JSON and keeps its invariants at every step', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        let state = initial(key)
        for (const one of history.toSorted(compareEvents)) {
          state = fold(state, one)
          check(state)
        }
        expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state)
      }),
    )
  })

  test('never changes the state it came from', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        let state = initial(key)
        for (const one of history.toSorted(compareEvents)) {
          const before = JSON.stringify(state)
          const next = fold(state, one)
          expect(JSON.stringify(state)).toBe(before)
          state = next
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('size', () => {
  test('a usual customer takes less than 2 KB', () => {
    const orders = Array.from({ length: 9 }, (_, index) =>
      event(index * 30, 'order.placed', { order: `o${index}`, value: 4_999 }),
    )
    const failure = event(271, 'failure.occurred', { failure: 'f', severity: 'major', category: 'late-delivery' })
    expect(JSON.stringify(folded(...orders, failure)).length).toBeLessThan(2_048)
  })

  test('ten thousand events that fill every list stay within 24 KB', () => {
    let state = initial(key)
    for (let index = 0; index < 10_000; index += 1) {
      const name = `${index % 97}`
      const [type, data] = crowd(name)[index % 5] ?? (['order.placed', {}] as const)
      state = fold(state, event(index / 30, type, data, `e${index}`))
    }
    expect(JSON.stringify(state).length).toBeLessThan(24_000)
    expect(state.eventCount).toBe(10_000)
  })

  const crowd = (name: string) =>
    [
      ['failure.occurred', { failure: name, severity: 'minor', rootCause: 'x'.repeat(30) }],
      ['promise.made', { promise: name, due: '2025-01-01T00:00:00Z', what: 'y'.repeat(200) }],
      ['contact.opened', { contact: name, issue: 'i' }],
      ['offer.sent', { offer: name, channel: 'email' }],
      ['order.placed', { order: name, value: 100 }],
    ] as const
})

describe('retraction', () => {
  const order = event(1, 'order.placed', { order: 'o' }, 'o1')
  const other = event(2, 'order.placed', { order: 'p' }, 'o2')
  const takeBack = event(3, 'event.retracted', { id: 'o1' }, 'r1')

  test('leaves out what it names and counts itself', () => {
    const state = folded(order, other, takeBack)
    expect(state.facts.orders).toEqual([[day(2), 1, 0]])
    expect(state.eventCount).toBe(2)
  })

  test('may be retracted itself, and then does nothing', () => {
    const state = folded(order, other, takeBack, event(4, 'event.retracted', { id: 'r1' }, 'r2'))
    expect(state.facts.orders).toHaveLength(2)
  })

  test('is not undone by an earlier retraction, nor by itself', () => {
    const early = event(0, 'event.retracted', { id: 'r1' }, 'r0')
    const own = event(5, 'event.retracted', { id: 'r9' }, 'r9')
    expect(folded(early, order, other, takeBack, own).facts.orders).toHaveLength(1)
  })

  test('waits for an event that has not arrived', () => {
    const state = folded(takeBack)
    expect(state.awaitedRetractions).toEqual(['test\no1'])
    expect(comesAfter(state, { ...order, at: day(9) })).toBe(false)
    expect(comesAfter(state, { ...other, at: day(9) })).toBe(true)
  })

  test('names another source when it says so', () => {
    const elsewhere = event(3, 'event.retracted', { id: 'o1', source: 'shop' }, 'r1')
    expect(folded(order, elsewhere).facts.orders).toHaveLength(1)
  })
})

describe('order of arrival', () => {
  const state = folded(event(5, 'order.placed', { order: 'o' }, 'm'))

  test.each([
    ['later', event(6, 'order.placed', { order: 'p' }, 'a'), true],
    ['earlier', event(4, 'order.placed', { order: 'p' }, 'z'), false],
    ['the same instant, id after', event(5, 'order.placed', { order: 'p' }, 'n'), true],
    ['the same instant, id before', event(5, 'order.placed', { order: 'p' }, 'a'), false],
    ['the same event', event(5, 'order.placed', { order: 'p' }, 'm'), false],
    ['a retraction', event(6, 'event.retracted', { id: 'm' }, 'r'), false],
  ])('%s', (_, one, expected) => {
    expect(comesAfter(state, one)).toBe(expected)
  })
})

describe('references', () => {
  test('to something never reported are counted and change nothing', () => {
    const state = folded(
      event(1, 'failure.fixed', { failure: 'never' }),
      event(2, 'promise.kept', { promise: 'never' }),
      event(3, 'voucher.redeemed', { voucher: 'never', value: 1 }),
    )
    expect(state.unknownReferences).toBe(3)
    expect(state.facts.failures).toEqual([])
  })

  test('every type of the vocabulary folds alone', () => {
    for (const type of eventTypes) {
      const state = fold(
        initial(key),
        event(1, type, {
          failure: 'f',
          owner: 'o',
          promise: 'p',
          due: '2024-01-05T00:00:00Z',
          severity: 'minor',
          kind: 'csat',
          score: 4,
          offer: 'o',
          voucher: 'v',
          value: 1,
          channel: 'email',
          purpose: 'x',
          granted: false,
          negative: true,
          satisfied: false,
          by: 'customer',
        }),
      )
      check(state)
      expect(state.eventCount).toBe(1)
    }
  })
})

describe('leaving', () => {
  const start = event(0, 'subscription.started', { subscription: 's', monthlyValue: 1_000 })
  const end = event(100, 'subscription.ended', { subscription: 's', by: 'customer' })

  test('the end of the last subscription is leaving, that of one of two is not', () => {
    const second = event(1, 'subscription.started', { subscription: 't' })
    expect(folded(start, second, end).exit.leftAt).toBeNull()
    expect(folded(start, end).exit).toMatchObject({ leftAt: day(100), leftBy: 'customer', times: 1 })
  })

  test('an involuntary end is kept apart', () => {
    const failed = event(100, 'subscription.ended', { subscription: 's', by: 'involuntary' })
    expect(folded(start, failed).exit).toMatchObject({ leftBy: 'involuntary', times: 0 })
  })

  test('a new subscription begins the relation anew; an order after a mere request goes on with the old one', () => {
    const again = folded(start, end, event(200, 'subscription.started', { subscription: 'u' }))
    expect(again.exit).toMatchObject({ intentAt: null, leftAt: null, times: 1 })
    expect(again.facts.startedAt).toBe(day(200))
    const stayed = folded(
      event(0, 'order.placed', { order: 'o' }),
      event(50, 'exit.requested', {}),
      event(60, 'order.placed', { order: 'p' }),
    )
    expect(stayed.exit.intentAt).toBeNull()
    expect(stayed.facts.startedAt).toBe(day(0))
  })
})

test('erasure empties what is personal, keeps what happened, and stays in force', () => {
  const state = folded(
    event(0, 'customer.profiled', { name: 'n', email: 'e', segment: 's', attributes: { a: 'b' } }),
    event(1, 'promise.made', { promise: 'p', due: '2024-02-01T00:00:00Z', what: 'call you' }),
    event(2, 'failure.occurred', { failure: 'f', severity: 'major' }),
    event(3, 'customer.erased', {}),
    event(4, 'customer.profiled', { name: 'again', segment: 's' }),
    event(5, 'order.placed', { order: 'o' }),
  )
  expect(JSON.stringify(state)).not.toMatch(/call you|again|"e"|"s"/)
  expect(state.person.erased).toBe(true)
  expect(state.facts.failures).toHaveLength(1)
  expect(state.facts.orders).toHaveLength(1)
})
