import type { CustomerEvent } from './event.ts'
import { isNamed } from './failure.ts'
import type { Relationship } from './relationship.ts'

/** True when an event refers to something never reported: it is kept, counted and shown, and changes nothing else. */
export function refersToUnknown(state: Relationship, event: CustomerEvent): boolean {
  const { facts } = state
  switch (event.type) {
    case 'failure.acknowledged':
    case 'failure.owned':
    case 'failure.apologised':
    case 'failure.fixed':
    case 'failure.compensated':
    case 'failure.confirmed':
    case 'failure.followed_up':
    case 'failure.reopened':
    case 'failure.closed':
      return !facts.failures.some((one) => isNamed(one, event.data.failure))
    case 'contact.handled':
    case 'contact.closed':
      return !facts.contacts.some((one) => one.contact === event.data.contact)
    case 'promise.kept':
    case 'promise.broken':
    case 'promise.exceeded':
      return !facts.promises.some((one) => one.promise === event.data.promise)
    case 'offer.opened':
    case 'offer.accepted':
    case 'offer.declined':
      return !facts.offers.some((one) => one.offer === event.data.offer)
    case 'subscription.renewed':
    case 'subscription.changed':
    case 'subscription.ended':
      return !facts.subscriptions.some((one) => one.subscription === event.data.subscription)
    case 'voucher.reminded':
    case 'voucher.redeemed':
    case 'voucher.expired':
    case 'voucher.cancelled':
      return !state.vouchers.some((one) => one.voucher === event.data.voucher)
    case 'exit.confirmed':
    case 'exit.settled':
    case 'exit.data_handed_over':
    case 'exit.referred':
      return state.exit.intentAt === null
    default:
      return false
  }
}
