import { instant, rfc3339 } from '../core/instant.ts'
import { dayNumber } from '../core/local-date.ts'
import { zoneOf } from '../core/zone.ts'
import { minuteOfClock } from './policy-told.ts'

const MINUTE_MS = 60_000

/** What a wall clock of the firm shows, `2026-11-23T09:00`, as an instant; undefined for what it cannot show. */
export function instantOfWall(wall: string, timeZone: string): string | undefined {
  const [date = '', clock = ''] = wall.split('T')
  const [day, minute, zone] = [dayNumber(date), minuteOfClock(clock), zoneOf(timeZone)]
  if (day === null || Number.isNaN(minute) || zone === null) return undefined
  return rfc3339(instant(zone.opening(day, minute) * MINUTE_MS))
}
