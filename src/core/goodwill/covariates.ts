/**
 * From the state of a customer to the numbers that the leave model reads, by the definitions of docs/models/leave.md.
 * Everything is as of one instant: facts up to the last event, clocks up to `at`, and nothing after the first intent
 * to leave (trap T4). An instant later than the last event is the same customer with nothing new happening.
 */
import type { Facts } from '../relationship/facts.ts'
import { type Failure, newestFailure, repeatsCause, secondWithin90Days } from '../relationship/failure.ts'
import { mannerOf } from '../relationship/offer.ts'
import { endedAt, misses } from '../relationship/recovery.ts'
import { type Relationship, readable } from '../relationship/relationship.ts'
import { monthsSinceStart, positivesInYear, purchasesInYear } from '../relationship/reserve.ts'
import { DAY_MS, type Instant } from '../time/instant.ts'
import { centreOf, goodwillIndex, type LeaveModel, marketOf, standing } from './leave-model.ts'
import {
  COUNT_HALF_LIFE_DAYS,
  cap,
  covariateNames,
  offerTolerance,
  position,
  SILENCE_DAYS,
  severityWeight,
  windowDays,
} from './leave-priors.ts'

/** The covariates of a customer at an instant, in the order of `covariateNames`. */
export function covariates(state: Relationship, model: LeaveModel, at: Instant): Float64Array {
  const x = new Float64Array(covariateNames.length)
  fillCovariates(x, state, model, at)
  return x
}

/** Log-odds to leave in the month that begins at `at`. */
export function linearPredictor(state: Relationship, model: LeaveModel, at: Instant): number {
  return predictorOf(covariates(state, model, at), model)
}

/** Intercept and slopes applied to covariates. */
export function predictorOf(x: Float64Array, model: LeaveModel): number {
  let sum = model.intercept.mean
  for (let index = 0; index < x.length; index += 1) {
    const units = x[index] ?? 0
    if (units !== 0) sum += units * (model.mean[index] ?? 0)
  }
  return sum
}

/** The same as `covariates`, written into an array that the caller owns: for loops over months. */
export function fillCovariates(x: Float64Array, state: Relationship, model: LeaveModel, at: Instant): void {
  const { facts, at: now } = readable(state, at)
  x.fill(0)
  x[position.tenure_ln] = Math.log((1 + monthsSinceStart(facts, now)) / 13)
  const centre = centreOf(model, facts.segment)
  if (centre !== null) x[position.purchases_ln] = Math.log(1 + purchasesInYear(facts, now)) - centre.purchases_ln
  fillEvents(x, facts, model, now)
}

/** All covariates but tenure and purchases, which move with every month; into an array of zeros. */
function fillEvents(x: Float64Array, facts: Facts, model: LeaveModel, now: Instant): void {
  fillTerms(x, facts, model, now)
  fillReserve(x, facts, model, now)
  if (facts.contacts.length > 0) fillContacts(x, facts, model, now)
  if (facts.transfers.length > 0) x[position.transfers] = countWithin(facts.transfers, now, windowDays.transfers)
  if (facts.channelSwitches.length > 0) {
    x[position.channel_switches] = countWithin(facts.channelSwitches, now, windowDays.channel_switches)
  }
  fillVoice(x, facts, model, now)
  if (facts.offers.length > 0) x[position.offers_excess] = offersExcess(facts, now)
  if (isWithin(facts.pitch, now, windowDays.proactive_pitch)) x[position.proactive_pitch] = 1
  fillPromises(x, facts, now)
  if (facts.failures.length > 0) fillFailures(x, facts, model, now)
}

function fillTerms(x: Float64Array, facts: Facts, model: LeaveModel, now: Instant): void {
  for (const { fixedUntil } of facts.subscriptions) {
    if (fixedUntil !== null && fixedUntil > now) x[position.in_fixed_term] = 1
  }
  const market = marketOf(model, facts.product)
  x[position.substitutability] = market.substitutability
  x[position.competitiveness] = market.competitiveness
}

