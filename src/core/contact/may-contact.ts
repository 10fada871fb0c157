import { rng } from '../../stats/rng.ts'
import { assert } from '../assert.ts'
import { SILENCE_DAYS } from '../goodwill/leave-priors.ts'
import { mannerOf } from '../relationship/offer.ts'
import { isOpen } from '../relationship/recovery.ts'
import type { Relationship } from '../relationship/relationship.ts'
import type { Channel } from '../relationship/vocabulary.ts'
import { DAY_MS, type Instant, instant, MINUTE_MS } from '../time/instant.ts'
import { type DayNumber, firstOfMonth, monthsAfter, weekdayOf } from '../time/local-date.ts'
import { dateAt, startOfDate, type Zone } from '../time/zone.ts'
import type { ContactPolicy, ContactPurpose } from './contact-policy.ts'
import { isOwed } from './contact-policy.ts'

const SUNDAY = 6
/** Facts change without notice, so no answer is good for longer. */
const HOLDS_MS_MAX = DAY_MS
/** A yes that lies further ahead is not worth looking for. */
const AHEAD_MS_MAX = 400 * DAY_MS
const STEPS_MAX = 200

/** What somebody wants to send. `asked`: the customer asked for it. */
export type ContactWish = Readonly<{
  purpose: ContactPurpose
  channel: Channel
  category: string | null
  asked: boolean
}>

/** A slot that a sender holds until the offer is reported or the time is over. */
export type Reservation = Readonly<{ id: string; channel: Channel; at: Instant; until: Instant }>

/** What the answer depends on beside policy and wish. */
export type Circumstances = Readonly<{
  customer: Relationship
  /** Where the customer lives; the firm's zone where it is not known. */
  zone: Zone
  isHoliday: (day: DayNumber) => boolean
  reservations: readonly Reservation[]
  /** The firm's secret: who is held out cannot be worked out by those who do not have it. */
  holdOutKey: string
}>

/** The rules, strongest first. */
export const contactRules = [
  'erased',
  'objection',
  'no-consent',
  'bereavement',
  'exit',
  'winback-spent',
  'winback-unclear',
  'open-failure',
  'double-deviation',
  'said-no',
  'tolerance',
  'uplift',
  'cap',
  'quiet-hours',
  'survey-rest',
  'never-asked',
  'hold-out',
] as const
/** The name of one rule. */
export type ContactRule = (typeof contactRules)[number]

/**
 * A rule that spoke against a message, or, as `asks-for-a-person`, for a human voice. `until` is when it falls silent
 * by itself; null when only an event can silence it. `told` holds what its sentence needs.
 */
export type Spoken = Readonly<{
  rule: ContactRule
  effect: 'blocks' | 'asks-for-a-person'
  until: Instant | null
  told: Readonly<Record<string, string | number>>
}>

/**
 * May we? `spoke` has every rule that has something to say, strongest first. The answer holds until `holdsUntil` unless
 * an event arrives (null: only an event can change it); `nextAllowedAt` is the first moment of a yes (null: not known).
 */
export type ContactVerdict = Readonly<{
  allowed: boolean
  spoke: readonly Spoken[]
  holdsUntil: Instant | null
  nextAllowedAt: Instant | null
}>

/** Answers whether a message may be sent at an instant, with all reasons. Pure; a few microseconds. */
export function mayContact(
  policy: ContactPolicy,
  around: Circumstances,
  wish: ContactWish,
  now: Instant,
): ContactVerdict {
  const spoke = hear(policy, around, wish, now)
  const allowed = !spoke.some(isBlock)
  const nextAllowedAt = allowed ? now : firstYes(policy, around, wish, spoke, now)
  const holdsUntil = allowed ? firstNo(policy, around, wish, now) : nextAllowedAt
  return { allowed, spoke, holdsUntil, nextAllowedAt }
}

const isBlock = ({ effect }: Spoken): boolean => effect === 'blocks'

type Asked = Readonly<{ policy: ContactPolicy; around: Circumstances; wish: ContactWish; now: Instant }>
type Rule = (asked: Asked) => Spoken | null

function hear(policy: ContactPolicy, around: Circumstances, wish: ContactWish, now: Instant): readonly Spoken[] {
  const asked = { policy, around, wish, now }
  const spoke: Spoken[] = []
  for (const name of contactRules) {
    const said = rules[name](asked)
    if (said !== null) spoke.push(said)
  }
  return spoke
}

