import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { isStorable } from '../../../contract/ingest.ts'
import {
  type MailSettings,
  mailReport,
  mailSettingsWish,
  type TestMailAnswer,
  testMail,
} from '../../../contract/outbox.ts'
import { sampleValues } from '../../../contract/write-message.ts'
import { mayBeCancelled, mayBeSentAgain } from '../../../core/contact/outbox.ts'
import { UUID } from '../../../core/ids.ts'
import { audit } from '../../../store/audit.ts'
import { clearBounce, findBounce, listBounces } from '../../../store/bounces.ts'
import { enqueue } from '../../../store/jobs.ts'
import { findMessage, findReported, type StoredMessage, settleMessage } from '../../../store/messages.ts'
import { readMailSettings, saveMailSettings } from '../../../store/settings.ts'
import { callerOf, type Entry } from '../../caller.ts'
import { messageView } from '../../message-view.ts'
import { normalAddress, previewMessage } from '../../queue-message.ts'
import { bodyReader, Refusal } from '../../respond.ts'
import type { MailWay, World } from '../../world.ts'
import { sendMail } from './send-mail.ts'
import { noteBounce } from './send-message.ts'

const REPORTED = 'The mail provider reported that it could not be delivered.'

const readReport = bodyReader(mailReport)
const readTest = bodyReader(testMail)
const readSettings = bodyReader(mailSettingsWish)

/** What people do with messages, what mail providers report, and how mail leaves. */
export function mailRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.post('/messages/:customer/:id/send', async (c) => {
    const message = await readMessage(world, c)
    if (world.mail === undefined) throw unconfigured()
    const again = { state: 'queued', problem: null, from: mayBeSentAgain } as const
    const { customer, id } = message
    const changed = await world.db.transaction(async (tx) => {
      // Whoever sends to an address that came back says that it is right now.
      if (message.state === 'bounced' && message.recipient !== null) await clearBounce(tx, message.recipient)
      const queued = canBeSent(message) && (await settleMessage(tx, message, again))
      if (!queued) return false
      await enqueue(tx, 'message.send', { customer, id })
      await audit(tx, callerOf(c).actor, 'message.sent-again', { kind: 'customer', id: customer }, { message: id })
      return true
    })
    if (!changed) throw notInThisState(message)
    return c.json(messageView(await readMessage(world, c)))
  })
  routes.post('/messages/:customer/:id/cancel', async (c) => {
    const message = await readMessage(world, c)
    const cancelled = { state: 'cancelled', problem: message.problem, from: mayBeCancelled } as const
    const { customer, id } = message
    const changed = await world.db.transaction(async (tx) => {
      if (!(await settleMessage(tx, message, cancelled))) return false
      await audit(tx, callerOf(c).actor, 'message.held-back', { kind: 'customer', id: customer }, { message: id })
      return true
    })
    if (!changed) throw notInThisState(message)
    return c.json(messageView(await readMessage(world, c)))
  })
  routes.get('/mail', async (c) => c.json(await settingsOf(world)))
  routes.put('/mail', async (c) => {
    const settings = await readSettings(c)
    await world.db.transaction(async (tx) => {
      await saveMailSettings(tx, settings)
      await audit(tx, callerOf(c).actor, 'settings.changed', { kind: 'settings', id: 'mail' })
    })
    return c.json(await settingsOf(world))
  })
  routes.post('/mail/test', async (c) => {
    const { to, language = 'en' } = await readTest(c)
    if (world.mail === undefined) throw unconfigured()
    return c.json(await sendTest(world, world.mail, to, language))
  })
  routes.get('/mail/bounces', async (c) => c.json(await listBounces(world.db)))
  routes.post('/mail/bounces', async (c) => c.json({ messages: await takeReport(world, await readReport(c)) }))
  routes.delete('/mail/bounces/:address', async (c) => {
    const address = c.req.param('address')
    const cleared = await world.db.transaction(async (tx) => {
      const bounced = isStorable(address) ? await findBounce(tx, normalAddress(address)) : undefined
      if (bounced === undefined) return false
      await clearBounce(tx, bounced.address)
      await audit(tx, callerOf(c).actor, 'address.let-in', { kind: 'customer', id: bounced.customer })
      return true
    })
    if (!cleared) throw new Refusal('not-found', 'This address did not bounce.')
    return c.body(null, 204)
  })
  return routes
}

const unconfigured = () =>
  new Refusal('mail-unconfigured', 'The operator names a mail server with AMENDS_SMTP_URL and AMENDS_MAIL_FROM.')

const canBeSent = ({ recipient, body }: StoredMessage): boolean => recipient !== null && body !== ''

function notInThisState({ state, recipient, body }: StoredMessage): Refusal {
  if (recipient === null) return new Refusal('not-in-this-state', 'The customer was erased.')
  return new Refusal('not-in-this-state', body === '' ? 'Its words were removed.' : `The message is ${state}.`)
}

async function readMessage(world: World, c: Context): Promise<StoredMessage> {
  const customer = c.req.param('customer') ?? ''
  const id = c.req.param('id') ?? ''
  const message = UUID.test(id) && isStorable(customer) ? await findMessage(world.db, customer, id) : undefined
  if (message === undefined) throw new Refusal('not-found', 'There is no such message.')
  return message
}

async function settingsOf(world: World): Promise<MailSettings> {
  return { from: world.mail?.from ?? null, ...(await readMailSettings(world.db)) }
}

/** The same way as every message, except that nothing is stored: it concerns no customer. */
async function sendTest(world: World, way: MailWay, to: string, language: 'en' | 'nl' | 'ru'): Promise<TestMailAnswer> {
  const kind = 'survey.invitation'
  const written = await previewMessage(world.db, { kind, language, values: sampleValues(kind), timeZone: 'UTC' })
  if (written.kind === 'refused') return { outcome: 'refused', problem: written.detail }
  const { replyTo } = await readMailSettings(world.db)
  const { subject, body, html } = written
  const messageId = `${randomUUID()}@test.invalid`
  const parts = { unsubscribe: null, letter: null }
  const handed = await sendMail(way, { messageId, to, replyTo, subject, body, html, language, ...parts })
  return { outcome: handed.kind, problem: handed.kind === 'taken' ? null : handed.problem }
}

type Report = Awaited<ReturnType<typeof readReport>>

/** Changes the messages that a report is about, and answers how many these were. A repeated report changes nothing. */
async function takeReport(world: World, { outcome, messageId, address, reason }: Report): Promise<number> {
  if (messageId === undefined && address === undefined) {
    throw new Refusal('parameter-malformed', 'Name the message by its Message-ID, or its address.', {
      pointer: '/messageId',
    })
  }
  return world.db.transaction(async (tx) => {
    const messages = await findReported(tx, {
      messageId: messageId?.trim().replace(/^<(.*)>$/, '$1') ?? null,
      address: address === undefined ? null : normalAddress(address),
    })
    let changed = 0
    for (const message of messages) {
      const done =
        outcome === 'bounced'
          ? await noteBounce(world, tx, message, reason ?? REPORTED)
          : await settleMessage(tx, message, { state: 'sent', problem: null, from: ['uncertain', 'sending'] })
      if (done) changed += 1
    }
    return changed
  })
}
