import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rng } from '../rng.ts'
import { hiddenCells } from './hidden-cells.ts'
import { besideOthers, type MixedRows } from './same-mix.ts'

type Row = readonly [person: number, group: number, kind: number, value: number]
const table = (rows: readonly Row[]): MixedRows => ({
  person: Int32Array.from(rows, ([person]) => person),
  group: Int32Array.from(rows, ([, group]) => group),
  kind: Int32Array.from(rows, ([, , kind]) => kind),
  value: Float64Array.from(rows, ([, , , value]) => value),
})

const plain = { level: 0.95, isShare: false }

describe('consistent', () => {
  test('in one kind it is the difference of two means', () => {
    const rows: Row[] = [
      [0, 0, 0, 1],
      [1, 0, 0, 3],
      [2, 1, 0, 5],
      [3, 1, 0, 5],
      [4, 2, 0, 8],
    ]
    const [first, , third] = besideOthers(table(rows), 3, plain)
    expect(first).toMatchObject({ value: 2, others: 6, difference: -4, people: 2, otherPeople: 3, rows: 2 })
    expect(third).toMatchObject({ value: 8, difference: 4.5, low: Number.NEGATIVE_INFINITY })
  })

  test('groups that differ by their mix alone do not differ', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 4 })), {
          minLength: 5,
          maxLength: 80,
        }),
        fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 5, maxLength: 5 }),
        (places, worth) => {
          const rows = places.map(([group, kind], person): Row => [person, group, kind, worth[kind] ?? 0])
          for (const found of besideOthers(table(rows), 3, plain))
            if (found !== undefined) expect(found.difference).toBeCloseTo(0, 9)
        },
      ),
    )
  })

  test('of two groups the same row told again for the same person says nothing new of how sure it is', () => {
    const random = rng(3)
    const once = Array.from({ length: 80 }, (_, person): Row => [person, person % 2, 0, random.uniform()])
    const width = (rows: readonly Row[]) => {
      const [found] = besideOthers(table(rows), 2, plain)
      return (found?.high ?? 0) - (found?.low ?? 0)
    }
    expect(width([...once, ...once, ...once])).toBeCloseTo(width(once), 9)
  })

  test('a kind that one group has alone is not counted, and a group of such kinds alone is not compared', () => {
    const rows: Row[] = [
      [0, 0, 0, 1],
      [1, 1, 0, 1],
      [2, 0, 1, 100],
      [3, 2, 2, 7],
    ]
    const [first, , third] = besideOthers(table(rows), 3, plain)
    expect(first).toMatchObject({ value: 1, difference: 0, rows: 1 })
    expect(third).toBeUndefined()
  })
})

test('that nobody of a few had something leaves open that some of all have', () => {
  const none = (count: number): Row[] => Array.from({ length: 2 * count }, (_, person) => [person, person % 2, 0, 0])
  const width = (count: number) => besideOthers(table(none(count)), 2, { level: 0.95, isShare: true })[0]?.high ?? 0
  expect(width(20)).toBeGreaterThan(0.1)
  expect(width(2_000)).toBeLessThan(0.01)
  expect(besideOthers(table(none(20)), 2, plain)[0]?.high).toBe(0)
})

describe('recovers', () => {
  const RUNS = 400
  const firm = (seed: number, planted: number) => {
    const random = rng(seed)
    return Array.from({ length: 600 }, (_, row): Row => {
      const person = row >> 1
      const group = person % 3
      // Group 0 has mostly the second kind, whose values are higher.
      const kind = random.uniform() < (group === 0 ? 0.8 : 0.3) ? 1 : 0
      return [person, group, kind, 10 * kind + 4 * random.uniform() + (group === 0 ? planted : 0)]
    })
  }

  test('a planted difference, whatever the mix', () => {
    const [found] = besideOthers(table(firm(1, 1.5)), 3, plain)
    expect(found?.difference).toBeGreaterThan(1)
    expect(found?.difference).toBeLessThan(2)
    expect(found?.low).toBeGreaterThan(0)
  })

  test('its interval holds the truth as often as it says', () => {
    for (const planted of [0, 1]) {
      let held = 0
      for (let seed = 0; seed < RUNS; seed += 1) {
        const [found] = besideOthers(table(firm(seed, planted)), 3, plain)
        if (found !== undefined && found.low <= planted && found.high >= planted) held += 1
      }
      // 95 of 100 give or take 3 standard errors; above is the side of caution.
      expect([planted, held / RUNS >= 0.95 - 3 * Math.sqrt((0.95 * 0.05) / RUNS)]).toEqual([planted, true])
    }
  })
})

describe('hidden cells', () => {
  const row = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 12 })

  test('a small one is never told, and what is hidden cannot be worked out from the sum', () => {
    fc.assert(
      fc.property(row, fc.integer({ min: 2, max: 20 }), (people, least) => {
        const hidden = hiddenCells(people, least)
        const some = people.filter((_, cell) => hidden[cell] === true)
        const filled = some.filter((count) => count > 0)
        expect(people.every((count, cell) => hidden[cell] === true || count >= least)).toBe(true)
        // Whoever knows the sum and all that is told knows the sum of the hidden alone: of one it would be the cell itself.
        if (hidden.includes(false) && filled.length > 0) {
          expect(filled.length).toBeGreaterThan(1)
          expect(filled.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(least)
        }
        expect(hidden.filter((one) => !one)).not.toHaveLength(1)
      }),
    )
  })

  test('no more than is needed', () => {
    expect(hiddenCells([40, 30, 20], 10)).toEqual([false, false, false])
    expect(hiddenCells([40, 30, 20, 3], 10)).toEqual([false, false, true, true])
    expect(hiddenCells([40, 30, 20, 3, 8], 10)).toEqual([false, false, false, true, true])
    expect(hiddenCells([40, 30, 0], 10)).toEqual([false, false, true])
    expect(hiddenCells([40, 3], 10)).toEqual([true, true])
    expect(hiddenCells([], 10)).toEqual([])
  })
})
