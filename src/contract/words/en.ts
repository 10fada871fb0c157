import { PROFILING } from '../../core/privacy/profiling.ts'
import { channelWords } from './channels.ts'
import { conductNames } from './conduct.ts'
import { after, type Line, plain, type Say, type Told, type Words } from './shape.ts'

const severity = { minor: 'Minor', major: 'Major', critical: 'Critical' } as const
const surveys = {
  csat: 'satisfaction',
  ces: 'effort',
  nps: 'recommendation',
  friendliness: 'friendliness',
  attachment: 'attachment',
  recovery: 'how it was put right',
} as const
const disputes = {
  chargeback: 'chargeback',
  ombudsman: 'complaint to an ombudsman',
  regulator: 'complaint to a regulator',
  legal: 'legal claim',
  media: 'complaint through the media',
} as const
const inputs = { panel: 'a panel', interview: 'an interview', visit: 'a visit', idea: 'an idea' } as const
const who = { customer: 'by the customer', firm: 'by us', involuntary: 'not by choice' } as const

const letDown = (told: Told, say: Say, word: string): Line => [
  `Let down${after(say.term(told.text('category')))}`,
  [
    told.yes('open')
      ? `${word}. Fades once it is closed.`
      : told.yes('confirmed')
        ? `${word}. Put right, confirmed by the customer.`
        : `${word}. Closed.`,
    ...(told.yes('promised')
      ? ['The same date as the broken promise: what was late is told twice, as a promise and as what it did.']
      : []),
  ].join(' '),
]

