/** The same as `stillThereTeller`, from rows of numbers. */

import type { LeaveModel } from '../goodwill/leave-model.ts'
import type { QuickPath } from '../goodwill/quick-path.ts'
import { FACTS, numberAt, ORDER, ROW, type StateRows, wholeAt } from '../goodwill/state-rows.ts'
import { MONTH_MS } from '../time/instant.ts'
import { GAPS_KEPT, SILENCE_MONTHS_MAX, YEAR_MS, yearOf } from './still-there.ts'

/** What a customer is expected to bring in a month, in the currency of that name; null where `stillThere` tells nothing. */
export type QuickStillThere = (rows: StateRows, row: number, at: number, currency: number) => number | null

/** Tells by a model; `path` is written over. */
export function quickStillThere({ buying }: LeaveModel, path: QuickPath): QuickStillThere {
  if (buying === undefined) return () => null
  const exposed = yearOf(buying)
  return ({ numbers }, row, at, currency) => {
    const facts = row + wholeAt(numbers, row + ROW.live)
    const lastAt = numberAt(numbers, facts + FACTS.lastOrderAt)
    const leftAt = numberAt(numbers, row + ROW.leftAt)
    if (Number.isNaN(lastAt) || numbers[facts + FACTS.everSubscribed] === 1 || !Number.isNaN(leftAt)) return null
    const { from, count, minor, repeats } = orderWindow(numbers, facts, lastAt, currency, buying.since)
    const now = Math.max(at, lastAt)
    const startedAt = numberAt(numbers, facts + FACTS.startedAt)
    const start = !Number.isNaN(startedAt) ? startedAt : from
    const begin = start + Math.floor((lastAt - start) / MONTH_MS) * MONTH_MS
    const m = buying.r + repeats
    const unseen = buying.alpha - exposed(from)
    const seen = unseen + exposed(now)
    const silent = Math.ceil((now - begin) / MONTH_MS)
    if (silent > 0) path.lookBack(row, begin, Math.min(silent, SILENCE_MONTHS_MAX))
    let [left, stays] = [0, 1]
    for (let month = 0; month < silent; month += 1) {
      const then = begin + month * MONTH_MS
      const end = Math.min(now, then + MONTH_MS)
      const odds = path.odds[Math.min(month, SILENCE_MONTHS_MAX - 1)] ?? 0
      // A month that is not over has had a part of its leaving.
      const stay = month < silent - 1 ? 1 / (1 + odds) : (1 + odds) ** -((end - then) / MONTH_MS)
      left += stays * (1 - stay) * (seen / (unseen + exposed(end))) ** m
      stays *= stay
    }
    const alive = stays / (stays + left)
    return alive * (m / seen) * buying.meanSeason * (Math.max(0, minor) / Math.max(1, count))
  }
}

function orderWindow(numbers: Float64Array, facts: number, lastAt: number, currency: number, since = Number.NaN) {
  const begin = facts + FACTS.size
  const end = begin + ORDER.size * wholeAt(numbers, facts + FACTS.orders)
  const gaps = numberAt(numbers, facts + FACTS.gaps)
  let [count, minor] = [0, 0]
  for (let one = begin; one < end; one += ORDER.size) {
    const own = numberAt(numbers, one + ORDER.currency)
    count += numberAt(numbers, one + ORDER.count)
    if (own === 0 || own === currency) minor += numberAt(numbers, one + ORDER.minor)
  }
  const isWhole = gaps < GAPS_KEPT && count > gaps
  const firstAt = begin < end ? numberAt(numbers, begin + ORDER.at) : lastAt
  const newest = begin < end ? numberAt(numbers, end - ORDER.size + ORDER.at) : lastAt
  // Not so where one of both is NaN: nobody said when he began, or from when on orders are known.
  const wasBefore = numberAt(numbers, facts + FACTS.startedAt) < since
  return {
    from: Math.min(lastAt, !isWhole ? newest - YEAR_MS : wasBefore ? Math.min(since, firstAt) : firstAt),
    count,
    minor,
    repeats: Math.max(0, count - (isWhole && !wasBefore ? 1 : 0)),
  }
}
