import { type Refusal, refuse } from '../refusal.ts'

/** Fewer periods than this say nothing about what is usual. */
const PERIODS_MIN = 8

/** What the middle 80 % of earlier periods had. */
export type UsualRange =
  | Readonly<{ kind: 'known'; low: number; high: number }>
  | Readonly<{ kind: 'too-few'; needed: 8 }>
  | Refusal

/**
 * The 10th and the 90th percentile of earlier counts, by nearest rank, so that both are counts that occurred. A
 * description of the past, not a test: with no change at all about one period in five lies outside.
 * Hyndman, R. J. and Fan, Y. (1996), The American Statistician 50, definition 1. Refuses what is not a number.
 */
export function usualRange(counts: readonly number[]): UsualRange {
  if (counts.length < PERIODS_MIN) return { kind: 'too-few', needed: PERIODS_MIN }
  if (!counts.every(Number.isFinite)) return refuse('not-a-number', 'a count is not a finite number')
  const sorted = counts.toSorted((a, b) => a - b)
  return { kind: 'known', low: nearestRank(sorted, 0.1), high: nearestRank(sorted, 0.9) }
}

// The small amount keeps 0.1 x 10, which is not quite 1 in binary, from being rounded up a rank.
const nearestRank = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(1, Math.ceil(share * sorted.length - 1e-9)) - 1] ?? Number.NaN
