import { type Instant, instant } from '../time/instant.ts'
import { type Transfer, transferOf } from './voucher-ledger.ts'

/** What a voucher was given for; it decides the accounts. */
export const voucherOrigins = ['paid', 'earned', 'goodwill'] as const
/** One of the origins. */
export type VoucherOrigin = (typeof voucherOrigins)[number]

/** Where a voucher stands; only an open one has value left. `used` is used up: a refund opens it again. */
export const voucherStates = ['open', 'used', 'expired', 'cancelled', 'paid-out'] as const
/** One of the states. */
export type VoucherState = (typeof voucherStates)[number]

/** A part of a voucher that a checkout holds until an instant. */
export type VoucherHold = Readonly<{ id: string; minor: number; until: Instant }>

/** A voucher that Amends keeps. What is left on it is `freeMinor` and what `holds` add up to. */
export type KeptVoucher = Readonly<{
  origin: VoucherOrigin
  currency: string
  valueMinor: number
  freeMinor: number
  /** What was used of it, less what was refunded. */
  usedMinor: number
  holds: readonly VoucherHold[]
  expiresAt: Instant | null
  state: VoucherState
}>

/** What can be asked of a voucher. */
export type VoucherWish =
  /** `hold` is the id under which it is released or used. */
  | Readonly<{ kind: 'reserve'; hold: string; minor: number; until: Instant }>
  | Readonly<{ kind: 'release'; hold: string }>
  /** `hold`: what was reserved under this id is used, as far as `minor` goes, and the rest of it is free again. */
  | Readonly<{ kind: 'redeem'; minor: number; hold: string | null }>
  | Readonly<{ kind: 'refund'; minor: number }>
  | Readonly<{ kind: 'extend'; expiresAt: Instant | null }>
  | Readonly<{ kind: 'cancel' }>
  | Readonly<{ kind: 'pay-out' }>
  | Readonly<{ kind: 'expire' }>

/** The voucher after a wish, and what it moved, in order. Or why not; `leftMinor` says what could have been had. */
export type VoucherMoved =
  | Readonly<{ kind: 'moved'; voucher: KeptVoucher; transfers: readonly Transfer[]; minor: number }>
  | Readonly<{ kind: 'short'; leftMinor: number }>
  | Readonly<{ kind: 'not-in-this-state'; say: string }>

/** A new voucher, and the transfer that its value comes from. */
export function issueVoucher(
  wish: Readonly<{ origin: VoucherOrigin; currency: string; valueMinor: number; expiresAt: Instant | null }>,
): Readonly<{ voucher: KeptVoucher; transfer: Transfer }> {
  const voucher = { ...wish, freeMinor: wish.valueMinor, usedMinor: 0, holds: [], state: 'open' } as const
  return { voucher, transfer: transferOf('issued', wish.origin, wish.valueMinor) }
}

/** What is left on a voucher, held or not, in minor units. */
export const leftMinor = ({ freeMinor, holds }: KeptVoucher): number => freeMinor + heldMinor(holds)

const heldMinor = (holds: readonly VoucherHold[]): number => holds.reduce((sum, { minor }) => sum + minor, 0)

/** True once the time of a voucher is over: it may still be used at the very instant. */
const isOver = ({ expiresAt }: KeptVoucher, at: Instant): boolean => expiresAt !== null && expiresAt < at

/**
 * Carries out a wish at an instant. Reservations whose time is over are released first. Amounts are whole minor units
 * above 0. Nothing here lets more leave a voucher than is left on it.
 */
export function moveVoucher(was: KeptVoucher, wish: VoucherWish, at: Instant): VoucherMoved {
  const { voucher, transfers } = releaseOver(was, at)
  const moved = carryOut(voucher, wish, at)
  return moved.kind === 'moved' ? { ...moved, transfers: [...transfers, ...moved.transfers] } : moved
}

function releaseOver(was: KeptVoucher, at: Instant): Readonly<{ voucher: KeptVoucher; transfers: Transfer[] }> {
  const over = was.holds.filter(({ until }) => until <= at)
  if (over.length === 0) return { voucher: was, transfers: [] }
  const holds = was.holds.filter(({ until }) => until > at)
  return {
    voucher: { ...was, holds, freeMinor: was.freeMinor + heldMinor(over) },
    transfers: over.map(({ minor }) => transferOf('released', was.origin, minor)),
  }
}

function carryOut(voucher: KeptVoucher, wish: VoucherWish, at: Instant): VoucherMoved {
  switch (wish.kind) {
    case 'refund':
      return refund(voucher, wish.minor, at)
    case 'expire':
      return isOver(voucher, at) ? endWith(voucher, 'expired') : refuse('Its time is not over.')
    default:
      if (voucher.state === 'used') return { kind: 'short', leftMinor: 0 }
      if (voucher.state !== 'open') return refuse(`The voucher is ${voucher.state}.`)
      if (isOver(voucher, at)) return refuse('The voucher has expired.')
      return carryOutOpen(voucher, wish, at)
  }
}

