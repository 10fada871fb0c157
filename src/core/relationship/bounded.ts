/** The list with `item` at its end and at most `max` items: the oldest give way. */
export function appended<Item>(list: readonly Item[], item: Item, max: number): readonly Item[] {
  if (list.length < max) return [...list, item]
  return [...list.slice(list.length - max + 1), item]
}

/** The list with the item at `index` replaced. */
export function replaced<Item>(list: readonly Item[], index: number, item: Item): readonly Item[] {
  return list.with(index, item)
}

/** The list without the item at `index`. */
export function without<Item>(list: readonly Item[], index: number): readonly Item[] {
  return list.toSpliced(index, 1)
}
