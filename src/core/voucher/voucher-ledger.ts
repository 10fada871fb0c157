import type { VoucherOrigin } from './voucher.ts'

/**
 * The accounts that vouchers move between, in the words of IFRS: `cash` is the clearing account of sales and payments,
 * `liability` the contract liability of vouchers (for goodwill: the refund liability), `reserved` the part of it that a
 * checkout holds, `revenue` income from contracts with customers, `breakage` income from rights not exercised
 * (IFRS 15 B44 to B46), `goodwill` the expense of making up, `refunds` what is owed back to buyers.
 */
export const voucherAccounts = ['cash', 'liability', 'reserved', 'revenue', 'breakage', 'goodwill', 'refunds'] as const
/** One of the accounts. */
export type VoucherAccount = (typeof voucherAccounts)[number]

/** Every kind of movement of the ledger. */
export const transferKinds = [
  'issued',
  'reserved',
  'released',
  'redeemed',
  'refunded',
  'extended',
  'expired',
  'cancelled',
  'paid-out',
] as const
/** One of the kinds. */
export type TransferKind = (typeof transferKinds)[number]

/** One amount, debited to one account and credited to another: its two lines sum to zero by construction. */
export type Transfer = Readonly<{
  kind: TransferKind
  debit: VoucherAccount
  credit: VoucherAccount
  minor: number
}>

/** What a voucher of each origin is issued against; cancelling it goes the same way back. */
const issuedFrom = { paid: 'cash', earned: 'revenue', goodwill: 'goodwill' } as const satisfies Readonly<
  Record<VoucherOrigin, VoucherAccount>
>

// What was never paid is no income when it lapses: the expense or the deferral is taken back.
const lapsedTo = { paid: 'breakage', earned: 'breakage', goodwill: 'goodwill' } as const satisfies Readonly<
  Record<VoucherOrigin, VoucherAccount>
>

// The money of somebody who paid for a voucher that is taken back is owed to them.
const cancelledTo = { paid: 'refunds', earned: 'revenue', goodwill: 'goodwill' } as const satisfies Readonly<
  Record<VoucherOrigin, VoucherAccount>
>

/** The accounts of one movement of a voucher of an origin. */
export function transferOf(kind: TransferKind, origin: VoucherOrigin, minor: number): Transfer {
  const [debit, credit] = accountsOf(kind, origin)
  return { kind, debit, credit, minor }
}

function accountsOf(kind: TransferKind, origin: VoucherOrigin): readonly [VoucherAccount, VoucherAccount] {
  switch (kind) {
    case 'issued':
      return [issuedFrom[origin], 'liability']
    case 'reserved':
      return ['liability', 'reserved']
    case 'released':
      return ['reserved', 'liability']
    case 'redeemed':
      return ['liability', 'revenue']
    case 'refunded':
      return ['revenue', 'liability']
    // Nothing is worth more or less by lasting longer: the movement is there to be read, at an amount of 0.
    case 'extended':
      return ['liability', 'liability']
    case 'expired':
      return ['liability', lapsedTo[origin]]
    case 'cancelled':
      return ['liability', cancelledTo[origin]]
    case 'paid-out':
      return ['liability', 'cash']
  }
}

/** One line of the ledger: debits above 0, credits below. */
export type LedgerLine = Readonly<{ account: VoucherAccount; minor: number }>

/** The two lines of a movement, the debit first. */
export const linesOf = ({ debit, credit, minor }: Transfer): readonly [LedgerLine, LedgerLine] => [
  { account: debit, minor },
  { account: credit, minor: minor === 0 ? 0 : -minor },
]
