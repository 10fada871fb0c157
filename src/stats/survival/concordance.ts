import { dot } from '../linear-algebra.ts'
import type { CoxRows } from './cox.ts'
import { findWrongSpell } from './risk-sets.ts'

/**
 * Harrell's C: of all pairs in which one is known to fail before the other, the share in which the model gave that one
 * the higher hazard; equal hazards count half. 0.5 is chance. Pairs are those at risk at the same time and in the same
 * stratum. Harrell, Lee, and Mark (1996), Statistics in Medicine 15, 361-387. NaN without such a pair, and for spells or
 * hazards that cannot be (see fitCox). Each event is compared with everybody at risk, so for very many rows take a sample.
 */
export function concordance(rows: CoxRows, coefficients: Float64Array): number {
  const n = rows.stop.length
  const hazard = Float64Array.from({ length: n }, (_, i) => {
    const row = rows.covariates.subarray(i * rows.columnCount, (i + 1) * rows.columnCount)
    return dot(row, coefficients)
  })
  if (
    findWrongSpell(rows) !== undefined ||
    coefficients.length !== rows.columnCount ||
    !hazard.every(Number.isFinite)
  ) {
    return Number.NaN
  }
  let pairs = 0
  let right = 0
  for (let i = 0; i < n; i++) {
    if (rows.event[i] !== 1) continue
    for (let other = 0; other < n; other++) {
      if (!outlasts(rows, other, i)) continue
      pairs += 1
      right += credit((hazard[i] ?? 0) - (hazard[other] ?? 0))
    }
  }
  return right / pairs
}

function credit(difference: number): number {
  if (difference === 0) return 0.5
  return difference > 0 ? 1 : 0
}

// At risk when i failed, and not failed by then; somebody lost from sight at that very time was still there.
function outlasts({ start, stop, event, stratum }: CoxRows, other: number, i: number): boolean {
  const at = stop[i] ?? 0
  const until = stop[other] ?? 0
  const isLater = until > at || (until === at && event[other] === 0)
  return isLater && (start?.[other] ?? Number.NEGATIVE_INFINITY) < at && stratum?.[other] === stratum?.[i]
}
