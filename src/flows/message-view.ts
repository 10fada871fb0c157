import { customerLocales } from '../contract/customer-languages.ts'
import type { Message } from '../contract/outbox.ts'
import type { StoredMessage } from '../store/messages.ts'

/** A stored message as it travels. */
export function messageView(message: StoredMessage): Message {
  const { customer, id, kind, recipient, subject, body, state, attempts, problem, createdAt, sentAt } = message
  return {
    customer,
    id,
    kind,
    language: customerLocales.find((one) => one === message.language) ?? 'en',
    to: recipient,
    subject,
    body,
    state,
    attempts,
    problem,
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
  }
}
