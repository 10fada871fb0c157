import { type Refusal, refuse } from '../refusal.ts'
import { studentBound } from '../student.ts'

/** Below so many values the interval leans too much on their being spread like a bell. */
const VALUES_MIN = 10
const LEVEL = 0.95

/** The same value seen so many times. */
export type Counted = Readonly<{ value: number; count: number }>

/** A mean with its 95 % interval. `all-equal`: values that never differ do not say how sure their mean is. */
export type MeanInterval =
  | Readonly<{ kind: 'counted'; values: number; mean: number; low: number; high: number }>
  | Readonly<{ kind: 'too-few'; needed: 10; values: number }>
  | Readonly<{ kind: 'all-equal'; values: number; mean: number }>
  | Refusal

/**
 * The mean of values that are drawn independently, with Student's 95 % interval, cut to the ends of their scale.
 * Refuses values that are not numbers on that scale, and counts that are not whole. Student (1908), Biometrika 6, 1-25.
 */
export function meanInterval(counted: readonly Counted[], scale: readonly [number, number]): MeanInterval {
  const wrong = counted.find(({ value, count }) => {
    return !(value >= scale[0] && value <= scale[1] && Number.isInteger(count) && count >= 0)
  })
  if (wrong !== undefined) {
    const facts = `${wrong.value}, ${wrong.count} times, on a scale from ${scale[0]} to ${scale[1]}`
    return refuse('impossible-row', `a value cannot be: ${facts}`)
  }
  const values = counted.reduce((sum, { count }) => sum + count, 0)
  if (!(values >= VALUES_MIN)) return { kind: 'too-few', needed: VALUES_MIN, values }
  const mean = counted.reduce((sum, { value, count }) => sum + value * count, 0) / values
  const squares = counted.reduce((sum, { value, count }) => sum + count * (value - mean) ** 2, 0)
  if (counted.filter(({ count }) => count > 0).length === 1) return { kind: 'all-equal', values, mean }
  const half = studentBound(LEVEL, values - 1) * Math.sqrt(squares / (values - 1) / values)
  return {
    kind: 'counted',
    values,
    mean,
    low: Math.max(scale[0], mean - half),
    high: Math.min(scale[1], mean + half),
  }
}
