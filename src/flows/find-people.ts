import type { Tx } from '../store/db.ts'
import { readSaved } from '../store/relationships.ts'

/** The root of a customer's group and all its members; nobody when no event has named the customer. */
export async function findPeople(tx: Tx, key: string): Promise<readonly string[]> {
  const row = (await readSaved(tx, [key])).get(key)
  const root = row === undefined || row.root === null ? row : (await readSaved(tx, [row.root])).get(row.root)
  return root === undefined || root.state === null ? [] : [root.customer, ...root.members]
}
