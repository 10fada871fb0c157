import { calendarMonthOf } from '../time/instant.ts'
import type { VoucherLife } from './voucher-life.ts'

/**
 * What came and went in one calendar month (UTC). Opening + issued - redeemed - expired - cancelled = closing, in
 * minor units and in vouchers, to the unit. `expiredMinor` is less what was honoured after its expiry. A voucher
 * counts as redeemed when nothing is left of it.
 */
export type RollMonth = Readonly<{
  month: number
  openingMinor: number
  issuedMinor: number
  redeemedMinor: number
  expiredMinor: number
  cancelledMinor: number
  closingMinor: number
  openingCount: number
  issuedCount: number
  redeemedCount: number
  expiredCount: number
  cancelledCount: number
  closingCount: number
}>

type Flow = { issued: number; redeemed: number; expired: number; cancelled: number }
type Flows = Readonly<{ minor: Flow; count: Flow }>

const noFlow = (): Flow => ({ issued: 0, redeemed: 0, expired: 0, cancelled: 0 })

/** Adds up vouchers one by one; `finish` gives every month from the first issue to `lastMonth`. */
export function voucherRoll() {
  const months = new Map<number, Flows>()
  const flowsIn = (month: number): Flows => {
    const known = months.get(month)
    if (known !== undefined) return known
    const fresh = { minor: noFlow(), count: noFlow() }
    months.set(month, fresh)
    return fresh
  }
  return {
    add: ({ issuedAt, valueMinor, moves, ended }: VoucherLife): void => {
      const issuedIn = flowsIn(calendarMonthOf(issuedAt))
      issuedIn.minor.issued += valueMinor
      issuedIn.count.issued += 1
      for (const { at, kind, minor } of moves) flowsIn(calendarMonthOf(at)).minor[kind] += minor
      if (ended !== null) flowsIn(calendarMonthOf(ended.at)).count[ended.by] += 1
    },
    finish: (lastMonth: number): readonly RollMonth[] => {
      if (months.size === 0) return []
      const first = Math.min(...months.keys())
      const rolled: RollMonth[] = []
      let [minor, count] = [0, 0]
      for (let month = first; month <= lastMonth; month += 1) {
        const flows = months.get(month) ?? { minor: noFlow(), count: noFlow() }
        const next = rolledOn(month, minor, count, flows)
        rolled.push(next)
        minor = next.closingMinor
        count = next.closingCount
      }
      return rolled
    },
  }
}

const left = (opening: number, { issued, redeemed, expired, cancelled }: Flow): number =>
  opening + issued - redeemed - expired - cancelled

const rolledOn = (month: number, openingMinor: number, openingCount: number, { minor, count }: Flows): RollMonth => ({
  month,
  openingMinor,
  issuedMinor: minor.issued,
  redeemedMinor: minor.redeemed,
  expiredMinor: minor.expired,
  cancelledMinor: minor.cancelled,
  closingMinor: left(openingMinor, minor),
  openingCount,
  issuedCount: count.issued,
  redeemedCount: count.redeemed,
  expiredCount: count.expired,
  cancelledCount: count.cancelled,
  closingCount: left(openingCount, count),
})
