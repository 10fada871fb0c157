import { ownEvent } from '../../contract/ingest.ts'
import type { Actor } from '../../core/actor.ts'
import { rfc3339 } from '../../core/instant.ts'
import { auditAll } from '../../store/audit.ts'
import { erasePersonal } from '../../store/erase.ts'
import { readSaved } from '../../store/relationships.ts'
import { appendDecided } from '../append-events.ts'
import type { World } from '../world.ts'

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
  const row = (await readSaved(world.db, [customer])).get(customer)
  if (row === undefined) return { kind: 'customer-unknown' }
  const root = row.root ?? customer
  const rootRow = root === customer ? row : (await readSaved(world.db, [root])).get(root)
  const everybody = [root, ...(rootRow?.members ?? [])]
  const at = world.now()
  return appendDecided(world, async (tx) => {
    const counts = await erasePersonal(tx, everybody)
    const erased = everybody.map((id) => ({ action: 'customer.erased', subject: { kind: 'customer', id } }) as const)
    await auditAll(tx, who, erased)
    return {
      events: everybody.map((one) =>
        ownEvent({ id: `erased-${rfc3339(at)}`, customer: one, type: 'customer.erased', at }),
      ),
      answer: { kind: 'forgotten', customers: everybody, ...counts },
    }
  })
}
