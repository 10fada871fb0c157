import { mailWaitMs, refusableMessages } from '../../../core/contact/outbox.ts'
import { instant } from '../../../core/time/instant.ts'
import { addBounce, findBounce } from '../../../store/bounces.ts'
import { touchCase } from '../../../store/cases.ts'
import type { Tx } from '../../../store/db.ts'
import { enqueue } from '../../../store/jobs.ts'
import { findLetter } from '../../../store/letters.ts'
import { claimMessage, type StoredMessage, settleMessage } from '../../../store/messages.ts'
import { readMailSettings } from '../../../store/settings.ts'
import { emit } from '../../emit.ts'
import { letterFileName } from '../../letter-file.ts'
import { preferencePath } from '../../preference-link.ts'
import type { MailWay, World } from '../../world.ts'
import { type Handed, sendMail } from './send-mail.ts'

type Key = Readonly<{ customer: string; id: string }>

const INTERRUPTED = 'The sending was interrupted. Whether the mail server took the message is not known.'

/**
 * Sends a queued message. The claim is committed before the mail server hears of it, and what came of it after: a worker
 * that dies in between leaves the state 'sending' behind, and whoever finds it there says 'uncertain' and sends nothing.
 * So no message is sent twice without a person having decided it, and none is called sent that may not have been.
 */
export async function sendMessage(world: World, key: Key): Promise<void> {
  const way = world.mail
  if (way === undefined) {
    await settleMessage(world.db, key, { state: 'unconfigured', problem: null, from: ['queued'] })
    return
  }
  const messageId = `${key.id}@${domainOf(way.from)}`
  const message = await claimMessage(world.db, key, messageId)
  if (message === undefined) {
    await settleMessage(world.db, key, { state: 'uncertain', problem: INTERRUPTED, from: ['sending'] })
    return
  }
  const handed = await handOver(world, way, message)
  await world.db.transaction((tx) => noteHanded(world, tx, message, handed))
  world.log.info({ message: key.id, kind: message.kind, outcome: handed.kind }, 'message handed to the mail server')
}

async function handOver(world: World, way: MailWay, message: StoredMessage): Promise<Handed> {
  const { recipient, subject, body, html, language, messageId } = message
  if (recipient === null || messageId === null) return { kind: 'refused', problem: 'There is no address.' }
  const bounced = await findBounce(world.db, recipient)
  if (bounced !== undefined) return { kind: 'no-such-address', problem: bounced.reason }
  const { replyTo } = await readMailSettings(world.db)
  const unsubscribe = await unsubscribeAddress(world, message)
  const told = (text: string) =>
    message.secret === null ? text : text.replaceAll(message.secret.shown, message.secret.told)
  const attached = message.letter === null ? undefined : await findLetter(world.db, message.customer, message.letter)
  const letter = attached === undefined ? null : { name: letterFileName(attached), pdf: attached.pdf }
  const texts = { subject, body: told(body), html: told(html) }
  return sendMail(way, { messageId, to: recipient, replyTo, ...texts, language, letter, unsubscribe })
}

async function unsubscribeAddress({ db, publicUrl, now }: World, { customer, kind }: StoredMessage) {
  const purpose = refusableMessages[kind]
  if (purpose === undefined || publicUrl === undefined) return null
  return `${publicUrl}${await preferencePath(db, { customer, purpose, now: now() })}`
}

/** What an answer may be written over: an attempt that was taken for lost may answer late. */
const UNDER_WAY = ['sending', 'uncertain'] as const

async function noteHanded(world: World, tx: Tx, message: StoredMessage, handed: Handed): Promise<void> {
  const settle = (state: 'sent' | 'uncertain' | 'failed' | 'queued', problem: string | null) =>
    settleMessage(tx, message, { state, problem, from: UNDER_WAY })
  switch (handed.kind) {
    case 'taken':
      await settle('sent', null)
      return
    case 'unknown':
      await settle('uncertain', handed.problem)
      return
    case 'refused':
      await settle('failed', handed.problem)
      return
    case 'no-such-address':
      await noteBounce(world, tx, message, handed.problem)
      return
    case 'later': {
      const wait = mailWaitMs(message.attempts)
      if (!(await settle(wait === undefined ? 'failed' : 'queued', handed.problem)) || wait === undefined) return
      const { customer, id } = message
      await enqueue(tx, 'message.send', { customer, id }, { after: new Date(instant(world.now() + wait)) })
    }
  }
}

/** The message came back: it and its address are marked, and whoever asked for it is told. Once for each message. */
export async function noteBounce(world: World, tx: Tx, message: StoredMessage, reason: string): Promise<boolean> {
  const { customer, id, kind, recipient } = message
  const from = [...UNDER_WAY, 'sent', 'failed'] as const
  if (!(await settleMessage(tx, message, { state: 'bounced', problem: reason, from }))) return false
  if (recipient !== null) await addBounce(tx, customer, recipient, reason)
  if (message.case !== null) await touchCase(tx, { customer, case: message.case }, world.now())
  await emit(world, tx, { type: 'message.bounced', customer, data: { message: id, kind } })
  return true
}

/** `Name <a@b>` and `a@b` alike. */
const domainOf = (from: string): string => /@([^@>\s]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'
