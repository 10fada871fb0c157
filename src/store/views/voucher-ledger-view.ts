import { type Instant, instant, rfc3339 } from '../../core/time/instant.ts'
import type { MonthSum } from '../../core/voucher/roll-forward.ts'
import type { VoucherOrigin, VoucherState } from '../../core/voucher/voucher.ts'
import type { TransferKind, VoucherAccount } from '../../core/voucher/voucher-ledger.ts'
import type { Tx } from '../db.ts'
import {
  type StoredTransfer,
  type StoredVoucher,
  VOUCHER_COLUMNS,
  type VoucherPlace,
  type VoucherRow,
  voucherOf,
} from '../vouchers.ts'

/** Open vouchers whose time is over, the longest overdue first. */
export async function readOverdueVouchers(
  tx: Tx,
  now: Instant,
  limit: number,
): Promise<readonly (VoucherPlace & Readonly<{ expiresAt: Instant }>)[]> {
  const rows = await tx.query<{ customer: string; voucher: string; expiresAt: Date }>(
    `select customer, voucher, expires_at as "expiresAt" from vouchers
      where state = 'open' and expires_at < $1 order by expires_at limit $2`,
    [rfc3339(now), limit],
    'overdue-vouchers',
  )
  return rows.map((row) => ({ ...row, expiresAt: instant(row.expiresAt.getTime()) }))
}

/** Open vouchers that expire within so many days and were not told of since these days began, the soonest first. */
export async function readVouchersToRemind(
  tx: Tx,
  { now, days, limit }: Readonly<{ now: Instant; days: number; limit: number }>,
): Promise<readonly VoucherPlace[]> {
  return tx.query<VoucherPlace>(
    `select customer, voucher from vouchers
      where state = 'open' and expires_at > $1 and expires_at <= $1::timestamptz + make_interval(days => $2)
        and issued_at < expires_at - make_interval(days => $2)
        and (reminded_at is null or reminded_at < expires_at - make_interval(days => $2))
      order by expires_at limit $3`,
    [rfc3339(now), days, limit],
    'vouchers-to-remind',
  )
}

/** What every kind of movement came to, less what of it was undone, by month (UTC), origin and currency. */
export async function readMonthSums(tx: Tx): Promise<readonly MonthSum[]> {
  return tx.query<{ month: number; origin: VoucherOrigin; currency: string; kind: TransferKind; minor: number }>(
    `select ((extract(year from at at time zone 'UTC') - 1970) * 12 + extract(month from at at time zone 'UTC') - 1)::int
              as month, origin, currency, kind, sum(case when undoes is null then minor else -minor end)::bigint as minor
       from voucher_transfers group by 1, 2, 3, 4`,
    [],
    'voucher-month-sums',
  )
}

/** One voucher; undefined when there is none. */
export async function findVoucher(tx: Tx, { customer, voucher }: VoucherPlace): Promise<StoredVoucher | undefined> {
  const [row] = await tx.query<VoucherRow>(
    `select ${VOUCHER_COLUMNS} from vouchers where customer = $1 and voucher = $2`,
    [customer, voucher],
    'find-voucher',
  )
  return row === undefined ? undefined : voucherOf(row)
}

/** What a list of vouchers is cut by, and where it goes on: after the voucher that ended the page before. */
export type VoucherListQuery = Readonly<{
  customer: string | null
  tail: string | null
  state: VoucherState | null
  expiresBefore: Instant | null
  after: Readonly<{ at: string; voucher: string }> | null
  limit: number
}>

/** Vouchers that fit, the newest first. */
export async function listVouchers(tx: Tx, query: VoucherListQuery): Promise<readonly StoredVoucher[]> {
  const { customer, tail, state, expiresBefore, after, limit } = query
  const rows = await tx.query<VoucherRow>(
    `select ${VOUCHER_COLUMNS} from vouchers
      where ($1::text is null or customer = $1) and ($2::text is null or code_tail = $2)
        and ($3::text is null or state = $3) and ($4::timestamptz is null or expires_at < $4)
        and ($5::timestamptz is null or (issued_at, voucher) < ($5, $6))
      order by issued_at desc, voucher desc limit $7`,
    [
      customer,
      tail,
      state,
      expiresBefore === null ? null : rfc3339(expiresBefore),
      after?.at ?? null,
      after?.voucher ?? null,
      limit,
    ],
    'list-vouchers',
  )
  return rows.map(voucherOf)
}

type TransferRow = {
  customer: string
  voucher: string
  movement: string
  line: number
  kind: TransferKind
  debit: VoucherAccount
  credit: VoucherAccount
  minor: number
  origin: VoucherOrigin
  currency: string
  at: Date
  actor: string
  reference: string | null
  undoes: string | null
}

const TRANSFER_COLUMNS =
  'customer, voucher, movement, line, kind, debit, credit, minor, origin, currency, at, actor, reference, undoes'

const transferOfRow = (row: TransferRow): StoredTransfer => ({ ...row, at: instant(row.at.getTime()) })

/** The movements of one voucher, oldest first. */
export async function readTransfers(tx: Tx, { customer, voucher }: VoucherPlace): Promise<readonly StoredTransfer[]> {
  const rows = await tx.query<TransferRow>(
    `select ${TRANSFER_COLUMNS} from voucher_transfers where customer = $1 and voucher = $2 order by at, movement, line`,
    [customer, voucher],
    'voucher-transfers',
  )
  return rows.map(transferOfRow)
}

/** A place in the ledger. */
export type LedgerPlace = Readonly<{ at: Instant; voucher: string; movement: string; line: number }>

/** The next transfers of everybody after a place, in the order of the ledger. */
export async function readLedgerPage(
  tx: Tx,
  after: LedgerPlace | null,
  limit: number,
): Promise<readonly StoredTransfer[]> {
  const rows = await tx.query<TransferRow>(
    `select ${TRANSFER_COLUMNS} from voucher_transfers
      where $1::timestamptz is null or (at, voucher, movement, line) > ($1, $2, $3, $4)
      order by at, voucher, movement, line limit $5`,
    [
      after === null ? null : rfc3339(after.at),
      after?.voucher ?? null,
      after?.movement ?? null,
      after?.line ?? null,
      limit,
    ],
    'ledger-page',
  )
  return rows.map(transferOfRow)
}