function fillReserve(x: Float64Array, facts: Facts, model: LeaveModel, now: Instant): void {
  const { effort } = facts
  if (effort !== null && isWithin(effort, now, windowDays.effort_ces)) {
    const centre = centreOf(model, facts.segment)
    // 7 minus the answer on 1 (very hard) to 7 (very easy), whatever scale it was asked on.
    if (centre !== null) x[position.effort_ces] = 6 * (1 - effort.score) - centre.effort_ces
  }
  if (facts.positives.length > 0) x[position.pos_contacts] = positivesInYear(facts, now)
}

function fillContacts(x: Float64Array, facts: Facts, model: LeaveModel, now: Instant): void {
  let service = 0
  let extra = 0
  for (let index = 0; index < facts.contacts.length; index += 1) {
    const contact = facts.contacts[index]
    if (contact?.inbound !== true || !isWithin(contact, now, windowDays.contacts_ge4)) continue
    service += 1
    if (isRepeat(facts, index, now)) extra += 1
  }
  x[position.contacts_extra] = Math.min(cap.contacts_extra, extra)
  x[position.contacts_ge4] = service >= 4 ? 1 : 0
  const centre = centreOf(model, facts.segment)
  if (centre !== null) x[position.personal_share] = personalShare(facts, now, centre.personal_share)
}

// Share of contacts with a human less that of the segment; 0 when it was not said of any contact.
function personalShare(facts: Facts, now: Instant, centre: number): number {
  let human = 0
  let known = 0
  for (const contact of facts.contacts) {
    if (contact.human === null || !isWithin(contact, now, windowDays.personal_share)) continue
    known += 1
    if (contact.human) human += 1
  }
  return known === 0 ? 0 : human / known - centre
}

// A contact on an issue that the customer already came about, within the same 90 days.
function isRepeat(facts: Facts, index: number, now: Instant): boolean {
  const issue = facts.contacts[index]?.issue
  if (issue === null || issue === undefined) return false
  for (let before = 0; before < index; before += 1) {
    const other = facts.contacts[before]
    if (other?.inbound === true && other.issue === issue && isWithin(other, now, windowDays.contacts_extra)) return true
  }
  return false
}

function fillVoice(x: Float64Array, facts: Facts, model: LeaveModel, now: Instant): void {
  const { satisfaction, friendliness, publicNegative } = facts
  if (satisfaction !== null && isWithin(satisfaction, now, windowDays.sat_z)) {
    const kind = satisfaction.kind === 'nps' ? 'nps' : 'csat'
    x[position.sat_z] = standing(model, kind, satisfaction.score)
    x[position.sat_top] = satisfaction.score === 1 ? 1 : 0
  }
  if (friendliness !== null && isWithin(friendliness, now, windowDays.friendliness_z)) {
    x[position.friendliness_z] = standing(model, 'friendliness', friendliness.score)
  }
  for (const { at } of facts.invitations) {
    const age = now - at
    if (age >= SILENCE_DAYS * DAY_MS && age < windowDays.sat_missing * DAY_MS) x[position.sat_missing] = 1
  }
  fillAttachment(x, facts, model, now)
  if (publicNegative !== null) x[position.public_negative] = faded(publicNegative.at, now, COUNT_HALF_LIFE_DAYS)
}

function fillAttachment(x: Float64Array, facts: Facts, model: LeaveModel, now: Instant): void {
  const { attachment, doubleDeviation } = facts
  if (attachment === null || !isWithin(attachment, now, windowDays.attachment)) return
  const z = standing(model, 'attachment', attachment.score)
  x[position.attachment] = z
  if (isWithin(doubleDeviation, now, windowDays.attachment_x_DD)) x[position.attachment_x_DD] = z
}

function offersExcess(facts: Facts, now: Instant): number {
  const ignored = { phone: 0, email: 0, post: 0 }
  let afterNo = 0
  for (const offer of facts.offers) {
    if (offer.asked) continue
    if (offer.afterNo) {
      if (isWithin(offer, now, windowDays.offers_excess)) afterNo += 1
      continue
    }
    const ignoredAt = offer.at + SILENCE_DAYS * DAY_MS
    if (offer.reactedAt !== null && offer.reactedAt <= ignoredAt) continue
    if (ignoredAt <= now && ignoredAt > now - windowDays.offers_excess * DAY_MS) ignored[mannerOf(offer.channel)] += 1
  }
  const above =
    Math.max(0, ignored.phone - offerTolerance.phone) +
    Math.max(0, ignored.email - offerTolerance.email) +
    Math.max(0, ignored.post - offerTolerance.post)
  return Math.min(cap.offers_excess, above + afterNo)
}

