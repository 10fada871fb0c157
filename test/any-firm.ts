/** Firms of random histories, for what is counted over all customers. */
import fc from 'fast-check'
import { customerKey } from '../src/core/ids.ts'
import type { CustomerEvent } from '../src/core/relationship/event.ts'
import type { Instant } from '../src/core/time/instant.ts'
import { anyHistory, day, event } from './arbitrary-history.ts'

/** A firm that is looked at as of an instant, for so many days. */
export type Firm = Readonly<{ events: readonly CustomerEvent[]; asOf: Instant; days: number }>

// A dozen customers, some of whom others say that they are merged into: those names are in the histories.
const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']

/** Ids are a customer's own here: a retraction means the same before and after a merge. */
const ofCustomer = (history: readonly CustomerEvent[], customer: string): readonly CustomerEvent[] =>
  history.map((event) => {
    const own = { ...event, customer: customerKey(customer), id: `${customer}-${event.id}` }
    return own.type === 'event.retracted' ? { ...own, data: { ...own.data, id: `${customer}-${own.data.id}` } } : own
  })

// Some more that take back an event, and some that take back one of these, up to three in a row: few histories have any.
const anyAbout: fc.Arbitrary<readonly CustomerEvent[]> = fc
  .tuple(anyHistory, fc.array(fc.nat(80), { maxLength: 6 }))
  .map(([history, targets]) => [
    ...history,
    ...targets.map((target, place) => {
      const id = place % 3 > 0 && target % 4 > 0 ? `t${place - 1}` : `e${target % Math.max(1, history.length)}`
      return event(target % 3 === 0 ? 0 : 100 + place, 'event.retracted', { id }, `t${place}`)
    }),
  ])

/** Random firms of up to a dozen customers over the whole vocabulary, with merges and retractions of retractions. */
export const anyFirm: fc.Arbitrary<Firm> = fc
  .record({
    histories: fc.array(anyAbout, { minLength: 2, maxLength: keys.length }),
    asOf: fc.oneof(fc.integer({ min: 20, max: 130 }), fc.integer({ min: 20, max: 900 })),
    // Whole days and the part of one that has passed since midnight.
    days: fc.constantFrom(1, 7, 28, 100, 182, 0.4),
  })
  .map(({ histories, asOf, days }) => ({
    events: histories.flatMap((history, place) => ofCustomer(history, keys[place] ?? '')),
    asOf: day(asOf),
    days,
  }))
