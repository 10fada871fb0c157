import { PROFILING } from '../privacy/profiling.ts'
import { DAY_MS } from '../time/instant.ts'
import { appended, replaced } from './bounded.ts'
import type { CustomerEvent } from './event.ts'
import type { Facts, Offer, Refusal } from './facts.ts'
import type { Channel } from './vocabulary.ts'

const OFFERS_MAX = 32
const REFUSALS_MAX = 16
/** 90 days of rest after a window of 90 days, and 14 days to react. */
const OFFERS_KEPT_MS = 194 * DAY_MS

/** The facts after an offer, a reaction to one, or a word on being approached. */
export function foldOffer(was: Facts, event: CustomerEvent): Facts {
  switch (event.type) {
    case 'offer.sent':
      return sent(was, event)
    case 'offer.opened':
    case 'offer.accepted':
      return reacted(was, event.data.offer, event.at)
    case 'offer.declined': {
      const next = reacted(was, event.data.offer, event.at)
      if (event.data.never !== true) return next
      const offer = was.offers.find((one) => one.offer === event.data.offer)
      const no: Refusal = { category: event.data.category ?? offer?.category ?? null, channel: null }
      return { ...next, refusals: refused(next.refusals, no) }
    }
    case 'consent.changed': {
      const { channel, purpose, granted } = event.data
      if (purpose === PROFILING) return was
      const others = was.refusals.filter((no) => no.channel !== channel)
      if (granted) return others.length === was.refusals.length ? was : { ...was, refusals: others }
      return { ...was, refusals: refused(others, { category: null, channel }) }
    }
    default:
      return was
  }
}

function sent(was: Facts, event: Extract<CustomerEvent, { type: 'offer.sent' }>): Facts {
  const { offer, category, channel, purpose, asked } = event.data
  const unasked = asked !== true
  const sentNow: Offer = {
    offer,
    event: event.id,
    at: event.at,
    category: category ?? null,
    channel: channel ?? null,
    asked: !unasked,
    afterNo: unasked && was.refusals.some((no) => covers(no, category, channel)),
    reactedAt: null,
  }
  const since = event.at - OFFERS_KEPT_MS
  const oldest = was.offers[0]
  const kept = oldest !== undefined && oldest.at <= since ? was.offers.filter((one) => one.at > since) : was.offers
  return {
    ...was,
    offers: appended(kept, sentNow, OFFERS_MAX),
    pitch: unasked && (purpose === 'retention' || purpose === 'upsell') ? { at: event.at, event: event.id } : was.pitch,
  }
}

// A no is never forgotten: where there is no room for one more, it becomes a no to everything.
function refused(was: readonly Refusal[], no: Refusal): readonly Refusal[] {
  if (was.some(({ category, channel }) => category === no.category && channel === no.channel)) return was
  if (was.length < REFUSALS_MAX) return [...was, no]
  const everything: Refusal = { category: null, channel: null }
  return [...was.filter(({ channel }) => channel !== null), everything].slice(-REFUSALS_MAX)
}

const covers = (no: Refusal, category: string | undefined, channel: string | undefined) =>
  no.channel === null ? no.category === null || no.category === category : no.channel === channel

/** The ways of making offers for which a tolerance is published. */
export type Manner = 'phone' | 'email' | 'post'

/** The published tolerance that a channel falls under: the rest goes with the one it resembles most. */
export function mannerOf(channel: Channel | null): Manner {
  switch (channel) {
    case 'phone':
    case 'visit':
      return 'phone'
    case 'post':
    case 'shop':
    case 'web':
      return 'post'
    default:
      return 'email'
  }
}

function reacted(was: Facts, offer: string, at: Offer['at']): Facts {
  const index = was.offers.findIndex((one) => one.offer === offer)
  const known = was.offers[index]
  if (known === undefined || known.reactedAt !== null) return was
  return { ...was, offers: replaced(was.offers, index, { ...known, reactedAt: at }) }
}
