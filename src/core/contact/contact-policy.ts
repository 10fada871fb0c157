/** When a customer may be contacted: the firm's rules as data. Versioned where it is stored; here it is only what it says. */
import type { Manner } from '../relationship/offer.ts'
import type { Channel } from '../relationship/vocabulary.ts'

/**
 * What a message is for. `legal` and `service` messages (bills, recalls, the case at hand) are owed and never held back
 * to spare a customer (trap T18); all others are.
 */
export const contactPurposes = [
  'legal',
  'service',
  'survey',
  'information',
  'reward',
  'cross-sell',
  'upsell',
  'retention',
  'winback',
] as const
/** What one message is for. */
export type ContactPurpose = (typeof contactPurposes)[number]

/** Which word of the customer a channel needs: yes; yes or having bought; only the absence of a no. */
export const consentNeeds = ['opt-in', 'opt-in-or-customer', 'opt-out'] as const
/** Which word of the customer one channel needs. */
export type ConsentNeed = (typeof consentNeeds)[number]

/** The windows of caps, in the customer's time zone: calendar days, weeks from Monday, calendar months. */
export const capWindows = ['day', 'week', 'month'] as const

/** At most `max` offers in a window, by one channel or, with null, by all together. */
export type Cap = Readonly<{ channel: Channel | null; per: (typeof capWindows)[number]; max: number }>

/** The firm's rules on contacting customers. Days are days of 24 hours, minutes of the day are on the customer's wall. */
export type ContactPolicy = Readonly<{
  consent: Readonly<Record<Channel, ConsentNeed>>
  /** Silence after somebody asked to leave, or left. After it one attempt to win back, with consent. */
  exitSilenceDays: number
  /** No attempt to win back when a double deviation lies in so many days before the exit. */
  winbackClearDays: number
  doubleDeviationDays: number
  /** Channels on which a person speaks. */
  humanChannels: readonly Channel[]
  /** Offers that may be ignored in `toleranceDays` before there is rest for `restDays`. */
  tolerance: Readonly<Record<Manner, number>>
  toleranceDays: number
  restDays: number
  /** Retention pitches whose uplift a hold-out has shown, with the lower bound of its interval (trap T15). */
  shownUplift: readonly Readonly<{ category: string; lowerBound: number }>[]
  caps: readonly Cap[]
  quiet: Readonly<{
    channels: readonly Channel[]
    fromMinute: number
    untilMinute: number
    sundays: boolean
    holidays: boolean
  }>
  surveyRestDays: number
  /** Share of customers who are never asked in a survey. */
  neverAskedShare: number
  holdOuts: readonly Readonly<{ experiment: string; purposes: readonly ContactPurpose[]; share: number }>[]
}>

/** The rules until the firm makes its own (design, rules section 1; tolerance from the published field study, S1.6). */
export const contactPolicyAtFirst: ContactPolicy = {
  consent: {
    phone: 'opt-in',
    email: 'opt-in-or-customer',
    post: 'opt-out',
    chat: 'opt-out',
    sms: 'opt-in',
    app: 'opt-in-or-customer',
    web: 'opt-out',
    shop: 'opt-out',
    social: 'opt-in',
    visit: 'opt-in',
  },
  exitSilenceDays: 60,
  winbackClearDays: 60,
  doubleDeviationDays: 180,
  humanChannels: ['phone', 'visit', 'shop', 'chat'],
  tolerance: { phone: 3, email: 4, post: 10 },
  toleranceDays: 90,
  restDays: 90,
  shownUplift: [],
  caps: [
    { channel: null, per: 'day', max: 1 },
    { channel: null, per: 'week', max: 3 },
    { channel: null, per: 'month', max: 8 },
    { channel: 'email', per: 'week', max: 2 },
    { channel: 'phone', per: 'month', max: 1 },
    { channel: 'sms', per: 'month', max: 2 },
    { channel: 'post', per: 'month', max: 2 },
  ],
  quiet: {
    channels: ['phone', 'sms', 'app', 'visit'],
    fromMinute: 1_260,
    untilMinute: 540,
    sundays: true,
    holidays: true,
  },
  surveyRestDays: 30,
  neverAskedShare: 0.05,
  holdOuts: [],
}

const DAYS_MAX = 3_650
const MINUTES_OF_DAY = 1_440
/** The state keeps so many offers: a higher count would never be reached. */
const OFFERS_MAX = 32

/**
 * The first thing that is wrong with a policy whose form is right: the path of the field and what it must be.
 * Null when it may go live.
 */
export function policyProblem(policy: ContactPolicy): Readonly<{ pointer: string; must: string }> | null {
  const days = [
    'exitSilenceDays',
    'winbackClearDays',
    'doubleDeviationDays',
    'toleranceDays',
    'restDays',
    'surveyRestDays',
  ] as const
  for (const name of days) {
    if (!isWhole(policy[name], DAYS_MAX)) return { pointer: `/${name}`, must: `be whole days from 0 to ${DAYS_MAX}` }
  }
  // The state keeps the offers of this long, so a longer look back would not see them all.
  if (policy.toleranceDays > 90) return { pointer: '/toleranceDays', must: 'be 90 days or less' }
  if (policy.restDays > 90) return { pointer: '/restDays', must: 'be 90 days or less' }
  for (const manner of ['phone', 'email', 'post'] as const) {
    if (!isWhole(policy.tolerance[manner], OFFERS_MAX))
      return { pointer: `/tolerance/${manner}`, must: `be a whole number from 0 to ${OFFERS_MAX}` }
  }
  for (const name of ['fromMinute', 'untilMinute'] as const) {
    if (!isWhole(policy.quiet[name], MINUTES_OF_DAY))
      return { pointer: `/quiet/${name}`, must: 'be a minute of the day' }
  }
  const share = (value: number) => value >= 0 && value <= 1
  if (!share(policy.neverAskedShare)) return { pointer: '/neverAskedShare', must: 'be a share from 0 to 1' }
  const shown = policy.shownUplift.findIndex(
    ({ category, lowerBound }) => category.trim() === '' || !Number.isFinite(lowerBound),
  )
  if (shown >= 0) return { pointer: `/shownUplift/${shown}`, must: 'have a category and a number as its lower bound' }
  const holdOut = policy.holdOuts.findIndex((one) => !share(one.share) || one.experiment === '')
  if (holdOut >= 0) return { pointer: `/holdOuts/${holdOut}`, must: 'have a name and a share from 0 to 1' }
  const owed = policy.holdOuts.findIndex(({ purposes }) => purposes.includes('legal') || purposes.includes('service'))
  if (owed >= 0)
    return { pointer: `/holdOuts/${owed}/purposes`, must: 'leave out legal and service messages: they are owed' }
  const cap = policy.caps.findIndex(({ max }) => !isWhole(max, OFFERS_MAX))
  return cap >= 0 ? { pointer: `/caps/${cap}/max`, must: `be a whole number from 0 to ${OFFERS_MAX}` } : null
}

const isWhole = (value: number, max: number) => Number.isInteger(value) && value >= 0 && value <= max

/** True for messages that are owed: they are never held back to spare the customer. */
export const isOwed = (purpose: ContactPurpose): boolean => purpose === 'legal' || purpose === 'service'
