import type { VoucherOrigin } from './voucher.ts'
import type { TransferKind } from './voucher-ledger.ts'

/** What one kind of movement came to in one calendar month (UTC, January 1970 is 0), origin and currency. */
export type MonthSum = Readonly<{
  month: number
  origin: VoucherOrigin
  currency: string
  kind: TransferKind
  minor: number
}>

/**
 * One month of one origin and currency, in minor units, all of it counted up except the last three:
 * opening + issued + refunded - redeemed - expired - cancelled - paid out = closing.
 */
export type LedgerMonth = Readonly<{
  month: number
  origin: VoucherOrigin
  currency: string
  openingMinor: number
  issuedMinor: number
  refundedMinor: number
  redeemedMinor: number
  expiredMinor: number
  cancelledMinor: number
  paidOutMinor: number
  closingMinor: number
}>

/**
 * The liability month by month for every origin and currency, without gaps from its first movement to `lastMonth`.
 * Reserving, releasing and extending move nothing into or out of it.
 */
export function rollForward(sums: readonly MonthSum[], lastMonth: number): readonly LedgerMonth[] {
  const parts = new Map<string, MonthSum[]>()
  for (const sum of sums) {
    const part = `${sum.currency} ${sum.origin}`
    parts.set(part, [...(parts.get(part) ?? []), sum])
  }
  return [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, part]) => rollPart(part, lastMonth))
}

function rollPart(sums: readonly MonthSum[], lastMonth: number): readonly LedgerMonth[] {
  const [one] = sums
  if (one === undefined) return []
  const { origin, currency } = one
  const amounts = new Map<string, number>()
  for (const { month, kind, minor } of sums) {
    amounts.set(`${month} ${kind}`, (amounts.get(`${month} ${kind}`) ?? 0) + minor)
  }
  const rolled: LedgerMonth[] = []
  let openingMinor = 0
  for (let month = Math.min(...sums.map((sum) => sum.month)); month <= lastMonth; month += 1) {
    const of = (kind: TransferKind) => amounts.get(`${month} ${kind}`) ?? 0
    const flows = {
      issuedMinor: of('issued'),
      refundedMinor: of('refunded'),
      redeemedMinor: of('redeemed'),
      expiredMinor: of('expired'),
      cancelledMinor: of('cancelled'),
      paidOutMinor: of('paid-out'),
    }
    const closingMinor =
      openingMinor +
      flows.issuedMinor +
      flows.refundedMinor -
      flows.redeemedMinor -
      flows.expiredMinor -
      flows.cancelledMinor -
      flows.paidOutMinor
    rolled.push({ month, origin, currency, openingMinor, ...flows, closingMinor })
    openingMinor = closingMinor
  }
  return rolled
}
