import type { MessageKind, MessageState } from '../core/contact/outbox.ts'
import type { Tx } from './db.ts'

/** A message as it is written down: in full, as it will be sent. */
export type NewMessage = Readonly<{
  customer: string
  id: string
  /** The name of its cause: a second message of the same customer with the same name is not written. */
  dedupe: string
  kind: MessageKind
  language: string
  textVersion: number
  recipient: string
  subject: string
  body: string
  html: string
  state: 'queued' | 'unconfigured'
  /** The case that it belongs to, and the letter that goes along. */
  case: string | null
  letter: string | null
  /** What stands masked in the texts that are kept, and is put in when it is sent. */
  secret: MessageSecret | null
}>

/** A code that is told to the customer and kept nowhere else: `shown` is what stands in its place. */
export type MessageSecret = Readonly<{ shown: string; told: string }>

/** A message as it stands; what is personal is empty once the customer was erased. */
export type StoredMessage = Readonly<{
  customer: string
  id: string
  channel: 'mail'
  kind: MessageKind
  language: string
  recipient: string | null
  subject: string
  body: string
  html: string
  state: MessageState
  attempts: number
  messageId: string | null
  problem: string | null
  createdAt: Date
  sentAt: Date | null
  /** The case that it belongs to. */
  case: string | null
  letter: string | null
  secret: MessageSecret | null
}>

const COLUMNS = `customer, id, channel, kind, language, recipient, subject, body, html, state, attempts,
  message_id as "messageId", problem, created_at as "createdAt", sent_at as "sentAt",
  case_id as "case", letter, secret`

/** Writes a message; undefined when its cause has one already. */
export async function addMessage(tx: Tx, message: NewMessage): Promise<'added' | 'known'> {
  const added = await tx.change(
    `insert into messages (customer, id, dedupe, channel, kind, language, text_version, recipient, subject, body, html, state,
        case_id, letter, secret)
      values ($1, $2, $3, 'mail', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict (customer, dedupe) do nothing`,
    [
      message.customer,
      message.id,
      message.dedupe,
      message.kind,
      message.language,
      message.textVersion,
      message.recipient,
      message.subject,
      message.body,
      message.html,
      message.state,
      message.case,
      message.letter,
      message.secret === null ? null : JSON.stringify(message.secret),
    ],
  )
  return added === 1 ? 'added' : 'known'
}

/** The message; undefined when there is none. */
export async function findMessage(tx: Tx, customer: string, id: string): Promise<StoredMessage | undefined> {
  const [row] = await tx.query<StoredMessage>(`select ${COLUMNS} from messages where customer = $1 and id = $2`, [
    customer,
    id,
  ])
  return row
}

/** Takes a queued message to send it now; undefined when it is not queued. Commit this before speaking to anybody. */
export async function claimMessage(
  tx: Tx,
  key: Readonly<{ customer: string; id: string }>,
  messageId: string,
): Promise<StoredMessage | undefined> {
  const [row] = await tx.query<StoredMessage>(
    `update messages set state = 'sending', attempts = attempts + 1, claimed_at = now(), problem = null,
        message_id = coalesce(message_id, $3)
      where customer = $1 and id = $2 and state = 'queued' returning ${COLUMNS}`,
    [key.customer, key.id, messageId],
  )
  return row
}

/** What came of an attempt, or of a decision. `from` are the states in which it may be written down. */
export type MessageOutcome = Readonly<{ state: MessageState; problem: string | null; from: readonly MessageState[] }>

/** Writes an outcome down; false when the message was in none of the states it may come from. */
export async function settleMessage(
  tx: Tx,
  { customer, id }: Readonly<{ customer: string; id: string }>,
  { state, problem, from }: MessageOutcome,
): Promise<boolean> {
  const changed = await tx.change(
    // Not a case expression: Citus lets none hold a function that tells the time.
    `update messages set state = $3, problem = $4${state === 'sent' ? ', sent_at = now()' : ''}${state === 'sent' || state === 'cancelled' ? ', secret = null' : ''}
      where customer = $1 and id = $2 and state = any($5)`,
    [customer, id, state, problem, from],
  )
  return changed === 1
}

/** Which part of the outbox, and where to go on: newest first. */
export type MessageQuery = Readonly<{
  state: MessageState | null
  customer: string | null
  before: Readonly<{ at: Date; customer: string; id: string }> | null
  limit: number
}>

/** Messages, newest first. */
export async function listMessages(tx: Tx, query: MessageQuery): Promise<readonly StoredMessage[]> {
  const values: unknown[] = [query.limit]
  const given = (value: unknown): string => `$${values.push(value)}`
  const wheres: string[] = []
  if (query.state !== null) wheres.push(`state = ${given(query.state)}`)
  if (query.customer !== null) wheres.push(`customer = ${given(query.customer)}`)
  if (query.before !== null) {
    const { at, customer, id } = query.before
    wheres.push(`(created_at, customer, id) < (${given(at)}, ${given(customer)}, ${given(id)}::uuid)`)
  }
  const where = wheres.length === 0 ? '' : `where ${wheres.join(' and ')}`
  return tx.query<StoredMessage>(
    `select ${COLUMNS} from messages ${where} order by created_at desc, customer desc, id desc limit $1`,
    values,
  )
}

/** The mails of a case, oldest first. */
export const readCaseMessages = (tx: Tx, customer: string, id: string): Promise<readonly StoredMessage[]> =>
  tx.query<StoredMessage>(
    `select ${COLUMNS} from messages where customer = $1 and case_id = $2 order by created_at, id`,
    [customer, id],
    'case-messages',
  )

/** How many messages are in each state in which something may have to be done. */
export async function countUnsent(tx: Tx): Promise<Readonly<Record<string, number>>> {
  const rows = await tx.query<{ state: string; count: number }>(
    `select state, count(*) as count from messages where state <> 'sent' group by state`,
  )
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}

/** The messages that a report of the mail provider is about: by Message-ID, else the last one sent to the address. */
export async function findReported(
  tx: Tx,
  { messageId, address }: Readonly<{ messageId: string | null; address: string | null }>,
): Promise<readonly StoredMessage[]> {
  if (messageId !== null) {
    return tx.query<StoredMessage>(`select ${COLUMNS} from messages where message_id = $1`, [messageId])
  }
  return tx.query<StoredMessage>(
    `select ${COLUMNS} from messages where recipient = $1 and state in ('sent', 'uncertain')
      order by created_at desc limit 1`,
    [address],
  )
}
