import { aboutInWords, casePageTexts } from '../contract/page-texts/case-page-words.ts'
import { type Locale, locales } from '../contract/words.ts'
import { assert } from '../core/assert.ts'
import type { CaseQuestion } from '../core/cases/case-questions.ts'
import type { RecoveryCase } from '../core/cases/recovery-case.ts'
import type { MessageKind } from '../core/contact/outbox.ts'
import { DAY_MS, type Instant, instant } from '../core/time/instant.ts'
import { findBounce } from '../store/bounces.ts'
import { readAbout } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import type { MessageSecret } from '../store/messages.ts'
import type { StoredOffer } from '../store/offers.ts'
import { readSaved } from '../store/relationships.ts'
import { readMailSettings } from '../store/settings.ts'
import { readDeskNames } from '../store/views/case-queue-view.ts'
import { linkAhead } from './link-ahead.ts'
import { previewMessage, type QueuedMessage, queueMessage } from './queue-message.ts'
import { readLinkKey, signLink } from './signed-link.ts'
import type { World } from './world.ts'

/** The page of a case can be seen so long after a mail that leads to it. */
const STATUS_DAYS = 90
const CONFIRM_DAYS = 30
const FOLLOW_UP_DAYS = 14

/** The messages of a case. */
export const caseMessages = [
  'case.acknowledged',
  'case.reply',
  'remedy.choice',
  'remedy.chosen',
  'fix.done',
  'fix.confirmation',
  'follow-up',
  'final.response',
] as const satisfies readonly MessageKind[]
/** One of them. */
export type CaseMessage = (typeof caseMessages)[number]

/** Whether mail can reach the customer of a case, or what is missing. */
export type WayTo = 'open' | 'no-mail-server' | 'no-public-address' | 'no-address' | 'bounced'

/** Who is written to: as she calls herself, where, and in which language. */
export type Addressee = Readonly<{ name: string | null; to: string | null; language: Locale; way: WayTo }>

/** The customer of a case as she is written to; of people who were merged, the one that stands for all. */
export async function readAddressee(
  world: World,
  tx: Tx,
  { customer }: Pick<RecoveryCase, 'customer'>,
): Promise<Addressee> {
  const asked = (await readSaved(tx, [customer])).get(customer)
  const root = asked?.root == null ? asked : (await readSaved(tx, [asked.root])).get(asked.root)
  const person = root?.state?.person
  const to = person?.email ?? null
  const language = locales.find((one) => person?.locale?.toLowerCase().startsWith(one)) ?? 'en'
  return { name: person?.name ?? null, to, language, way: await wayTo(world, tx, to) }
}

async function wayTo(world: World, tx: Tx, to: string | null): Promise<WayTo> {
  if (to === null) return 'no-address'
  if ((await findBounce(tx, to)) !== undefined) return 'bounced'
  if (world.mail === undefined) return 'no-mail-server'
  return world.publicUrl === undefined ? 'no-public-address' : 'open'
}

/** What the customer is told that it is about: as somebody understood it, else the category, else the report. */
export async function aboutOf(tx: Tx, one: RecoveryCase, language: Locale): Promise<string> {
  return (await readAbout(tx, one)) ?? aboutInWords(language, one.category)
}

/** Who looks after the case, as the firm lets customers know it: by first name, or by role alone. */
export async function ownerOf(tx: Tx, one: RecoveryCase, language: Locale): Promise<string | null> {
  const { owner = 'role' } = await readMailSettings(tx)
  const w = casePageTexts[language]
  if (one.assignee === null) return null
  const names = await readDeskNames(tx, [one.assignee, ...(one.team === null ? [] : [one.team])])
  const [first] = (names.get(one.assignee) ?? '').trim().split(/\s+/)
  if (owner === 'first-name' && first !== undefined && first !== '') return first
  return w.colleague
}

/** The path of the page of a case. */
export async function statusPath(tx: Tx, { customer, case: id }: RecoveryCase, now: Instant): Promise<string> {
  const expiresAt = instant(now + STATUS_DAYS * DAY_MS)
  return `/case/${signLink(await readLinkKey(tx), { purpose: 'case', customer, subject: id, expiresAt })}`
}

/** The path of the page on which a remedy is chosen; it can be read for a while after, to see what was chosen. */
export async function remedyPath(tx: Tx, { customer, case: id, id: offer, until }: StoredOffer): Promise<string> {
  const subject = JSON.stringify([id, offer])
  const expiresAt = instant(until + STATUS_DAYS * DAY_MS)
  return `/remedy/${signLink(await readLinkKey(tx), { purpose: 'remedy', customer, subject, expiresAt })}`
}

/** The path of the page that asks a question; it counts for the round of the case in which it was asked. */
export async function questionPath(
  tx: Tx,
  { customer, case: id, failedRounds }: RecoveryCase,
  question: CaseQuestion,
  now: Instant,
): Promise<string> {
  const subject = JSON.stringify([id, failedRounds, question])
  const expiresAt = instant(now + (question === 'confirm' ? CONFIRM_DAYS : FOLLOW_UP_DAYS) * DAY_MS)
  return `/answer/${signLink(await readLinkKey(tx), { purpose: 'question', customer, subject, expiresAt })}`
}

/** A mail of a case, but for what every one of them says. */
export type CaseMail = Readonly<{
  about: CaseMessage
  values: Readonly<Record<string, string>>
  language: Locale
  timeZone: string
  /** Names the cause within the case: the same again sends nothing. */
  cause: string
  letter?: string
  secret?: MessageSecret
}>

/** A path as a whole address; undefined while the operator has named none. */
export const addressOf = ({ publicUrl }: World, path: string, language: Locale): string | undefined =>
  publicUrl === undefined ? undefined : `${publicUrl}${path}?lang=${language}`

const valuesOf = (
  { case: reference }: RecoveryCase,
  { values }: CaseMail,
  { name, status }: Readonly<{ name: string | null; status: string | undefined }>,
) => ({
  ...values,
  reference,
  ...(name === null ? {} : { name }),
  ...(status === undefined ? {} : { status }),
})

/** The mail as it would be sent; its links are made when it is. */
export async function previewCaseMail(
  world: World,
  tx: Tx,
  one: RecoveryCase,
  mail: CaseMail,
  { name }: Pick<Addressee, 'name'>,
) {
  const { about: kind, language, timeZone } = mail
  const values = valuesOf(one, mail, { name, status: linkAhead(world, 'case', language) })
  return previewMessage(tx, { kind, language, values, timeZone })
}

/**
 * Writes a mail of a case in the transaction of its step. These are messages about what the firm owes: no rule on
 * contacting holds them back. Only one that cannot reach her is not written.
 */
export async function queueCaseMail(
  world: World,
  tx: Tx,
  one: RecoveryCase,
  mail: CaseMail,
  addressee: Addressee,
): Promise<QueuedMessage> {
  assert(addressee.to !== null, 'whoever has no address is told in another way')
  const status = addressOf(world, await statusPath(tx, one, world.now()), mail.language)
  const { about, language, timeZone, cause, letter, secret } = mail
  return queueMessage(world, tx, {
    customer: one.customer,
    to: addressee.to,
    kind: about,
    language,
    timeZone,
    values: valuesOf(one, mail, { name: addressee.name, status }),
    cause: `case ${one.case} ${cause}`,
    case: one.case,
    ...(letter === undefined ? {} : { letter }),
    ...(secret === undefined ? {} : { secret }),
  })
}
