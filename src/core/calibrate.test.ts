import { describe, expect, test } from 'vitest'
import { day, event } from '../../test/arbitrary-history.ts'
import { calibrator } from './calibrate.ts'
import { linearPredictor } from './covariates.ts'
import type { CustomerEvent } from './event.ts'
import { customerKey } from './ids.ts'
import { DAY_MS, instant, MONTH_MS } from './instant.ts'
import { priorModel } from './leave-model.ts'
import { foldAll, type Relationship } from './relationship.ts'

const end = instant(day(0) + 24 * MONTH_MS)

/** A seeded generator of uniform numbers (mulberry32). */
function uniform(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Subscribers who leave with a fixed chance a month. */
function firm(customers: number, rate: number, seed: number): readonly Relationship[] {
  const next = uniform(seed)
  return Array.from({ length: customers }, () => {
    const start = next() * 12 * 30.4375
    const events: CustomerEvent[] = [event(start, 'subscription.started', { subscription: 's' })]
    for (let month = 1; start + month * 30.4375 <= 24 * 30.4375; month += 1) {
      if (next() >= rate) continue
      events.push(event(start + month * 30.4375, 'subscription.ended', { subscription: 's', by: 'customer' }))
      break
    }
    return foldAll(customerKey('c'), events)
  })
}

function calibrated(states: readonly Relationship[]) {
  const { observe, weigh, finish } = calibrator(priorModel, end)
  for (const state of states) observe(state)
  for (const state of states) weigh(state)
  return finish(1)
}

describe('calibration', () => {
  test('recovers a known rate of leaving, and the base then leaves at that rate on average', () => {
    const states = firm(4_000, 0.03, 11)
    const found = calibrated(states)
    if (found.kind !== 'calibrated') throw new Error(found.because)
    expect(Math.abs(found.rate - 0.03)).toBeLessThan(3 * Math.sqrt(0.03 / found.monthsAtRisk))
    expect(found.model.intercept).toMatchObject({ from: 'own-data' })
    expect(found.model.intercept.sd).toBeCloseTo(1 / Math.sqrt(found.exits), 2)
    const base = states.filter(({ exit }) => exit.leftAt === null)
    const mean = base.reduce((sum, state) => sum + linearPredictor(state, found.model, end), 0) / base.length
    expect(mean).toBeCloseTo(Math.log(found.rate / (1 - found.rate)), 9)
    expect(JSON.parse(JSON.stringify(found.model))).toStrictEqual(found.model)
  })

  test('keeps the prior when exits or months are too few, and says which', () => {
    expect(calibrated(firm(2, 0, 3))).toMatchObject({ kind: 'unknown', because: 'too-few-months' })
    const few = calibrated(firm(200, 0.0001, 5))
    expect(few).toMatchObject({ kind: 'unknown', because: 'too-few-exits', needed: { exits: 10, monthsAtRisk: 100 } })
    expect(few.model.intercept).toEqual(priorModel.intercept)
    expect(calibrated([]).kind).toBe('unknown')
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
    const { centres, reserve } = calibrated(states).model
    expect(centres.many?.purchases_ln).toBeCloseTo(Math.log(8), 12)
    expect(centres.few?.purchases_ln).toBeCloseTo(Math.log(2), 12)
    expect(Object.keys(centres)).not.toContain('one')
    expect(reserve?.purchases_ln.mean).toBeCloseTo(centres['*']?.purchases_ln ?? 0, 12)
  })

  test('counts silence of a shop as leaving only where no subscription was ever seen', () => {
    const shoppers = Array.from({ length: 50 }, (_, index) =>
      foldAll(customerKey('c'), [
        event(index, 'order.placed', { order: 'a' }),
        event(index + 10, 'order.placed', { order: 'b' }),
      ]),
    )
    const found = calibrated(shoppers)
    expect(found).toMatchObject({ kind: 'calibrated', exits: 50 })
    expect(found.monthsAtRisk).toBeCloseTo((50 * 190 * DAY_MS) / MONTH_MS, 6)
  })
})
