import type { AttritionRows } from '../../stats/attrition/attrition-rows.ts'
import { growingNumbers } from '../learning/growing-numbers.ts'

/** How many numbers each period has, and for how many periods there should be room at once. */
export type PeriodWidth = Readonly<{ leave: number; buy?: number; expected?: number }>

/**
 * Collects periods of customers, one after the other, as the statistics read them: numbers in a few long arrays, because
 * an object and an array for each period take several times what is in them.
 */
export function periodCollector({ leave, buy = 0, expected = 0 }: PeriodWidth) {
  const exposures = growingNumbers(expected)
  const purchases = growingNumbers(expected)
  const onLeaving = growingNumbers(expected * leave)
  const onBuying = growingNumbers(expected * buy)
  const firstRow: number[] = [0]
  let rows = 0
  return {
    /** A period of the customer at hand. */
    add: (exposure: number, bought: number, x: ArrayLike<number>, z: ArrayLike<number> = []): void => {
      exposures.push([exposure])
      purchases.push([bought])
      onLeaving.push(x)
      onBuying.push(z)
      rows += 1
    },
    /** What comes now is another customer. */
    next: (): void => {
      firstRow.push(rows)
    },
    rows: (): AttritionRows => ({
      firstRow: Uint32Array.from(firstRow),
      exposure: exposures.values(),
      purchases: purchases.values(),
      leave: { values: onLeaving.values(), columnCount: leave },
      ...(buy === 0 ? {} : { buy: { values: onBuying.values(), columnCount: buy } }),
    }),
  }
}