type OpenWish = Exclude<VoucherWish, { kind: 'refund' | 'expire' }>

function carryOutOpen(voucher: KeptVoucher, wish: OpenWish, at: Instant): VoucherMoved {
  switch (wish.kind) {
    case 'reserve':
      return reserve(voucher, wish, at)
    case 'release':
      return release(voucher, wish.hold)
    case 'redeem':
      return wish.hold === null ? redeem(voucher, wish.minor) : redeemHeld(voucher, wish.minor, wish.hold)
    case 'extend':
      if (wish.expiresAt !== null && (voucher.expiresAt === null || wish.expiresAt < voucher.expiresAt))
        return refuse('A voucher is made to last longer, never shorter.')
      return moved({ ...voucher, expiresAt: wish.expiresAt }, transferOf('extended', voucher.origin, 0))
    case 'cancel':
      return endWith(voucher, 'cancelled')
    case 'pay-out':
      return endWith(voucher, 'paid-out')
  }
}

const refuse = (say: string): VoucherMoved => ({ kind: 'not-in-this-state', say })

const moved = (voucher: KeptVoucher, ...transfers: readonly Transfer[]): VoucherMoved => ({
  kind: 'moved',
  voucher: voucher.state === 'open' && leftMinor(voucher) === 0 ? { ...voucher, state: 'used' } : voucher,
  transfers,
  minor: transfers.at(-1)?.minor ?? 0,
})

function reserve(voucher: KeptVoucher, wish: OpenWish & { kind: 'reserve' }, at: Instant): VoucherMoved {
  const { hold, minor, until } = wish
  if (minor > voucher.freeMinor) return { kind: 'short', leftMinor: voucher.freeMinor }
  const end = voucher.expiresAt === null ? until : instant(Math.min(until, voucher.expiresAt))
  if (end <= at) return refuse('The reservation would be over already.')
  return moved(
    {
      ...voucher,
      freeMinor: voucher.freeMinor - minor,
      holds: [...voucher.holds, { id: hold, minor, until: end }],
    },
    transferOf('reserved', voucher.origin, minor),
  )
}

function release(voucher: KeptVoucher, id: string): VoucherMoved {
  const hold = voucher.holds.find((one) => one.id === id)
  if (hold === undefined) return refuse('Nothing is reserved under this id any more.')
  return moved(
    {
      ...voucher,
      freeMinor: voucher.freeMinor + hold.minor,
      holds: voucher.holds.filter((one) => one !== hold),
    },
    transferOf('released', voucher.origin, hold.minor),
  )
}

function redeem(voucher: KeptVoucher, minor: number): VoucherMoved {
  if (minor > voucher.freeMinor) return { kind: 'short', leftMinor: voucher.freeMinor }
  return moved(
    { ...voucher, freeMinor: voucher.freeMinor - minor, usedMinor: voucher.usedMinor + minor },
    transferOf('redeemed', voucher.origin, minor),
  )
}

function redeemHeld(voucher: KeptVoucher, minor: number, id: string): VoucherMoved {
  const released = release(voucher, id)
  if (released.kind !== 'moved') return released
  if (minor > released.minor) return { kind: 'short', leftMinor: released.minor }
  const used = redeem({ ...released.voucher, state: 'open' }, minor)
  return used.kind === 'moved' ? { ...used, transfers: [...released.transfers, ...used.transfers] } : used
}

function refund(voucher: KeptVoucher, minor: number, at: Instant): VoucherMoved {
  if (voucher.state !== 'open' && voucher.state !== 'used') return refuse(`The voucher is ${voucher.state}.`)
  if (isOver(voucher, at)) return refuse('The voucher has expired.')
  if (minor > voucher.usedMinor) return { kind: 'short', leftMinor: voucher.usedMinor }
  return moved(
    {
      ...voucher,
      state: 'open',
      freeMinor: voucher.freeMinor + minor,
      usedMinor: voucher.usedMinor - minor,
    },
    transferOf('refunded', voucher.origin, minor),
  )
}

/** Takes all that is left. While a checkout holds a part, nothing ends a voucher but its time. */
function endWith(voucher: KeptVoucher, state: 'expired' | 'cancelled' | 'paid-out'): VoucherMoved {
  if (voucher.state !== 'open') return refuse(`The voucher is ${voucher.state}.`)
  if (voucher.holds.length > 0) return refuse('A part of it is reserved: release that first, or wait for its end.')
  return moved({ ...voucher, state, freeMinor: 0 }, transferOf(state, voucher.origin, voucher.freeMinor))
}
