import { randomUUID } from 'node:crypto'
import type { CustomerLocale } from '../contract/customer-languages.ts'
import {
  type MessageValues,
  type NotWritten,
  type WrittenMessage,
  writeMessage,
  writtenIn,
} from '../contract/write-message.ts'
import type { MessageKind } from '../core/contact/outbox.ts'
import type { Tx } from '../store/db.ts'
import { enqueue } from '../store/jobs.ts'
import { readOwnText } from '../store/message-texts.ts'
import { addMessage, type MessageSecret } from '../store/messages.ts'
import { readSettings } from '../store/settings.ts'
import type { World } from './world.ts'

/** A message that somebody should get. */
export type WantedMessage = Readonly<{
  customer: string
  /** The e-mail address. */
  to: string
  kind: MessageKind
  language: CustomerLocale
  values: MessageValues
  /** IANA name of the zone in which times are written. */
  timeZone: string
  /** The case that it belongs to. */
  case?: string
  /** The letter that goes along. */
  letter?: string
  /** A code of which the values hold only the mask: it is put in when the mail is sent, and kept nowhere after. */
  secret?: MessageSecret
}>

/** What became of the wish: queued, kept because no mail server is named, or there already for the same cause. */
export type QueuedMessage =
  | Readonly<{ kind: 'queued' | 'unconfigured'; id: string }>
  | Readonly<{ kind: 'known' }>
  | NotWritten

/** The message as it would be sent, in the wording in force. Nothing is stored. */
export async function previewMessage(
  tx: Tx,
  wanted: Pick<WantedMessage, 'kind' | 'language' | 'values' | 'timeZone'>,
): Promise<(WrittenMessage & Readonly<{ version: number }>) | NotWritten> {
  const own = await readOwnText(tx, wanted.kind, wanted.language)
  const { firm } = await readSettings(tx)
  const written = writeMessage({ ...wanted, firm: firm ?? '', own: own.body === '' ? undefined : own })
  return written.kind === 'refused' ? written : { ...written, version: own.version }
}

/**
 * Writes a message in the transaction of what caused it, and queues its sending with it. `cause` names the cause within
 * the customer: the same cause again writes nothing, so that a repeated step sends no second mail.
 */
export async function queueMessage(
  world: World,
  tx: Tx,
  { cause, ...asked }: WantedMessage & Readonly<{ cause: string }>,
): Promise<QueuedMessage> {
  const wanted = { ...asked, language: writtenIn(asked.kind, asked.language) }
  const written = await previewMessage(tx, wanted)
  if (written.kind === 'refused') return written
  const { customer, kind, language } = wanted
  const { subject, body, html, version } = written
  const id = randomUUID()
  const state = world.mail === undefined ? 'unconfigured' : 'queued'
  const recipient = normalAddress(wanted.to)
  const { case: belongsTo = null, letter = null, secret = null } = wanted
  const kept = { subject, body, html, textVersion: version, case: belongsTo, letter, secret }
  const added = await addMessage(tx, { customer, id, dedupe: cause, kind, language, recipient, state, ...kept })
  if (added === 'known') return { kind: 'known' }
  if (state === 'queued') await enqueue(tx, 'message.send', { customer, id })
  return { kind: state, id }
}

/** An address as it is compared: trimmed, its domain in small letters. What stands before the @ is the server's own. */
export function normalAddress(address: string): string {
  const trimmed = address.trim()
  const at = trimmed.lastIndexOf('@')
  return `${trimmed.slice(0, at + 1)}${trimmed.slice(at + 1).toLowerCase()}`
}
