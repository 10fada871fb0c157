import { randomUUID } from 'node:crypto'
import { dataTexts } from '../../../contract/page-texts/data-page-texts.ts'
import { type Locale, locales } from '../../../contract/words.ts'
import { assert } from '../../../core/assert.ts'
import { asked, type DataRequestKind, decideDataRequest, dueAt } from '../../../core/privacy/data-request.ts'
import { searchForm } from '../../../core/relationship/search-terms.ts'
import { DAY_MS, instant, rfc3339 } from '../../../core/time/instant.ts'
import {
  addDataRequest,
  askedKey,
  countAsked,
  lockDataRequest,
  removeDataRequest,
  type StoredDataRequest,
  saveDataRequest,
} from '../../../store/data-requests.ts'
import type { Tx } from '../../../store/db.ts'
import { enqueue } from '../../../store/jobs.ts'
import { readSaved } from '../../../store/relationships.ts'
import { readSettings } from '../../../store/settings.ts'
import { findByWholeTerm } from '../../../store/views/contract-holder-view.ts'
import { personOf } from '../../person-of.ts'
import { privacyPath } from '../../privacy-link.ts'
import { queueMessage } from '../../queue-message.ts'
import { readLinkKey, signLink } from '../../signed-link.ts'
import type { World } from '../../world.ts'

const HOLDERS_MAX = 5
const CONFIRM_DAYS = 7
/** A mailbox is not filled by whoever asks over and over in somebody else's name. */
const ASKED_PER_DAY_MAX = 2

/** What somebody typed. */
export type DataWish = Readonly<{ kind: DataRequestKind; email: string; words: string | null; language: Locale }>

/**
 * Takes a request down and answers nothing: whether the address is known is found out by a job, so that neither the
 * answer nor its time tells a stranger.
 */
export async function askAboutData(world: World, { kind, email, words, language }: DataWish): Promise<void> {
  const id = randomUUID()
  const request = asked(kind, world.now())
  await world.db.transaction(async (tx) => {
    const { timeZone } = await readSettings(tx)
    await addDataRequest(tx, {
      customer: askedKey(id),
      id,
      language,
      email,
      words,
      dueAt: dueAt(request, timeZone),
      request,
    })
    await enqueue(tx, 'data.look-up', { id })
  })
}

/** Finds whose address it is, and mails each holder a link to confirm. Carried out by a job, and safe to repeat. */
export async function lookUpDataRequest(world: World, id: string): Promise<void> {
  await world.db.transaction(async (tx) => {
    const stored = await lockDataRequest(tx, askedKey(id), id)
    if (stored === undefined) return
    for (const holder of await holdersOf(tx, stored.email ?? '')) {
      const since = instant(stored.request.askedAt - DAY_MS)
      if ((await countAsked(tx, holder.customer, stored.request.kind, since)) >= ASKED_PER_DAY_MAX) continue
      const own = { ...stored, customer: holder.customer, email: holder.email, id: randomUUID() }
      await addDataRequest(tx, own)
      if (own.request.kind === 'look') await mailPage(world, tx, own)
      else await mailConfirmation(world, tx, own)
    }
    await removeDataRequest(tx, stored)
  })
}

/** Everybody whose address this is, with the address as it is known: it may be written in capitals or not. */
async function holdersOf(tx: Tx, email: string): Promise<readonly Readonly<{ customer: string; email: string }>[]> {
  const known = await findByWholeTerm(tx, searchForm(email), HOLDERS_MAX)
  return [...(await readSaved(tx, known)).values()].flatMap(({ customer, state }) =>
    state?.person.email == null || state.person.erased ? [] : [{ customer, email: state.person.email }],
  )
}

/** The language in which a request was made. */
export const requestLanguage = ({ language }: Pick<StoredDataRequest, 'language'>): Locale =>
  locales.find((one) => one === language) ?? 'en'

async function mailConfirmation(world: World, tx: Tx, stored: StoredDataRequest): Promise<void> {
  const { customer, id, email, request } = stored
  if (email === null || world.publicUrl === undefined) return
  const language = requestLanguage(stored)
  const expiresAt = instant(world.now() + CONFIRM_DAYS * DAY_MS)
  const token = signLink(await readLinkKey(tx), { purpose: 'data-request', customer, subject: id, expiresAt })
  const { timeZone } = await readSettings(tx)
  const queued = await queueMessage(world, tx, {
    customer,
    to: email,
    kind: 'data.confirm',
    language,
    timeZone,
    values: {
      what: dataTexts[language].kinds[request.kind].said,
      link: `${world.publicUrl}/data-request/confirm/${token}?lang=${language}`,
      until: rfc3339(expiresAt),
    },
    cause: `data request ${id}`,
  })
  assert(queued.kind !== 'refused', 'a request to confirm can be written from our own words')
}

// Whoever opens the link has shown that the address is theirs: there is nothing to confirm, and nobody has to answer.
async function mailPage(world: World, tx: Tx, stored: StoredDataRequest): Promise<void> {
  const { customer, id, email } = stored
  if (email === null || world.publicUrl === undefined) return
  const language = requestLanguage(stored)
  const { path, expiresAt } = await privacyPath(tx, customer, world.now())
  const { timeZone } = await readSettings(tx)
  const queued = await queueMessage(world, tx, {
    customer,
    to: email,
    kind: 'data.page',
    language,
    timeZone,
    values: { link: `${world.publicUrl}${path}?lang=${language}`, until: rfc3339(expiresAt) },
    cause: `data request ${id}`,
  })
  assert(queued.kind !== 'refused', 'the mail with the page can be written from our own words')
}

/**
 * Takes a request from the page of a customer, whose link came to the address that is known: it is confirmed with that.
 * The answer goes to that address and to no other.
 */
export async function askOwnData(
  world: World,
  key: string,
  { kind, words, language }: Omit<DataWish, 'email'>,
): Promise<'asked' | 'asked-before'> {
  return world.db.transaction(async (tx) => {
    const person = await personOf(tx, key)
    const at = world.now()
    if (person === undefined || (await countAsked(tx, person.customer, kind, instant(at - DAY_MS))) > 0)
      return 'asked-before'
    const { timeZone } = await readSettings(tx)
    const request = { ...asked(kind, at), confirmedAt: at }
    const { email } = person.state.person
    const stored = { customer: person.customer, id: randomUUID(), language, email, words, request }
    await addDataRequest(tx, { ...stored, dueAt: dueAt(request, timeZone) })
    await saveDataRequest(tx, { ...stored, dueAt: dueAt(request, timeZone) })
    return 'asked'
  })
}

/** Confirms a request from the link in the mail; undefined when it is not there any more. */
export async function confirmDataRequest(
  world: World,
  customer: string,
  id: string,
): Promise<StoredDataRequest | undefined> {
  return world.db.transaction(async (tx) => {
    const was = await lockDataRequest(tx, customer, id)
    if (was === undefined) return undefined
    const { timeZone: zone } = await readSettings(tx)
    const decision = decideDataRequest(was.request, 'confirm', { at: world.now(), zone })
    assert(decision.kind === 'taken', 'confirming is always possible')
    const stored = { ...was, request: decision.request }
    await saveDataRequest(tx, stored)
    return stored
  })
}
