import { type GestureRules, gestureRulesAtFirst } from '../core/gestures/gesture-rules.ts'
import type { Instant } from '../core/instant.ts'
import { firstOfMonth, monthsAfter } from '../core/local-date.ts'
import { dateAt, startOfDate, type Zone, zoneOf } from '../core/zone.ts'
import type { Tx } from '../store/db.ts'
import { findLivePolicy } from '../store/policies.ts'

/** The firm's live rules on gestures. Version 0 are the rules at first. */
export async function readGestureRules(tx: Tx): Promise<Readonly<{ rules: GestureRules; version: number }>> {
  const live = await findLivePolicy<GestureRules>(tx, 'gesture')
  return live === undefined ? { rules: gestureRulesAtFirst, version: 0 } : { rules: live.body, version: live.version }
}

/** The zone in which the firm reads the days of moments and months of budgets; UTC where it names none that exists. */
export function firmZone(name: string): Zone {
  const zone = zoneOf(name) ?? zoneOf('UTC')
  if (zone === null) throw new Error('UTC is a zone')
  return zone
}

/** When the month began in which budgets are counted, on the firm's wall. */
export function budgetMonth(zoneName: string, now: Instant): Instant {
  const zone = firmZone(zoneName)
  return startOfDate(zone, firstOfMonth(dateAt(zone, now)))
}

/** When the rest began that ends by now: who had a gesture since gets none. */
export const restBegan = (zone: Zone, now: Instant, { restMonths }: GestureRules): Instant =>
  startOfDate(zone, monthsAfter(dateAt(zone, now), -restMonths))
