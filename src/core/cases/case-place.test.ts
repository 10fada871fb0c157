import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { opened, opening, past, policy, promised } from '../../../test/case-lines.ts'
import { DAY_MS, instant } from '../time/instant.ts'
import { casePlace } from './case-place.ts'
import { inQueueOrder } from './case-queue.ts'
import { fold, initial, type RecoveryCase } from './recovery-case.ts'
import { usualCasePolicy } from './usual-case-policy.ts'

const standards = { policy, regimes: new Map() }
const calm = { ...standards, policy: { ...policy, minutes: usualCasePolicy(policy.calendar).minutes } }
const someCase = fc.record({
  name: fc.uuid(),
  late: fc.nat(900),
  failed: fc.boolean(),
  stake: fc.nat(90_000),
  promise: fc.option(fc.nat(900), { nil: undefined }),
})

const caseOf = ({
  name,
  late,
  failed,
  promise,
}: Readonly<{ name: string; late: number; failed: boolean; promise: number | undefined }>): RecoveryCase => {
  const one = initial(opening({ case: name, at: past(-late), isDoubleDeviation: failed }))
  return promise === undefined ? one : fold(one, promised(past(-late), past(promise - late)))
}

describe('the place of a case', () => {
  test('by floor, rank, opening and name is that of the queue', () => {
    fc.assert(
      fc.property(fc.uniqueArray(someCase, { selector: ({ name }) => name, maxLength: 12 }), (some) => {
        const places = some.map((one) => casePlace(caseOf(one), standards, opened, { minor: one.stake, usualMinor: 0 }))
        const sorted = places.toSorted(
          (a, b) => a.floor - b.floor || a.rank - b.rank || a.openedAt - b.openedAt || (a.case < b.case ? -1 : 1),
        )
        expect(sorted.map((one) => one.case)).toEqual(inQueueOrder(places).map((one) => one.case))
      }),
    )
  })

  test('stays what it is until it wakes, and wakes within a day', () => {
    fc.assert(
      fc.property(someCase, fc.double({ min: 0, max: 1, noNaN: true }), (one, share) => {
        const state = caseOf(one)
        const { wakeAt, reason } = casePlace(state, calm, opened, { minor: one.stake, usualMinor: 0 })
        const until = wakeAt ?? opened
        expect(until).toBeGreaterThan(opened)
        expect(until).toBeLessThanOrEqual(opened + DAY_MS)
        const before = instant(Math.floor(opened + (until - opened - 1) * share))
        expect(casePlace(state, calm, before, { minor: one.stake, usualMinor: 0 }).reason).toBe(reason)
      }),
    )
  })

  test('a promise kept without the time at which it was made warns from the opening of its case', () => {
    const one = fold(initial(opening({ severity: 'minor', at: past(0) })), promised(past(100), past(200)))
    const ofBefore = { ...one, promises: one.promises.map(({ madeAt: _, ...promise }) => promise) }
    const warns = [one, ofBefore].map((state) => casePlace(state, calm, past(101), { minor: 1, usualMinor: 0 }).wakeAt)
    expect(warns).toEqual([past(175), past(150)])
  })
})
