import { type GestureRules, gestureRulesAtFirst } from '../core/gestures/gesture-rules.ts'
import type { Instant } from '../core/time/instant.ts'
import { firstOfMonth } from '../core/time/local-date.ts'
import { dateAt, monthsBack, startOfDate, type Zone, zoneOrUtc } from '../core/time/zone.ts'
import type { Tx } from '../store/db.ts'
import { findLivePolicy } from '../store/policies.ts'

/** The firm's live rules on gestures. Version 0 are the rules at first. */
export async function readGestureRules(tx: Tx): Promise<Readonly<{ rules: GestureRules; version: number }>> {
  const live = await findLivePolicy<GestureRules>(tx, 'gesture')
  return live === undefined ? { rules: gestureRulesAtFirst, version: 0 } : { rules: live.body, version: live.version }
}

/** When the month began in which budgets are counted, on the firm's wall. */
export function budgetMonth(zoneName: string, now: Instant): Instant {
  const zone = zoneOrUtc(zoneName)
  return startOfDate(zone, firstOfMonth(dateAt(zone, now)))
}

/** When the rest began that ends by now: who had a gesture since gets none. */
export const restBegan = (zone: Zone, now: Instant, { restMonths }: GestureRules): Instant =>
  monthsBack(zone, now, restMonths)
