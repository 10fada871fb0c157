import { customerKey } from '../core/ids.ts'
import type { CustomerEvent } from '../core/relationship/event.ts'
import { groupsOf, mergedInto } from '../core/relationship/group.ts'
import { foldAll, inForce, type Relationship } from '../core/relationship/relationship.ts'
import type { Tx } from '../store/db.ts'
import { readLog, wereMerged } from '../store/log.ts'
import { readSaved, type Save, type Saved } from '../store/relationships.ts'

/** True when these events may change who belongs to whom: then everybody concerned is folded anew. */
export async function changesGroups(tx: Tx, events: readonly CustomerEvent[]): Promise<boolean> {
  if (events.some(({ type }) => type === 'customer.merged' || type === 'customer.unmerged')) return true
  // A retraction may take back a merge, the end of one, or a retraction of either. One that comes before what it takes
  // back changes nothing yet.
  const retracting = events.filter(({ type }) => type === 'event.retracted').map(({ customer }) => customer)
  return retracting.length > 0 && (await wereMerged(tx, [...new Set<string>(retracting)].sort()))
}

/** Whom these events are about, and into whom they merge them. */
export const concernedBy = (events: readonly CustomerEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === 'customer.merged' ? [event.customer, event.data.into] : [event.customer]))

/**
 * Reads anew whom each of these customers points to, works out the groups, and folds every root of them from the
 * log. Rare and thorough: it reads the whole log of all who are concerned. What is new must be in the log already.
 */
export async function regroup(
  tx: Tx,
  customers: readonly string[],
  appraised: (state: Relationship) => Save['of'],
): Promise<readonly Save[]> {
  const { concerned, log, pointers } = await readConcerned(tx, customers)
  const pointerOf = new Map(pointers.map((pointer) => [pointer.customer, pointer.mergedInto]))
  return groupsOf(pointers)
    .flatMap(({ root, members }) => {
      const history = [root, ...members].flatMap((customer) => log.get(customer) ?? [])
      const state = foldAll(customerKey(root), history)
      const row = (customer: string) => ({
        customer,
        was: concerned.get(customer)?.revision ?? 0,
        mergedInto: pointerOf.get(customer) ?? null,
      })
      return [
        { ...row(root), members, root: null, of: appraised(state) },
        ...members.map((customer) => ({ ...row(customer), members: [], root, of: null })),
      ]
    })
    .sort((a, b) => (a.customer < b.customer ? -1 : 1))
}

/**
 * Everybody in the groups of these customers and of those they are or were merged into, their rows (undefined without
 * one) and logs, and whom each log points to.
 */
async function readConcerned(tx: Tx, customers: readonly string[]) {
  const concerned = new Map<string, Saved | undefined>()
  const log = new Map<string, CustomerEvent[]>()
  const pointers = new Map<string, string | null>()
  let next = customers
  while (next.length > 0) {
    const added = [...new Set(next)].sort()
    const saved = await readSaved(tx, added)
    const read = Map.groupBy(await readLog(tx, added), (event) => String(event.customer))
    for (const customer of added) {
      const own = read.get(customer) ?? []
      concerned.set(customer, saved.get(customer))
      log.set(customer, own)
      pointers.set(customer, mergedInto(inForce(own)))
    }
    // Where the rows point now, and where the log does: what was taken back may lead to somebody whom no row names.
    next = [...[...saved.values()].flatMap(linked), ...pointers.values()].filter(
      (customer): customer is string => customer !== null && !concerned.has(customer),
    )
  }
  return {
    concerned,
    log,
    pointers: [...pointers].map(([customer, into]) => ({ customer, mergedInto: into })),
  }
}

const linked = ({ mergedInto: into, root, members }: Saved): readonly string[] => [
  ...(into === null ? [] : [into]),
  ...(root === null ? [] : [root]),
  ...members,
]