/** The product in English. */
export const en: Words = {
  terms: {
    'late delivery': 'late delivery',
    'not delivered': 'not delivered',
    delivery: 'delivery',
    'order unavailable': 'order unavailable',
    'order cancelled': 'order cancelled',
    outage: 'outage',
    billing: 'billing',
    'refund late': 'late refund',
    complaint: 'complaint',
    question: 'question',
    'other plan': 'other plan',
    delivered: 'delivered',
    'put right': 'put right',
    'lost or damaged': 'lost or damaged',
    'wrong or missing item': 'wrong or missing item',
    'no answer in time': 'no answer in time',
    installation: 'installation',
    price: 'price',
    'carrier late': 'carrier late',
    'packed late': 'packed late',
    'depot full': 'depot full',
    'damaged in transport': 'damaged in transport',
    'lost parcel': 'lost parcel',
    'picking error': 'picking error',
    'stock error': 'stock error',
    'refund queue': 'refund queue',
    'return not scanned': 'return not scanned',
    understaffed: 'understaffed',
    'lost message': 'lost message',
    'double charge': 'double charge',
    'discount not applied': 'discount not applied',
    'power at node': 'power at node',
    'cable cut': 'cable cut',
    'software update': 'software update',
    'wrong tariff': 'wrong tariff',
    'engineer absent': 'engineer absent',
    'wrong part': 'wrong part',
    'discount ended early': 'discount ended early',
    'unannounced rise': 'unannounced rise',
  },
  owed: 'Owed: stops further loss, earns nothing.',
  done: {
    miss_ack: 'Acknowledged in time',
    miss_fix: 'Fixed',
    miss_apology: 'Apologised',
    comp_short: 'Compensated',
    unconfirmed: 'Customer confirmed that it works',
    miss_followup: 'Followed up in time',
  },
  entries: {
    fail_minor: (told, say) => letDown(told, say, severity.minor),
    fail_major: (told, say) => letDown(told, say, severity.major),
    fail_critical: (told, say) => letDown(told, say, severity.critical),
    disrespect: () => ['Not treated with respect', 'Said of this failure or its handling.'],
    second_fail_90d: (told, say) => [
      'Let down again within 90 days',
      say.count(told.number('days'), {
        one: '# day after the failure before.',
        other: '# days after the failure before.',
      }),
    ],
    same_cause_repeat: (told, say) => [
      `The same cause again${after(say.term(told.text('cause')))}`,
      'Within 12 months.',
    ],
    miss_fix: (told) =>
      told.yes('closed')
        ? ['Closed without a fix', 'Goes to 0 on the day it is fixed.']
        : [
            told.yes('promised') ? 'Not fixed by the promised date' : 'Not fixed within 14 days',
            'Goes to 0 on the day it is fixed.',
          ],
    unconfirmed: (told) =>
      told.yes('open')
        ? ['Nobody could confirm a fix', 'Past the date on which it was due.']
        : ['Fix not confirmed by the customer', 'Goes to 0 once the customer says that it works.'],
    miss_ack: (told) =>
      told.yes('late') ? ['Acknowledged late', 'After the promised time.'] : ['Not acknowledged in time', ''],
    miss_owner: (told) =>
      told.yes('story')
        ? ['Had to tell the story again', 'The notes did not come along.']
        : ['Handled by more than one owner', 'One owner from start to end was owed.'],
    miss_apology: () => ['No apology given', 'One specific apology is owed when it was our doing.'],
    apology_repeat: () => ['Apologised again', 'Repeated apologies wear out.'],
    lateness: (told, say) =>
      told.number('times') < 1
        ? ['Fixed sooner than promised', `In ${say.number(told.number('times'))} of the promised time.`]
        : [
            told.yes('fixed') ? 'Took longer than promised' : 'Takes longer than promised',
            `${say.number(told.number('times'))} times the promised time.`,
          ],
    comp_short: (told, say) => [
      told.number('percent') === 0 ? 'Loss not compensated' : 'Compensated in part',
      `${say.number(told.number('percent'))} % of the documented loss.`,
    ],
    comp_over: (told, say) => [
      'Compensated above the loss',
      `${say.number(told.number('percent'))} % of it. Earns nothing measurable.`,
    ],
    miss_followup: () => ['No follow-up after closing', 'Was due 3 to 14 days later.'],
    purchases_ln: (told, say) => [
      told.number('orders') > 0
        ? say.count(told.number('orders'), { one: '# paid order', other: '# paid orders' })
        : say.count(told.number('periods'), { one: '# paid period', other: '# paid periods' }),
      told.yes('more') ? 'More than usual here in 12 months.' : 'Fewer than usual here in 12 months.',
    ],
    pos_contacts: (told, say) =>
      told.text('how') === 'post'
        ? ['Praised in public', '']
        : told.text('how') === 'praise'
          ? ['Praised us', '']
          : [`Rated a contact ${say.number(told.number('given'))} of ${say.number(told.number('max'))}`, ''],
    goodwill_x_W: (told) => [
      told.yes('strong') ? 'Goodwill from before softens it' : 'Little goodwill from before to soften it',
      'As it stood when it happened.',
    ],
    effort_ces: (told, say) => [
      `Said how easy it was to get help: ${say.number(told.number('given'))} of ${say.number(told.number('max'))}`,
      told.yes('harder') ? 'Harder than the usual answer here.' : 'Easier than the usual answer here.',
    ],
    contacts_extra: () => ['Came again about the same issue', 'A symptom: the cause is the issue.'],
    contacts_ge4: (told, say) => [
      say.count(told.number('count'), { one: '# service contact in 90 days', other: '# service contacts in 90 days' }),
      'Four or more. A symptom: the cause is elsewhere.',
    ],
    transfers: () => ['Passed on to someone else', ''],
    channel_switches: () => ['Had to change channel', 'Within one issue.'],
    personal_share: (told, say) => [
      `${say.number(told.number('percent'))} % of contacts with a person`,
      told.yes('more') ? 'More than usual here.' : 'Less than usual here.',
    ],
    substitut_x_W: (told) => [
      told.yes('easy') ? 'The product is easily replaced' : 'The product is hard to replace',
      'Weighs on what the failure does.',
    ],
    compet_x_W: (told) => [
      told.yes('many') ? 'Many others offer the same' : 'Few others offer the same',
      'Weighs on what the failure does.',
    ],
    attachment: (told) => [
      told.yes('strong') ? 'Feels attached to us' : 'Feels little attached to us',
      'Said by the customer.',
    ],
    attachment_x_DD: (told) => [
      told.yes('strong')
        ? 'A failed recovery hurts more where attachment is strong'
        : 'A failed recovery hurts less where attachment is weak',
      'Double deviation.',
    ],
    offers_excess: (told, say) =>
      told.yes('afterNo')
        ? ['Offer sent after an explicit no', '']
        : [
            `Offer ignored, number ${say.number(told.number('count'))} in 90 days`,
            `${say.number(told.number('above'))} above tolerance.`,
          ],
    proactive_pitch: () => ['Was pitched a plan without asking', 'Unasked pitches make people leave.'],
    promise_broken: (told, say) => [
      `Promise broken${after(say.term(told.text('what')))}`,
      told.yes('failed')
        ? 'The same date as a let-down above or below: what was late is told twice, as a promise and as what it did.'
        : '',
    ],
    promise_exceeded: () => ['Did better than promised', 'Beating a promise earns nothing measurable.'],
    public_negative: () => ['Complained in public', 'Linked to the customer by the customer.'],
    sat_z: (told, say) => [
      `Satisfaction: ${say.number(told.number('given'))} of ${say.number(told.number('max'))}`,
      told.yes('more') ? 'Above the usual answer here.' : 'Below the usual answer here.',
    ],
    sat_top: () => ['Gave the best answer there is', ''],
    sat_missing: () => ['Invited to answer, stayed silent', 'Silence is a mild sign of distance.'],
    friendliness_z: (told, say) => [
      `Friendliness: ${say.number(told.number('given'))} of ${say.number(told.number('max'))}`,
      told.yes('more') ? 'Above the usual answer here.' : 'Below the usual answer here.',
    ],
  },
  statics: {
    tenure_ln: 'Time as a customer',
    in_fixed_term: 'In a fixed term',
    substitutability: 'How easily the product is replaced',
    competitiveness: 'How many others offer the same',
  },
  fades: {
    halfLife: (days, say) => say.count(days, { one: 'half in # day', other: 'half in # days' }),
    until: (at, say) => `until ${say.date(at)}`,
    whileOpen: 'while open',
    moves: 'moves with the year',
  },
  custom: (type) => `Event ${type}`,
  events: {
    'customer.profiled': () => 'Profile received',
    'customer.identified': ({ kind }) => `Identified by ${plain(kind)}`,
    'customer.merged': ({ into }) => `Merged into customer ${into}`,
    'customer.unmerged': () => 'Merge undone',
    'customer.erased': () => 'Personal data erased',
    'consent.changed': ({ channel, purpose, granted }) =>
      purpose === PROFILING
        ? `${granted ? 'Allowed' : 'Objected to'} profiling`
        : `${granted ? 'Agreed to' : 'Said no to'} ${plain(purpose)} by ${channel}`,
    'moment.told': ({ kind }) => `Told us of a moment: ${plain(kind)}`,
    'event.retracted': ({ id }) => `Event ${id} taken back`,
    'order.placed': ({ order, value, currency }, say) => `Order ${order} placed${after(say.money(value, currency))}`,
    'order.delivered': ({ order }) => `Order ${order} delivered`,
    'order.returned': ({ order, reason }) => `Order ${order} returned${after(reason)}`,
    'subscription.started': ({ product }) => `Subscription started${after(product)}`,
    'subscription.renewed': () => 'Subscription renewed',
    'subscription.changed': ({ product }) => `Subscription changed${after(product)}`,
    'subscription.ended': ({ by, reason }) => `Subscription ended ${who[by]}${after(reason)}`,
    'payment.failed': ({ value, currency }, say) => `Payment failed${after(say.money(value, currency))}`,
    'price.changed': ({ percent }, say) => `Price changed by ${say.number(percent)} %`,
    'promise.made': ({ what, due }, say) => `Promised for ${say.day(due)}${after(say.term(what))}`,
    'promise.kept': () => 'Promise kept',
    'promise.broken': () => 'Promise broken',
    'promise.exceeded': () => 'Did better than promised',
    'contact.opened': ({ direction, channel, topic }, say) =>
      `${direction === 'out' ? 'We got in touch' : 'Got in touch'}${channel === undefined ? '' : ` by ${channel}`}${after(say.term(topic))}`,
    'contact.handled': ({ transferred, human }) =>
      transferred === true ? 'Passed on to someone else' : human === true ? 'Helped by a person' : 'Contact handled',
    'contact.closed': ({ resolved }) => (resolved === false ? 'Contact closed, not solved' : 'Contact closed'),
    'note.written': () => 'Note',
    'conduct.noted': ({ kind, seenBy }) =>
      `Conduct towards colleagues noted: ${conductNames.en[kind]} (seen by ${plain(seenBy)})`,
    'failure.occurred': ({ category, severity: how }, say) =>
      `Let down${after(say.term(category))} (${severity[how].toLowerCase()})`,
    'failure.acknowledged': () => 'Failure acknowledged',
    'failure.owned': ({ owner }) => `${owner} took the case`,
    'failure.apologised': () => 'Apologised',
    'failure.fixed': ({ how }, say) => `Fixed${after(say.term(how))}`,
    'failure.compensated': ({ value, currency }, say) => `Compensated${after(say.money(value, currency))}`,
    'failure.confirmed': ({ satisfied }) =>
      satisfied ? 'Customer confirmed the fix' : 'Customer says it is not fixed',
    'failure.followed_up': ({ satisfied }) =>
      satisfied === false ? 'Followed up: not put right' : 'Followed up after closing',
    'failure.reopened': ({ reason }) => `Failure re-opened${after(reason)}`,
    'failure.closed': ({ fixed }) => (fixed === false ? 'Failure closed without a fix' : 'Failure closed'),
    'survey.invited': ({ kind }) => `Asked about ${surveys[kind]}`,
    'survey.answered': ({ kind, score, max }, say) =>
      `Answered about ${surveys[kind]}: ${say.number(score)}${max === undefined ? '' : ` of ${say.number(max)}`}`,
    'survey.commented': () => 'Added words to an answer',
    'post.published': ({ negative, platform }) =>
      `${negative ? 'Complained in public' : 'Spoke well of us in public'}${after(platform)}`,
    'praise.given': ({ channel }) => `Praised us${channel === undefined ? '' : ` ${channelWords.en[channel]}`}`,
    'dispute.opened': ({ kind }) => `Dispute opened: ${disputes[kind]}`,
    'input.invited': ({ kind }) => `Invited to ${inputs[kind]}`,
    'input.joined': ({ kind }) => `Agreed to ${inputs[kind]}`,
    'input.declined': ({ kind }) => `Declined ${inputs[kind]}`,
    'input.left': ({ kind }) => `Left ${inputs[kind]}`,
    'input.told': () => 'Was told what came of an idea',
    'input.given': ({ kind }) => `Took part in ${inputs[kind]}`,
    'offer.sent': ({ category, channel }, say) =>
      `Offer sent${channel === undefined ? '' : ` by ${channel}`}${after(say.term(category))}`,
    'offer.opened': () => 'Offer opened',
    'offer.accepted': () => 'Offer accepted',
    'offer.declined': ({ never }) => (never === true ? 'Offer declined, and no more of them wanted' : 'Offer declined'),
    'voucher.issued': ({ value, currency }, say) => `Voucher issued${after(say.money(value, currency))}`,
    'voucher.reminded': () => 'Reminded of a voucher',
    'voucher.redeemed': ({ value, currency }, say) => `Voucher used${after(say.money(value, currency))}`,
    'voucher.refunded': ({ value, currency }, say) => `Voucher refunded${after(say.money(value, currency))}`,
    'voucher.extended': () => 'Voucher extended',
    'voucher.expired': () => 'Voucher expired',
    'voucher.cancelled': () => 'Voucher cancelled',
    'exit.requested': ({ reason }) => `Asked to leave${after(reason)}`,
    'exit.confirmed': () => 'Exit confirmed',
    'exit.settled': () => 'Exit settled',
    'exit.data_handed_over': () => 'Data handed over',
    'exit.referred': ({ to }) => `Referred to another supplier${after(to)}`,
    'exit.ended': ({ by }) => `Left${by === undefined || by === 'customer' ? '' : `, ${who[by]}`}`,
    'winback.contacted': () => 'Asked to come back',
    'winback.accepted': () => 'Came back',
    'gesture.made': ({ kind }) => `Gesture made${after(kind)}`,
    'reward.granted': ({ value, currency }, say) => `Reward granted${after(say.money(value, currency))}`,
  },
}
