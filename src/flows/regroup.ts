import type { CustomerEvent } from '../core/event.ts'
import { groupsOf, mergedInto } from '../core/group.ts'
import { customerKey } from '../core/ids.ts'
import { foldAll, inForce, type Relationship } from '../core/relationship.ts'
import type { Tx } from '../store/db.ts'
import { readLog } from '../store/log.ts'
import { readSaved, type Save, type Saved } from '../store/relationships.ts'

/** True when these events may change who belongs to whom: then everybody concerned is folded anew. */
export function changesGroups(events: readonly CustomerEvent[], saved: ReadonlyMap<string, Saved>): boolean {
  return events.some(({ type, customer }) => {
    if (type === 'customer.merged' || type === 'customer.unmerged') return true
    if (type !== 'event.retracted') return false
    // A retraction may take back a merge, or the end of one, or one that has not arrived yet.
    const row = saved.get(customer)
    return row !== undefined && (row.mergedInto !== null || row.root !== null || row.members.length > 0)
  })
}

/**
 * Reads anew whom each of these customers points to, works out the groups, and folds every root of them from the
 * log. Rare and thorough: it reads the whole log of all who are concerned. The events must be in the log already.
 */
export async function regroup(
  tx: Tx,
  events: readonly CustomerEvent[],
  appraised: (state: Relationship) => Save['of'],
): Promise<readonly Save[]> {
  const concerned = await readConcerned(tx, events)
  const log = Map.groupBy(await readLog(tx, [...concerned.keys()]), (event) => event.customer as string)
  const pointers = [...concerned.keys()].map((customer) => ({
    customer,
    mergedInto: mergedInto(inForce(log.get(customer) ?? [])),
  }))
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

/** Everybody in the groups of these customers and of those they are to be merged into; without a row: undefined. */
async function readConcerned(
  tx: Tx,
  events: readonly CustomerEvent[],
): Promise<ReadonlyMap<string, Saved | undefined>> {
  const concerned = new Map<string, Saved | undefined>()
  let next = new Set<string>(
    events.flatMap((event) =>
      event.type === 'customer.merged' ? [event.customer, event.data.into] : [event.customer],
    ),
  )
  while (next.size > 0) {
    const saved = await readSaved(tx, [...next].sort())
    for (const customer of next) concerned.set(customer, saved.get(customer))
    next = new Set([...saved.values()].flatMap(linked).filter((customer) => !concerned.has(customer)))
  }
  return concerned
}

const linked = ({ mergedInto: into, root, members }: Saved): readonly string[] => [
  ...(into === null ? [] : [into]),
  ...(root === null ? [] : [root]),
  ...members,
]
