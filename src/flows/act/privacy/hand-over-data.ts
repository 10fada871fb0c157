import { dataTexts } from '../../../contract/page-texts/data-page-texts.ts'
import { type Locale, locales } from '../../../contract/words.ts'
import { assert } from '../../../core/assert.ts'
import { decideDataRequest } from '../../../core/privacy/data-request.ts'
import type { Relationship } from '../../../core/relationship/relationship.ts'
import { DAY_MS, instant, rfc3339 } from '../../../core/time/instant.ts'
import { forgetDataPacks, saveDataPack } from '../../../store/data-packs.ts'
import { findDataRequest, forgetUnconfirmed, lockDataRequest, saveDataRequest } from '../../../store/data-requests.ts'
import type { Tx } from '../../../store/db.ts'
import { findExitByNumber } from '../../../store/exits.ts'
import { readSaved } from '../../../store/relationships.ts'
import { readSettings } from '../../../store/settings.ts'
import { exportCustomer } from '../../export-customer.ts'
import { queueMessage } from '../../queue-message.ts'
import { readLinkKey, signLink } from '../../signed-link.ts'
import type { World } from '../../world.ts'
import { noticeLanguage } from '../exits/say-notice.ts'
import { takeExitStep } from '../exits/take-exit-step.ts'
import { writeDataPack } from './write-data-pack.ts'

const worker = { kind: 'system', part: 'worker' } as const
const PACK_DAYS = 14
const UNCONFIRMED_DAYS = 8

/** For whom a copy is made, where its link goes, and what it answers. */
type Recipient = Readonly<{ email: string; language: Locale; exit: string | null }>

/** True where a copy can be mailed at all. */
export const canHandOver = ({ mail, publicUrl }: World): boolean => mail !== undefined && publicUrl !== undefined

/**
 * Makes a copy of everything about a customer and mails a link to it: for a request, or for an exit, whose step it then
 * takes. It goes to the address that is known and to no other. Carried out by a job, and safe to repeat: the same mail
 * is never written twice.
 */
export async function handOverData(world: World, key: Readonly<{ customer: string; id: string }>): Promise<void> {
  // Where no mail can carry a link, somebody of the firm hands the copy over.
  if (!canHandOver(world)) return
  const recipient = await recipientOf(world, key)
  if (recipient === undefined) return
  const exported = await exportCustomer(world.db, key.customer)
  if (exported.kind === 'customer-unknown') return
  const state = (await readSaved(world.db, [exported.export.customer])).get(exported.export.customer)?.state
  const { firm, timeZone } = await readSettings(world.db)
  const { language, email } = recipient
  const content = writeDataPack(exported.export, ownMarks(state ?? null), dataTexts[language].readme(firm ?? ''))
  const madeAt = world.now()
  const expiresAt = instant(madeAt + PACK_DAYS * DAY_MS)
  await world.db.transaction(async (tx) => {
    await saveDataPack(tx, { ...key, madeAt, expiresAt, content })
    const token = signLink(await readLinkKey(tx), {
      purpose: 'data-pack',
      customer: key.customer,
      subject: key.id,
      expiresAt,
    })
    const queued = await queueMessage(world, tx, {
      customer: key.customer,
      to: email,
      kind: 'data.pack',
      language,
      timeZone,
      values: { link: `${world.publicUrl}/data-request/copy/${token}?lang=${language}`, until: rfc3339(expiresAt) },
      cause: `data pack ${key.id}`,
    })
    assert(queued.kind !== 'refused', 'the mail with a copy can be written from our own words')
    await finishRequest(world, tx, key)
  })
  const taker = { who: worker, inCases: { kind: 'automation', id: 'worker' }, mayPayOut: false } as const
  if (recipient.exit !== null) await takeExitStep(world, recipient.exit, { step: 'hand-over' }, taker)
}

async function recipientOf(
  world: World,
  { customer, id }: Readonly<{ customer: string; id: string }>,
): Promise<Recipient | undefined> {
  const known = (await readSaved(world.db, [customer])).get(customer)?.state?.person.email ?? null
  if (known === null) return undefined
  const asked = await findDataRequest(world.db, id)
  if (asked !== undefined) {
    const isOpen = asked.customer === customer && asked.request.decidedAt !== null && asked.request.endedAt === null
    const language = locales.find((one) => one === asked.language) ?? 'en'
    return isOpen ? { email: known, language, exit: null } : undefined
  }
  const exit = await findExitByNumber(world.db, id)
  if (exit === undefined || exit.customer !== customer || exit.exit.handedOverAt !== null) return undefined
  const spoken = noticeLanguage(exit.notice)
  return { email: known, language: spoken === 'de' ? 'en' : spoken, exit: id }
}

async function finishRequest(world: World, tx: Tx, { customer, id }: Readonly<{ customer: string; id: string }>) {
  const was = await lockDataRequest(tx, customer, id)
  if (was === undefined) return
  const { timeZone: zone } = await readSettings(tx)
  const decision = decideDataRequest(was.request, 'finish', { at: world.now(), zone })
  if (decision.kind === 'taken') await saveDataRequest(tx, { ...was, request: decision.request })
}

const ownMarks = (state: Relationship | null): readonly string[] =>
  state === null
    ? []
    : [state.person.email, state.person.phone, ...state.person.identities.map(({ value }) => value)].filter(
        (one) => one !== null,
      )

/** Takes away copies whose links are over, and requests that nobody confirmed in time. */
export async function forgetOverData({ db, now }: World): Promise<void> {
  await forgetDataPacks(db, now())
  await forgetUnconfirmed(db, instant(now() - UNCONFIRMED_DAYS * DAY_MS))
}
