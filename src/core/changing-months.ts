/**
 * The months in which a customer's covariates change otherwise than by the clock alone. Between two of them every
 * covariate stays, fades by a half-life, or is the logarithm of a time or a count; that is what makes a forecast cheap.
 */
import type { Facts } from './facts.ts'
import type { Failure } from './failure.ts'
import { DAY_MS, type Instant, MONTH_MS } from './instant.ts'
import { offerTolerance, SILENCE_DAYS, windowDays } from './leave-priors.ts'
import { acknowledgeDueAt, ENDS_AFTER_FIX_DAYS, FOLLOW_UP_DUE_DAYS, fixDueAt, latestAt } from './recovery.ts'

const TOLERATED = Math.min(...Object.values(offerTolerance))
const NEWEST_FAILURE_DAYS = [windowDays.second_fail_90d, windowDays.same_cause_repeat] as const

/** Marks months, counted from `now`, by 1. One mark too many costs time; one too few would be wrong. */
export function markChanges(marks: Uint8Array, facts: Facts, now: Instant): void {
  for (const { fixedUntil } of facts.subscriptions) if (fixedUntil !== null) mark(marks, fixedUntil, now)
  for (const { at } of facts.positives) markEnd(marks, at, windowDays.pos_contacts, now)
  markContacts(marks, facts, now)
  for (const { at } of facts.transfers) markEnd(marks, at, windowDays.transfers, now)
  for (const { at } of facts.channelSwitches) markEnd(marks, at, windowDays.channel_switches, now)
  if (facts.pitch !== null) markEnd(marks, facts.pitch.at, windowDays.proactive_pitch, now)
  markOffers(marks, facts, now)
  markVoice(marks, facts, now)
  markPromises(marks, facts, now)
  markFailures(marks, facts, now)
}

// One contact repeats nothing.
function markContacts(marks: Uint8Array, { contacts }: Facts, now: Instant): void {
  for (const { at, human } of contacts) {
    if (contacts.length > 1) markEnd(marks, at, windowDays.contacts_extra, now)
    if (human !== null) markEnd(marks, at, windowDays.personal_share, now)
  }
}

// Ignored offers count only above what is tolerated of each kind: so few as all of them tolerate count nowhere.
function markOffers(marks: Uint8Array, { offers }: Facts, now: Instant): void {
  let ignorable = 0
  for (const { asked, afterNo } of offers) if (!asked && !afterNo) ignorable += 1
  for (const { at, asked, afterNo } of offers) {
    if (asked) continue
    if (afterNo) markEnd(marks, at, windowDays.offers_excess, now)
    else if (ignorable > TOLERATED) {
      markEnd(marks, at, SILENCE_DAYS, now)
      markEnd(marks, at, SILENCE_DAYS + windowDays.offers_excess, now)
    }
  }
}

function markVoice(marks: Uint8Array, facts: Facts, now: Instant): void {
  const { effort, satisfaction, friendliness, attachment, doubleDeviation, publicNegative } = facts
  if (effort !== null) markEnd(marks, effort.at, windowDays.effort_ces, now)
  if (satisfaction !== null) markEnd(marks, satisfaction.at, windowDays.sat_z, now)
  if (friendliness !== null) markEnd(marks, friendliness.at, windowDays.friendliness_z, now)
  if (attachment !== null) markEnd(marks, attachment.at, windowDays.attachment, now)
  if (doubleDeviation !== null) markEnd(marks, doubleDeviation.at, windowDays.attachment_x_DD, now)
  if (publicNegative !== null) markUntil(marks, publicNegative.at, now)
  for (const { at } of facts.invitations) {
    markEnd(marks, at, SILENCE_DAYS, now)
    markEnd(marks, at, windowDays.sat_missing, now)
  }
}

function markPromises(marks: Uint8Array, facts: Facts, now: Instant): void {
  for (const { due } of facts.promises) mark(marks, due, now)
  for (const { at } of facts.promisesBroken) markUntil(marks, at, now)
  for (const { at } of facts.promisesExceeded) markUntil(marks, at, now)
}

function markFailures(marks: Uint8Array, facts: Facts, now: Instant): void {
  for (const failure of facts.failures) {
    for (const { at } of failure.furtherApologies) markEnd(marks, at, windowDays.apology_repeat, now)
    mark(marks, fixDueAt(failure), now)
    mark(marks, acknowledgeDueAt(failure), now)
    markEnding(marks, failure, now)
  }
  const newest = facts.failures.at(-1)
  if (newest !== undefined) for (const days of NEWEST_FAILURE_DAYS) markEnd(marks, newest.at, days, now)
}

// A failure that is open does not fade beside others that do, and lateness grows until there is a fix.
function markEnding(marks: Uint8Array, failure: Failure, now: Instant): void {
  const latest = latestAt(failure)
  if (latest !== null) markUntil(marks, latest, now)
  const settledAt = failure.fixed === null ? Infinity : failure.fixed.at + ENDS_AFTER_FIX_DAYS * DAY_MS
  const ends = Math.min(failure.closed?.at ?? Infinity, settledAt)
  markUntil(marks, ends, now)
  markEnd(marks, ends, FOLLOW_UP_DUE_DAYS, now)
}

const markEnd = (marks: Uint8Array, at: number, days: number, now: Instant): void =>
  mark(marks, at + days * DAY_MS, now)

function mark(marks: Uint8Array, at: number, now: Instant): void {
  const months = (at - now) / MONTH_MS
  if (months < 0 || months > marks.length) return
  const month = Math.ceil(months)
  marks[month] = 1
  // Whether a month that begins exactly then lies before or after is for each covariate to say.
  if (month === months) marks[month + 1] = 1
}

function markUntil(marks: Uint8Array, at: number, now: Instant): void {
  if (at >= now) marks.fill(1, 0, Math.floor((at - now) / MONTH_MS) + 2)
}
