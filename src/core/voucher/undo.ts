import { type Instant, SECOND_MS } from '../time/instant.ts'
import type { KeptVoucher } from './voucher.ts'
import type { Transfer, TransferKind } from './voucher-ledger.ts'

/** So long may a movement be taken back by whoever made it; the screen offers it for ten seconds. */
export const UNDO_MS = 15 * SECOND_MS

/** What moved a voucher last: who, when, and how it stood before (null: it was issued). */
export type LastMovement = Readonly<{
  movement: string
  kind: TransferKind
  at: Instant
  by: string
  before: KeptVoucher | null
}>

/** Why a movement cannot be taken back; null when it can. */
export function undoRefusal(
  last: LastMovement | null,
  { movement, by }: Readonly<{ movement: string; by: string }>,
  at: Instant,
): string | null {
  if (last === null || last.movement !== movement) return 'Only the last movement of a voucher can be undone, once.'
  if (last.by !== by) return 'Only who made a movement can undo it.'
  if (at - last.at > UNDO_MS) return 'It can be undone for ten seconds. Put the amount back, or issue a new voucher.'
  return last.kind === 'reserved' || last.kind === 'released' ? 'A reservation is released, not undone.' : null
}

/**
 * The voucher as it stood before its last movement, and the movement against it: the same amounts the other way, the
 * last of them first. An issue that is taken back leaves a cancelled voucher without value.
 */
export function undoLast(
  was: KeptVoucher,
  before: KeptVoucher | null,
  transfers: readonly Transfer[],
): Readonly<{ voucher: KeptVoucher; transfers: readonly Transfer[] }> {
  return {
    voucher: before ?? { ...was, freeMinor: 0, holds: [], state: 'cancelled' },
    transfers: transfers
      .toReversed()
      .map(({ kind, debit, credit, minor }) => ({ kind, debit: credit, credit: debit, minor })),
  }
}
