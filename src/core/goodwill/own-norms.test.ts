import { describe, expect, test } from 'vitest'
import { day, event } from '../../../test/arbitrary-history.ts'
import { customerKey } from '../ids.ts'
import { foldAll, type Relationship } from '../relationship/relationship.ts'
import { instant, MONTH_MS } from '../time/instant.ts'
import { priorModel } from './leave-model.ts'
import { normCounter } from './own-norms.ts'

const end = instant(day(0) + 24 * MONTH_MS)

function counted(states: readonly Relationship[]) {
  const { observe, applyTo } = normCounter(end)
  for (const state of states) observe(state)
  return applyTo(priorModel)
}

describe('what is usual', () => {
  test('is the prior until somebody was seen', () => {
    expect(counted([])).toEqual(priorModel)
    expect(counted([foldAll(customerKey('c'), [])])).toEqual(priorModel)
  })

  test('centres by segment, and small segments on all', () => {
    const shopper = (segment: string, orders: number) =>
      foldAll(customerKey('c'), [
        event(0, 'customer.profiled', { segment }),
        ...Array.from({ length: orders }, (_, index) => event(700 + index, 'order.placed', { order: `o${index}` })),
      ])
    const states = [
      ...Array.from({ length: 40 }, () => shopper('many', 7)),
      ...Array.from({ length: 40 }, () => shopper('few', 1)),
      shopper('one', 3),
    ]
    const { centres, reserve } = counted(states)
    expect(centres.many?.purchases_ln).toBeCloseTo(Math.log(8), 12)
    expect(centres.few?.purchases_ln).toBeCloseTo(Math.log(2), 12)
    expect(Object.keys(centres)).not.toContain('one')
    expect(reserve?.purchases_ln.mean).toBeCloseTo(centres['*']?.purchases_ln ?? 0, 12)
  })

  test('is counted of who has not left', () => {
    const subscriber = (leaves: boolean) =>
      foldAll(customerKey('c'), [
        event(leaves ? 0 : 700, 'subscription.started', { subscription: 's' }),
        ...(leaves ? [event(600, 'subscription.ended', { subscription: 's', by: 'customer' })] : []),
      ])
    const stays = Array.from({ length: 40 }, () => subscriber(false))
    const left = Array.from({ length: 40 }, () => subscriber(true))
    expect(counted([...stays, ...left])).toEqual(counted(stays))
  })
})
