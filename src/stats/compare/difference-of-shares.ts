import type { Refusal } from '../refusal.ts'
import { wilson } from './share.ts'

/** Fewer people in a group, or fewer of both groups together to whom it happened, say nothing yet. */
const GROUP_MIN = 100
const HAPPENED_MIN = 10

/** To how many of a group something happened. */
export type Happened = Readonly<{ count: number; of: number }>

/** The first share less the second with its 95 % interval. */
export type ShareDifference =
  | Readonly<{ kind: 'compared'; value: number; low: number; high: number }>
  | Readonly<{ kind: 'too-few'; groupNeeded: 100; happenedNeeded: 10 }>
  | Refusal

/**
 * The difference of two independent shares by the square-and-add of their score intervals. Newcombe, R. G. (1998),
 * Statistics in Medicine 17, 873-890, method 10. Refuses counts that are not 0 <= count <= of.
 */
export function differenceOfShares(one: Happened, other: Happened): ShareDifference {
  const few = { kind: 'too-few', groupNeeded: GROUP_MIN, happenedNeeded: HAPPENED_MIN } as const
  const difference = newcombe(one, other)
  if (difference?.kind === 'refused') return difference
  if (one.of < GROUP_MIN || other.of < GROUP_MIN || one.count + other.count < HAPPENED_MIN) return few
  return difference ?? few
}

/**
 * The interval without a least number, 95 % unless another quantile `z` is given; undefined where a group has nobody.
 * Refuses what cannot be.
 */
export function newcombe(
  one: Happened,
  other: Happened,
  z?: number,
): Readonly<{ kind: 'compared'; value: number; low: number; high: number }> | Refusal | undefined {
  const [a, b] = [wilson(one.count, one.of, z), wilson(other.count, other.of, z)]
  if (a.kind === 'refused') return a
  if (b.kind === 'refused') return b
  if (a.kind !== 'counted' || b.kind !== 'counted') return undefined
  const value = a.value - b.value
  return {
    kind: 'compared',
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
  }
}
