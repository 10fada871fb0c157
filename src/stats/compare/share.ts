import { type Refusal, refuse } from '../refusal.ts'

/** A share of counts with its interval. */
export type Share =
  | Readonly<{ kind: 'counted'; value: number; low: number; high: number }>
  | Readonly<{ kind: 'too-few'; needed: 1 }>
  | Refusal

/** Standard normal quantile of a two-sided 95 % interval. */
const Z95 = 1.959963984540054

/**
 * The share `count / total` with its score interval, 95 % unless another quantile `z` is given; it stays within 0
 * and 1 and is honest for small counts, where the textbook interval is not. Refuses counts that are not 0 <= count <=
 * total, and a quantile that is not above 0. Wilson, E. B. (1927), Journal of the American Statistical Association 22,
 * 209-212.
 */
export function wilson(count: number, total: number, z: number = Z95): Share {
  if (total === 0 && count === 0) return { kind: 'too-few', needed: 1 }
  if (!(count >= 0 && count <= total && total < Number.POSITIVE_INFINITY)) {
    return refuse('impossible-row', `${count} of ${total} is not a share`)
  }
  if (!(z > 0 && z < Number.POSITIVE_INFINITY)) {
    return refuse('impossible-parameter', `the quantile of the bounds, ${z}, is not a number above 0`)
  }
  const value = count / total
  const weight = (z * z) / total
  const centre = (value + weight / 2) / (1 + weight)
  const half = (z / (1 + weight)) * Math.sqrt((value * (1 - value)) / total + weight / (4 * total))
  // Where nothing or everything was counted the bound is exact; rounding must not push it past the value.
  return {
    kind: 'counted',
    value,
    low: count === 0 ? 0 : Math.max(0, centre - half),
    high: count === total ? 1 : Math.min(1, centre + half),
  }
}
