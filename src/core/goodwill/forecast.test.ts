import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyHistory, day, event } from '../../../test/arbitrary-history.ts'
import { future, points, remainingValue } from '../../../test/figures-alone.ts'
import { customerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { foldAll, type Relationship } from '../relationship/relationship.ts'
import { DAY_MS, instant, MONTH_MS } from '../time/instant.ts'
import { atStake, forecast, goodwillEstimate, type Margins, referenceStay, stay } from './forecast.ts'
import { type LeaveModel, priorModel } from './leave-model.ts'
import { score } from './score.ts'

const margins: Margins = { marginShare: 0.3, discountMonthly: 0.008, currency: 'EUR' }
const folded = (...events: readonly CustomerEvent[]): Relationship => foldAll(customerKey('c'), events)
const member = event(0, 'subscription.started', { subscription: 's', monthlyValue: 2_000 })
const year = instant(day(0) + 12 * MONTH_MS)
const late = (year - day(0)) / DAY_MS

describe('chance to stay', () => {
  test('is that of the reference for a customer of 12 months without events', () => {
    expect(stay(folded(member), priorModel, year, 12).value).toBeCloseTo(referenceStay(priorModel), 12)
    expect(referenceStay(priorModel)).toBeCloseTo(0.8, 1)
    expect(points(folded(member), priorModel, year).value).toBeCloseTo(0, 10)
  })

  test('lies within its interval, falls with time, and is 0 for who has left', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const state = foldAll(customerKey('c'), history)
        const at = instant((state.lastAt ?? 0) + DAY_MS)
        const [short, long] = [stay(state, priorModel, at, 3), stay(state, priorModel, at, 12)]
        expect(long.value).toBeLessThanOrEqual(short.value)
        for (const { value, low, high } of [short, long]) {
          expect(low).toBeLessThanOrEqual(value)
          expect(value).toBeLessThanOrEqual(high)
        }
        if (state.exit.leftAt !== null) expect(long).toEqual({ value: 0, low: 0, high: 0 })
      }),
    )
  })
})

test('silence is no certainty: an inferred exit leaves the chance that of the model', () => {
  const state = folded(event(0, 'order.placed', { order: 'o', value: 5_000 }))
  expect(score(state, priorModel, margins, day(200)).leftAt).toBe(day(180))
  expect(stay(state, priorModel, day(200), 12).value).toBeGreaterThan(0.5)
  expect(remainingValue(state, priorModel, margins, day(400)).value).toBe(0)
})

describe('put right or left alone', () => {
  test('nothing to put right, nothing at stake', () => {
    expect(atStake(folded(member), priorModel, margins, year)).toBeNull()
    expect(future(folded(member), priorModel, year).repaired).toBeNull()
  })

  test('an open failure puts a part of the value at stake, and both fans start at 1', () => {
    const state = folded(
      member,
      event(late - 20, 'failure.occurred', { failure: 'f', severity: 'critical', loss: 9_000 }),
    )
    const stake = atStake(state, priorModel, margins, year)
    expect(stake?.amount.value).toBeCloseTo((stake?.repaired.value ?? 0) - (stake?.neglected.value ?? 0), 9)
    expect(stake?.amount.value).toBeGreaterThan(1_000)
    const { repaired, neglected } = future(state, priorModel, year)
    expect([repaired?.median[0], neglected.median[0]]).toEqual([1, 1])
    expect(repaired?.median[12]).toBeGreaterThan(neglected.median[12] ?? 1)
  })

  test('one closed with a step missed stays repairable for 90 days', () => {
    const state = folded(
      member,
      event(100, 'failure.occurred', { failure: 'f', severity: 'major' }),
      event(101, 'failure.closed', { failure: 'f', fixed: true }),
    )
    expect(atStake(state, priorModel, margins, day(190.9))).not.toBeNull()
    expect(atStake(state, priorModel, margins, day(191.1))).toBeNull()
  })

  test('what cannot be undone is not at stake: all was done, only the acknowledgement was late', () => {
    const done = (['failure.acknowledged', 'failure.apologised', 'failure.fixed'] as const).map((type) =>
      event(103, type, { failure: 'f' }),
    )
    const state = folded(
      member,
      event(100, 'failure.occurred', { failure: 'f', severity: 'major' }),
      ...done,
      event(104, 'failure.confirmed', { failure: 'f', satisfied: true }),
      event(105, 'failure.closed', { failure: 'f', fixed: true }),
    )
    expect(atStake(state, priorModel, margins, day(106))).toBeNull()
    expect(atStake(state, priorModel, margins, day(120))).not.toBeNull()
  })

  test('being put right is never worth less than being left alone, but for those who feel little attachment', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const state = foldAll(customerKey('c'), history)
        // Attachment turns against the firm when it fails twice; the prior says the less of it, the less that hurts.
        fc.pre((state.facts.attachment?.score ?? 1) >= 0.5 && (state.factsAtExit?.attachment?.score ?? 1) >= 0.5)
        const { repaired, neglected } = future(state, priorModel, state.lastAt ?? day(0))
        // A first apology and a first compensation cost nothing; every slope of a missed step is positive.
        if (repaired !== null) expect(repaired.median[12]).toBeGreaterThanOrEqual((neglected.median[12] ?? 1) - 1e-12)
      }),
    )
  })
})

