import { Hono } from 'hono'
import {
  type ContactPolicyPage,
  contactBody,
  contactPolicyBody,
  contactsBody,
  type PolicyTrial,
  policyTrialBody,
} from '../../contract/decide.ts'
import { contactSentence, type Locale } from '../../contract/words.ts'
import { type ContactPolicy, contactPurposes, policyProblem } from '../../core/contact/contact-policy.ts'
import { type ContactWish, contactRules } from '../../core/contact/may-contact.ts'
import { actorText } from '../../core/people/actor.ts'
import { channels } from '../../core/relationship/vocabulary.ts'
import { DAY_MS, type Instant, instant, instantOf, MINUTE_MS, rfc3339 } from '../../core/time/instant.ts'
import { audit } from '../../store/audit.ts'
import { readPolicyVersions, savePolicy } from '../../store/policies.ts'
import { callerOf, type Entry } from '../caller.ts'
import { csvCell } from '../csv-cell.ts'
import { KEY_LENGTH_MAX, keyOf, localeOf, oneOf, refuseParameter, text } from '../parameters.ts'
import { bodyReader, Refusal } from '../respond.ts'
import { findContactPolicy, readContactPolicy } from '../surroundings.ts'
import type { World } from '../world.ts'
import { type Decision, decideContact, decideContacts, releaseSlot } from './decide-contact.ts'
import { suppressionList } from './suppression-list.ts'
import { type Judged, type Trial, tryPolicy } from './try-policy.ts'

/** Ten thousand keys of some length. */
const BULK_BYTES_MAX = 1_048_576
const TRIAL_DAYS = 30
/** A question may be about a moment so far ahead, and about the last one that just passed. */
const AHEAD_DAYS_MAX = 365

const readQuestion = bodyReader(contactBody)
const readQuestions = bodyReader(contactsBody, BULK_BYTES_MAX)
const readPolicyWish = bodyReader(contactPolicyBody)
const readTrialWish = bodyReader(policyTrialBody)

