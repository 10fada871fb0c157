/**
 * What the redemption model reads: for each voucher the stretches of time in which nothing it reads changes. A stretch
 * ends with a month of age, a calendar month, a reminder, or the voucher; covariates are those known when it begins.
 */

import { severityWeight } from '../goodwill/leave-priors.ts'
import { endedAt } from '../relationship/recovery.ts'
import type { Relationship } from '../relationship/relationship.ts'
import { calendarMonthOf, calendarMonthStart, DAY_MS, type Instant, instant, MONTH_MS } from '../time/instant.ts'
import { bandOf } from './redemption-priors.ts'
import type { VoucherLife } from './voucher-life.ts'

const RECENT_DAYS = 60
const DOUBLE_DEVIATION_DAYS = 90
const HALF_LIFE_DAYS = 90
/** Stretches below a tenth of a second come from rounding, not from time. */
const STRETCH_MS_MIN = 100

/** How the firm treated the customer, as far as redemption reads it. */
export type VoucherService = Readonly<{
  badOpen: number
  badRecent: number
  goodRecent: number
  exitAnnounced: number
  doubleDeviation: number
}>

/** Nothing happened, or nothing is known. */
export const noService: VoucherService = {
  badOpen: 0,
  badRecent: 0,
  goodRecent: 0,
  exitAnnounced: 0,
  doubleDeviation: 0,
}

/** Service as it stands at an instant, by the definitions of docs/models/redemption.md. */
export function voucherService(state: Relationship, at: Instant): VoucherService {
  const { facts, exit } = state
  let badOpen = 0
  let badRecent = 0
  for (const failure of facts.failures) {
    const end = endedAt(failure, at)
    if (end === null) badOpen = 1
    else if (end > at - RECENT_DAYS * DAY_MS) {
      badRecent += severityWeight[failure.severity] * 0.5 ** ((at - end) / (HALF_LIFE_DAYS * DAY_MS))
    }
  }
  const good = facts.positives.some((one) => one.how !== 'post' && one.at > at - RECENT_DAYS * DAY_MS)
  const deviation = facts.doubleDeviation
  return {
    badOpen,
    badRecent,
    goodRecent: good ? 1 : 0,
    exitAnnounced: exit.intentAt !== null && exit.intentAt <= at ? 1 : 0,
    doubleDeviation: deviation !== null && deviation.at > at - DOUBLE_DEVIATION_DAYS * DAY_MS ? 1 : 0,
  }
}

/** The same after so many days in which nothing happens: what is recent stops to be so, what is open stays open. */
export function serviceAfter(service: VoucherService, days: number): VoucherService {
  if (days < RECENT_DAYS) return service
  return {
    ...service,
    badRecent: 0,
    goodRecent: 0,
    doubleDeviation: days < DOUBLE_DEVIATION_DAYS ? service.doubleDeviation : 0,
  }
}

/** A stretch of the life of a voucher. `exposure` is its length in months of 30.4375 days. */
export type Stretch = Readonly<{
  from: Instant
  to: Instant
  /** Calendar month (UTC), January 1970 is 0. */
  month: number
  band: number
  exposure: number
  expiryMonth: boolean
  reminded: boolean
}>

type Dated = Pick<VoucherLife, 'issuedAt' | 'expiresAt' | 'remindedAt'>

/** The stretches of a voucher between two instants, in the order of time; none after its expiry. */
export function stretches(life: Dated, from: Instant, until: Instant): readonly Stretch[] {
  const end = Math.min(until, life.expiresAt ?? until)
  const found: Stretch[] = []
  let at = Math.max(from, life.issuedAt)
  while (end - at > STRETCH_MS_MIN) {
    const here = instant(at)
    const age = Math.floor((at - life.issuedAt) / MONTH_MS + 1e-9)
    const month = calendarMonthOf(here)
    const reminder = life.remindedAt.find((one) => one > at + STRETCH_MS_MIN) ?? end
    const to = Math.min(end, life.issuedAt + (age + 1) * MONTH_MS, calendarMonthStart(month + 1), reminder)
    found.push({
      from: here,
      to: instant(to),
      month,
      band: bandOf(age),
      exposure: (to - at) / MONTH_MS,
      // A month with some play: 30.4375 days do not divide the lives of vouchers.
      expiryMonth: life.expiresAt !== null && life.expiresAt - at <= MONTH_MS + DAY_MS,
      reminded: life.remindedAt.some((one) => one <= at + STRETCH_MS_MIN && one > at - MONTH_MS),
    })
    at = to
  }
  return found
}

/** What a stretch came to: used in it or not; `to` is cut where the voucher was cancelled or the data end. */
export type Outcome = Readonly<{ stretch: Stretch; leftMinor: number; used: boolean; usedShare: number | null }>

/**
 * The stretches that a voucher was open in, until `asOf`, each with what happened. After a use with something left the
 * voucher goes on with the next stretch.
 */
export function outcomes(life: VoucherLife, asOf: Instant): readonly Outcome[] {
  const until = life.ended !== null && life.ended.by !== 'redeemed' ? Math.min(asOf, life.ended.at) : asOf
  const found: Outcome[] = []
  const uses = life.moves.filter((one) => one.kind === 'redeemed' && one.at <= asOf)
  let left = life.valueMinor
  let next = 0
  for (const stretch of stretches(life, life.issuedAt, instant(until))) {
    const before = left
    // A use at the very beginning belongs to the first stretch.
    const over = uses.findIndex(({ at }, nth) => nth >= next && at > stretch.to)
    const here = uses.slice(next, over < 0 ? uses.length : over)
    next += here.length
    for (const { minor } of here) left -= minor
    // A refund is a use taken back, and no use.
    const used = here.some(({ minor }) => minor >= 0)
    const usedShare = used && before > left ? (before - left) / before : null
    // Used up, with a refund still to come: there was nothing to use.
    if (before > 0 || life.valueMinor === 0) found.push({ stretch, leftMinor: before, used, usedShare })
    if (used && left <= 0 && next >= uses.length) break
  }
  return found
}
