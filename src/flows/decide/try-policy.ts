import type { ContactPolicy } from '../../core/contact/contact-policy.ts'
import { type ContactRule, type ContactWish, mayContact } from '../../core/contact/may-contact.ts'
import { customerKey } from '../../core/ids.ts'
import type { CustomerEvent } from '../../core/relationship/event.ts'
import { fold, inForce, initial } from '../../core/relationship/relationship.ts'
import type { Instant } from '../../core/time/instant.ts'
import { type Share, wilson } from '../../stats/compare/share.ts'
import { countOfferedCustomers, sampleOfferedCustomers } from '../../store/views/offered-view.ts'
import { historiesOf } from '../histories.ts'
import { circumstancesOf, readSurroundings, type Surroundings } from '../surroundings.ts'
import type { World } from '../world.ts'

/** So many customers are looked at; where more were sent something, it is a random sample of them. */
const CUSTOMERS_MAX = 2_000
const SHOWN_MAX = 50

/** A message that was sent, and what the live and the changed rules say of it. `rules`: those changed that block it. */
export type Judged = Readonly<{
  customer: string
  offer: string
  at: Instant
  allowedByLive: boolean
  allowedByChanged: boolean
  rules: readonly ContactRule[]
}>

/** What a changed policy would have said about the messages that were sent, and what the live one says. */
export type Trial = Readonly<{
  /** Customers who were sent something, and how many of them were looked at. */
  customers: number
  sampled: number
  messages: number
  blockedByLive: number
  blockedByChanged: number
  /** Messages that the changed rules block and the live ones do not, as a count and as a share of all. */
  newlyBlocked: number
  newlyBlockedShare: Share
  newlyAllowed: number
  /** How often each rule of the changed policy spoke against a message. */
  byRule: Readonly<Partial<Record<ContactRule, number>>>
  /** The first of those on which the two disagree. */
  differing: readonly Judged[]
  /** The first of those that the changed rules hold back. */
  blocked: readonly Judged[]
}>

/**
 * Tries a changed policy on every offer that was sent from `from` to `to`: each is asked again, with the customer as
 * known just before it was sent. Slots are not remembered, so caps count what was sent.
 */
export async function tryPolicy(
  world: World,
  policy: ContactPolicy,
  { from, to }: Readonly<{ from: Instant; to: Instant }>,
): Promise<Trial> {
  const live = await readSurroundings(world.db)
  const span = { from, to, live, changed: { ...live, policy } }
  const sample = await sampleOfferedCustomers(world.db, from, to, CUSTOMERS_MAX)
  const messages: Judged[] = []
  for await (const [customer, events] of historiesOf(world.db, sample)) {
    messages.push(...judge(customer, events, span))
  }
  const differing = messages.filter(({ allowedByLive, allowedByChanged }) => allowedByLive !== allowedByChanged)
  const blocked = messages.filter(({ allowedByChanged }) => !allowedByChanged)
  const newlyBlocked = differing.filter(({ allowedByChanged }) => !allowedByChanged).length
  return {
    customers: sample.length < CUSTOMERS_MAX ? sample.length : await countOfferedCustomers(world.db, from, to),
    sampled: sample.length,
    messages: messages.length,
    blockedByLive: messages.filter(({ allowedByLive }) => !allowedByLive).length,
    blockedByChanged: blocked.length,
    newlyBlocked,
    newlyBlockedShare: wilson(newlyBlocked, messages.length),
    newlyAllowed: differing.length - newlyBlocked,
    byRule: countRules(messages),
    differing: differing.slice(0, SHOWN_MAX),
    blocked: blocked.slice(0, SHOWN_MAX),
  }
}

type Span = Readonly<{ from: Instant; to: Instant; live: Surroundings; changed: Surroundings }>

function judge(
  customer: string,
  events: readonly CustomerEvent[],
  { from, to, live, changed }: Span,
): readonly Judged[] {
  const judged: Judged[] = []
  let state = initial(customerKey(customer))
  for (const event of inForce(events)) {
    if (event.type === 'offer.sent' && event.at >= from && event.at < to) {
      const wish = wishOf(event.data)
      const before = state
      const ask = (by: Surroundings) => mayContact(by.policy, circumstancesOf(before, [], by), wish, event.at)
      const then = ask(changed)
      judged.push({
        customer,
        offer: event.data.offer,
        at: event.at,
        allowedByLive: ask(live).allowed,
        allowedByChanged: then.allowed,
        rules: then.spoke.filter(({ effect }) => effect === 'blocks').map(({ rule }) => rule),
      })
    }
    state = fold(state, event)
  }
  return judged
}

/** An offer as the question before it; one that says nothing is taken for information by e-mail. */
const wishOf = (data: Extract<CustomerEvent, { type: 'offer.sent' }>['data']): ContactWish => ({
  purpose: data.purpose ?? 'information',
  channel: data.channel ?? 'email',
  category: data.category ?? null,
  asked: data.asked === true,
})

function countRules(messages: readonly Judged[]): Trial['byRule'] {
  const counts = new Map<ContactRule, number>()
  for (const { rules } of messages) for (const rule of rules) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  return Object.fromEntries(counts)
}