/** Asking before sending, holding and giving back slots, the suppression list, and the rules themselves. */
export function decideRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.post('/decisions/contact', async (c) => {
    const { customer, reserve, ...wish } = await readQuestion(c)
    const { reservation, policyVersion, timeZone, ...decision } = await decideContact(world, customer, wishOf(wish), {
      at: momentOf(world, wish.at),
      slot: reserve === undefined ? null : { minutes: reserve.minutes, id: reserve.id },
    })
    const held = reservation === null ? null : { id: reservation.id, until: rfc3339(reservation.until) }
    return c.json({ ...view(decision, localeOf(c), timeZone), policyVersion, reservation: held })
  })
  routes.post('/decisions/contacts', async (c) => {
    const { customers, ...wish } = await readQuestions(c)
    const locale = localeOf(c)
    const at = momentOf(world, wish.at)
    const { policyVersion, timeZone, decisions } = await decideContacts(world, customers, wishOf(wish), at)
    return c.json({ policyVersion, decisions: decisions.map((one) => view(one, locale, timeZone)) })
  })
  routes.delete('/customers/:key/slots/:id', async (c) => {
    await releaseSlot(world, keyOf(c), c.req.param('id'))
    return c.body(null, 204)
  })
  routes.get('/suppression', (c) => {
    const purpose = oneOf(c, 'purpose', contactPurposes)
    const channel = oneOf(c, 'channel', channels)
    if (purpose === null) throw refuseParameter('purpose', `is needed: one of ${contactPurposes.join(', ')}.`)
    if (channel === null) throw refuseParameter('channel', `is needed: one of ${channels.join(', ')}.`)
    const wish = { purpose, channel, category: text(c, 'category', KEY_LENGTH_MAX), asked: false }
    return c.body(ReadableStream.from(csvOf(world, wish)), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="suppression-${purpose}-${channel}.csv"`,
    })
  })
  addPolicyRoutes(routes, world)
  return routes
}

function addPolicyRoutes(routes: Hono<Entry>, world: World): void {
  routes.get('/policies/contact', async (c) => {
    const page = await policyPage(world)
    return c.json(page, 200, { etag: `"${page.version}"` })
  })
  routes.get('/policies/contact/versions/:version', async (c) => {
    const version = Number(/^\d{1,6}$/.exec(c.req.param('version'))?.[0] ?? Number.NaN)
    const policy = Number.isNaN(version) ? undefined : await findContactPolicy(world.db, version)
    if (policy === undefined) throw new Refusal('not-found', 'The rules have no such version.')
    return c.json({ version, policy })
  })
  routes.put('/policies/contact', async (c) => {
    const { policy, note } = await readPolicyWish(c)
    refuseBad(policy)
    const was = Number(/^"(\d+)"$/.exec(c.req.header('if-match') ?? '')?.[1] ?? Number.NaN)
    if (Number.isNaN(was)) throw refuseParameter('If-Match', 'is needed: the ETag of the rules that were changed.')
    const { actor } = callerOf(c)
    const version = await world.db.transaction(async (tx) => {
      const saved = await savePolicy(tx, 'contact', { was, body: policy, note, author: actorText(actor) })
      if (saved !== 'outrun')
        await audit(tx, actor, 'policy.changed', { kind: 'policy', id: 'contact' }, { version: saved })
      return saved
    })
    if (version === 'outrun') throw outrun()
    const page = await policyPage(world)
    return c.json(page, 200, { etag: `"${page.version}"` })
  })
  routes.post('/policies/contact/try', async (c) => {
    const { policy, days = TRIAL_DAYS } = await readTrialWish(c)
    refuseBad(policy)
    const to = world.now()
    return c.json(trialView(await tryPolicy(world, policy, { from: instant(to - days * DAY_MS), to })))
  })
}

const outrun = () =>
  new Refusal('changed-meanwhile', 'Somebody changed the rules meanwhile. Read them again, and change those.')

function refuseBad(policy: ContactPolicy): void {
  const problem = policyProblem(policy)
  if (problem === null) return
  const pointer = `/policy${problem.pointer}`
  throw new Refusal('policy-refused', `${pointer} must ${problem.must}.`, { pointer })
}

type Wish = Readonly<{
  purpose: ContactWish['purpose']
  channel: ContactWish['channel']
  category?: string
  asked?: boolean
}>

const wishOf = ({ purpose, channel, category, asked }: Wish): ContactWish => ({
  purpose,
  channel,
  category: category ?? null,
  asked: asked === true,
})

function momentOf(world: World, at: string | undefined): Instant {
  const now = world.now()
  if (at === undefined) return now
  const moment = instantOf(at)
  if (moment >= now - MINUTE_MS && moment <= now + AHEAD_DAYS_MAX * DAY_MS) return moment
  throw new Refusal('parameter-malformed', `/at must lie between now and ${AHEAD_DAYS_MAX} days ahead.`, {
    pointer: '/at',
  })
}

const time = (at: Instant | null): string | null => (at === null ? null : rfc3339(at))

function view({ customer, known, verdict }: Decision, locale: Locale, timeZone: string) {
  const spoke = verdict.spoke.map((one) => ({
    rule: one.rule,
    effect: one.effect,
    until: time(one.until),
    reason: contactSentence(locale, one, timeZone),
  }))
  const { allowed, holdsUntil, nextAllowedAt } = verdict
  return { customer, known, allowed, spoke, holdsUntil: time(holdsUntil), nextAllowedAt: time(nextAllowedAt) }
}

async function* csvOf(world: World, wish: ContactWish): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode('customer,rule,next_allowed_at\r\n')
  for await (const page of suppressionList(world, wish, world.now())) {
    const lines = page.map((one) => `${csvCell(one.customer)},${one.because.rule},${time(one.nextAllowedAt) ?? ''}\r\n`)
    yield encoder.encode(lines.join(''))
  }
}

async function policyPage(world: World): Promise<ContactPolicyPage> {
  const { policy, version } = await readContactPolicy(world.db)
  const versions = await readPolicyVersions(world.db, 'contact')
  return {
    version,
    policy,
    versions: versions.map(({ createdAt, version: number, note, author, authorName, live }) => ({
      version: number,
      note,
      author,
      authorName,
      live,
      createdAt: createdAt.toISOString(),
    })),
  }
}

const judgedView = (one: Judged) => ({ ...one, at: rfc3339(one.at), rules: [...one.rules] })

function trialView({ newlyBlockedShare, byRule, differing, blocked, ...trial }: Trial): PolicyTrial {
  const { kind } = newlyBlockedShare
  return {
    ...trial,
    newlyBlockedShare:
      kind === 'counted'
        ? { value: newlyBlockedShare.value, low: newlyBlockedShare.low, high: newlyBlockedShare.high }
        : null,
    byRule: contactRules.flatMap((rule) => (byRule[rule] === undefined ? [] : [{ rule, messages: byRule[rule] }])),
    differing: differing.map(judgedView),
    blocked: blocked.map(judgedView),
  }
}
