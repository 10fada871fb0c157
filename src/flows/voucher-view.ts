import type { VoucherPage, VoucherView } from '../contract/vouchers.ts'
import { rfc3339 } from '../core/time/instant.ts'
import { leftMinor } from '../core/voucher/voucher.ts'
import type { StoredTransfer, StoredVoucher } from '../store/vouchers.ts'

/** A voucher as it travels. */
export const voucherView = (kept: StoredVoucher): VoucherView => ({
  id: kept.voucher,
  customer: kept.customer,
  codeEnd: kept.codeTail,
  origin: kept.origin,
  currency: kept.currency,
  value: kept.valueMinor,
  left: leftMinor(kept),
  free: kept.freeMinor,
  used: kept.usedMinor,
  state: kept.state,
  issuedAt: rfc3339(kept.issuedAt),
  expiresAt: kept.expiresAt === null ? null : rfc3339(kept.expiresAt),
  holds: kept.holds.map(({ id, minor, until }) => ({ hold: id, value: minor, until: rfc3339(until) })),
})

/** A voucher with its movements as they travel. */
export const voucherPageView = (kept: StoredVoucher, transfers: readonly StoredTransfer[]): VoucherPage => ({
  voucher: voucherView(kept),
  movements: transfers.map(({ at, movement, kind, debit, credit, minor, actor, reference, undoes }) => ({
    at: rfc3339(at),
    movement,
    kind,
    debit,
    credit,
    value: minor,
    by: actor,
    reference,
    undoes,
  })),
})
