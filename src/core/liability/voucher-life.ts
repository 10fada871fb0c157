import type { CustomerEvent } from '../relationship/event.ts'
import { type Instant, instantOf } from '../time/instant.ts'
import type { VoucherOrigin } from '../voucher/voucher.ts'

/**
 * Something that took value from a voucher. `minor` is below 0 where an expired voucher was honoured after all, and
 * where a use was refunded.
 */
export type VoucherMove = Readonly<{ at: Instant; kind: 'redeemed' | 'expired' | 'cancelled'; minor: number }>

/** One voucher from its issue to its end, or to the end of the data. Issued less all moves is what is left of it. */
export type VoucherLife = Readonly<{
  issuedAt: Instant
  valueMinor: number
  currency: string | null
  origin: VoucherOrigin
  /** As it was extended last. */
  expiresAt: Instant | null
  /** Usable at one merchant only; null when nobody said. */
  singleMerchant: boolean | null
  moves: readonly VoucherMove[]
  remindedAt: readonly Instant[]
  /** When nothing was left to use, and what ended it; null while open. A voucher of value 0 ends with its first use. */
  ended: Readonly<{ at: Instant; by: VoucherMove['kind'] }> | null
}>

type Draft = {
  -readonly [Key in keyof VoucherLife]: VoucherLife[Key] extends readonly (infer Item)[] ? Item[] : VoucherLife[Key]
} & { leftMinor: number }

/**
 * The vouchers of one customer, in the order of issue, from events in their order and without retracted ones. A
 * voucher expires by the clock even when no event says so; one that is redeemed later was honoured, and its expiry is
 * taken back to that amount. An id that is issued again cancels what was left of the first.
 */
export function voucherLives(events: readonly CustomerEvent[], asOf: Instant): readonly VoucherLife[] {
  const all: Draft[] = []
  const current = new Map<string, Draft>()
  for (const event of events) {
    if (event.at > asOf) break
    if (event.type === 'voucher.issued') {
      const before = current.get(event.data.voucher)
      if (before !== undefined) {
        expireUntil(before, event.at)
        end(before, event.at, 'cancelled')
      }
      const life = issued(event)
      all.push(life)
      current.set(event.data.voucher, life)
    } else if (isAboutVoucher(event)) {
      const life = current.get(event.data.voucher)
      if (life !== undefined) move(life, event)
    }
  }
  for (const life of all) expireUntil(life, asOf)
  return all.map(({ leftMinor: _, ...life }) => life)
}

type Issued = Extract<CustomerEvent, { type: 'voucher.issued' }>
type About = Extract<
  CustomerEvent,
  {
    type:
      | 'voucher.redeemed'
      | 'voucher.refunded'
      | 'voucher.extended'
      | 'voucher.expired'
      | 'voucher.cancelled'
      | 'voucher.reminded'
  }
>

const isAboutVoucher = (event: CustomerEvent): event is About =>
  event.type === 'voucher.redeemed' ||
  event.type === 'voucher.refunded' ||
  event.type === 'voucher.extended' ||
  event.type === 'voucher.expired' ||
  event.type === 'voucher.cancelled' ||
  event.type === 'voucher.reminded'

const issued = ({ at, data }: Issued): Draft => ({
  issuedAt: at,
  valueMinor: data.value,
  currency: data.currency ?? null,
  origin: data.origin ?? 'paid',
  expiresAt: data.expiresAt === undefined ? null : instantOf(data.expiresAt),
  singleMerchant: data.merchants === undefined ? null : data.merchants.length === 1,
  moves: [],
  remindedAt: [],
  ended: null,
  leftMinor: data.value,
})

function move(life: Draft, event: About): void {
  expireUntil(life, event.at)
  switch (event.type) {
    case 'voucher.reminded':
      life.remindedAt.push(event.at)
      return
    case 'voucher.redeemed':
      redeem(life, event.at, event.data.value)
      return
    case 'voucher.refunded':
      refund(life, event.at, event.data.value)
      return
    case 'voucher.extended':
      if (life.ended === null)
        life.expiresAt = event.data.expiresAt === undefined ? null : instantOf(event.data.expiresAt)
      return
    case 'voucher.expired':
      end(life, event.at, 'expired')
      return
    case 'voucher.cancelled':
      end(life, event.at, 'cancelled')
  }
}

function redeem(life: Draft, at: Instant, value: number): void {
  if (life.ended?.by === 'expired') {
    // Honoured although it had expired: never more than what had lapsed.
    const lapsed = life.moves.reduce((sum, one) => sum + (one.kind === 'expired' ? one.minor : 0), 0)
    const minor = Math.min(value, lapsed)
    if (minor === 0) return
    life.moves.push({ at, kind: 'expired', minor: -minor }, { at, kind: 'redeemed', minor })
    return
  }
  if (life.ended !== null) return
  const minor = Math.min(value, life.leftMinor)
  if (minor === 0 && life.valueMinor > 0) return
  life.leftMinor -= minor
  life.moves.push({ at, kind: 'redeemed', minor })
  if (life.leftMinor === 0) life.ended = { at, by: 'redeemed' }
}

// A use that is taken back. What had expired or was cancelled stays so.
function refund(life: Draft, at: Instant, value: number): void {
  if (life.ended !== null && life.ended.by !== 'redeemed') return
  const minor = Math.min(value, life.valueMinor - life.leftMinor)
  if (minor === 0) return
  life.leftMinor += minor
  life.moves.push({ at, kind: 'redeemed', minor: -minor })
  life.ended = null
}

function end(life: Draft, at: Instant, by: 'expired' | 'cancelled'): void {
  if (life.ended !== null) return
  life.moves.push({ at, kind: by, minor: life.leftMinor })
  life.leftMinor = 0
  life.ended = { at, by }
}

// A voucher may still be used at the very instant of its expiry.
function expireUntil(life: Draft, at: Instant): void {
  if (life.expiresAt !== null && life.expiresAt < at) end(life, life.expiresAt, 'expired')
}

/** The voucher as it was known at an earlier instant: what came later is left out. */
export function lifeAsOf(life: VoucherLife, at: Instant): VoucherLife {
  if (life.ended === null && life.moves.length === 0 && life.remindedAt.length === 0) return life
  return {
    ...life,
    moves: life.moves.filter((one) => one.at <= at),
    remindedAt: life.remindedAt.filter((one) => one <= at),
    ended: life.ended !== null && life.ended.at <= at ? life.ended : null,
  }
}

/** Minor units left on a voucher at an instant: issued less what was taken until then. */
export function leftMinorAt(life: VoucherLife, at: Instant): number {
  if (life.issuedAt > at) return 0
  let left = life.valueMinor
  for (const one of life.moves) if (one.at <= at) left -= one.minor
  return left
}

/** True while a voucher can be used. */
export const isOpenAt = (life: VoucherLife, at: Instant): boolean =>
  life.issuedAt <= at && (life.ended === null || life.ended.at > at) && (life.expiresAt === null || life.expiresAt > at)
