import { instant, MINUTE_MS, rfc3339 } from '../core/time/instant.ts'
import { dateText, dayNumber } from '../core/time/local-date.ts'
import { zoneOf } from '../core/time/zone.ts'
import { minuteOfClock } from './policy-told.ts'

const WALL = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
} as const

/** What a wall clock of the firm shows, `2026-11-23T09:00`, as an instant; undefined for what it cannot show. */
export function instantOfWall(wall: string, timeZone: string): string | undefined {
  const [date = '', clock = ''] = wall.split('T')
  const [day, minute, zone] = [dayNumber(date), minuteOfClock(clock), zoneOf(timeZone)]
  if (day === null || Number.isNaN(minute) || zone === null) return undefined
  return rfc3339(instant(zone.opening(day, minute) * MINUTE_MS))
}

const walls = new Map<string, Intl.DateTimeFormat>()

/** What a wall clock of the firm shows at an instant, as a field for date and time takes it: `2026-11-23T09:00`. */
export function wallOfInstant(at: number, timeZone: string): string {
  // Swedish writes dates as ISO 8601 does.
  const format = walls.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { ...WALL, timeZone })
  walls.set(timeZone, format)
  return format.format(at).replace(' ', 'T')
}

/** The clock of the firm some days after an instant, at an hour of the day. */
export function wallAfter(at: number, days: number, clock: string, timeZone: string): string {
  const today = wallOfInstant(at, timeZone).slice(0, 10)
  return `${dateText((dayNumber(today) ?? 0) + days)}T${clock}`
}
