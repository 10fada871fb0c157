/**
 * The event vocabulary as data: one table from which the types, the validators, the OpenAPI document, the CSV
 * templates, and the reference page are derived. Adding a field is one line here.
 */

export type FieldKind =
  | 'text' // up to 200 characters
  | 'prose' // free text, up to 20,000 characters, kept apart so that it can be erased alone
  | 'instant' // RFC 3339
  | 'minor' // money in minor units, an integer of at least 0
  | 'currency' // ISO 4217
  | 'number'
  | 'seconds' // a duration of at least 0
  | 'flag'
  | 'denied' // a flag that may only be false: an event that says true is refused
  | 'list'
  | 'record'
  | readonly string[] // one of these words

/** One field of the data of an event type. */
export type Field = Readonly<{ kind: FieldKind; required: boolean }>

const must = <const Kind extends FieldKind>(kind: Kind) => ({ kind, required: true }) as const
const may = <const Kind extends FieldKind>(kind: Kind) => ({ kind, required: false }) as const

/** The ways to reach a customer. */
export const channels = ['phone', 'email', 'post', 'chat', 'sms', 'app', 'web', 'shop', 'social', 'visit'] as const
/** One way to reach a customer. */
export type Channel = (typeof channels)[number]

/** What a consent or an offer may be for. */
const purpose = ['cross-sell', 'upsell', 'retention', 'reward', 'information'] as const

// What colleagues met with from a customer, in words that judge nobody.
const conducts = ['insult', 'threat', 'discrimination', 'harassment', 'violence', 'other'] as const

