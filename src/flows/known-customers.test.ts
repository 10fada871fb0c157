import fc from 'fast-check'
import { expect, test } from 'vitest'
import { appraise } from '../core/goodwill/appraise.ts'
import { priorModel } from '../core/goodwill/leave-model.ts'
import { scorerOf } from '../core/goodwill/scorer.ts'
import { customerKey } from '../core/ids.ts'
import { initial } from '../core/relationship/relationship.ts'
import { instant } from '../core/time/instant.ts'
import type { Save } from '../store/relationships.ts'
import { knownCustomers } from './known-customers.ts'

const scorer = scorerOf(priorModel, { marginShare: 0.3, discountMonthly: 0.008, currency: 'EUR' })

function save(customer: string, was: number, length: number): Save {
  const state = { ...initial(customerKey(customer)), lastId: 'x'.repeat(length) }
  const of = appraise(state, priorModel, scorer, instant(0))
  return { customer, was, mergedInto: null, members: [], root: null, of }
}

test('whoever was used last is remembered, as saved last, and never more than there is room for', () => {
  const anySave = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.nat(900))
  fc.assert(
    fc.property(fc.array(fc.array(anySave, { maxLength: 3 }), { maxLength: 30 }), (batches) => {
      const known = knownCustomers(2_000)
      const newest = new Map<string, number>()
      let revision = 0
      for (const batch of batches) {
        const saves = batch.map(([customer, length]) => {
          revision += 1
          newest.set(customer, revision)
          return save(customer, revision - 1, length)
        })
        known.note(saves)
        expect(known.characters()).toBeLessThanOrEqual(2_000)
        const last = saves.at(-1)
        if (last !== undefined) expect(known.find(last.customer)?.state).toBe(last.of?.state)
        for (const [customer, saved] of newest) expect([undefined, saved]).toContain(known.find(customer)?.revision)
      }
    }),
  )
})

test('who was found stays, who was not goes first', () => {
  const known = knownCustomers(2_000)
  known.note([save('a', 0, 600), save('b', 0, 600)])
  known.find('a')
  known.note([save('c', 0, 600)])
  expect(['a', 'b', 'c'].map((customer) => known.find(customer)?.customer)).toEqual(['a', undefined, 'c'])
})
