import { describe, expect, test } from 'vitest'
import { answered } from '../../../test/answered.ts'
import { CLASSES, TRUTH } from '../../../test/some-attrition.ts'
import { plainPeriods, somePeriods } from '../../../test/some-periods.ts'
import { rng } from '../rng.ts'
import type { LatentAttrition } from './attrition-mixture.ts'
import type { AttritionRows, Periods } from './attrition-rows.ts'
import { scoreAttrition, simulateAttrition } from './score-attrition.ts'

function scored(model: LatentAttrition, past: AttritionRows, future: Periods) {
  const scores = scoreAttrition(model, past, future)
  if (scores.kind === 'refused') throw new Error(scores.say)
  return scores
}

const one = (value: number) => Float64Array.of(value)

describe('consistent', () => {
  test('a thousand purchases in ten years of weeks give finite numbers', () => {
    const purchases = new Float64Array(2 * 520)
    purchases[100] = 1_000
    purchases[519] = 1
    const periods = { ...plainPeriods(2, 520, 1), leave: { values: new Float64Array(1_040), columnCount: 1 } }
    const model = { ...CLASSES, leave: one(1), buy: new Float64Array(0) }
    const { logLikelihood: logs, alive, expected } = scored(model, { ...periods, purchases }, periods)
    for (const value of [...logs, ...alive, ...expected]) expect(Number.isFinite(value)).toBe(true)
    // The second customer has not bought for ten years after nothing at all: hardly there.
    expect(alive[1]).toBeLessThan(0.05)
  })
  test('a failure in the last period lowers the chance to be there, and what is expected', () => {
    const past = { ...somePeriods(1, 4, 4, 'last'), purchases: Float64Array.of(0, 1, 0, 1) }
    const values = Float64Array.from(past.leave.values)
    values[6] = (values[6] ?? 0) + 2
    const calm = scored(TRUTH, past, past)
    const failed = scored(TRUTH, { ...past, leave: { values, columnCount: 2 } }, past)
    expect(failed.alive[0]).toBeLessThan(calm.alive[0] ?? 0)
    expect(failed.expected[0]).toBeLessThan(calm.expected[0] ?? 0)
    expect(failed.logLikelihood[0]).toBe(calm.logLikelihood[0])
  })
})

describe('recovers', () => {
  test('who is there, and what they buy next', () => {
    const customers = 4_000
    const periods = somePeriods(customers, 18, 18, 'next')
    const all = answered(simulateAttrition(CLASSES, periods, rng('next')))
    const cut = (from: number, to: number): AttritionRows => {
      const pick = (column: Float64Array, width: number) => {
        const out = new Float64Array(customers * (to - from) * width)
        for (let i = 0; i < customers; i++) {
          const start = (i * 18 + from) * width
          out.set(column.subarray(start, start + (to - from) * width), i * (to - from) * width)
        }
        return out
      }
      return {
        firstRow: Uint32Array.from({ length: customers + 1 }, (_, i) => i * (to - from)),
        exposure: pick(all.exposure, 1),
        purchases: pick(all.purchases, 1),
        leave: { values: pick(all.leave.values, 2), columnCount: 2 },
        buy: { values: pick(all.buy?.values ?? new Float64Array(0), 1), columnCount: 1 },
      }
    }
    const future = cut(12, 18)
    const { alive, expected } = scored(CLASSES, cut(0, 12), future)
    const there = all.leftAfter.map((left) => (left < 0 || left >= 12 ? 1 : 0))
    for (const [least, most] of [
      [0, 0.2],
      [0.2, 0.8],
      [0.8, 1],
    ] as const) {
      const inside = [...alive.keys()].filter((i) => (alive[i] ?? 0) > least && (alive[i] ?? 0) <= most)
      const foreseen = inside.reduce((sum, i) => sum + (alive[i] ?? 0), 0)
      const seen = inside.reduce((sum, i) => sum + (there[i] ?? 0), 0)
      const error = Math.sqrt(inside.reduce((sum, i) => sum + (alive[i] ?? 0) * (1 - (alive[i] ?? 0)), 0))
      expect(inside.length).toBeGreaterThan(100)
      expect(Math.abs(seen - foreseen)).toBeLessThan(3 * error)
    }
    const bought = future.purchases.reduce((a, b) => a + b, 0)
    expect(expected.reduce((a, b) => a + b, 0) / bought).toBeCloseTo(1, 1)
  })
})

describe('refuses', () => {
  const good = answered(simulateAttrition(TRUTH, somePeriods(80, 3, 8, 'good'), rng('good')))
  test('a future or parameters that do not fit', () => {
    expect(scoreAttrition(TRUTH, good, somePeriods(79, 2, 2, 'x'))).toMatchObject({ because: 'lengths-differ' })
    expect(scoreAttrition({ ...TRUTH, leave: one(1) }, good, good)).toMatchObject({ because: 'lengths-differ' })
    expect(scoreAttrition({ ...TRUTH, r: 0 }, good, good)).toMatchObject({ because: 'impossible-parameter' })
    expect(scoreAttrition({ ...TRUTH, share: one(0.5) }, good, good)).toMatchObject({ because: 'impossible-parameter' })
  })
})
