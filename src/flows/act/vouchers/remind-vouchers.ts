import { ownEvent } from '../../../contract/ingest.ts'
import { amountInWords } from '../../../contract/money-words.ts'
import { mayContact } from '../../../core/contact/may-contact.ts'
import { DAY_MS, type Instant, instant, rfc3339 } from '../../../core/time/instant.ts'
import { leftMinor } from '../../../core/voucher/voucher.ts'
import type { Tx } from '../../../store/db.ts'
import { readSaved } from '../../../store/relationships.ts'
import { readVouchersToRemind } from '../../../store/views/voucher-ledger-view.ts'
import { readVoucherSettings } from '../../../store/voucher-settings.ts'
import { lockVoucher, type StoredVoucher, saveReminded, type VoucherPlace } from '../../../store/vouchers.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { queueMessage } from '../../queue-message.ts'
import { spokenBy } from '../../spoken-by.ts'
import { circumstancesOf, readSurroundings } from '../../surroundings.ts'
import type { World } from '../../world.ts'

/** A customer is reminded so many days before a voucher expires, and once more. */
const REMIND_DAYS = [30, 7] as const
const PAGE = 500

/**
 * Reminds everybody whose voucher expires soon of what is left and until when, each in a transaction of its own; answers
 * how many were written to. Who does not use a voucher is nobody's gain (trap T19): reminders are on until the firm, which
 * may remind in another way, turns them off.
 */
export async function remindVouchers(world: World): Promise<number> {
  if (!(await readVoucherSettings(world.db)).reminders) return 0
  let reminded = 0
  for (const days of REMIND_DAYS) {
    for (;;) {
      const due = await readVouchersToRemind(world.db, { now: world.now(), days, limit: PAGE })
      for (const place of due) if (await remind(world, place, days)) reminded += 1
      if (due.length < PAGE) break
    }
  }
  return reminded
}

async function remind(world: World, place: VoucherPlace, days: number): Promise<boolean> {
  const at = world.now()
  return appendDecided(world, async (tx): Promise<Decided<boolean>> => {
    const voucher = await lockVoucher(tx, place)
    // Somebody else may have been faster, used it, or made it last longer.
    const isDue =
      voucher !== undefined &&
      voucher.state === 'open' &&
      isSoon(voucher, at, days) &&
      (await saveReminded(tx, place, at, days))
    if (!isDue || voucher.expiresAt === null) return { events: [], answer: false }
    const name = `reminded-${days}-${rfc3339(voucher.expiresAt)}`
    if (!(await write(world, tx, voucher, name))) return { events: [], answer: false }
    const event = { id: `${place.voucher}:${name}`, customer: place.customer, at, type: 'voucher.reminded' } as const
    return { events: [ownEvent({ ...event, data: { voucher: place.voucher } })], answer: true }
  })
}

const isSoon = ({ expiresAt }: StoredVoucher, at: Instant, days: number): boolean =>
  expiresAt !== null && expiresAt > at && expiresAt <= instant(at + days * DAY_MS)

/** Writes the mail; false where the contact policy says no, or nobody knows where to write to. */
async function write(world: World, tx: Tx, voucher: StoredVoucher, cause: string): Promise<boolean> {
  const { customer, currency, expiresAt } = voucher
  const row = (await readSaved(tx, [customer])).get(customer)
  const root = row?.root ?? customer
  const state = row?.state ?? (await readSaved(tx, [root])).get(root)?.state ?? null
  const { email = null } = state?.person ?? {}
  if (state === null || email === null || expiresAt === null) return false
  const surroundings = await readSurroundings(tx)
  const wish = { purpose: 'service', channel: 'email', category: null, asked: false } as const
  if (!mayContact(surroundings.policy, circumstancesOf(state, [], surroundings), wish, world.now()).allowed)
    return false
  const language = spokenBy(state)
  const { name } = state.person
  const queued = await queueMessage(world, tx, {
    customer: root,
    to: email,
    kind: 'voucher.reminder',
    language,
    timeZone: surroundings.zone,
    values: {
      ...(name === null ? {} : { name }),
      reference: `…${voucher.codeTail}`,
      what: amountInWords(language, leftMinor(voucher), currency),
      until: rfc3339(expiresAt),
      ...(world.publicUrl === undefined ? {} : { link: `${world.publicUrl}/voucher?lang=${language}` }),
    },
    cause: `voucher ${voucher.voucher} ${cause}`,
  })
  return queued.kind === 'queued' || queued.kind === 'unconfigured'
}
