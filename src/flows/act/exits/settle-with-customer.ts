import { ownEvent } from '../../../contract/ingest.ts'
import { settlementSheet } from '../../../contract/settlement-sheet.ts'
import { assert } from '../../../core/assert.ts'
import type { WishedEnd } from '../../../core/exits/exit-case.ts'
import { type Owed, owedTo } from '../../../core/exits/owed.ts'
import { isNeutral } from '../../../core/exits/referral.ts'
import { DAY_MS, type Instant, instant, rfc3339 } from '../../../core/time/instant.ts'
import { leftMinor } from '../../../core/voucher/voucher.ts'
import { readCasesOf } from '../../../store/cases.ts'
import type { Tx } from '../../../store/db.ts'
import { readExitSettings } from '../../../store/exit-settings.ts'
import { findExitByNumber, type StoredExit, saveReferred, saveWishedEnd } from '../../../store/exits.ts'
import { readLog } from '../../../store/log.ts'
import { readSettings } from '../../../store/settings.ts'
import { listVouchers } from '../../../store/views/voucher-ledger-view.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { personOf } from '../../person-of.ts'
import { queueMessage } from '../../queue-message.ts'
import { readLinkKey, signLink } from '../../signed-link.ts'
import type { World } from '../../world.ts'
import { noticeLanguage } from './say-notice.ts'

const CHOOSE_DAYS = 90
const VOUCHERS_MAX = 100

/** What is left on the vouchers that Amends keeps for somebody who leaves, by currency. */
export async function creditLeft(
  tx: Tx,
  { customer }: Pick<StoredExit, 'customer'>,
): Promise<readonly Readonly<{ currency: string; minor: number }>[]> {
  const keys = (await personOf(tx, customer))?.keys ?? []
  const sums = new Map<string, number>()
  for (const key of keys) {
    const query = { customer: key, tail: null, state: 'open', expiresBefore: null, after: null } as const
    for (const voucher of await listVouchers(tx, { ...query, limit: VOUCHERS_MAX }))
      sums.set(voucher.currency, (sums.get(voucher.currency) ?? 0) + leftMinor(voucher))
  }
  return [...sums].flatMap(([currency, minor]) => (minor > 0 ? [{ currency, minor }] : []))
}

/** What is owed to somebody who leaves, beside vouchers that Amends keeps, as far as cases and events tell. */
export async function owedAtExit(
  tx: Tx,
  { customer, notice }: Pick<StoredExit, 'customer' | 'notice'>,
  at: Instant,
): Promise<readonly (Owed & Readonly<{ currency: string }>)[]> {
  const person = await personOf(tx, customer)
  if (person === undefined) return []
  const { keys, state } = person
  const [cases, history, { currency }] = [await readCasesOf(tx, keys), await readLog(tx, keys), await readSettings(tx)]
  const kept = await keptOf(tx, keys)
  const found = owedTo({
    ...{ cases, history, vouchers: state.vouchers, exit: notice, at },
    kept: kept.map(({ voucher }) => voucher),
  })
  return found.map((one) => ({ ...one, currency: one.currency ?? currency }))
}

async function keptOf(tx: Tx, keys: readonly string[]) {
  const query = { tail: null, state: null, expiresBefore: null, after: null, limit: VOUCHERS_MAX }
  return (await Promise.all(keys.map((customer) => listVouchers(tx, { ...query, customer })))).flat()
}

/** The list of others, where the firm shows one. */
export async function shownReferral(tx: Tx) {
  const { referral } = await readExitSettings(tx)
  return referral.on && isNeutral(referral) ? referral : null
}

/**
 * Mails whoever leaves a link to choose, where there is something to choose. It goes to the address that is known: a
 * notice may name any address, and what is left on vouchers is told to nobody else.
 */
export async function offerChoice(world: World, tx: Tx, stored: StoredExit): Promise<void> {
  const { customer, id, notice } = stored
  const email = (await personOf(tx, customer))?.state.person.email ?? null
  if (email === null || world.publicUrl === undefined) return
  if ((await creditLeft(tx, stored)).length === 0 && (await shownReferral(tx)) === null) return
  const language = noticeLanguage(notice)
  const expiresAt = instant(world.now() + CHOOSE_DAYS * DAY_MS)
  const token = signLink(await readLinkKey(tx), { purpose: 'exit-settle', customer, subject: id, expiresAt })
  const { timeZone } = await readSettings(tx)
  const queued = await queueMessage(world, tx, {
    customer,
    to: email,
    kind: 'exit.choice',
    language,
    timeZone,
    values: {
      reference: id,
      link: `${world.publicUrl}/settle/${token}?lang=${language}`,
      until: rfc3339(expiresAt),
    },
    cause: `exit ${id} choice`,
  })
  assert(queued.kind !== 'refused', 'the mail with the choice can be written from our own words')
}

/** Mails what was settled, to be kept; to the address that is known, else to that of the notice. */
export async function mailSettlement(world: World, tx: Tx, stored: StoredExit): Promise<void> {
  const { customer, id, notice, exit } = stored
  const { settlement, settledAt } = exit
  const email = (await personOf(tx, customer))?.state.person.email ?? notice.email
  if (email === null || settlement === null || settledAt === null) return
  const language = noticeLanguage(notice)
  const { timeZone } = await readSettings(tx)
  const lines = settlementSheet(language, settlement, { settledAt, timeZone })
  const queued = await queueMessage(world, tx, {
    customer,
    to: email,
    kind: 'exit.settled',
    language,
    timeZone,
    values: {
      reference: id,
      content: lines.map(([name, value]) => `${name}: ${value}`).join('\n'),
      settled: rfc3339(settledAt),
    },
    cause: `exit ${id} settled`,
  })
  assert(queued.kind !== 'refused', 'a settlement can be written from what was settled')
}

/** Writes down what the customer chose; false once it is settled. */
export const chooseCredit = (world: World, key: Readonly<{ customer: string; id: string }>, vouchers: WishedEnd) =>
  world.db.transaction((tx) => saveWishedEnd(tx, key, vouchers, world.now()))

/** Writes down, once, that the customer asked where to go. Who is shown what does not depend on who asks (trap T28). */
export async function askForReferral(world: World, id: string): Promise<void> {
  const at = world.now()
  await appendDecided(world, async (tx): Promise<Decided<undefined>> => {
    const stored = await findExitByNumber(tx, id)
    const referral = await shownReferral(tx)
    if (stored === undefined || referral === null || !(await saveReferred(tx, stored, at)))
      return { events: [], answer: undefined }
    const { customer } = stored
    const to = referral.comparison === null ? 'list' : 'comparison'
    return {
      events: [ownEvent({ id: `${id} referred`, customer, type: 'exit.referred', at, data: { exit: id, to } })],
      answer: undefined,
    }
  })
}
