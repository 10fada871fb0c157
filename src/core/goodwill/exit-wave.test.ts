import { describe, expect, test } from 'vitest'
import { customerKey } from '../ids.ts'
import { initial, type Relationship } from '../relationship/relationship.ts'
import { DAY_MS, type Instant, instant, MONTH_MS } from '../time/instant.ts'
import { exitWave, termEnd } from './exit-wave.ts'
import { stay } from './forecast.ts'
import { priorModel } from './leave-model.ts'

const at = instant(Date.UTC(2026, 5, 15))
const later = (months: number): Instant => instant(at + Math.round(months * MONTH_MS))

/** A customer of two years whose subscriptions are bound until these instants; null is one that is not bound. */
function bound(...ends: readonly (Instant | null)[]): Relationship {
  const somebody = initial(customerKey('c'))
  const startedAt = instant(at - 720 * DAY_MS)
  const subscriptions = ends.map((fixedUntil, place) => ({
    ...{ subscription: `s${place}`, product: null, monthlyMinor: 1_000, currency: null, at: startedAt, event: 'e' },
    fixedUntil,
  }))
  const facts = { ...somebody.facts, startedAt, subscriptions, everSubscribed: true }
  return { ...somebody, firstAt: startedAt, lastAt: startedAt, eventCount: 1, facts }
}

const waveOf = (states: readonly Relationship[], weight = 1) => {
  const wave = exitWave(priorModel, at, weight)
  for (const state of states) wave.add(state)
  return wave.told()
}

test('a term is over with the last that ends; who left or said so is not bound', () => {
  expect(termEnd(bound(later(2), null, later(5)), at)).toBe(later(5))
  expect(termEnd(bound(later(-1), null), at)).toBeNull()
  const leaving = bound(later(5))
  expect(termEnd({ ...leaving, exit: { ...leaving.exit, intentAt: at } }, at)).toBeNull()
  expect(termEnd({ ...leaving, exit: { ...leaving.exit, leftAt: at } }, at)).toBeNull()
})

describe('the wave', () => {
  test('comes in the month after the term, as the chance to stay of the same customer says', () => {
    const one = bound(later(2.5))
    const { months, bound: held } = waveOf([one])
    expect(held).toBe(1)
    expect(months.map(({ ending }) => ending)).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    const chance = stay(one, priorModel, at, 3).value - stay(one, priorModel, at, 4).value
    expect(months[2]?.leaving.value).toBeCloseTo(chance, 12)
    expect(months[2]?.leaving.value).toBeGreaterThan(2 * (months[2]?.stillBound.value ?? Number.NaN))
  })

  test('who is bound would leave more readily if free, by the slope of the term', () => {
    const { leaving, ifFree } = waveOf([bound(later(8))])
    const odds = (chance: number) => chance / (1 - chance)
    const slope = -1.2
    expect(Math.log(odds(leaving.value) / odds(ifFree.value))).toBeCloseTo(slope, 9)
  })

  test('what the model is unsure of is shared: more customers make no surer share', () => {
    const few = waveOf(Array.from({ length: 100 }, () => bound(later(2.5))))
    const many = waveOf(Array.from({ length: 10_000 }, () => bound(later(2.5))))
    const width = ({ low, high, value }: Readonly<{ low: number; high: number; value: number }>) => (high - low) / value
    expect(many.ifFree.value).toBeCloseTo(100 * few.ifFree.value, 6)
    expect(width(many.ifFree)).toBeGreaterThan(width(few.ifFree) / 2)
  })

  test('a sample stands for all: counts grow with the weight, and what is by chance with them', () => {
    const [one, ten] = [waveOf([bound(later(2.5))]), waveOf([bound(later(2.5))], 10)]
    expect(ten.bound).toBe(10)
    expect(ten.months[2]?.ending).toBe(10)
    expect(ten.leaving.value).toBeCloseTo(10 * one.leaving.value, 12)
  })

  test('of nobody it is nothing', () => {
    expect(waveOf([bound(null)])).toMatchObject({ bound: 0, leaving: { value: 0, low: 0, high: 0 } })
  })
})
