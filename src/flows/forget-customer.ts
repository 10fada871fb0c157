import { ownEvent } from '../contract/ingest.ts'
import type { Actor } from '../core/people/actor.ts'
import { rfc3339 } from '../core/time/instant.ts'
import { auditAll } from '../store/audit.ts'
import type { Tx } from '../store/db.ts'
import { erasePersonal } from '../store/erase.ts'
import { readSaved } from '../store/relationships.ts'
import { appendDecided, type Decided } from './append-events.ts'
import type { World } from './world.ts'

/** What was erased: events that told something personal, and pieces of free text. */
export type Forgotten = Readonly<{ kind: 'forgotten'; customers: readonly string[]; events: number; prose: number }>

/**
 * Erases what is personal about a customer and everybody merged into the same person: free text, names, addresses,
 * identities, moments, attributes, what can be searched. What happened stays in the log without it, under the firm's
 * own key, so that the books still add up; the relationship is marked erased.
 */
export async function forgetCustomer(
  world: World,
  customer: string,
  who: Actor,
): Promise<Forgotten | Readonly<{ kind: 'customer-unknown' }>> {
  return appendDecided(world, (tx) => forgetIn(world, tx, customer, who))
}

/** The same within a transaction that decides more than this. */
export async function forgetIn(
  world: World,
  tx: Tx,
  customer: string,
  who: Actor,
): Promise<Decided<Forgotten | Readonly<{ kind: 'customer-unknown' }>>> {
  const row = (await readSaved(tx, [customer])).get(customer)
  if (row === undefined) return { events: [], answer: { kind: 'customer-unknown' } }
  const root = row.root ?? customer
  const rootRow = root === customer ? row : (await readSaved(tx, [root])).get(root)
  const everybody = [root, ...(rootRow?.members ?? [])]
  const at = world.now()
  const counts = await erasePersonal(tx, everybody)
  const erased = everybody.map((id) => ({ action: 'customer.erased', subject: { kind: 'customer', id } }) as const)
  await auditAll(tx, who, erased)
  return {
    events: everybody.map((one) =>
      ownEvent({ id: `erased-${rfc3339(at)}`, customer: one, type: 'customer.erased', at }),
    ),
    answer: { kind: 'forgotten', customers: everybody, ...counts },
  }
}
