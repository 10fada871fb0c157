/** Whom the firm keeps data of no longer: nothing happened for as long as it said, and nothing binds (trap T25). */

import type { Relationship } from '../relationship/relationship.ts'
import { DAY_MS, type Instant } from '../time/instant.ts'

/** What binds the firm to a customer who is silent: her data stay, whatever the time. */
export const binds = ['subscription', 'voucher', 'case', 'exit', 'request'] as const
/** One of them. */
export type Bind = (typeof binds)[number]

/** What is open beside the relationship itself, by its tables. */
export type Unfinished = Readonly<Record<Extract<Bind, 'case' | 'exit' | 'request'>, boolean>>

/** So long what was said can be taken back before anything is erased by it. */
const GRACE_DAYS = 1

/** Whether erasing may begin, after the firm said how long data are kept. */
export const mayBegin = (saidAt: Instant, now: Instant): boolean => now >= saidAt + GRACE_DAYS * DAY_MS

/** The months that the firm said, once they may be acted on; null where it said none, or only just now. */
export const monthsInForce = (months: number | null, saidAt: Instant | null, now: Instant): number | null =>
  saidAt !== null && mayBegin(saidAt, now) ? months : null

/** What binds the firm to a customer at an instant; null where nothing does. */
export function boundBy({ facts, exit, vouchers }: Relationship, unfinished: Unfinished, at: Instant): Bind | null {
  if (facts.subscriptions.length > 0 && exit.leftAt === null) return 'subscription'
  if (vouchers.some(({ leftMinor, expiresAt }) => leftMinor > 0 && (expiresAt === null || expiresAt > at)))
    return 'voucher'
  return (['case', 'exit', 'request'] as const).find((one) => unfinished[one]) ?? null
}
