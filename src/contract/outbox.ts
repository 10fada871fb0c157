import { type Static, Type } from 'typebox'
import { deliveryStates, messageKinds, messageStates, webhookTypes } from '../core/contact/outbox.ts'
import { customerLocales } from './customer-languages.ts'
import { locales } from './words.ts'

/** What leaves the product: messages to customers, and events to other systems. */

const time = Type.String({ format: 'date-time' })
const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const address = Type.String({ format: 'email', maxLength: 200 })

const kind = Type.Enum(messageKinds, { description: 'What the message is about.' })
const language = Type.Enum(locales)

/** A message as it was written and as it stands. */
export const message = Type.Object(
  {
    customer: Type.String(),
    id: Type.String(),
    kind,
    language: Type.Enum(customerLocales),
    to: nullable(Type.String({ description: 'The address; null once the customer was erased.' })),
    subject: Type.String(),
    body: Type.String({ description: 'As text, exactly as it is sent. Sent beside it: the same as HTML.' }),
    state: Type.Enum(messageStates, {
      description:
        'uncertain: whether the mail server took it is not known. unconfigured: no mail server is named, so it is kept.',
    }),
    attempts: Type.Integer(),
    problem: nullable(Type.String({ description: 'In the words of the mail server.' })),
    createdAt: time,
    sentAt: nullable(time),
  },
  { $id: 'Message' },
)
export type Message = Static<typeof message>

/** A page of the outbox, newest first. */
export const messageList = Type.Object(
  {
    sending: Type.Boolean({ description: 'False until the operator names a mail server.' }),
    counts: Type.Record(Type.String(), Type.Integer(), { description: 'Messages that were not sent, by state.' }),
    messages: Type.Array(message),
    cursor: nullable(Type.String()),
  },
  { $id: 'MessageList' },
)
export type MessageList = Static<typeof messageList>

const VALUE_LENGTH_MAX = 2_000

/** What a message would be written from. */
export const messageWish = Type.Object(
  {
    kind,
    language,
    values: Type.Record(Type.String(), Type.String({ maxLength: VALUE_LENGTH_MAX }), {
      description: 'The fields of the kind; times as RFC 3339.',
    }),
    timeZone: Type.Optional(Type.String({ maxLength: 100, description: 'IANA name; UTC if left out.' })),
  },
  { $id: 'MessageWish' },
)

/** A message as it would be sent. */
export const messagePreview = Type.Object(
  { subject: Type.String(), body: Type.String(), html: Type.String() },
  { $id: 'MessagePreview' },
)

const WORDING_LENGTH_MAX = 10_000

/** The wording of one kind in one language. */
export const messageWording = Type.Object(
  {
    kind,
    language,
    version: Type.Integer({ description: '0: ours.' }),
    subject: Type.String(),
    body: Type.String({
      description: 'Paragraphs parted by an empty line, fields in braces, links as `[words]({link})`.',
    }),
    fields: Type.Array(Type.Object({ name: Type.String(), required: Type.Boolean() })),
  },
  { $id: 'MessageWording' },
)
export type MessageWording = Static<typeof messageWording>

/** A wording of the firm's own; both empty bring ours back. */
export const wordingWish = Type.Object(
  { subject: Type.String({ maxLength: 200 }), body: Type.String({ maxLength: WORDING_LENGTH_MAX }) },
  { $id: 'MessageWordingWish' },
)

const owner = Type.Enum(['first-name', 'role'] as const, {
  description: 'How customers are told who looks after their case. Left out: by role.',
})

/** How mail leaves. */
export const mailSettings = Type.Object(
  {
    from: nullable(Type.String({ description: 'Set by the operator; null: no mail server is named.' })),
    replyTo: nullable(Type.String()),
    owner: Type.Optional(owner),
  },
  { $id: 'MailSettings' },
)
export type MailSettings = Static<typeof mailSettings>
/** What the firm sets about its mail. */
export const mailSettingsWish = Type.Object(
  { replyTo: nullable(address), owner: Type.Optional(owner) },
  { $id: 'MailSettingsWish' },
)

/** Whom a test message goes to. */
export const testMail = Type.Object({ to: address, language: Type.Optional(language) }, { $id: 'TestMail' })
/** What the mail server said to a test message. */
export const testMailAnswer = Type.Object(
  { outcome: Type.Enum(['taken', 'later', 'no-such-address', 'refused', 'unknown']), problem: nullable(Type.String()) },
  { $id: 'TestMailAnswer' },
)
export type TestMailAnswer = Static<typeof testMailAnswer>

/** What a mail provider reports: a message came back, or arrived after all. One of `messageId` and `address` is needed. */
export const mailReport = Type.Object(
  {
    outcome: Type.Enum(['bounced', 'delivered'], { description: 'For good: a delay is no bounce.' }),
    messageId: Type.Optional(Type.String({ maxLength: 500, description: 'As in the mail, angle brackets or not.' })),
    address: Type.Optional(address),
    reason: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { $id: 'MailReport' },
)
/** What became of a report. */
export const mailReportAnswer = Type.Object(
  { messages: Type.Integer({ description: 'How many messages it changed.' }) },
  { $id: 'MailReportAnswer' },
)

/** Addresses to which nothing is sent. */
export const bouncedAddresses = Type.Array(
  Type.Object({ customer: Type.String(), address: Type.String(), reason: Type.String(), bouncedAt: time }),
  { $id: 'BouncedAddresses' },
)
export type BouncedAddresses = Static<typeof bouncedAddresses>

const URL_LENGTH_MAX = 2_000
const url = Type.String({ minLength: 1, maxLength: URL_LENGTH_MAX, description: 'Begins with https://.' })
const events = Type.Array(Type.Enum(webhookTypes), { minItems: 1, maxItems: webhookTypes.length, uniqueItems: true })

/** A new endpoint. */
export const webhookWish = Type.Object({ url, events }, { $id: 'WebhookWish' })
/** An endpoint as it should be. */
export const webhookChange = Type.Object({ url, events, on: Type.Boolean() }, { $id: 'WebhookChange' })

/** An endpoint without its secret. */
export const webhook = Type.Object(
  {
    id: Type.String(),
    url: Type.String(),
    events,
    on: Type.Boolean({ description: 'Turned off by you, or by an answer 410.' }),
    formerSecretUntil: nullable(time),
    createdAt: time,
  },
  { $id: 'Webhook' },
)
export type WebhookEndpoint = Static<typeof webhook>

/** A secret that signs. */
export const webhookSecret = Type.Object(
  { id: Type.String(), secret: Type.String({ description: 'Begins with `whsec_`. It is shown this once.' }) },
  { $id: 'WebhookSecret' },
)
export type WebhookSecret = Static<typeof webhookSecret>

/** One event on its way to an endpoint. */
export const webhookDelivery = Type.Object(
  {
    id: Type.String(),
    event: Type.String({ description: 'The `webhook-id`.' }),
    type: Type.String(),
    body: Type.String({ description: 'As it is sent.' }),
    state: Type.Enum(deliveryStates, { description: 'dead: given up after three days.' }),
    attempts: Type.Integer(),
    status: nullable(Type.Integer({ description: 'The last answer.' })),
    problem: nullable(Type.String()),
    createdAt: time,
    triedAt: nullable(time),
    nextAt: nullable(time),
  },
  { $id: 'WebhookDelivery' },
)
export type WebhookDelivery = Static<typeof webhookDelivery>
