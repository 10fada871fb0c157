/** The entries that belong to no failure: reserve, effort, offers, promises, and what the customer said. */
import type { Contact, Facts, Offer } from '../relationship/facts.ts'
import type { Mark } from '../relationship/failure.ts'
import { mannerOf } from '../relationship/offer.ts'
import { ordersInYear, purchasesInYear } from '../relationship/reserve.ts'
import { DAY_MS, type Instant, instant } from '../time/instant.ts'
import { centreOf, type LeaveModel, standing } from './leave-model.ts'
import {
  COUNT_HALF_LIFE_DAYS,
  type CovariateName,
  cap,
  offerTolerance,
  SILENCE_DAYS,
  windowDays,
} from './leave-priors.ts'
import { type Draft, type EntryFacts, type Fades, underCap } from './ledger-draft.ts'

/** Drafts of everything but failures at an instant. */
export function otherDrafts(facts: Facts, model: LeaveModel, now: Instant): readonly Draft[] {
  return [
    ...purchases(facts, model, now),
    ...underCap(
      facts.positives
        .filter((one) => isFresh('pos_contacts', one, now))
        .map(({ at, event, how, given, max }) => dated('pos_contacts', { at, event }, 1, { how, given, max })),
      cap.pos_contacts,
    ),
    ...contacts(facts, model, now),
    ...marks('transfers', facts.transfers, now),
    ...marks('channel_switches', facts.channelSwitches, now),
    ...attitude(facts, model, now),
    ...attachment(facts, model, now),
    ...silence(facts, now),
    ...offers(facts, now),
    ...marks('proactive_pitch', facts.pitch === null ? [] : [facts.pitch], now),
    ...promises(facts, now),
    ...marksFading('public_negative', facts.publicNegative === null ? [] : [facts.publicNegative], now),
  ]
}

type Dated = keyof typeof windowDays

const isFresh = (covariate: Dated, { at }: Readonly<{ at: Instant }>, now: Instant) =>
  now - at < windowDays[covariate] * DAY_MS

/** An entry that keeps its amount until its window closes. */
function dated(covariate: Dated, mark: Mark, units: number, facts: EntryFacts): Draft {
  const until = instant(mark.at + windowDays[covariate] * DAY_MS)
  return draft(covariate, mark, units, facts, { kind: 'until', until })
}

function draft(covariate: CovariateName, mark: Mark, units: number, facts: EntryFacts, fades: Fades): Draft {
  return { event: mark.event, at: mark.at, covariate, group: null, posted: units, now: units, facts, fades }
}

function marks(covariate: 'transfers' | 'channel_switches' | 'proactive_pitch', found: readonly Mark[], now: Instant) {
  const fresh = found.filter((mark) => isFresh(covariate, mark, now))
  return fresh.map((mark) => dated(covariate, mark, 1, {}))
}

function marksFading(
  covariate: 'public_negative' | 'promise_broken' | 'promise_exceeded',
  found: readonly (Mark & Readonly<{ what?: string | null; failed?: boolean }>)[],
  now: Instant,
): readonly Draft[] {
  return found.map((mark) => ({
    ...draft(covariate, mark, 1, mark.what === undefined ? {} : { what: mark.what, failed: mark.failed === true }, {
      kind: 'half-life',
      days: COUNT_HALF_LIFE_DAYS,
    }),
    now: Math.exp((-Math.LN2 * Math.max(0, now - mark.at)) / (COUNT_HALF_LIFE_DAYS * DAY_MS)),
  }))
}

function purchases(facts: Facts, model: LeaveModel, now: Instant): readonly Draft[] {
  const centre = centreOf(model, facts.segment)
  if (centre === null) return []
  const units = Math.log1p(purchasesInYear(facts, now)) - centre.purchases_ln
  const subscription = facts.subscriptions.at(-1) ?? null
  const mark = facts.lastOrder ?? subscription ?? { at: facts.startedAt ?? now, event: facts.firstEvent }
  const orders = ordersInYear(facts, now)
  const told = { orders, periods: purchasesInYear(facts, now) - orders, more: units > 0 }
  return [draft('purchases_ln', mark, units, told, { kind: 'moves' })]
}

function contacts(facts: Facts, model: LeaveModel, now: Instant): readonly Draft[] {
  const drafts: Draft[] = []
  const service = facts.contacts.filter((one) => one.inbound && isFresh('contacts_ge4', one, now))
  const seen = new Set<string>()
  const extra: Draft[] = []
  for (const { issue, at, event } of service) {
    if (issue === null) continue
    if (seen.has(issue)) extra.push(dated('contacts_extra', { at, event }, 1, {}))
    seen.add(issue)
  }
  drafts.push(...underCap(extra, cap.contacts_extra))
  // With the fourth newest gone from the window there are fewer than four: that is when it ends.
  const fourth = service.at(-4)
  const newest = service.at(3)
  if (fourth !== undefined && newest !== undefined) {
    const until = instant(fourth.at + windowDays.contacts_ge4 * DAY_MS)
    drafts.push(draft('contacts_ge4', newest, 1, { count: service.length }, { kind: 'until', until }))
  }
  drafts.push(...personalShare(facts, model, now))
  return drafts
}

