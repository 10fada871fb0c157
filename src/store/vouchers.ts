import { type Instant, instant, instantOf, rfc3339 } from '../core/time/instant.ts'
import type { LastMovement } from '../core/voucher/undo.ts'
import type { KeptVoucher, VoucherHold, VoucherOrigin, VoucherState } from '../core/voucher/voucher.ts'
import type { Transfer, TransferKind } from '../core/voucher/voucher-ledger.ts'
import type { Tx } from './db.ts'

/** Whose voucher it is. */
export type VoucherPlace = Readonly<{ customer: string; voucher: string }>

/** A voucher with what identifies it. The code itself is nowhere: only its hash and its last symbols. */
export type StoredVoucher = VoucherPlace &
  KeptVoucher &
  Readonly<{ codeHash: Buffer; codeTail: string; issuedAt: Instant; last: LastMovement | null }>

/** A transfer as it stands in the ledger. `movement` is the caller's name for what was asked. */
export type StoredTransfer = VoucherPlace &
  Transfer &
  Readonly<{
    movement: string
    line: number
    origin: VoucherOrigin
    currency: string
    at: Instant
    actor: string
    reference: string | null
    /** The movement that this one takes back. */
    undoes: string | null
  }>

type HoldRow = Readonly<{ id: string; minor: number; until: string }>

/** A row of `vouchers` as the columns give it. */
export type VoucherRow = {
  customer: string
  voucher: string
  codeHash: Buffer
  codeTail: string
  origin: VoucherOrigin
  currency: string
  valueMinor: number
  freeMinor: number
  usedMinor: number
  holds: readonly HoldRow[]
  state: VoucherState
  issuedAt: Date
  expiresAt: Date | null
  last: LastMovement | null
}

/** The columns of `vouchers` under the names of `VoucherRow`. */
export const VOUCHER_COLUMNS = `customer, voucher, code_hash as "codeHash", code_tail as "codeTail", origin, currency,
  value_minor as "valueMinor", free_minor as "freeMinor", used_minor as "usedMinor", holds, state,
  issued_at as "issuedAt", expires_at as "expiresAt", last`

/** A row as the core reads it. */
export const voucherOf = ({ holds, issuedAt, expiresAt, ...row }: VoucherRow): StoredVoucher => ({
  ...row,
  holds: holds.map(({ id, minor, until }) => ({ id, minor, until: instantOf(until) })),
  issuedAt: instant(issuedAt.getTime()),
  expiresAt: expiresAt === null ? null : instant(expiresAt.getTime()),
})

const holdsText = (holds: readonly VoucherHold[]): string =>
  JSON.stringify(holds.map(({ id, minor, until }) => ({ id, minor, until: rfc3339(until) })))

const timeText = (at: Instant | null): string | null => (at === null ? null : rfc3339(at))

/** Where a handle leads: the id of a voucher, or the hash of a code as `handleOfCode` writes it. */
export async function findVoucherPlace(tx: Tx, handle: string): Promise<VoucherPlace | undefined> {
  const [row] = await tx.query<{ customer: string; voucher: string }>(
    'select customer, voucher from voucher_handles where handle = $1',
    [handle],
    'voucher-place',
  )
  return row
}

/** Which of these ids are of vouchers that we keep. */
export async function findKeptVouchers(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ handle: string }>(
    'select handle from voucher_handles where handle = any($1)',
    [ids],
    'kept-vouchers',
  )
  return new Set(rows.map(({ handle }) => handle))
}

/** The handle of a code by its hash. */
export const handleOfCode = (hash: Buffer): string => `code:${hash.toString('hex')}`

