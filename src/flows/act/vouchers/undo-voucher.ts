import { OWN_SOURCE, ownEvent } from '../../../contract/ingest.ts'
import { type Actor, actorText } from '../../../core/people/actor.ts'
import { undoLast, undoRefusal } from '../../../core/voucher/undo.ts'
import { leftMinor } from '../../../core/voucher/voucher.ts'
import { audit } from '../../../store/audit.ts'
import { readTransfers } from '../../../store/views/voucher-ledger-view.ts'
import { addTransfers, findMovement, lockVoucher, saveVoucher, type VoucherPlace } from '../../../store/vouchers.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { emit } from '../../emit.ts'
import type { World } from '../../world.ts'
import { type Moved, undoName } from './move-voucher.ts'

/**
 * Takes the last movement of a voucher back, within seconds and by whoever made it: nothing is deleted, the ledger gets
 * the same amounts the other way, and the log the retraction of what it was told.
 */
export async function undoMovement(world: World, who: Actor, place: VoucherPlace, movement: string): Promise<Moved> {
  return appendDecided<Moved>(world, async (tx): Promise<Decided<Moved>> => {
    const was = await lockVoucher(tx, place)
    if (was === undefined) return refuse('voucher-unknown', 'There is no such voucher.')
    const name = undoName(movement)
    const known = await findMovement(tx, place, name)
    if (known !== undefined)
      return { events: [], answer: { kind: 'moved', repeated: true, minor: known.minor, voucher: was } }
    const at = world.now()
    const by = actorText(who)
    const { last } = was
    const because = undoRefusal(last, { movement, by }, at)
    if (because !== null || last === null) return refuse('not-in-this-state', because ?? '')
    const made = (await readTransfers(tx, place)).filter((one) => one.movement === movement)
    const undone = undoLast(was, last.before, made)
    const voucher = { ...was, ...undone.voucher, last: null }
    await saveVoucher(tx, place, voucher)
    const { origin, currency } = was
    await addTransfers(
      tx,
      undone.transfers.map((transfer, line) => ({
        ...{ ...transfer, ...place, movement: name, line, origin, currency, at },
        ...{ actor: by, reference: null, undoes: movement },
      })),
    )
    await audit(
      tx,
      who,
      'voucher.undone',
      { kind: 'voucher', id: place.voucher },
      { kind: last.kind, left: leftMinor(voucher) },
    )
    const minor = undone.transfers[0]?.minor ?? 0
    await emit(world, tx, {
      type: 'voucher.undone',
      customer: place.customer,
      data: { voucher: place.voucher, movement, kind: last.kind, minor, currency, origin },
    })
    const data = { id: `${place.voucher}:${movement}`, source: OWN_SOURCE, reason: 'undone' }
    const taken = {
      id: `${place.voucher}:${name}`,
      customer: place.customer,
      type: 'event.retracted',
      at,
      data,
    } as const
    return {
      events: [ownEvent(taken)],
      answer: { kind: 'moved', repeated: false, minor, voucher },
    }
  })
}

const refuse = (code: 'voucher-unknown' | 'not-in-this-state', detail: string): Decided<Moved> => ({
  events: [],
  answer: { kind: 'refused', code, detail },
})
