import type { MessageKind } from '../../core/contact/outbox.ts'

/**
 * The wording of a message: paragraphs parted by an empty line, fields in braces, `[words]({link})` for a link. A
 * paragraph in which a field has no value is left out.
 */
export type MessageText = Readonly<{ subject: string; body: string }>

/** All messages in one language, and how one is addressed. */
export type MessageTexts = Readonly<{
  /** The greeting, with the name of the customer or without. */
  greeting: (name: string) => string
  /** The word before a date and time's zone. */
  kinds: Readonly<Record<MessageKind, MessageText>>
}>
