/**
 * Which cells of a row may be told, so that nobody is found in a small one. A cell of fewer people than `peopleMin` is
 * hidden; and as the sum of a row is often known from elsewhere, so many more, the smallest first, that no hidden cell
 * can be worked out from that sum and the cells that are told: never one alone, and never fewer than `peopleMin`
 * together. Where only one cell would be left, none is told. Hundepool et al. (2012), Statistical Disclosure Control,
 * chapter 4: primary and complementary suppression.
 */
export function hiddenCells(people: readonly number[], peopleMin: number): readonly boolean[] {
  const hidden = people.map((count) => count < peopleMin)
  const bySize = people.map((count, cell) => ({ count, cell })).toSorted((a, b) => a.count - b.count)
  for (const { cell } of bySize) {
    if (hidden[cell] === true) continue
    const given = people.filter((_, other) => hidden[other] === true)
    // An empty cell hides nothing beside it: that it is empty is known of groups that nobody is in.
    const filled = given.filter((count) => count > 0)
    const together = filled.reduce((sum, count) => sum + count, 0)
    if (filled.length === 0 || (filled.length > 1 && together >= peopleMin)) break
    hidden[cell] = true
  }
  return hidden.filter((one) => !one).length < 2 ? hidden.map(() => true) : hidden
}
