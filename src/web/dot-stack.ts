/** A dot on an axis: how far along it, and how many dots are below it. */
export type Dot = Readonly<{ at: number; level: number }>

/** Places one dot for each value on an axis from zero to `most`, `width` long; dots that would touch are stacked. */
export function stackDots(
  values: readonly number[],
  { width, most, dot }: Readonly<{ width: number; most: number; dot: number }>,
): readonly Dot[] {
  const levels = new Map<number, number>()
  const columns = Math.max(1, Math.floor(width / (dot + 1)))
  return values
    .toSorted((a, b) => a - b)
    .map((value) => {
      const column = Math.round((Math.min(value, most) / most) * columns)
      const level = levels.get(column) ?? 0
      levels.set(column, level + 1)
      return { at: (column / columns) * width, level }
    })
}
