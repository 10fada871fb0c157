/** How far a statement reaches into the tables that are spread: one key, a set of named keys, or everybody. */
export type Reach = 'none' | 'one' | 'set' | 'all'

/** By which column a table is spread. */
export type Spread = 'customer' | 'handle'

type Group = { parent: Group | undefined; value: string | undefined; isSet: boolean; isTable: boolean }

/** A key column of one table in the statement, or what it is compared with. */
export type Key = Readonly<{ spread: Spread; group: Group }>

/** Which key columns of a statement are equal to each other, and to what. */
export class Keys {
  readonly #values = new Map<string, Group>()
  readonly #tables: Key[] = []

  table(spread: Spread): Key {
    const key = { spread, group: { parent: undefined, value: undefined, isSet: false, isTable: true } }
    this.#tables.push(key)
    return key
  }

  equal(one: Key, other: Key): void {
    const [a, b] = [top(one.group), top(other.group)]
    if (a === b || one.spread !== other.spread) return
    b.parent = a
    a.value ??= b.value
    a.isSet ||= b.isSet
  }

  equalToValue({ group }: Key, value: string): void {
    const a = top(group)
    const known = this.#values.get(value)
    a.value ??= value
    if (known === undefined) this.#values.set(value, a)
    else if (top(known) !== a) {
      const b = top(known)
      b.parent = a
      a.isSet ||= b.isSet
    }
  }

  among({ group }: Key): void {
    top(group).isSet = true
  }

  areEqual(one: Key, other: Key): boolean {
    return one.spread === other.spread && top(one.group) === top(other.group)
  }

  reach(): Reach {
    const groups = [...new Set(this.#tables.map(({ group }) => top(group)))]
    if (groups.length === 0) return 'none'
    if (groups.every(({ value }) => value !== undefined)) return groups.length === 1 ? 'one' : 'set'
    return groups.every(({ value, isSet }) => value !== undefined || isSet) ? 'set' : 'all'
  }
}

function top(group: Group): Group {
  let at = group
  while (at.parent !== undefined) at = at.parent
  return at
}
