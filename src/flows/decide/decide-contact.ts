import { randomUUID } from 'node:crypto'
import { type ContactVerdict, type ContactWish, mayContact, type Reservation } from '../../core/contact/may-contact.ts'
import { customerKey } from '../../core/ids.ts'
import { initial, type Relationship } from '../../core/relationship/relationship.ts'
import { type Instant, instant, MINUTE_MS } from '../../core/time/instant.ts'
import { lockSlots, readSlots, saveSlots } from '../../store/contact-slots.ts'
import type { Tx } from '../../store/db.ts'
import { readSaved, type Saved } from '../../store/relationships.ts'
import { circumstancesOf, readSurroundings, type Surroundings } from '../surroundings.ts'
import type { World } from '../world.ts'

/** A verdict about one customer. Of somebody who is not `known` no event has told: the rules hold all the same. */
export type Decision = Readonly<{ customer: string; known: boolean; verdict: ContactVerdict }>

/** A slot that was asked for: how long it is held, and the id under which the offer will be reported. */
export type SlotWish = Readonly<{ minutes: number; id: string | undefined }>

/**
 * A decision with the version of the rules that made it, the firm's time zone for its dates, and the slot if one was
 * asked for and the answer was yes.
 */
export type ContactDecision = Decision &
  Readonly<{ policyVersion: number; timeZone: string; reservation: Reservation | null }>

/**
 * Answers whether a message may be sent to one customer. With a wish for a slot the answer and the holding of the slot
 * are one transaction, so that two senders cannot both spend the last one of a cap.
 */
export async function decideContact(
  world: World,
  customer: string,
  wish: ContactWish,
  { at, slot }: Readonly<{ at: Instant; slot: SlotWish | null }>,
): Promise<ContactDecision> {
  if (slot === null) return { ...(await decideWithoutSlot(world, customer, wish, at)), reservation: null }
  return world.db.transaction(async (tx) => {
    const [surroundings, { root }] = await Promise.all([readSurroundings(tx), readKnown(tx, customer)])
    const held = await lockSlots(tx, root)
    // Read again under the lock: meanwhile another sender may have reported what it held a slot for.
    const { state } = await readKnown(tx, customer)
    const decision = decide(surroundings, { customer, state, held, wish, at })
    const answer = { ...decision, policyVersion: surroundings.version, timeZone: surroundings.zone }
    if (!decision.verdict.allowed) return { ...answer, reservation: null }
    const until = instant(at + slot.minutes * MINUTE_MS)
    const reservation: Reservation = { id: slot.id ?? randomUUID(), channel: wish.channel, at, until }
    await saveSlots(tx, root, [...held.filter(({ id }) => id !== reservation.id), reservation], world.now())
    return { ...answer, reservation }
  })
}

async function decideWithoutSlot(world: World, customer: string, wish: ContactWish, at: Instant) {
  const [surroundings, { root, state }, slots] = await world.db.together((tx) =>
    Promise.all([readSurroundings(tx), readKnown(tx, customer), readSlots(tx, [customer])]),
  )
  // Slots are held of the whole person: of somebody who was merged, by the other key.
  const held = (root === customer ? slots : await readSlots(world.db, [root])).get(root) ?? []
  const decision = decide(surroundings, { customer, state, held, wish, at })
  return { ...decision, policyVersion: surroundings.version, timeZone: surroundings.zone }
}

/** Answers about many customers at once, without slots, in the order of the question. */
export async function decideContacts(
  world: World,
  customers: readonly string[],
  wish: ContactWish,
  at: Instant,
): Promise<Readonly<{ policyVersion: number; timeZone: string; decisions: readonly Decision[] }>> {
  const surroundings = await readSurroundings(world.db)
  const known = await readAllKnown(world.db, customers)
  const slots = await readSlots(world.db, [...new Set([...known.values()].map(({ root }) => root))])
  const decisions = customers.map((customer) => {
    const { root, state } = known.get(customer) ?? unknownTo(customer)
    return decide(surroundings, { customer, state, held: slots.get(root) ?? [], wish, at })
  })
  return { policyVersion: surroundings.version, timeZone: surroundings.zone, decisions }
}

/** Gives a slot back before its time; true when it was held. */
export async function releaseSlot(world: World, customer: string, id: string): Promise<boolean> {
  return world.db.transaction(async (tx) => {
    const { root } = await readKnown(tx, customer)
    const held = await lockSlots(tx, root)
    const kept = held.filter((slot) => slot.id !== id)
    await saveSlots(tx, root, kept, world.now())
    return kept.length < held.length
  })
}

type Asked = Readonly<{
  customer: string
  state: Relationship | null
  held: readonly Reservation[]
  wish: ContactWish
  at: Instant
}>

function decide(surroundings: Surroundings, { customer, state, held, wish, at }: Asked): Decision {
  const around = circumstancesOf(state ?? initial(customerKey(customer)), held, surroundings)
  return { customer, known: state !== null, verdict: mayContact(surroundings.policy, around, wish, at) }
}

/** Whose state counts for a customer: that of the whole person, where people were merged. */
type Known = Readonly<{ root: string; state: Relationship | null }>

const unknownTo = (customer: string): Known => ({ root: customer, state: null })

const readKnown = async (tx: Tx, customer: string): Promise<Known> =>
  (await readAllKnown(tx, [customer])).get(customer) ?? unknownTo(customer)

async function readAllKnown(tx: Tx, customers: readonly string[]): Promise<ReadonlyMap<string, Known>> {
  const saved = await readSaved(tx, [...new Set(customers)])
  const roots = [...saved.values()].flatMap(({ root }) => (root === null || saved.has(root) ? [] : [root]))
  const others: ReadonlyMap<string, Saved> = roots.length === 0 ? new Map() : await readSaved(tx, [...new Set(roots)])
  return new Map(
    [...saved].map(([customer, row]) => {
      const root = row.root ?? customer
      return [customer, { root, state: (saved.get(root) ?? others.get(root))?.state ?? null }]
    }),
  )
}
