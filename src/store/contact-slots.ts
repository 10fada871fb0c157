import type { Reservation } from '../core/contact/may-contact.ts'
import type { Channel } from '../core/relationship/vocabulary.ts'
import { type Instant, instant, instantOf, rfc3339 } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

type Stored = Readonly<{ id: string; channel: Channel; at: string; until: string }>

const reservationOf = ({ id, channel, at, until }: Stored): Reservation => ({
  id,
  channel,
  at: instant(instantOf(at)),
  until: instant(instantOf(until)),
})

/** The slots that senders hold of this customer, and nobody else's until the transaction ends: the row is the lock. */
export async function lockSlots(tx: Tx, customer: string): Promise<readonly Reservation[]> {
  const [row] = await tx.query<{ slots: readonly Stored[] }>(
    `insert into contact_slots as c (customer, slots) values ($1, '[]')
     on conflict (customer) do update set slots = c.slots returning slots`,
    [customer],
    'lock-slots',
  )
  return (row?.slots ?? []).map(reservationOf)
}

/** The slots that senders hold, by customer; who is missing holds none. */
export async function readSlots(
  tx: Tx,
  customers: readonly string[],
): Promise<ReadonlyMap<string, readonly Reservation[]>> {
  const rows = await tx.query<{ customer: string; slots: readonly Stored[] }>(
    'select customer, slots from contact_slots where customer = any($1)',
    [customers],
    'read-slots',
  )
  return new Map(rows.map(({ customer, slots }) => [customer, slots.map(reservationOf)]))
}

/** Replaces the slots of a customer; those that are over by `now` are dropped. */
export async function saveSlots(tx: Tx, customer: string, slots: readonly Reservation[], now: Instant): Promise<void> {
  const held = slots
    .filter(({ until }) => until > now)
    .map((slot) => ({ ...slot, at: rfc3339(slot.at), until: rfc3339(slot.until) }))
  await tx.change(
    'update contact_slots set slots = $2 where customer = $1',
    [customer, JSON.stringify(held)],
    'save-slots',
  )
}
