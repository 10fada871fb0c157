import type { CustomerEvent } from './event.ts'

/**
 * Who belongs to whom. Each customer's own log says whom it was merged into, if anyone; following these pointers
 * gives groups, and each group has one root, who holds the relationship of all.
 */

/** A customer and whom its own log points to. */
export type Pointer = Readonly<{ customer: string; mergedInto: string | null }>

/** A root with everybody else of its group, in order. */
export type Group = Readonly<{ root: string; members: readonly string[] }>

/** Whom these events of one customer, in their order and without the retracted ones, leave it merged into. */
export function mergedInto(events: readonly CustomerEvent[]): string | null {
  let into: string | null = null
  for (const event of events) {
    if (event.type === 'customer.merged') into = event.data.into === event.customer ? null : event.data.into
    else if (event.type === 'customer.unmerged') into = null
  }
  return into
}

/**
 * The groups that these pointers make. A pointer to somebody unlisted counts as a customer without pointer.
 * Pointers in a circle have no end to follow: then the smallest key of the circle is the root, so that the answer
 * depends on the pointers alone and not on the order of their arrival.
 */
export function groupsOf(pointers: readonly Pointer[]): readonly Group[] {
  const next = new Map(pointers.map(({ customer, mergedInto: into }) => [customer, into]))
  const all = new Set([...next.keys(), ...[...next.values()].filter((into) => into !== null)])
  const membersOf = new Map<string, string[]>()
  for (const customer of [...all].sort()) {
    const root = rootOf(customer, next)
    const members = membersOf.get(root) ?? []
    membersOf.set(root, customer === root ? members : [...members, customer])
  }
  return [...membersOf].map(([root, members]) => ({ root, members }))
}

function rootOf(customer: string, next: ReadonlyMap<string, string | null>): string {
  const path: string[] = []
  let current: string = customer
  for (;;) {
    const circleStart = path.indexOf(current)
    // biome-ignore lint/complexity/useMathMinMax: these are texts.
    if (circleStart >= 0) return path.slice(circleStart).reduce((least, key) => (key < least ? key : least))
    path.push(current)
    const into = next.get(current) ?? null
    if (into === null) return current
    current = into
  }
}
