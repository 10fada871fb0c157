import { DAY_MS, type Instant, instant } from '../time/instant.ts'
import type { CustomerEvent } from './event.ts'
import type { Facts } from './facts.ts'

/** Silence of a shop customer counts as leaving after 3 of his own median gaps, and never before 180 days (trap T7). */
const SILENT_GAPS = 3
const SILENT_DAYS_MIN = 180

type ExitBy = 'customer' | 'firm' | 'involuntary'

/** How far leaving has come. All null for a customer who has not spoken of it. */
export type Exit = Readonly<{
  /** The first intent: features are cut here (trap T4). */
  intentAt: Instant | null
  requestedAt: Instant | null
  leftAt: Instant | null
  /** Firm-made and involuntary endings are competing risks, not leaving. */
  leftBy: ExitBy | null
  /** The last attempt to win the customer back since this intent to leave. */
  winbackAt: Instant | null
  /** Endings by the customer so far, those that were taken back included. */
  times: number
  /** Time at risk of the relations that ended and began anew. */
  riskBeforeMs: number
}>

/** Nobody spoke of leaving. */
export const noExit: Exit = {
  intentAt: null,
  requestedAt: null,
  leftAt: null,
  leftBy: null,
  winbackAt: null,
  times: 0,
  riskBeforeMs: 0,
}

/** How far leaving has come after an event; `after` are the facts with the event in them. */
export function foldExit(was: Exit, event: CustomerEvent, after: Facts): Exit {
  switch (event.type) {
    case 'exit.requested':
      return { ...was, intentAt: was.intentAt ?? event.at, requestedAt: was.requestedAt ?? event.at }
    case 'exit.ended':
      return left(was, event.at, event.data.by ?? 'customer')
    case 'winback.contacted':
      return { ...was, winbackAt: event.at }
    case 'subscription.ended':
      return after.subscriptions.length === 0 ? left(was, event.at, event.data.by) : was
    default:
      return was
  }
}

/** True for the events with which a relation begins anew after an intent to leave. */
export const restarts = (event: CustomerEvent): boolean =>
  event.type === 'subscription.started' || event.type === 'order.placed' || event.type === 'winback.accepted'

/** The exit after a new beginning. `riskMs` is the time at risk of the relation that had ended, 0 if it had not. */
export const restarted = (was: Exit, riskMs: number): Exit => ({
  ...noExit,
  times: was.times,
  riskBeforeMs: was.riskBeforeMs + riskMs,
})

function left(was: Exit, at: Instant, by: ExitBy): Exit {
  if (was.leftAt !== null) return was
  return {
    ...was,
    intentAt: was.intentAt ?? at,
    leftAt: at,
    leftBy: by,
    times: by === 'customer' ? was.times + 1 : was.times,
  }
}

/** That a customer has left: said so, or inferred from silence where no subscription was ever seen. */
export type Left = Readonly<{ at: Instant; by: ExitBy; how: 'declared' | 'inferred' }>

/** Whether the customer has left at an instant. An inferred exit is taken back as soon as he buys again. */
export function leaving(exit: Exit, facts: Facts, at: Instant): Left | null {
  if (exit.leftAt !== null) return { at: exit.leftAt, by: exit.leftBy ?? 'customer', how: 'declared' }
  if (facts.lastOrder === null || at <= facts.lastOrder.at + SILENT_DAYS_MIN * DAY_MS) return null
  const from = silentAt(facts)
  return from !== null && at > from ? { at: from, by: 'customer', how: 'inferred' } : null
}

/** After which instant silence counts as leaving, if it goes on; null where a customer would say so. */
export const silentAt = ({ everSubscribed, lastOrder, gapsDays }: Facts): Instant | null =>
  everSubscribed || lastOrder === null ? null : instant(lastOrder.at + silenceDays(gapsDays) * DAY_MS)

function silenceDays(gapsDays: readonly number[]): number {
  if (gapsDays.length === 0) return SILENT_DAYS_MIN
  const sorted = gapsDays.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  const median = sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
  return Math.max(SILENT_GAPS * median, SILENT_DAYS_MIN)
}

/** How the customers of a firm leave (trap T7): they say so, they fall silent, some each, or nobody is there yet. */
export const leavingWays = ['announced', 'silent', 'both', 'unknown'] as const

/** How the customers of a firm leave. */
export type LeavingWay = (typeof leavingWays)[number]

/** One way is that of the firm from this share of its customers on. */
const WAY_SHARE_MIN = 0.9

/** How customers leave, by how many of those looked at announce it: they have or had a contract, or said so. */
export function leavingWay(customers: number, announced: number): LeavingWay {
  if (customers === 0) return 'unknown'
  if (announced >= WAY_SHARE_MIN * customers) return 'announced'
  return customers - announced >= WAY_SHARE_MIN * customers ? 'silent' : 'both'
}
