import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../time/instant.ts'
import type { PreferencePurpose } from './preferences.ts'

/** What leaves the product: messages to customers, and events to other systems. */

/**
 * What a field of a message holds. An instant is RFC 3339 and is written out in the customer's language; `links` are lines
 * of a word, a tab and an address each, side by side.
 */
export type MessageField = Readonly<{
  is: 'text' | 'instant' | 'link' | 'links'
  required: boolean
  /** A wording must hold it although it may have no value. */
  mustSay?: boolean
}>

const text: MessageField = { is: 'text', required: true }
const link: MessageField = { is: 'link', required: true }
const instant: MessageField = { is: 'instant', required: true }
const perhaps = (field: MessageField): MessageField => ({ ...field, required: false })
/** In every mail of a case: the way to its page. Missing only while the operator has named no public address. */
const status: MessageField = { is: 'link', required: false, mustSay: true }

/** What a gesture may hold: a voucher, and the way to say no to more. */
const gift = { gift: perhaps(text), code: perhaps(text), until: perhaps(instant), preferences: perhaps(link) }

/** Every kind of message with the fields that it is written from. `name` of the customer may be added to each. */
export const messageFields = {
  'case.acknowledged': { reference: text, what: text, owner: perhaps(text), until: perhaps(instant), status },
  'case.reply': { reference: text, text, status },
  'remedy.choice': { reference: text, what: text, link, until: perhaps(instant), status },
  'remedy.chosen': {
    reference: text,
    remedy: text,
    happens: perhaps(text),
    until: perhaps(instant),
    worth: perhaps(text),
    code: perhaps(text),
    status,
  },
  'fix.done': { reference: text, what: text, how: perhaps(text), status },
  'fix.confirmation': { reference: text, what: text, link, status },
  'follow-up': { reference: text, what: text, link, status },
  'final.response': { reference: text, what: text, status },
  'exit.acknowledged': { reference: text, content: text, received: instant, ends: perhaps(instant) },
  'exit.choice': { reference: text, link, until: instant },
  'exit.settled': { reference: text, content: text, settled: instant },
  'survey.invitation': {
    what: text,
    question: perhaps(text),
    scale: { is: 'links', required: false },
    link,
    preferences: perhaps(link),
  },
  'input.invitation': { what: text, about: text, link, preferences: perhaps(link) },
  'input.told': { idea: perhaps(text), answer: text },
  'data.confirm': { what: text, link, until: instant },
  'data.page': { link, until: instant },
  'data.pack': { link, until: instant },
  'data.answered': { reference: text, what: text, answer: text },
  'gesture.birthday': gift,
  'gesture.birth': gift,
  'gesture.wedding': gift,
  'gesture.anniversary': gift,
  'gesture.move': gift,
  'gesture.hand': { text, ...gift },
  'voucher.reminder': { reference: text, what: text, until: instant, link: perhaps(link) },
} as const satisfies Readonly<Record<string, Readonly<Record<string, MessageField>>>>

/** A kind of message. */
export type MessageKind = keyof typeof messageFields

/** All kinds of messages, in the order of a case. */
export const messageKinds = [
  'case.acknowledged',
  'case.reply',
  'remedy.choice',
  'remedy.chosen',
  'fix.done',
  'fix.confirmation',
  'follow-up',
  'final.response',
  'exit.acknowledged',
  'exit.choice',
  'exit.settled',
  'survey.invitation',
  'input.invitation',
  'input.told',
  'data.confirm',
  'data.page',
  'data.pack',
  'data.answered',
  'gesture.birthday',
  'gesture.birth',
  'gesture.wedding',
  'gesture.anniversary',
  'gesture.move',
  'gesture.hand',
  'voucher.reminder',
] as const satisfies readonly MessageKind[]

/** Messages that nobody is owed, by the purpose to which a customer can say no with one click. */
export const refusableMessages: Partial<Readonly<Record<MessageKind, PreferencePurpose>>> = {
  'survey.invitation': 'survey',
  'input.invitation': 'survey',
  'gesture.birthday': 'marketing',
  'gesture.birth': 'marketing',
  'gesture.wedding': 'marketing',
  'gesture.anniversary': 'marketing',
  'gesture.move': 'marketing',
  'gesture.hand': 'marketing',
}

/** The fields of one kind, and `name`. */
export const fieldsOfMessage = (kind: MessageKind): Readonly<Record<string, MessageField>> => ({
  name: perhaps(text),
  ...messageFields[kind],
})

/**
 * What has become of a message. `unconfigured`: no mail server was named when it was written. `uncertain`: it was being
 * handed over when the worker or the connection ended, and whether the mail server took it is not known.
 */
export const messageStates = [
  'queued',
  'sending',
  'sent',
  'uncertain',
  'bounced',
  'failed',
  'unconfigured',
  'cancelled',
] as const
/** One of the states of a message. */
export type MessageState = (typeof messageStates)[number]

/** Messages that a person may send (again): nobody has them for certain, and nothing is under way. */
export const mayBeSentAgain: readonly MessageState[] = ['uncertain', 'bounced', 'failed', 'unconfigured', 'cancelled']
/** Messages that a person may hold back. An uncertain one is thereby settled as it is. */
export const mayBeCancelled: readonly MessageState[] = ['queued', 'uncertain', 'failed', 'unconfigured', 'bounced']

/** The closed list of events that other systems may be told of. */
export const webhookTypes = [
  'case.opened',
  'case.closed',
  'case.breached',
  'exit.requested',
  'exit.ended',
  'customer.let_down',
  'voucher.issued',
  'voucher.redeemed',
  'voucher.expired',
  'voucher.undone',
  'survey.invited',
  'gesture.to_do',
  'gesture.made',
  'message.bounced',
  'check.failed',
] as const
/** An event that an endpoint may ask for. */
export type WebhookType = (typeof webhookTypes)[number]

/** What has become of a delivery: on its way, taken with a 2xx, or given up after three days. */
export const deliveryStates = ['waiting', 'delivered', 'dead'] as const
/** One of the states of a delivery. */
export type DeliveryState = (typeof deliveryStates)[number]

const MAIL_WAITS_MS: readonly number[] = [
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  8 * HOUR_MS,
  16 * HOUR_MS,
]

// The first tries as Standard Webhooks suggests them; the last lies three days after the first.
const WEBHOOK_WAITS_MS: readonly number[] = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  3 * DAY_MS - (51 * HOUR_MS + 35 * MINUTE_MS + 5 * SECOND_MS),
]

/** How long to wait after so many failed attempts (1 at least) to send a mail; undefined when it is given up. */
export const mailWaitMs = (attempts: number): number | undefined => MAIL_WAITS_MS[attempts - 1]

/** How long to wait after so many failed attempts (1 at least) to deliver an event; undefined when it is given up. */
export const webhookWaitMs = (attempts: number): number | undefined => WEBHOOK_WAITS_MS[attempts - 1]
