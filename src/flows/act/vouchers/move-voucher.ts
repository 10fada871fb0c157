import { ownEvent } from '../../../contract/ingest.ts'
import type { ErrorCode } from '../../../core/error-codes.ts'
import { type Actor, actorText } from '../../../core/people/actor.ts'
import type { AuditAction } from '../../../core/people/audit.ts'
import { type Instant, rfc3339 } from '../../../core/time/instant.ts'
import { moveVoucher, type VoucherWish } from '../../../core/voucher/voucher.ts'
import type { Transfer, TransferKind } from '../../../core/voucher/voucher-ledger.ts'
import { audit } from '../../../store/audit.ts'
import type { Tx } from '../../../store/db.ts'
import {
  addTransfers,
  findMovement,
  lockVoucher,
  type StoredVoucher,
  saveVoucher,
  type VoucherPlace,
} from '../../../store/vouchers.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { emit } from '../../emit.ts'
import type { World } from '../../world.ts'

/** What somebody asks of a voucher. `movement` is their own name for it: the same again is carried out once. */
export type MovementWish = Readonly<{
  movement: string
  wish: VoucherWish
  /** In which currency the amount is meant; null when nobody said. */
  currency: string | null
  reference: string | null
}>

/** The voucher after the movement, or why nothing moved. */
export type Moved =
  | Readonly<{ kind: 'moved'; repeated: boolean; minor: number; voucher: StoredVoucher }>
  | Readonly<{ kind: 'refused'; code: ErrorCode; detail: string }>

/**
 * Moves a voucher: its row, the ledger, the log, the audit log and what other systems are told change together or not
 * at all. Whoever moves the same voucher meanwhile waits, so that no more is ever taken than is left.
 */
export async function moveKeptVoucher(
  world: World,
  who: Actor,
  place: VoucherPlace,
  asked: MovementWish,
): Promise<Moved> {
  return appendDecided(world, async (tx) => {
    const was = await lockVoucher(tx, place)
    if (was === undefined) return refuse('voucher-unknown', 'There is no such voucher.')
    const known = await findMovement(tx, place, asked.movement)
    if (known !== undefined && (await findMovement(tx, place, undoName(asked.movement))) !== undefined)
      return refuse('not-in-this-state', 'This movement was undone. Another one needs another name.')
    if (known !== undefined) return repeat(known, was, asked)
    if (asked.currency !== null && asked.currency !== was.currency)
      return refuse('not-in-this-state', `The voucher is in ${was.currency}.`)
    const at = world.now()
    const moved = moveVoucher(was, asked.wish, at)
    if (moved.kind === 'short')
      return refuse('voucher-short', `${moved.leftMinor} minor units of ${was.currency} can be had.`)
    if (moved.kind === 'not-in-this-state') return refuse('not-in-this-state', moved.say)
    const {
      codeHash: _hash,
      codeTail: _tail,
      issuedAt: _issued,
      last: _last,
      customer: _who,
      voucher: _id,
      ...before
    } = was
    const last = { movement: asked.movement, kind: kindOf[asked.wish.kind], at, by: actorText(who), before }
    const voucher = { ...was, ...moved.voucher, last }
    await saveVoucher(tx, place, voucher)
    const events = await book(world, tx, who, {
      ...asked,
      voucher,
      transfers: moved.transfers,
      at: bookedAt(was, asked, at),
    })
    return { events, answer: { kind: 'moved', repeated: false, minor: moved.minor, voucher } }
  })
}

/** The name of the movement that takes back the one of this name. */
export const undoName = (movement: string): string => `undo:${movement}`

const refuse = (code: ErrorCode, detail: string): Decided<Moved> => ({
  events: [],
  answer: { kind: 'refused', code, detail },
})

function repeat(
  known: Readonly<{ kind: TransferKind; minor: number }>,
  voucher: StoredVoucher,
  { wish, movement }: MovementWish,
): Decided<Moved> {
  const same = known.kind === kindOf[wish.kind] && (!('minor' in wish) || wish.minor === known.minor)
  if (!same) return refuse('id-reused', `The movement "${movement}" did something else to this voucher.`)
  return { events: [], answer: { kind: 'moved', repeated: true, minor: known.minor, voucher } }
}

const kindOf = {
  reserve: 'reserved',
  release: 'released',
  redeem: 'redeemed',
  refund: 'refunded',
  extend: 'extended',
  cancel: 'cancelled',
  'pay-out': 'paid-out',
  expire: 'expired',
} as const satisfies Readonly<Record<VoucherWish['kind'], TransferKind>>

// A voucher expires when its time is over, not when somebody looked: in the month to which that belongs.
const bookedAt = ({ expiresAt }: StoredVoucher, { wish }: MovementWish, at: Instant): Instant =>
  wish.kind === 'expire' && expiresAt !== null ? expiresAt : at

/** One movement that was decided on. */
export type Booking = Readonly<{
  movement: string
  reference: string | null
  voucher: StoredVoucher
  transfers: readonly Transfer[]
  at: Instant
}>

/**
 * Writes a movement into the ledger and the audit log, tells other systems, and answers the events for the log. The
 * audit log names what changes what a voucher is worth; who redeemed what is said by the ledger.
 */
export async function book(world: World, tx: Tx, who: Actor, booking: Booking) {
  const { voucher, transfers, movement, reference, at } = booking
  const { customer, origin, currency } = voucher
  await addTransfers(
    tx,
    transfers.map((transfer, line) => ({
      ...transfer,
      customer,
      voucher: voucher.voucher,
      movement,
      line,
      origin,
      currency,
      at,
      actor: actorText(who),
      reference,
      undoes: null,
    })),
  )
  const last = transfers.at(-1)
  if (last === undefined) return []
  const { kind, minor } = last
  if (kind === 'issued' || kind === 'redeemed' || kind === 'expired') {
    const data = { voucher: voucher.voucher, minor, currency, origin }
    await emit(world, tx, { type: `voucher.${kind}`, customer, data })
  }
  const action = auditedAs[kind]
  if (action !== undefined)
    await audit(tx, who, action, { kind: 'voucher', id: voucher.voucher }, { minor, currency, origin })
  const told = toldAs(voucher, last)
  if (told === undefined) return []
  return [ownEvent({ id: `${voucher.voucher}:${movement}`, customer, at, ...told })]
}

const auditedAs: Partial<Readonly<Record<TransferKind, AuditAction>>> = {
  issued: 'voucher.issued',
  refunded: 'voucher.refunded',
  extended: 'voucher.extended',
  cancelled: 'voucher.cancelled',
  'paid-out': 'voucher.paid-out',
}

function toldAs({ voucher, currency, origin, expiresAt }: StoredVoucher, { kind, minor }: Transfer) {
  const expiry = expiresAt === null ? {} : { expiresAt: rfc3339(expiresAt) }
  switch (kind) {
    case 'issued':
      return { type: 'voucher.issued', data: { voucher, value: minor, currency, origin, ...expiry } } as const
    case 'redeemed':
      return { type: 'voucher.redeemed', data: { voucher, value: minor, currency } } as const
    case 'refunded':
      return { type: 'voucher.refunded', data: { voucher, value: minor, currency, origin, ...expiry } } as const
    case 'extended':
      return { type: 'voucher.extended', data: { voucher, ...expiry } } as const
    case 'expired':
      return { type: 'voucher.expired', data: { voucher } } as const
    case 'cancelled':
    case 'paid-out':
      return { type: 'voucher.cancelled', data: { voucher } } as const
    case 'reserved':
    case 'released':
      return undefined
  }
}
