/** Occasions to ask a customer: which events make one, when its time comes, and whether it still holds then. */
import type { CustomerEvent } from '../relationship/event.ts'
import { inForce, type Relationship } from '../relationship/relationship.ts'
import { SIMULATED_SOURCE } from '../simulated-firm/life.ts'
import { DAY_MS, HOUR_MS, type Instant, instant } from '../time/instant.ts'
import { monthsAfter } from '../time/local-date.ts'
import type { AskingOccasion, AskingRules } from './asking-rules.ts'

/** What should have been asked longer ago is history that was brought in: nobody is asked about it. */
const LATE_MS_MAX = 3 * DAY_MS

/** An occasion. `about` is the key of what happened: order, contact, failure, voucher or subscription. */
export type Occasion = Readonly<{
  rule: AskingOccasion
  /** The same for the same thing, whatever events tell of it: somebody is asked about it once. */
  name: string
  about: string
  wakeAt: Instant
}>

/** What an event is the occasion of, whether or not a rule is on; null for most. */
function happened(event: CustomerEvent): Readonly<{ rule: AskingOccasion; about: string }> | null {
  switch (event.type) {
    case 'order.delivered':
      return { rule: 'order delivered', about: event.data.order }
    case 'contact.closed':
      return { rule: 'contact closed', about: event.data.contact }
    case 'failure.closed':
      return { rule: 'case closed', about: event.data.failure }
    case 'voucher.redeemed':
      return { rule: 'voucher redeemed', about: event.data.voucher }
    case 'subscription.started':
      return { rule: 'subscription month', about: event.data.subscription }
    default:
      return null
  }
}

/** Types of events that may be an occasion. */
export const occasionTypes: readonly CustomerEvent['type'][] = [
  'order.delivered',
  'contact.closed',
  'failure.closed',
  'voucher.redeemed',
  'subscription.started',
]

/** The occasion that an event makes under rules that are on; null for none, and where its time is long past. */
export function occasionOf(event: CustomerEvent, { rules, everyMonths }: AskingRules, now: Instant): Occasion | null {
  const what = happened(event)
  if (what === null || !rules[what.rule].on) return null
  const { waitHours } = rules[what.rule]
  if (what.rule === 'subscription month') {
    return monthOf({ subscription: what.about, at: event.at }, { waitHours, everyMonths, after: now })
  }
  const wakeAt = instant(event.at + waitHours * HOUR_MS)
  return now - wakeAt > LATE_MS_MAX ? null : { ...what, name: `${what.rule}: ${what.about}`, wakeAt }
}

/** The first turn of a subscription whose time comes after an instant. */
export function monthOf(
  { subscription, at }: Readonly<{ subscription: string; at: Instant }>,
  { waitHours, everyMonths, after }: Readonly<{ waitHours: number; everyMonths: number; after: Instant }>,
): Occasion {
  const day = Math.floor(at / DAY_MS)
  for (let months = everyMonths; ; months += everyMonths) {
    const wakeAt = instant(monthsAfter(day, months) * DAY_MS + (at - day * DAY_MS) + waitHours * HOUR_MS)
    if (wakeAt <= after) continue
    const rule = 'subscription month'
    return { rule, name: `${rule} ${months}: ${subscription}`, about: subscription, wakeAt }
  }
}

/**
 * Whether what happened still stands when its time has come: not taken back, and a subscription still runs. What is
 * invented never does: nobody is written to about it.
 */
export function stillHolds(
  { rule, about }: Pick<Occasion, 'rule' | 'about'>,
  { state, events }: Readonly<{ state: Relationship; events: readonly CustomerEvent[] }>,
): boolean {
  const isRunning = rule !== 'subscription month' || state.facts.subscriptions.some((one) => one.subscription === about)
  return (
    isRunning &&
    inForce(events).some((event) => {
      const what = event.source === SIMULATED_SOURCE ? null : happened(event)
      return what !== null && what.rule === rule && what.about === about
    })
  )
}