function fillPromises(x: Float64Array, facts: Facts, now: Instant): void {
  let broken = 0
  for (const { at } of facts.promisesBroken) broken += faded(at, now, COUNT_HALF_LIFE_DAYS)
  for (const { due } of facts.promises) if (due < now) broken += faded(due, now, COUNT_HALF_LIFE_DAYS)
  x[position.promise_broken] = Math.min(cap.promise_broken, broken)
  let exceeded = 0
  for (const { at } of facts.promisesExceeded) exceeded += faded(at, now, COUNT_HALF_LIFE_DAYS)
  x[position.promise_exceeded] = Math.min(cap.promise_exceeded, exceeded)
}

function fillFailures(x: Float64Array, facts: Facts, model: LeaveModel, now: Instant): void {
  const sum = { minor: 0, major: 0, critical: 0 }
  let apologies = 0
  for (const failure of facts.failures) {
    const decay = decayOf(failure, model, now)
    sum[failure.severity] += decay
    fillFailure(x, failure, model, severityWeight[failure.severity] * decay, now)
    apologies += countWithin(failure.furtherApologies, now, windowDays.apology_repeat)
  }
  x[position.fail_minor] = Math.min(cap.fail_minor, sum.minor)
  x[position.fail_major] = Math.min(cap.fail_major, sum.major)
  x[position.fail_critical] = Math.min(cap.fail_critical, sum.critical)
  x[position.apology_repeat] = Math.min(cap.apology_repeat, apologies)
  const market = marketOf(model, facts.product)
  const weight =
    severityWeight.minor * sum.minor + severityWeight.major * sum.major + severityWeight.critical * sum.critical
  x[position.substitut_x_W] = market.substitutability * weight
  x[position.compet_x_W] = market.competitiveness * weight
  const newest = newestFailure(facts)
  if (isWithin(newest, now, windowDays.second_fail_90d) && secondWithin90Days(facts) !== null) {
    x[position.second_fail_90d] = 1
  }
  if (isWithin(newest, now, windowDays.same_cause_repeat) && repeatsCause(facts.failures, facts.failures.length - 1))
    x[position.same_cause_repeat] = 1
}

/** What one failure adds, with W = severity weight x decay. */
function fillFailure(x: Float64Array, failure: Failure, model: LeaveModel, weight: number, now: Instant): void {
  const missed = misses(failure, now)
  add(x, position.disrespect, failure.disrespect ? weight : 0)
  add(x, position.miss_fix, weight * missed.miss_fix)
  add(x, position.unconfirmed, weight * missed.unconfirmed)
  add(x, position.miss_ack, weight * missed.miss_ack)
  add(x, position.miss_owner, weight * missed.miss_owner)
  add(x, position.miss_apology, weight * missed.miss_apology)
  add(x, position.lateness, weight * missed.lateness)
  add(x, position.comp_short, weight * missed.comp_short)
  add(x, position.comp_over, weight * missed.comp_over)
  add(x, position.miss_followup, weight * missed.miss_followup)
  const index = goodwillIndex(model, failure.monthsBefore, failure.purchasesBefore, failure.positivesBefore)
  add(x, position.goodwill_x_W, weight * index)
}

/** Decay weight d of a failure: 1 while open, halved every half-life after its end. */
function decayOf(failure: Failure, model: LeaveModel, now: Instant): number {
  const end = endedAt(failure, now)
  return end === null ? 1 : faded(end, now, model.halfLifeDays)
}

const add = (x: Float64Array, at: number, amount: number): void => {
  x[at] = (x[at] ?? 0) + amount
}

const faded = (from: number, now: Instant, halfLifeDays: number): number =>
  from >= now ? 1 : 2 ** (-(now - from) / (halfLifeDays * DAY_MS))

const isWithin = (fact: Readonly<{ at: Instant }> | null, now: Instant, days: number): boolean =>
  fact !== null && fact.at > now - days * DAY_MS

function countWithin(facts: readonly Readonly<{ at: Instant }>[], now: Instant, days: number): number {
  let count = 0
  for (const fact of facts) if (isWithin(fact, now, days)) count += 1
  return count
}