/** Every event type with its fields; `custom.*` types are taken beside these. */
export const vocabulary = {
  'customer.profiled': {
    name: may('text'),
    email: may('text'),
    phone: may('text'),
    locale: may('text'),
    timezone: may('text'),
    segment: may('text'),
    startedAt: may('instant'),
    attributes: may('record'),
  },
  'customer.identified': { kind: must('text'), value: must('text') },
  'customer.merged': { into: must('text') },
  'customer.unmerged': {},
  'customer.erased': {},
  'consent.changed': { channel: must(channels), purpose: must('text'), granted: must('flag') },
  'moment.told': { kind: must('text'), on: may('instant'), inferred: may('denied') },
  'event.retracted': { id: must('text'), source: may('text'), reason: may('text') },

  'order.placed': {
    order: must('text'),
    value: may('minor'),
    currency: may('currency'),
    items: may('list'),
    voucher: may('text'),
    promisedAt: may('instant'),
  },
  'order.delivered': { order: must('text'), promisedAt: may('instant'), deliveredAt: may('instant') },
  'order.returned': { order: must('text'), value: may('minor'), currency: may('currency'), reason: may('text') },
  'subscription.started': {
    subscription: must('text'),
    product: may('text'),
    monthlyValue: may('minor'),
    currency: may('currency'),
    fixedUntil: may('instant'),
  },
  'subscription.renewed': { subscription: must('text'), fixedUntil: may('instant') },
  'subscription.changed': {
    subscription: must('text'),
    product: may('text'),
    monthlyValue: may('minor'),
    currency: may('currency'),
    fixedUntil: may('instant'),
  },
  'subscription.ended': {
    subscription: must('text'),
    by: must(['customer', 'firm', 'involuntary']),
    reason: may('text'),
  },
  'payment.failed': { value: may('minor'), currency: may('currency'), subscription: may('text') },
  'price.changed': { percent: must('number'), product: may('text') },

  'promise.made': { promise: must('text'), about: may('text'), what: may('text'), due: must('instant') },
  'promise.kept': { promise: must('text'), at: may('instant') },
  'promise.broken': { promise: must('text') },
  'promise.exceeded': { promise: must('text') },

  'contact.opened': {
    contact: must('text'),
    issue: may('text'),
    channel: may(channels),
    direction: may(['in', 'out']),
    topic: may('text'),
    order: may('text'),
    text: may('prose'),
  },
  'contact.handled': {
    contact: must('text'),
    human: may('flag'),
    team: may('text'),
    waitSeconds: may('seconds'),
    transferred: may('flag'),
    channelSwitched: may('flag'),
    repeatedStory: may('flag'),
  },
  'contact.closed': { contact: must('text'), resolved: may('flag') },
  'note.written': { contact: may('text'), failure: may('text'), text: must('prose') },
  'conduct.noted': {
    kind: must(conducts),
    seenBy: must('text'),
    contact: may('text'),
    failure: may('text'),
    text: may('prose'),
  },

  'failure.occurred': {
    failure: must('text'),
    category: may('text'),
    severity: must(['minor', 'major', 'critical']),
    rootCause: may('text'),
    loss: may('minor'),
    currency: may('currency'),
    atFault: may(['firm', 'customer', 'third party']),
    detectedBy: may(['operations', 'customer']),
    promisedFixBy: may('instant'),
    acknowledgeBy: may('instant'),
    disrespect: may('flag'),
    order: may('text'),
    subscription: may('text'),
    promise: may('text'),
    incident: may('text'),
    inferred: may('flag'),
    text: may('prose'),
  },
  'failure.acknowledged': { failure: must('text') },
  'failure.owned': { failure: must('text'), owner: must('text') },
  'failure.apologised': { failure: must('text'), specific: may('flag') },
  'failure.fixed': { failure: must('text'), how: may('text') },
  'failure.compensated': { failure: must('text'), value: must('minor'), currency: may('currency'), form: may('text') },
  'failure.confirmed': { failure: must('text'), satisfied: must('flag') },
  'failure.followed_up': { failure: must('text'), satisfied: may('flag') },
  'failure.reopened': { failure: must('text'), reason: may('text') },
  'failure.closed': { failure: must('text'), fixed: may('flag'), rootCause: may('text') },

  'survey.invited': {
    survey: must('text'),
    kind: must(['csat', 'ces', 'nps', 'friendliness', 'attachment', 'recovery']),
  },
  'survey.answered': {
    survey: must('text'),
    kind: must(['csat', 'ces', 'nps', 'friendliness', 'attachment', 'recovery']),
    score: must('number'),
    min: may('number'),
    max: may('number'),
    contact: may('text'),
    failure: may('text'),
    order: may('text'),
    text: may('prose'),
  },
  'survey.commented': { survey: must('text'), failure: may('text'), contact: may('text'), text: may('prose') },
  'post.published': {
    platform: may('text'),
    rating: may('number'),
    negative: must('flag'),
    reach: may('number'),
    linkedBy: may(['customer', 'reference', 'firm']),
    failure: may('text'),
    order: may('text'),
    text: may('prose'),
  },
  'praise.given': { channel: may(channels), contact: may('text'), text: may('prose') },
  'dispute.opened': {
    kind: must(['chargeback', 'ombudsman', 'regulator', 'legal', 'media']),
    failure: may('text'),
    order: may('text'),
    text: may('prose'),
  },
  'input.invited': { kind: must(['panel', 'interview', 'visit', 'idea']), round: may('text') },
  'input.joined': { kind: must(['panel', 'interview', 'visit']), round: may('text') },
  'input.declined': { kind: must(['panel', 'interview', 'visit']), round: may('text') },
  'input.left': { kind: must(['panel', 'interview', 'visit']), round: may('text') },
  'input.given': { kind: must(['panel', 'interview', 'visit', 'idea']), round: may('text'), text: may('prose') },
  'input.told': { idea: must('text'), came: must(['considered', 'planned', 'done', 'not-done']) },

  'offer.sent': {
    offer: must('text'),
    category: may('text'),
    purpose: may(purpose),
    channel: may(channels),
    asked: may('flag'),
  },
  'offer.opened': { offer: must('text') },
  'offer.accepted': { offer: must('text') },
  'offer.declined': { offer: must('text'), never: may('flag'), category: may('text') },

  'voucher.issued': {
    voucher: must('text'),
    value: must('minor'),
    currency: may('currency'),
    origin: may(['paid', 'earned', 'goodwill']),
    expiresAt: may('instant'),
    merchants: may('list'),
    failure: may('text'),
  },
  'voucher.reminded': { voucher: must('text') },
  'voucher.redeemed': { voucher: must('text'), value: must('minor'), currency: may('currency') },
  'voucher.refunded': {
    voucher: must('text'),
    value: must('minor'),
    currency: may('currency'),
    origin: may(['paid', 'earned', 'goodwill']),
    expiresAt: may('instant'),
  },
  'voucher.extended': { voucher: must('text'), expiresAt: may('instant') },
  'voucher.expired': { voucher: must('text') },
  'voucher.cancelled': { voucher: must('text') },

  'exit.requested': { exit: may('text'), scope: may('text'), channel: may('text'), reason: may('text') },
  'exit.confirmed': { exit: may('text') },
  'exit.settled': { exit: may('text') },
  'exit.data_handed_over': { exit: may('text') },
  'exit.referred': { exit: may('text'), to: may('text') },
  'exit.ended': { exit: may('text'), by: may(['customer', 'firm', 'involuntary']) },
  'winback.contacted': { offer: may('text') },
  'winback.accepted': { offer: may('text') },

  'gesture.made': { kind: may('text'), cost: may('minor'), currency: may('currency'), gesture: may('text') },
  'reward.granted': { value: may('minor'), currency: may('currency') },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Field>>>>

/** A type of the vocabulary. */
export type EventType = keyof typeof vocabulary

/** All types, in the order of the table. */
export const eventTypes = Object.keys(vocabulary) as readonly EventType[]

type Wire<Kind> = Kind extends readonly string[]
  ? Kind[number]
  : Kind extends 'flag' | 'denied'
    ? boolean
    : Kind extends 'minor' | 'number' | 'seconds'
      ? number
      : Kind extends 'list'
        ? readonly unknown[]
        : Kind extends 'record'
          ? Readonly<Record<string, unknown>>
          : string

type Fields<Table extends Readonly<Record<string, Field>>> = Readonly<
  { [Name in keyof Table as Table[Name]['required'] extends true ? Name : never]: Wire<Table[Name]['kind']> } & {
    [Name in keyof Table as Table[Name]['required'] extends true ? never : Name]?: Wire<Table[Name]['kind']>
  }
>

/** The `data` of one event type, as it travels and as it is stored: times are RFC 3339 texts. */
export type EventData<Type extends EventType> = Fields<(typeof vocabulary)[Type]>