// Every rule that blocks says until when it surely does, so the latest of these is the next moment worth asking at.
function firstYes(
  policy: ContactPolicy,
  around: Circumstances,
  wish: ContactWish,
  first: readonly Spoken[],
  now: Instant,
): Instant | null {
  let spoke = first
  let at = now
  for (let steps = 0; steps < STEPS_MAX && at - now <= AHEAD_MS_MAX; steps += 1) {
    const blocks = spoke.filter(isBlock)
    if (blocks.length === 0) return at
    for (const { until } of blocks) {
      if (until === null) return null
      assert(until > now, 'a rule that blocks does so for a while')
      if (until > at) at = until
    }
    spoke = hear(policy, around, wish, at)
  }
  return null
}

// Without an event a yes ends when quiet hours begin, when an offer comes to count as ignored, or when it is too old.
function firstNo(policy: ContactPolicy, around: Circumstances, wish: ContactWish, now: Instant): Instant {
  const end = instant(now + HOLDS_MS_MAX)
  const ignored = around.customer.facts.offers.map(({ at }) => at + SILENCE_DAYS * DAY_MS)
  const today = dateAt(around.zone, now)
  const walls = (policy.quiet.channels.includes(wish.channel) ? [today, today + 1] : []).flatMap((day) => [
    startOfDate(around.zone, day),
    around.zone.opening(day, policy.quiet.fromMinute % 1_440) * MINUTE_MS,
  ])
  const moments = [...ignored, ...walls].filter((at) => at > now && at < end).sort((a, b) => a - b)
  const change = moments.find((at) => hear(policy, around, wish, instant(at)).some(isBlock))
  return change === undefined ? end : instant(change)
}

const minuteOf = (at: Instant): number => Math.floor(at / MINUTE_MS)

const says = (
  rule: ContactRule,
  until: Instant | null,
  told: Spoken['told'] = {},
  effect: Spoken['effect'] = 'blocks',
): Spoken => ({ rule, effect, until, told })

/** Marketing in the sense of the law: everything but what is owed and what asks for an opinion. */
const isSelling = (purpose: ContactPurpose): boolean => !isOwed(purpose) && purpose !== 'survey'

const rules: Readonly<Record<ContactRule, Rule>> = {
  erased: ({ around }) => (around.customer.person.erased ? says('erased', null) : null),
  objection,
  'no-consent': noConsent,
  // All commerce, what was asked for too, until what was told is taken back: there is no date on which grief is over.
  bereavement: ({ around, wish }) =>
    !isOwed(wish.purpose) && around.customer.person.bereavedAt !== null
      ? says('bereavement', null, { at: around.customer.person.bereavedAt })
      : null,
  exit: exitSilence,
  'winback-spent': ({ around, wish }) =>
    wish.purpose === 'winback' && around.customer.exit.winbackAt !== null ? says('winback-spent', null) : null,
  'winback-unclear': winbackUnclear,
  'open-failure': openFailure,
  'double-deviation': doubleDeviation,
  'said-no': saidNo,
  tolerance,
  uplift: ({ policy, wish }) =>
    wish.purpose === 'retention' &&
    !wish.asked &&
    !policy.shownUplift.some(({ category, lowerBound }) => category === wish.category && lowerBound > 0)
      ? says('uplift', null)
      : null,
  cap: overCap,
  'quiet-hours': quietHours,
  'survey-rest': surveyRest,
  'never-asked': ({ policy, around, wish }) =>
    wish.purpose === 'survey' && drawn(around, 'never asked') < policy.neverAskedShare
      ? says('never-asked', null)
      : null,
  'hold-out': ({ policy, around, wish }) => {
    const held = policy.holdOuts.find(
      ({ experiment, purposes, share }) => purposes.includes(wish.purpose) && drawn(around, experiment) < share,
    )
    return held === undefined ? null : says('hold-out', null, { experiment: held.experiment })
  },
}

/** The same number for the same customer and experiment always, and independent between experiments. */
const drawn = ({ holdOutKey, customer }: Circumstances, experiment: string): number =>
  rng(holdOutKey).split(experiment).split(customer.customer).uniform()

const coversPurpose = (said: string, purpose: ContactPurpose): boolean =>
  said === purpose || said === 'all' || (said === 'marketing' && isSelling(purpose))

