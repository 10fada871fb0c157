/** How a customer of a contract firm goes: says so, is let go cleanly, or is cut off for unpaid bills. */

import type { EventType } from '../relationship/vocabulary.ts'
import { DAY_MS, HOUR_MS, MONTH_MS, SECOND_MS } from '../time/instant.ts'
import { type Actor, around, between, happens, pickByShare } from './actor.ts'
import { awake } from './diary.ts'
import { publicPost } from './talk.ts'

// What only a customer who is still there does.
const needsCustomer: ReadonlySet<EventType> = new Set([
  'order.placed',
  'order.returned',
  'contact.opened',
  'contact.handled',
  'contact.closed',
  'survey.answered',
  'post.published',
  'dispute.opened',
  'moment.told',
  'input.given',
  'consent.changed',
  'offer.opened',
  'offer.accepted',
  'offer.declined',
  'failure.confirmed',
  'failure.reopened',
  'voucher.redeemed',
])

/** True for what only a customer who is still there can do: none of it comes after he left. */
export const needsLivingCustomer = (type: EventType): boolean => needsCustomer.has(type)

const reasons = [
  ['price', 0.35],
  ['service', 0.3],
  ['moving', 0.15],
  ['other offer', 0.2],
] as const

// In waking hours, unless that would be outside of the month in which it was decided.
function within(from: number, at: number): number {
  const moved = awake(at)
  return moved > from && moved < from + MONTH_MS ? moved : at
}

/** The customer ends the contract within the month that starts at `from`. Answers when he is gone. */
export function endsContract(actor: Actor, from: number, subscription: string, openFailure: boolean): number {
  const { chance, diary } = actor
  const goneAt = within(from, from + chance.uniform() * MONTH_MS)
  const days = between(chance, 0.2, 8)
  const askedAt = Math.min(goneAt, within(from, Math.max(from + SECOND_MS, goneAt - days * DAY_MS)))
  const exit = actor.name('e')
  const reason = pickByShare(chance, reasons, 'price')
  diary.cut(goneAt, () => false)
  diary.noteAt(askedAt, { type: 'exit.requested', data: { exit, scope: 'all', channel: 'web', reason } })
  diary.noteAt(Math.min(goneAt, askedAt + HOUR_MS), { type: 'exit.confirmed', data: { exit } })
  diary.noteAt(goneAt, { type: 'subscription.ended', data: { subscription, by: 'customer', reason } })
  const settled = goneAt + DAY_MS + around(chance, 10 * DAY_MS)
  diary.note(settled, { type: 'exit.settled', data: { exit } })
  if (happens(chance, 0.5)) {
    diary.note(goneAt + DAY_MS + around(chance, 6 * DAY_MS), { type: 'exit.data_handed_over', data: { exit } })
  }
  if (happens(chance, openFailure ? 0.07 : 0.012)) {
    publicPost(actor, goneAt + DAY_MS + around(chance, 12 * DAY_MS), true, 'other')
  }
  if (happens(chance, 0.2))
    diary.note(goneAt + between(chance, 40, 90) * DAY_MS, { type: 'winback.contacted', data: {} })
  return goneAt
}

/** The firm ends an unpaid contract within the month that starts at `from`. Answers when. */
export function endsUnpaid(actor: Actor, from: number, subscription: string): number {
  const { chance, diary } = actor
  const goneAt = within(from, from + between(chance, 0.6, 1) * MONTH_MS)
  diary.cut(goneAt, () => false)
  for (const part of [0.15, 0.45]) {
    const at = from + part * (goneAt - from)
    diary.note(at, { type: 'payment.failed', data: { value: 3_500, currency: 'EUR', subscription } })
  }
  diary.noteAt(goneAt, { type: 'subscription.ended', data: { subscription, by: 'involuntary', reason: 'unpaid' } })
  return goneAt
}

/** A customer of a shop stops coming, and says nothing. */
export const fallsSilent = (actor: Actor, at: number): void => actor.diary.cut(at, (type) => !needsCustomer.has(type))
