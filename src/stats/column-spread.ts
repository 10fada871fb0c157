import { type BinaryRows, type Sizes, widthOf } from './binary-rows.ts'
import { sweep } from './binary-sweep.ts'
import { cholesky, inverse, scaledCondition } from './linear-algebra.ts'

/** How far columns stand apart, before any outcome is looked at. */
export type ColumnSpread = Readonly<{
  /** Condition of their products, scaled to a unit diagonal: large if some columns add up to others. */
  condition: number
  /** Of each column what is left of its typical size when the others have explained what they can. */
  own: Float64Array
}>

/**
 * Tells columns that add up to others from columns that a separation leaves open: the first look alike whatever the
 * outcome. A prior (sd below Infinity) counts as the data that it is worth.
 */
export function columnSpread(rows: BinaryRows, sd: Float64Array, sizes: Sizes): ColumnSpread {
  const p = widthOf(rows)
  const { offset: _, ...plain } = rows
  // At chances of one half every row counts by a quarter of its weight.
  const products = sweep(plain, 'logit', new Float64Array(p), true).information ?? new Float64Array(p * p)
  for (let j = 0; j < p; j++) products[j * p + j] = (products[j * p + j] ?? 0) + 1 / (sd[j] ?? 1) ** 2
  const factor = cholesky(products, p)
  if (factor.kind !== 'factored') return { condition: Number.POSITIVE_INFINITY, own: new Float64Array(p) }
  const inverted = inverse(factor)
  const own = Float64Array.from({ length: p }, (_, j) => {
    const size = Math.sqrt(4 / ((inverted[j * p + j] ?? 0) * sizes.weight))
    return (size * (sizes.typicalSize[j] ?? 0)) / (sizes.rootMeanSquare[j] ?? 1)
  })
  return { condition: scaledCondition(products, p), own }
}
