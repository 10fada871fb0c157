import { appended, replaced } from './bounded.ts'
import type { CustomerEvent } from './event.ts'
import type { Facts, Offer, Refusal } from './facts.ts'
import { DAY_MS } from './instant.ts'

const OFFERS_MAX = 32
const REFUSALS_MAX = 8
/** 90 days of window and 14 days to react. */
const OFFERS_KEPT_MS = 104 * DAY_MS

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
      return { ...next, refusals: appended(next.refusals, no, REFUSALS_MAX) }
    }
    case 'consent.changed': {
      const { channel, granted } = event.data
      const others = was.refusals.filter((no) => no.channel !== channel)
      if (granted) return others.length === was.refusals.length ? was : { ...was, refusals: others }
      return { ...was, refusals: appended(others, { category: null, channel }, REFUSALS_MAX) }
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
    manner: mannerOf(channel),
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

const covers = (no: Refusal, category: string | undefined, channel: string | undefined) =>
  no.channel === null ? no.category === null || no.category === category : no.channel === channel

// Tolerance is published for calls, e-mails and letters; the rest goes with the one it resembles most.
function mannerOf(channel: string | undefined): Offer['manner'] {
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
