/** Rounds half away from zero to a number of decimals; never answers minus zero. */
export function roundTo(value: number, decimals: number): number {
  const factor = 10 ** decimals
  const rounded = (Math.sign(value) * Math.round(Math.abs(value) * factor * (1 + Number.EPSILON))) / factor
  return rounded === 0 ? 0 : rounded
}

/**
 * Rounds the parts so that they add up to the rounded total (largest remainder), in the order given. A part moves by
 * less than one unit of the last decimal. Exact zeros stay zero.
 */
export function roundParts(parts: readonly number[], decimals: number): number[] {
  const factor = 10 ** decimals
  const floors = parts.map((part) => Math.floor(part * factor))
  const total = Math.round(
    roundTo(
      parts.reduce((sum, part) => sum + part, 0),
      decimals,
    ) * factor,
  )
  const short = total - floors.reduce((sum, part) => sum + part, 0)
  const order = parts
    .map((part, index) => ({ index, rest: part * factor - Math.floor(part * factor) }))
    .filter(({ rest }) => rest > 0)
    .sort((a, b) => b.rest - a.rest || a.index - b.index)
    .slice(0, Math.max(0, short))
  const raised = new Set(order.map(({ index }) => index))
  return floors.map((floor, index) => (raised.has(index) ? floor + 1 : floor) / factor || 0)
}
