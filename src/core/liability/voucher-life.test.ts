import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { customerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { calendarMonthOf, DAY_MS, type Instant, instant, rfc3339 } from '../time/instant.ts'
import { isOpenAt, leftMinorAt, lifeAsOf, voucherLives } from './voucher-life.ts'
import { voucherRoll } from './voucher-roll.ts'

const START = Date.UTC(2025, 0, 10)
const day = (days: number): Instant => instant(START + days * DAY_MS)
const ASOF = day(400)

let count = 0
const event = (days: number, type: string, data: Readonly<Record<string, unknown>>): CustomerEvent => {
  count += 1
  const id = String(count).padStart(6, '0')
  return { id, source: 'test', customer: customerKey('c'), at: day(days), type, data } as unknown as CustomerEvent
}
const issue = (days: number, value: number, more: Readonly<Record<string, unknown>> = {}) =>
  event(days, 'voucher.issued', { voucher: 'v', value, ...more })
const redeem = (days: number, value: number) => event(days, 'voucher.redeemed', { voucher: 'v', value })
const livesOf = (...events: readonly CustomerEvent[]) => voucherLives(events, ASOF)

describe('the life of a voucher', () => {
  test('a partial use leaves the rest, and never more than the rest is taken', () => {
    const [life] = livesOf(issue(0, 5_000), redeem(10, 2_000), redeem(20, 9_000))
    expect(life?.moves.map(({ kind, minor }) => [kind, minor])).toEqual([
      ['redeemed', 2_000],
      ['redeemed', 3_000],
    ])
    expect(life?.ended).toEqual({ at: day(20), by: 'redeemed' })
  })

  test('it expires by the clock without an event, and only once with one', () => {
    const expiresAt = rfc3339(day(30))
    const [silent] = livesOf(issue(0, 5_000, { expiresAt }))
    const [told] = livesOf(issue(0, 5_000, { expiresAt }), event(31, 'voucher.expired', { voucher: 'v' }))
    expect(silent?.ended).toEqual({ at: day(30), by: 'expired' })
    expect(told).toEqual(silent)
  })

  test('one honoured after its expiry takes the expiry back to that amount', () => {
    const [life] = livesOf(issue(0, 5_000, { expiresAt: rfc3339(day(30)) }), redeem(40, 2_000))
    const sum = (kind: string) =>
      life?.moves.filter((one) => one.kind === kind).reduce((total, { minor }) => total + minor, 0)
    expect([sum('redeemed'), sum('expired')]).toEqual([2_000, 3_000])
  })

  test('one that only counts (value 0) ends with its first use', () => {
    const [life] = livesOf(issue(0, 0), redeem(5, 0), redeem(6, 0))
    expect(life?.moves).toHaveLength(1)
    expect(life?.ended?.by).toBe('redeemed')
  })

  test('an id that is issued again cancels what was left of the first', () => {
    const [first, second] = livesOf(issue(0, 5_000), redeem(1, 1_000), issue(2, 700))
    expect(first?.moves.at(-1)).toEqual({ at: day(2), kind: 'cancelled', minor: 4_000 })
    expect(second?.valueMinor).toBe(700)
  })

  test('a redemption of a voucher that nobody issued is not a life', () => {
    expect(livesOf(redeem(1, 100))).toEqual([])
  })

  test('as of an earlier day nothing later is known', () => {
    const [life] = livesOf(issue(0, 5_000), redeem(10, 2_000), redeem(20, 3_000))
    if (life === undefined) throw new Error('one life was expected')
    const then = lifeAsOf(life, day(15))
    expect([then.moves.length, then.ended, leftMinorAt(then, day(15)), isOpenAt(then, day(15))]).toEqual([
      1,
      null,
      3_000,
      true,
    ])
  })
})

const step = fc.record({
  days: fc.integer({ min: 0, max: 390 }),
  what: fc.constantFrom('issued', 'redeemed', 'expired', 'cancelled', 'reminded'),
  voucher: fc.constantFrom('a', 'b'),
  value: fc.integer({ min: 0, max: 300 }),
  life: fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
})

describe('the roll-forward', () => {
  test('ties in every month, and closes at what is left on the vouchers, whatever happened', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const events = steps
          .toSorted((a, b) => a.days - b.days)
          .map(({ days, what, voucher, value, life }) =>
            event(days, `voucher.${what}`, {
              voucher,
              value,
              ...(life === undefined ? {} : { expiresAt: rfc3339(day(days + life)) }),
            }),
          )
        const lives = voucherLives(events, ASOF)
        const roll = voucherRoll()
        for (const life of lives) roll.add(life)
        const months = roll.finish(calendarMonthOf(ASOF))
        let [minor, vouchers] = [0, 0]
        for (const month of months) {
          expect([month.openingMinor, month.openingCount]).toEqual([minor, vouchers])
          minor += month.issuedMinor - month.redeemedMinor - month.expiredMinor - month.cancelledMinor
          vouchers += month.issuedCount - month.redeemedCount - month.expiredCount - month.cancelledCount
          expect([month.closingMinor, month.closingCount]).toEqual([minor, vouchers])
        }
        expect(minor).toBe(lives.reduce((sum, life) => sum + leftMinorAt(life, ASOF), 0))
        expect(vouchers).toBe(lives.filter(({ ended }) => ended === null).length)
      }),
    )
  })
})
