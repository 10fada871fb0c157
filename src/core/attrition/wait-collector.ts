import type { Waits } from '../../stats/attrition/attrition-rows.ts'
import { growingNumbers } from '../learning/growing-numbers.ts'
import { type Instant, instant, MONTH_MS } from '../time/instant.ts'

/** From when on orders are known, and the periods in which those who were customers before then waited for theirs. */
export type ToldWaits = Readonly<{ since: Instant | null; waits: Waits }>

/** How buying is told of a month by its middle; as many numbers for each. */
type Season = Readonly<{ columnCount: number; at: (middleAt: number) => ArrayLike<number> }>

const noSeason: Season = { columnCount: 0, at: () => [] }

/** True for somebody whose relationship began before any order is known of: his first order in the log was not his first. */
export const wasThereBefore = (startedAt: Instant | null, since: Instant | null | undefined): boolean =>
  startedAt !== null && since !== null && since !== undefined && startedAt < since

/**
 * Collects when customers began and when their first order in the log was. The first of these orders is where the log
 * begins, unless it is known: who began before it is told as somebody who waited for his order from then on.
 */
export function waitCollector(season = noSeason, known: Instant | null = null) {
  const startedAts: (Instant | null)[] = []
  const firstAts: Instant[] = []
  let since = known
  return {
    add: (startedAt: Instant | null, firstAt: Instant): void => {
      startedAts.push(startedAt)
      firstAts.push(firstAt)
      since = instant(Math.min(since ?? firstAt, firstAt))
    },
    told: (): ToldWaits => {
      const exposure = growingNumbers(0)
      const buy = growingNumbers(0)
      const firstRow = [0]
      let rows = 0
      firstAts.forEach((firstAt, i) => {
        const from = since ?? firstAt
        const months = wasThereBefore(startedAts[i] ?? null, since)
          ? Math.max(1, Math.ceil((firstAt - from) / MONTH_MS))
          : 0
        for (let month = 0; month < months; month += 1) {
          const begin = from + month * MONTH_MS
          const length = Math.min(MONTH_MS, firstAt - begin)
          exposure.push([length / MONTH_MS])
          buy.push(season.at(begin + length / 2))
        }
        rows += months
        firstRow.push(rows)
      })
      return {
        since,
        waits: {
          firstRow: Uint32Array.from(firstRow),
          exposure: exposure.values(),
          buy: { values: buy.values(), columnCount: season.columnCount },
        },
      }
    },
  }
}
