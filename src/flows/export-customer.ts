import { priorModel } from '../core/goodwill/leave-model.ts'
import type { Db } from '../store/db.ts'
import { type Held, readHeld } from '../store/views/customer-export-view.ts'
import { findCustomer } from '../store/views/customer-view.ts'
import { findPeople } from './find-people.ts'

/**
 * Everything that is held about a person: each stored row as it is (relationship with its scores;
 * events; free text; search terms; messages and addresses that bounced; what other systems were told), for the person and everybody merged into it, and the version of the model that
 * scores. Times are RFC 3339, money minor units, chances 0 to 1.
 */
export type CustomerExport = Readonly<{ customer: string; people: readonly string[]; modelVersion: number }> & Held

/** Reads all of it in one transaction, so that its parts fit together. */
export async function exportCustomer(
  db: Db,
  key: string,
): Promise<Readonly<{ kind: 'export'; export: CustomerExport }> | Readonly<{ kind: 'customer-unknown' }>> {
  const people = await findPeople(db, key)
  const [customer] = people
  if (customer === undefined) return { kind: 'customer-unknown' }
  const held = await db.transaction((tx) => readHeld(tx, people))
  const read = await findCustomer(db, customer)
  return {
    kind: 'export',
    export: { customer, people, modelVersion: (read?.model ?? priorModel).version, ...held },
  }
}
