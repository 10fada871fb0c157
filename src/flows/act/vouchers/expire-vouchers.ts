import type { Actor } from '../../../core/people/actor.ts'
import { rfc3339 } from '../../../core/time/instant.ts'
import { readOverdueVouchers } from '../../../store/views/voucher-ledger-view.ts'
import type { World } from '../../world.ts'
import { moveKeptVoucher } from './move-voucher.ts'

const worker: Actor = { kind: 'system', part: 'worker' }
const PAGE = 500

/** Books the expiry of every voucher whose time is over, each in a transaction of its own; answers how many. */
export async function expireVouchers(world: World): Promise<number> {
  let expired = 0
  for (;;) {
    const due = await readOverdueVouchers(world.db, world.now(), PAGE)
    let moved = 0
    for (const { expiresAt, ...place } of due) {
      // The name says which end of time it was: an extended voucher may expire again.
      const movement = `expired-${rfc3339(expiresAt)}`
      const asked = { movement, wish: { kind: 'expire' }, currency: null, reference: null } as const
      if ((await moveKeptVoucher(world, worker, place, asked)).kind === 'moved') moved += 1
    }
    expired += moved
    if (due.length < PAGE || moved === 0) return expired
  }
}
