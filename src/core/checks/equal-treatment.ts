/** Whether groups of customers are treated alike (trap T24), as far as the firm compares any. */
import { countDifferences, type EqualityFound } from '../equality/compare-groups.ts'
import { checkOf, type Finding, tooFew } from './checks.ts'

const NEEDED = 1

/**
 * In how many comparisons a group is treated otherwise than others with such cases, and in which measures. Neither trait
 * nor group is named: whoever may not see these sees checks. Undefined is a comparison that was broken off.
 */
export function equalTreatment(found: EqualityFound | undefined): Finding {
  if (found === undefined) return tooFew(0, NEEDED)
  const { judged, differing: value, byMeasure } = countDifferences(found)
  if (judged === 0) return tooFew(0, NEEDED)
  return {
    state: value > (checkOf('equal-treatment').threshold ?? 0) ? 'fails' : 'holds',
    value,
    low: null,
    high: null,
    count: judged,
    needed: NEEDED,
    parts: [...byMeasure].map(([name, count]) => ({ name, value: count, low: null, high: null, count: null })),
  }
}