/** A no to a purpose, or to the channel as a whole, until the customer says otherwise: no override. */
function objection({ around, wish }: Asked): Spoken | null {
  if (isOwed(wish.purpose)) return null
  const no = around.customer.consents.find(
    ({ channel, purpose, granted }) => !granted && channel === wish.channel && coversPurpose(purpose, wish.purpose),
  )
  return no === undefined ? null : says('objection', null, { channel: wish.channel, at: no.at })
}

function noConsent({ policy, around, wish }: Asked): Spoken | null {
  if (isOwed(wish.purpose) || wish.asked) return null
  // To win somebody back takes a yes on every channel.
  const need = wish.purpose === 'winback' ? 'opt-in' : policy.consent[wish.channel]
  const { consents, facts } = around.customer
  const granted = consents.some(
    (one) => one.granted && one.channel === wish.channel && coversPurpose(one.purpose, wish.purpose),
  )
  if (granted || need === 'opt-out') return null
  const isCustomer = facts.lastOrder !== null || facts.everSubscribed
  if (need === 'opt-in-or-customer' && isCustomer) return null
  return says('no-consent', null, { channel: wish.channel, need })
}

function exitSilence({ policy, around, wish, now }: Asked): Spoken | null {
  if (isOwed(wish.purpose)) return null
  const { requestedAt, leftAt } = around.customer.exit
  const from = leftAt ?? requestedAt
  if (from === null) return null
  const until = instant(from + policy.exitSilenceDays * DAY_MS)
  // As long as the exit is on its way, and for anything but winning back, silence has no end of its own.
  if (leftAt === null || wish.purpose !== 'winback') return says('exit', null, { at: from })
  return now < until ? says('exit', until, { at: from, days: policy.exitSilenceDays }) : null
}

function winbackUnclear({ policy, around, wish }: Asked): Spoken | null {
  const { exit, facts } = around.customer
  const left = exit.leftAt ?? exit.requestedAt
  const deviation = facts.doubleDeviation
  if (wish.purpose !== 'winback' || left === null || deviation === null) return null
  return deviation.at <= left && deviation.at > left - policy.winbackClearDays * DAY_MS
    ? says('winback-unclear', null, { at: deviation.at })
    : null
}

function openFailure({ around, wish, now }: Asked): Spoken | null {
  if (isOwed(wish.purpose)) return null
  const open = around.customer.facts.failures.filter((one) => one.at <= now && isOpen(one, now))
  const oldest = open[0]
  if (oldest === undefined) return null
  return says('open-failure', null, {
    at: oldest.at,
    count: open.length,
    ...(oldest.category === null ? {} : { category: oldest.category }),
  })
}

function doubleDeviation({ policy, around, wish, now }: Asked): Spoken | null {
  const { doubleDeviation: deviation } = around.customer.facts
  if (deviation === null || wish.purpose === 'legal') return null
  const until = instant(deviation.at + policy.doubleDeviationDays * DAY_MS)
  if (deviation.at > now || now >= until) return null
  const isHuman = policy.humanChannels.includes(wish.channel)
  if (isSelling(wish.purpose) || (!isOwed(wish.purpose) && !isHuman)) {
    return says('double-deviation', until, { at: deviation.at })
  }
  return isHuman ? null : says('double-deviation', until, { at: deviation.at }, 'asks-for-a-person')
}

function saidNo({ around, wish }: Asked): Spoken | null {
  if (!isSelling(wish.purpose) || wish.asked) return null
  const no = around.customer.facts.refusals.find(({ category, channel }) =>
    channel === null ? category === null || category === wish.category : channel === wish.channel,
  )
  return no === undefined ? null : says('said-no', null, no.category === null ? {} : { category: no.category })
}

/** Rest after one offer too many was ignored; it begins with the last that was. */
function tolerance({ policy, around, wish, now }: Asked): Spoken | null {
  if (!isSelling(wish.purpose) || wish.asked) return null
  const manner = mannerOf(wish.channel)
  const ignored = around.customer.facts.offers.filter(
    ({ at, asked, channel, reactedAt }) =>
      !asked && mannerOf(channel) === manner && reactedAt === null && at + SILENCE_DAYS * DAY_MS <= now,
  )
  const last = ignored.at(-1)
  if (last === undefined) return null
  const count = ignored.filter(({ at }) => at > last.at - policy.toleranceDays * DAY_MS).length
  const until = instant(last.at + SILENCE_DAYS * DAY_MS + policy.restDays * DAY_MS)
  if (count <= policy.tolerance[manner] || now >= until) return null
  return says('tolerance', until, { count, manner, most: policy.tolerance[manner], days: policy.toleranceDays })
}