function personalShare(facts: Facts, model: LeaveModel, now: Instant): readonly Draft[] {
  const centre = centreOf(model, facts.segment)
  const known = facts.contacts.filter((one) => one.human !== null && isFresh('personal_share', one, now))
  const newest: Contact | undefined = known.at(-1)
  if (centre === null || newest === undefined) return []
  const share = known.filter((one) => one.human === true).length / known.length
  const told = { percent: Math.round(100 * share), more: share > centre.personal_share }
  return [draft('personal_share', newest, share - centre.personal_share, told, { kind: 'moves' })]
}

function attitude(facts: Facts, model: LeaveModel, now: Instant): readonly Draft[] {
  const drafts: Draft[] = []
  const { satisfaction, friendliness, effort } = facts
  if (satisfaction !== null && isFresh('sat_z', satisfaction, now)) {
    const { score, given, max, kind } = satisfaction
    const z = standing(model, kind === 'nps' ? 'nps' : 'csat', score)
    drafts.push(dated('sat_z', satisfaction, z, { given, max, kind, more: z > 0 }))
    if (score === 1) drafts.push(dated('sat_top', satisfaction, 1, { given, max, kind }))
  }
  if (friendliness !== null && isFresh('friendliness_z', friendliness, now)) {
    const z = standing(model, 'friendliness', friendliness.score)
    const { given, max } = friendliness
    drafts.push(dated('friendliness_z', friendliness, z, { given, max, more: z > 0 }))
  }
  const centre = centreOf(model, facts.segment)
  if (effort !== null && centre !== null && isFresh('effort_ces', effort, now)) {
    const units = 7 - (1 + 6 * effort.score) - centre.effort_ces
    drafts.push(dated('effort_ces', effort, units, { given: effort.given, max: effort.max, harder: units > 0 }))
  }
  return drafts
}

function attachment(facts: Facts, model: LeaveModel, now: Instant): readonly Draft[] {
  const answer = facts.attachment
  if (answer === null || !isFresh('attachment', answer, now)) return []
  const z = standing(model, 'attachment', answer.score)
  const own = dated('attachment', answer, z, { strong: z > 0 })
  const deviation = facts.doubleDeviation
  if (deviation === null || !isFresh('attachment_x_DD', deviation, now)) return [own]
  const betrayed = dated('attachment_x_DD', deviation, z, { strong: z > 0 })
  return [own, { ...betrayed, group: deviation.failure }]
}

function silence(facts: Facts, now: Instant): readonly Draft[] {
  const silent = facts.invitations.find(
    (one) => now - one.at >= SILENCE_DAYS * DAY_MS && isFresh('sat_missing', one, now),
  )
  return silent === undefined ? [] : [dated('sat_missing', silent, 1, { kind: silent.kind })]
}

function offers(facts: Facts, now: Instant): readonly Draft[] {
  const ignored = { phone: 0, email: 0, post: 0 }
  const drafts: Draft[] = []
  for (const offer of facts.offers) {
    const hurtsAt = hurtAt(offer)
    if (hurtsAt === null || hurtsAt > now || !isFresh('offers_excess', { at: hurtsAt }, now)) continue
    const { afterNo } = offer
    const manner = mannerOf(offer.channel)
    if (!afterNo) ignored[manner] += 1
    if (!afterNo && ignored[manner] <= offerTolerance[manner]) continue
    const above = afterNo ? 0 : ignored[manner] - offerTolerance[manner]
    const told = { manner, afterNo, count: ignored[manner], above }
    drafts.push(dated('offers_excess', { at: hurtsAt, event: offer.event }, 1, told))
  }
  return underCap(drafts, cap.offers_excess)
}

// After an explicit no an offer hurts at once; any other when 14 days have passed without a reaction.
function hurtAt({ at, asked, afterNo, reactedAt }: Offer): Instant | null {
  if (asked) return null
  if (afterNo) return at
  const ignoredAt = instant(at + SILENCE_DAYS * DAY_MS)
  return reactedAt !== null && reactedAt <= ignoredAt ? null : ignoredAt
}

function promises(facts: Facts, now: Instant): readonly Draft[] {
  const passed = facts.promises.filter(({ due }) => now > due).map(({ event, due, what }) => ({ event, at: due, what }))
  const told = [...facts.promisesBroken.map(({ event, at, what }) => ({ event, at, what })), ...passed]
  // A date that passed may be told twice: as a promise, and as the failure that began at that very instant.
  const broken = told.map((mark) => ({ ...mark, failed: facts.failures.some((failure) => failure.at === mark.at) }))
  return [
    ...underCap(marksFading('promise_broken', broken, now), cap.promise_broken),
    ...underCap(marksFading('promise_exceeded', facts.promisesExceeded, now), cap.promise_exceeded),
  ]
}
