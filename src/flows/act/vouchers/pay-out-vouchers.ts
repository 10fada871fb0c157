import type { Accepted } from '../../../contract/ingest.ts'
import type { Actor } from '../../../core/people/actor.ts'
import type { Instant } from '../../../core/time/instant.ts'
import { moveVoucher, type VoucherMoved } from '../../../core/voucher/voucher.ts'
import type { Tx } from '../../../store/db.ts'
import { lockOpenVouchers, type StoredVoucher, saveVoucher } from '../../../store/vouchers.ts'
import { findPeople } from '../../find-people.ts'
import type { World } from '../../world.ts'
import { book } from './move-voucher.ts'

type Move = Readonly<{ was: StoredVoucher; moved: Extract<VoucherMoved, { kind: 'moved' }> }>

/** What would be paid out, with the vouchers locked; or that a checkout holds a part of one. Nothing has moved yet. */
export type PayOutPlan = Readonly<{ kind: 'planned'; moves: readonly Move[] }> | Readonly<{ kind: 'held' }>

/** Everything that is left on the vouchers that Amends keeps for a customer and those merged into the same person. */
export async function planPayOut(tx: Tx, customer: string, at: Instant): Promise<PayOutPlan> {
  const moves: Move[] = []
  for (const one of await findPeople(tx, customer)) {
    for (const was of await lockOpenVouchers(tx, one)) {
      // What is over by now only waits for its expiry to be booked.
      if (was.expiresAt !== null && was.expiresAt < at) continue
      const moved = moveVoucher(was, { kind: 'pay-out' }, at)
      if (moved.kind !== 'moved') return { kind: 'held' }
      moves.push({ was, moved })
    }
  }
  return { kind: 'planned', moves }
}

/** Pays it out, in the ledger, the log and the audit log; answers the events for the log. */
export async function carryOutPayOut(
  world: World,
  tx: Tx,
  moves: Extract<PayOutPlan, { kind: 'planned' }>['moves'],
  { who, movement, at }: Readonly<{ who: Actor; movement: string; at: Instant }>,
): Promise<readonly Accepted[]> {
  const events: Accepted[] = []
  for (const { was, moved } of moves) {
    // It belongs to the settling of the exit, which is not taken back by itself.
    const voucher = { ...was, ...moved.voucher, last: null }
    await saveVoucher(tx, was, voucher)
    const { transfers } = moved
    events.push(...(await book(world, tx, who, { movement, reference: null, voucher, transfers, at })))
  }
  return events
}
