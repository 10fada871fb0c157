import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LedgerEntryView } from '../contract/show.ts'
import { roundTo } from './rounding.ts'
import { arithmeticOf, pointsOf, statementOf } from './statement.ts'

const entry = (key: string, at: string, now: number, group: string | null = null): LedgerEntryView => ({
  key,
  event: key,
  covariate: 'fail_major',
  group,
  at,
  mark: now < 0 ? 'let-down' : 'repair',
  sentence: key,
  detail: '',
  posted: now,
  now,
  fades: { kind: 'none', words: '' },
})

const someEntries = fc
  .array(
    fc.record({
      day: fc.integer({ min: 1, max: 28 }),
      now: fc.double({ min: -2, max: 2, noNaN: true }),
      group: fc.constantFrom(null, 'f1', 'f2'),
    }),
    { maxLength: 30 },
  )
  .map((list) =>
    list.map(({ day, now, group }, index) =>
      entry(`e${index}`, `2026-10-${`${day}`.padStart(2, '0')}T00:00:00Z`, now, group),
    ),
  )

describe('the statement', () => {
  test('ends at the top in the rounded balance, and its groups add up to it', () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const groups = statementOf(entries)
        const balance = roundTo(
          entries.reduce((sum, { now }) => sum + now, 0),
          2,
        )
        expect(groups[0]?.lines[0]?.sum ?? 0).toBeCloseTo(balance, 9)
        expect(groups.reduce((sum, { total }) => sum + total, 0)).toBeCloseTo(balance, 9)
      }),
    )
  })

  test('every sum is the one below plus what the line says', () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const lines = statementOf(entries).flatMap((group) => group.lines)
        for (const [index, line] of lines.entries())
          expect(line.sum).toBeCloseTo((lines[index + 1]?.sum ?? 0) + line.now, 9)
      }),
    )
  })

  test('keeps the lines of one let-down together, newest first, and everything else last', () => {
    const groups = statementOf([
      entry('a', '2026-10-01T00:00:00Z', -0.3, 'f1'),
      entry('b', '2026-10-05T00:00:00Z', 0.06),
      entry('c', '2026-10-09T00:00:00Z', -0.2, 'f1'),
      entry('d', '2026-10-07T00:00:00Z', -0.1, 'f2'),
    ])
    expect(groups.map(({ group, lines }) => [group, lines.map((line) => line.entry.key)])).toEqual([
      ['f1', ['c', 'a']],
      [null, ['d', 'b']],
    ])
  })
})

test('the arithmetic adds up on the screen, and its balance is the one above it', () => {
  fc.assert(
    fc.property(
      someEntries,
      fc.double({ min: -6, max: -2, noNaN: true }),
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 6 }),
      (entries, intercept, amounts) => {
        const statics = amounts.map((amount, index) => ({ covariate: `s${index}`, sentence: '', amount }))
        const balance = entries.reduce((sum, { now }) => sum + now, 0)
        const linearPredictor = intercept + amounts.reduce((sum, amount) => sum + amount, 0) - balance
        const sum = arithmeticOf({ intercept, statics, linearPredictor, entries })
        expect(sum.intercept + sum.staticsTotal - sum.balance).toBeCloseTo(sum.linearPredictor, 9)
        expect(sum.balance).toBe(roundTo(balance, 2))
        expect(sum.linearPredictor).toBeCloseTo(linearPredictor, 1)
      },
    ),
  )
})

describe('in points of the chance to stay', () => {
  const chance = (toLeave: number) => 100 * (1 - 1 / (1 + Math.exp(-toLeave))) ** 12

  test('the rounded lines add up to what the balance is worth, rounded', () => {
    fc.assert(
      fc.property(someEntries, fc.double({ min: -6, max: 0, noNaN: true }), (entries, linearPredictor) => {
        const unit = pointsOf({ entries, linearPredictor })
        const groups = statementOf(entries, unit)
        const balance = entries.reduce((sum, { now }) => sum + now, 0)
        const worth = chance(linearPredictor) - chance(linearPredictor + balance)
        const lines = groups.flatMap((group) => group.lines)
        const total = lines.reduce((sum, { now }) => sum + now, 0)
        expect(Math.abs(total - worth)).toBeLessThan(0.0501 + 1e-4)
        expect(lines[0]?.sum ?? 0).toBeCloseTo(total, 6)
      }),
    )
  })

  test('a line has the sign of its log-odds', () => {
    const { scale } = pointsOf({ entries: [entry('a', '2026-10-01T00:00:00Z', -1)], linearPredictor: -3 })
    expect(scale).toBeGreaterThan(0)
    expect(pointsOf({ entries: [], linearPredictor: -3 }).scale).toBeGreaterThan(0)
  })
})
