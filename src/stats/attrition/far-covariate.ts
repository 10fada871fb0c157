import { type Refusal, refuse } from '../refusal.ts'
import type { AttritionPrior } from './attrition-posterior.ts'
import { type AttritionRows, buyColumns, type Columns } from './attrition-rows.ts'

/** From so many of its spreads away from 0 a covariate cannot be told apart from its level. */
const FAR = 30

/**
 * Refuses a covariate that lies so far from 0 that the level it stands beside, one without a prior, makes up for it: of
 * leaving the base, of buying always the rate. Undefined where there is none.
 */
export function findFarCovariate(rows: AttritionRows, { base }: AttritionPrior): Refusal | undefined {
  const isFree = base.sd === Number.POSITIVE_INFINITY
  return (isFree ? findFar('leaving', rows.leave) : undefined) ?? findFar('buying', buyColumns(rows))
}

function findFar(what: string, { values, columnCount }: Columns): Refusal | undefined {
  const count = values.length / Math.max(1, columnCount)
  for (let j = 0; j < columnCount; j++) {
    const own = Float64Array.from({ length: count }, (_, row) => values[row * columnCount + j] ?? 0)
    const mean = own.reduce((sum, value) => sum + value, 0) / count
    const spread = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count)
    const isOne = own.every((value) => value === own[0])
    if (isOne || Math.abs(mean) <= FAR * spread) continue
    const places = Math.round(Math.abs(mean) / spread)
    return refuse(
      'not-identified',
      `covariate ${j} on ${what} lies ${places} of its spreads from 0, so that its coefficient and the level cannot be told apart: centre it`,
    )
  }
  return undefined
}
