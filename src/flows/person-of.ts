import { customerKey } from '../core/ids.ts'
import type { Relationship } from '../core/relationship/relationship.ts'
import type { Tx } from '../store/db.ts'
import { readSaved } from '../store/relationships.ts'

/** A whole person: the key that holds the relationship, all keys, and the state. */
export type KnownPerson = Readonly<{
  customer: ReturnType<typeof customerKey>
  keys: readonly string[]
  state: Relationship
}>

/** The person behind a key; undefined for somebody of whom no event has told. */
export async function personOf(tx: Tx, customer: string): Promise<KnownPerson | undefined> {
  const asked = (await readSaved(tx, [customer])).get(customer)
  const root = asked?.root == null ? asked : (await readSaved(tx, [asked.root])).get(asked.root)
  if (root === undefined || root.state === null) return undefined
  return { customer: customerKey(root.customer), keys: [root.customer, ...root.members], state: root.state }
}
