/**
 * What the wall shows in a time zone. Offsets come from `Intl`, which Node and every browser carry with the time zone
 * data of their version: it is in the standard library of the language, so this room stays pure, and `Temporal` is
 * not yet in the browsers that the screen must run in. Asking `Intl` is slow (2026-11-22: about 1.5 µs), so an offset
 * is asked once for a day and kept.
 *
 * Assumed: a zone does not change its offset twice within one day of UTC, nor within 16 hours.
 */
import { assert } from '../assert.ts'
import { type Instant, instant, MINUTE_MS } from './instant.ts'
import { type DayNumber, monthsAfter } from './local-date.ts'

/** Whole minutes of UTC since 1970. */
export type Minute = number

const DAY = 1_440
/** Further than any zone is from UTC. */
const REACH = 960

/** The questions about one zone. A minute of the day is 0 to 1439. */
export type Zone = Readonly<{
  /** The date that the wall shows. */
  dayAt: (minute: Minute) => DayNumber
  /** The first instant at which the wall shows the date or a later one. */
  startOf: (day: DayNumber) => Minute
  /** A wall time read as an opening: the first reading if repeated, moved forward by the gap if skipped. */
  opening: (day: DayNumber, minuteOfDay: number) => Minute
  /** A wall time read as a closing: the last reading if repeated, moved forward by the gap if skipped. */
  closing: (day: DayNumber, minuteOfDay: number) => Minute
}>

/** The date that the wall shows at an instant. */
export const dateAt = (zone: Zone, at: Instant): DayNumber => zone.dayAt(Math.floor(at / MINUTE_MS))

/** The instant at which a date begins on the wall. */
export const startOfDate = (zone: Zone, day: DayNumber): Instant => instant(zone.startOf(day) * MINUTE_MS)

/** The beginning of the same day of the month on the wall, so many months before. */
export const monthsBack = (zone: Zone, at: Instant, months: number): Instant =>
  startOfDate(zone, monthsAfter(dateAt(zone, at), -months))

const zones = new Map<string, Zone>()

/** The zone with an IANA name; null when there is none. */
export function zoneOf(name: string): Zone | null {
  const known = zones.get(name)
  if (known !== undefined) return known
  const format = formatOf(name)
  if (format === null) return null
  const zone = zoneFrom(offsetsOf(format))
  zones.set(name, zone)
  return zone
}

/** The same, and UTC where there is none. */
export function zoneOrUtc(name: string): Zone {
  const zone = zoneOf(name) ?? zoneOf('UTC')
  assert(zone !== null, 'UTC is a zone')
  return zone
}

function formatOf(name: string): Intl.DateTimeFormat | null {
  // Offsets such as +01:00 are taken by `Intl`, and are no names.
  if (!/^[A-Za-z]/.test(name)) return null
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
  } catch {
    return null
  }
}

type Offset = (minute: Minute) => number

// Minutes that the wall is ahead of UTC. Not always whole: Monrovia was 44 minutes and 30 seconds behind until 1972.
function offsetsOf(format: Intl.DateTimeFormat): Offset {
  const asked = (minute: Minute): number => {
    const found = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(format.format(minute * MINUTE_MS))
    const size = Number(found?.[2] ?? 0) * 60 + Number(found?.[3] ?? 0) + Number(found?.[4] ?? 0) / 60
    return found?.[1] === '-' ? -size : size
  }
  const atMidnight = remembered((day) => asked(day * DAY))
  const changes = remembered((day) => firstWhere(day * DAY, (day + 1) * DAY, (at) => asked(at) !== atMidnight(day)))
  return (minute) => {
    const day = Math.floor(minute / DAY)
    const before = atMidnight(day)
    const after = atMidnight(day + 1)
    return before === after || minute < changes(day) ? before : after
  }
}

function remembered(ask: (key: number) => number): (key: number) => number {
  const known = new Map<number, number>()
  return (key) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const answer = ask(key)
    known.set(key, answer)
    return answer
  }
}

/** The first minute after `from` for which it holds, when it does not at `from` and does from some minute to `until`. */
function firstWhere(from: Minute, until: Minute, holds: (minute: Minute) => boolean): Minute {
  let [no, yes] = [Math.floor(from), Math.ceil(until)]
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2)
    if (holds(middle)) yes = middle
    else no = middle
  }
  return yes
}

function zoneFrom(offset: Offset): Zone {
  // A wall time and the two instants that may show it; where they are the same, nothing changes near by.
  const readings = (wall: number) => {
    const one = wall - offset(wall - REACH)
    const other = wall - offset(wall + REACH)
    const [early, late] = one < other ? [one, other] : [other, one]
    const shows = (minute: number) => minute + offset(minute) === wall
    return { early, late, isEarly: shows(early), isLate: shows(late) }
  }
  return {
    dayAt: (minute) => Math.floor((minute + offset(minute)) / DAY),
    startOf: (day) => {
      const { early, late, isEarly, isLate } = readings(day * DAY)
      if (isEarly || isLate) return Math.floor(isEarly ? early : late)
      return firstWhere(early, late, (minute) => minute + offset(minute) >= day * DAY)
    },
    // In a gap the later instant is the one with the offset before the change.
    opening: (day, minuteOfDay) => {
      const { early, late, isEarly } = readings(day * DAY + minuteOfDay)
      return Math.floor(isEarly ? early : late)
    },
    closing: (day, minuteOfDay) => {
      const { early, late, isEarly, isLate } = readings(day * DAY + minuteOfDay)
      return Math.floor(isEarly && !isLate ? early : late)
    },
  }
}