describe('value', () => {
  test('is the margin of the months, weighed by the chance to be there and discounted', () => {
    const state = folded(member)
    const chance = stay(state, priorModel, year, 1).value
    const first = remainingValue(state, priorModel, { ...margins, discountMonthly: 1e9 }, year).value
    expect(first).toBeCloseTo((600 * chance) / (1 + 1e9), 12)
    expect(remainingValue(state, priorModel, margins, year).value).toBeLessThan(36 * 600)
  })

  test('spreads orders over the months known, at least one', () => {
    const state = folded(event(0, 'order.placed', { order: 'o', value: 1_200 }))
    const rate = (at: number) =>
      remainingValue(state, priorModel, { ...margins, discountMonthly: 1e9 }, day(at)).value * 1e9
    expect(rate(1) / rate(2 * 30.4375)).toBeGreaterThan(1.9)
  })
})

test('a score says the same as the questions it answers', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const state = foldAll(customerKey('c'), history)
      const at = state.lastAt ?? day(0)
      const row = score(state, priorModel, margins, at)
      expect(row.goodwill).toBeCloseTo(goodwillEstimate(state, priorModel, at).value, 12)
      expect(row.stay).toBe(stay(state, priorModel, at, 12).value)
      expect(row.valueMinor).toBe(Math.round(remainingValue(state, priorModel, margins, at).value))
      const stake = atStake(state, priorModel, margins, at)?.amount.value ?? 0
      expect(Math.abs(row.atStakeMinor - stake)).toBeLessThan(1)
      expect(Object.values(row).every((one) => one === null || typeof one === 'boolean' || Number.isFinite(one))).toBe(
        true,
      )
    }),
  )
})

test('the chance to stay is where the fan of a customer left alone ends', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const state = foldAll(customerKey('c'), history)
      if (state.lastAt === null) return
      const { neglected } = future(state, priorModel, state.lastAt)
      expect(neglected.median[12]).toBeCloseTo(stay(state, priorModel, state.lastAt, 12).value, 12)
    }),
  )
})

const learnedFromBuying: LeaveModel = {
  ...priorModel,
  buying: { r: 1.4, alpha: 2.7, season: [0.3, -0.2], meanSeason: 1.03 },
}

test('what a page tells is what each figure by itself tells', () => {
  fc.assert(
    fc.property(anyHistory, fc.integer({ min: 0, max: 900 }), fc.boolean(), (history, later, fromBuying) => {
      const state = folded(...history)
      const at = instant(Math.max(state.lastAt ?? 0, day(0)) + later * DAY_MS)
      const model = fromBuying ? learnedFromBuying : priorModel
      const all = forecast(state, model, margins, at)
      expect(all).toMatchObject({
        stay: stay(state, model, at, 12),
        points: points(state, model, at),
        value: remainingValue(state, model, margins, at),
        atStake: atStake(state, model, margins, at),
        future: future(state, model, at),
      })
    }),
  )
})
