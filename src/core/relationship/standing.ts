import { PROFILING } from '../privacy/profiling.ts'
import { type Instant, instantOf } from '../time/instant.ts'
import { appended, replaced, without } from './bounded.ts'
import type { CustomerEvent } from './event.ts'
import type { EventData } from './vocabulary.ts'

const CONSENTS_MAX = 24
const VOUCHERS_MAX = 16

/** The last word on one channel and purpose. */
export type Consent = Readonly<{ channel: string; purpose: string; granted: boolean; at: Instant }>

/** A voucher with value left. */
export type Voucher = Readonly<{
  voucher: string
  leftMinor: number
  currency: string | null
  expiresAt: Instant | null
  origin: string
}>

/** The consents after an event; a new word on the same channel and purpose takes the place of the old one. */
export function foldConsents(was: readonly Consent[], event: CustomerEvent): readonly Consent[] {
  // An objection to profiling is no matter of a channel, and must not give way to newer words: it stands by itself.
  if (event.type !== 'consent.changed' || event.data.purpose === PROFILING) return was
  const { channel, purpose, granted } = event.data
  const others = was.filter((one) => one.channel !== channel || one.purpose !== purpose)
  return appended(others, { channel, purpose, granted, at: event.at }, CONSENTS_MAX)
}

/** The vouchers with value left after an event. */
export function foldVouchers(was: readonly Voucher[], event: CustomerEvent): readonly Voucher[] {
  switch (event.type) {
    case 'voucher.issued': {
      const { voucher, value, currency, expiresAt, origin } = event.data
      const others = was.filter((one) => one.voucher !== voucher)
      return appended(
        others,
        {
          voucher,
          leftMinor: value,
          currency: currency ?? null,
          expiresAt: endOf(expiresAt),
          origin: origin ?? 'paid',
        },
        VOUCHERS_MAX,
      )
    }
    case 'voucher.redeemed': {
      const index = was.findIndex((one) => one.voucher === event.data.voucher)
      const voucher = was[index]
      if (voucher === undefined) return was
      const leftMinor = voucher.leftMinor - event.data.value
      return leftMinor > 0 ? replaced(was, index, { ...voucher, leftMinor }) : without(was, index)
    }
    case 'voucher.refunded':
      return refunded(was, event.data)
    case 'voucher.extended': {
      const index = was.findIndex((one) => one.voucher === event.data.voucher)
      const voucher = was[index]
      return voucher === undefined ? was : replaced(was, index, { ...voucher, expiresAt: endOf(event.data.expiresAt) })
    }
    case 'voucher.expired':
    case 'voucher.cancelled':
      return was.filter((one) => one.voucher !== event.data.voucher)
    default:
      return was
  }
}

// One that was used up is no longer among the vouchers with value left: the event says what it was.
function refunded(was: readonly Voucher[], data: EventData<'voucher.refunded'>): readonly Voucher[] {
  const { voucher, value, currency, expiresAt, origin } = data
  const index = was.findIndex((one) => one.voucher === voucher)
  const known = was[index]
  if (known !== undefined) return replaced(was, index, { ...known, leftMinor: known.leftMinor + value })
  return appended(
    was,
    { voucher, leftMinor: value, currency: currency ?? null, expiresAt: endOf(expiresAt), origin: origin ?? 'paid' },
    VOUCHERS_MAX,
  )
}

const endOf = (expiresAt: string | undefined): Instant | null => (expiresAt === undefined ? null : instantOf(expiresAt))

/** Minor units still owed on vouchers in one currency at an instant; a voucher without a currency is in this one. */
export function voucherBalanceMinor(vouchers: readonly Voucher[], at: Instant, currency: string): number {
  const valid = vouchers.filter((one) => one.expiresAt === null || one.expiresAt > at)
  return valid.reduce((sum, one) => ((one.currency ?? currency) === currency ? sum + one.leftMinor : sum), 0)
}
