import type { Columns, Periods } from '../src/stats/attrition/attrition-rows.ts'
import { rng } from '../src/stats/rng.ts'

/** A table without columns. */
export const NONE: Columns = { values: new Float64Array(0), columnCount: 0 }

/** Customers of `least` to `most` periods with two covariates on leaving (a fading failure, a trait) and one on buying. */
export function somePeriods(customers: number, least: number, most: number, seed: string): Periods {
  const source = rng(seed)
  const firstRow = [0]
  const exposure: number[] = []
  const leave: number[] = []
  const buy: number[] = []
  for (let i = 0; i < customers; i++) {
    const periods = least + source.int(most - least + 1)
    const trait = source.normal()
    let failure = 0
    for (let s = 0; s < periods; s++) {
      failure = failure / 2 + (source.uniform() < 0.1 ? 1 : 0)
      exposure.push(0.5 + source.uniform())
      leave.push(failure, trait)
      buy.push(s % 4 === 0 ? 1 : 0)
    }
    firstRow.push(exposure.length)
  }
  return {
    firstRow: Uint32Array.from(firstRow),
    exposure: Float64Array.from(exposure),
    leave: { values: Float64Array.from(leave), columnCount: 2 },
    buy: { values: Float64Array.from(buy), columnCount: 1 },
  }
}

/** Every customer alike: no covariates, periods of one length. */
export function plainPeriods(customers: number, periods: number, length: number): Periods {
  return {
    firstRow: Uint32Array.from({ length: customers + 1 }, (_, i) => i * periods),
    exposure: new Float64Array(customers * periods).fill(length),
    leave: NONE,
  }
}