function overCap({ policy, around, wish, now }: Asked): Spoken | null {
  if (isOwed(wish.purpose) || wish.asked) return null
  const { offers } = around.customer.facts
  const held = around.reservations.filter(({ id, until }) => until > now && !offers.some(({ offer }) => offer === id))
  for (const { channel, per, max } of policy.caps) {
    if (channel !== null && channel !== wish.channel) continue
    const { from, until } = windowAround(around.zone, per, now)
    const counts = (one: Readonly<{ at: Instant; channel: Channel | null }>) =>
      one.at >= from && one.at <= now && (channel === null || one.channel === channel)
    const count = offers.filter(counts).length + held.filter(counts).length
    if (count >= max) return says('cap', until, { count, most: max, per, channel: channel ?? 'all' })
  }
  return null
}

type Span = Readonly<{ from: number; until: Instant }>
type Spans = Record<'day' | 'week' | 'month', Span | undefined>

/** The windows around the day that was asked about last, by zone: many customers are asked about at one moment. */
const spansOf = new WeakMap<Zone, Readonly<{ day: DayNumber; spans: Spans }>>()

function windowAround(zone: Zone, per: 'day' | 'week' | 'month', now: Instant): Span {
  const today = dateAt(zone, now)
  const known = spansOf.get(zone)
  const spans: Spans = known?.day === today ? known.spans : { day: undefined, week: undefined, month: undefined }
  if (known?.day !== today) spansOf.set(zone, { day: today, spans })
  const span = spans[per] ?? windowOf(zone, per, today)
  spans[per] = span
  return span
}

function windowOf(zone: Zone, per: 'day' | 'week' | 'month', today: DayNumber): Span {
  const [first, next] =
    per === 'day'
      ? [today, today + 1]
      : per === 'week'
        ? [today - weekdayOf(today), today - weekdayOf(today) + 7]
        : monthOf(today)
  return { from: startOfDate(zone, first), until: startOfDate(zone, next) }
}

function monthOf(day: DayNumber): readonly [first: DayNumber, next: DayNumber] {
  const first = firstOfMonth(day)
  return [first, monthsAfter(first, 1)]
}

function quietHours({ policy, around, wish, now }: Asked): Spoken | null {
  const { quiet } = policy
  if (isOwed(wish.purpose) || !quiet.channels.includes(wish.channel)) return null
  const { zone, isHoliday } = around
  const minute = minuteOf(now)
  const today = zone.dayAt(minute)
  const isClosed = (day: DayNumber) =>
    (quiet.sundays && weekdayOf(day) === SUNDAY) || (quiet.holidays && isHoliday(day))
  if (isClosed(today)) {
    return says('quiet-hours', startOfDate(zone, today + 1), {
      why: weekdayOf(today) === SUNDAY ? 'sunday' : 'holiday',
    })
  }
  if (quiet.fromMinute === quiet.untilMinute) return null
  const opens = zone.opening(today, quiet.untilMinute % 1_440)
  const closes = zone.opening(today, quiet.fromMinute % 1_440)
  const overMidnight = quiet.fromMinute > quiet.untilMinute
  if (overMidnight && minute < opens) return says('quiet-hours', instant(opens * MINUTE_MS), { why: 'hours' })
  if (overMidnight && minute >= closes) {
    return says('quiet-hours', startOfDate(zone, today + 1), { why: 'hours' })
  }
  return !overMidnight && minute >= closes && minute < opens
    ? says('quiet-hours', instant(opens * MINUTE_MS), { why: 'hours' })
    : null
}

function surveyRest({ policy, around, wish, now }: Asked): Spoken | null {
  const last = around.customer.facts.lastInvitedAt
  if (wish.purpose !== 'survey' || last === null) return null
  const until = instant(last + policy.surveyRestDays * DAY_MS)
  return now < until ? says('survey-rest', until, { at: last, days: policy.surveyRestDays }) : null
}
