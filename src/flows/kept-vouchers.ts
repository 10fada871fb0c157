import type { Accepted, Outcome } from '../contract/ingest.ts'
import { UUID } from '../core/ids.ts'
import type { Tx } from '../store/db.ts'
import { findKeptVouchers } from '../store/vouchers.ts'

const UUID_LENGTH = 36

/** The voucher that an event moves or takes the movement back of, if its name is one that we could have given. */
function namedBy({ event }: Accepted): string | null {
  const { type, data } = event
  const name =
    type.startsWith('voucher.') && 'voucher' in data
      ? data.voucher
      : type === 'event.retracted' && 'id' in data && typeof data.id === 'string'
        ? data.id.slice(0, UUID_LENGTH)
        : null
  return typeof name === 'string' && UUID.test(name) ? name : null
}

/**
 * The refusals of events from outside that speak for a voucher that Amends keeps, by their place in the list. Its money
 * moves in the ledger, where nobody can take more than is left; an event that told of another movement would make the
 * log and the ledger disagree. An id of ours cannot be guessed, so nobody else's voucher is ever refused.
 */
export async function refuseKeptVouchers(tx: Tx, items: readonly Accepted[]): Promise<ReadonlyMap<number, Outcome>> {
  const named: { place: number; voucher: string; pointer: string }[] = []
  items.forEach((item, place) => {
    const voucher = namedBy(item)
    if (voucher === null) return
    named.push({ place, voucher, pointer: item.event.type === 'event.retracted' ? '/data/id' : '/data/voucher' })
  })
  if (named.length === 0) return new Map()
  const kept = await findKeptVouchers(tx, [...new Set(named.map(({ voucher }) => voucher))])
  return new Map(
    named.flatMap(({ place, voucher, pointer }) => {
      if (!kept.has(voucher)) return []
      const detail = `Amends keeps the voucher ${voucher}: move it with POST /v1/vouchers/${voucher}/redeem and the like; the log is told by itself.`
      return [[place, { kind: 'refused', code: 'voucher-kept', pointer, detail }] as const]
    }),
  )
}