/** Writes a new voucher and the two ways to it. Fails with a unique violation when the movement is known. */
export async function addVoucher(tx: Tx, voucher: StoredVoucher, movement: string): Promise<void> {
  await tx.change(
    `insert into vouchers (customer, voucher, movement, code_hash, code_tail, origin, currency, value_minor, free_minor,
       used_minor, holds, state, issued_at, expires_at, last)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      voucher.customer,
      voucher.voucher,
      movement,
      voucher.codeHash,
      voucher.codeTail,
      voucher.origin,
      voucher.currency,
      voucher.valueMinor,
      voucher.freeMinor,
      voucher.usedMinor,
      holdsText(voucher.holds),
      voucher.state,
      rfc3339(voucher.issuedAt),
      timeText(voucher.expiresAt),
      JSON.stringify(voucher.last),
    ],
    'add-voucher',
  )
  await tx.change(
    'insert into voucher_handles (handle, customer, voucher) values ($1, $3, $4), ($2, $3, $4)',
    [voucher.voucher, handleOfCode(voucher.codeHash), voucher.customer, voucher.voucher],
    'add-voucher-handles',
  )
}

/** The voucher, and nobody else's to move until the transaction ends: the row is the lock. */
export async function lockVoucher(tx: Tx, { customer, voucher }: VoucherPlace): Promise<StoredVoucher | undefined> {
  const [row] = await tx.query<VoucherRow>(
    `select ${VOUCHER_COLUMNS} from vouchers where customer = $1 and voucher = $2 for update`,
    [customer, voucher],
    'lock-voucher',
  )
  return row === undefined ? undefined : voucherOf(row)
}

/** The vouchers of a customer that have value left, locked against others until the end of the transaction. */
export async function lockOpenVouchers(tx: Tx, customer: string): Promise<readonly StoredVoucher[]> {
  const rows = await tx.query<VoucherRow>(
    `select ${VOUCHER_COLUMNS} from vouchers where customer = $1 and state = 'open' order by voucher for update`,
    [customer],
    'lock-open-vouchers',
  )
  return rows.map(voucherOf)
}

/** The voucher that an earlier movement of this name issued to the customer. */
export async function findIssued(tx: Tx, customer: string, movement: string): Promise<StoredVoucher | undefined> {
  const [row] = await tx.query<VoucherRow>(
    `select ${VOUCHER_COLUMNS} from vouchers where customer = $1 and movement = $2`,
    [customer, movement],
    'issued-voucher',
  )
  return row === undefined ? undefined : voucherOf(row)
}

/** Where a voucher stands after it moved. Its row has to be locked. */
export async function saveVoucher(
  tx: Tx,
  { customer, voucher }: VoucherPlace,
  moved: KeptVoucher & Pick<StoredVoucher, 'last'>,
): Promise<void> {
  await tx.change(
    `update vouchers set free_minor = $3, used_minor = $4, holds = $5, state = $6, expires_at = $7, last = $8
      where customer = $1 and voucher = $2`,
    [
      customer,
      voucher,
      moved.freeMinor,
      moved.usedMinor,
      holdsText(moved.holds),
      moved.state,
      timeText(moved.expiresAt),
      JSON.stringify(moved.last),
    ],
    'save-voucher',
  )
}

/**
 * Remembers that the customer was reminded; false when that was done already within these days of the expiry. The row
 * has to be locked.
 */
export async function saveReminded(tx: Tx, place: VoucherPlace, at: Instant, days: number): Promise<boolean> {
  // Asked first: Citus changes no rows by a condition that reckons with days.
  const due = await tx.query(
    `select 1 from vouchers where customer = $1 and voucher = $2
        and (reminded_at is null or reminded_at < expires_at - make_interval(days => $3))`,
    [place.customer, place.voucher, days],
    'voucher-not-reminded',
  )
  if (due.length === 0) return false
  await tx.change(
    'update vouchers set reminded_at = $3 where customer = $1 and voucher = $2',
    [place.customer, place.voucher, rfc3339(at)],
    'save-voucher-reminded',
  )
  return true
}

/** Writes the transfers of one movement into the ledger, in their order. */
export async function addTransfers(tx: Tx, transfers: readonly StoredTransfer[]): Promise<void> {
  for (const one of transfers) {
    await tx.change(
      `insert into voucher_transfers (customer, voucher, movement, line, kind, debit, credit, minor, origin, currency, at,
         actor, reference, undoes)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        one.customer,
        one.voucher,
        one.movement,
        one.line,
        one.kind,
        one.debit,
        one.credit,
        one.minor,
        one.origin,
        one.currency,
        rfc3339(one.at),
        one.actor,
        one.reference,
        one.undoes,
      ],
      'add-voucher-transfer',
    )
  }
}

/** What an earlier movement of this name did to the voucher: its last transfer. */
export async function findMovement(
  tx: Tx,
  { customer, voucher }: VoucherPlace,
  movement: string,
): Promise<Readonly<{ kind: TransferKind; minor: number }> | undefined> {
  const [row] = await tx.query<{ kind: TransferKind; minor: number }>(
    `select kind, minor from voucher_transfers where customer = $1 and voucher = $2 and movement = $3
      order by line desc limit 1`,
    [customer, voucher, movement],
    'voucher-movement',
  )
  return row
}
