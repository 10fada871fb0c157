import { type GestureRules, gestureRulesAtFirst } from '../core/gestures/gesture-rules.ts'
import { type Instant, instant } from '../core/instant.ts'
import { dateText, dayNumber } from '../core/local-date.ts'
import { type Zone, zoneOf } from '../core/zone.ts'
import type { Tx } from '../store/db.ts'
import { findLivePolicy } from '../store/policies.ts'

const MINUTE_MS = 60_000
/** Of a date as text: `2026-11-`. */
const MONTH_LENGTH = 8

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
  const today = dateText(zone.dayAt(Math.floor(now / MINUTE_MS)))
  return instant(zone.startOf(dayNumber(`${today.slice(0, MONTH_LENGTH)}01`) ?? 0) * MINUTE_MS)
}
