import { DAY_MS, type Instant, MINUTE_MS } from './instant.ts'
import { type DayNumber, dayNumber, LAST_DAY, weekdayOf } from './local-date.ts'
import { type Minute, type Zone, zoneOf } from './zone.ts'

/** Minutes of UTC end with the year 9999. */
const MINUTES_MAX = ((LAST_DAY + 1) * DAY_MS) / MINUTE_MS

/** The days of the week, Monday first. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
/** A day of the week. */
export type Weekday = (typeof weekdays)[number]

/**
 * From one wall time to another, `00:00` to `23:59` and `00:00` to `24:00`. One that closes no later than it opens
 * closes on the next date.
 */
export type Shift = readonly [opens: string, closes: string]

/**
 * When a firm works. Lists are in any order; shifts may touch or overlap. Dates are `YYYY-MM-DD`. What an exception
 * says of a date replaces everything, also on a holiday; an empty list closes it. `workingDates` are counted by
 * deadlines alone.
 */
export type Calendar = Readonly<{
  zone: string
  weekly?: Readonly<Partial<Record<Weekday, readonly Shift[]>>>
  holidays?: readonly string[]
  exceptions?: Readonly<Record<string, readonly Shift[]>>
  workingDates?: readonly string[]
}>

/** Why there is no answer: not readable; never so many minutes; enough of them, but for the pauses. */
export type ClockRefusal = Readonly<{ kind: 'refused'; because: 'invalid' | 'impossible' | 'paused' }>

/** The refusal of what is not readable. */
export const invalid: ClockRefusal = { kind: 'refused', because: 'invalid' }

/** A shift in minutes of the day; `closes` from 1440 on is on the next date, and 1440 is its start. */
export type ReadShift = Readonly<{ opens: number; closes: number }>

/** A calendar that was found valid, in numbers. */
export type ReadCalendar = Readonly<{
  zone: Zone
  shiftsOn: (day: DayNumber) => readonly ReadShift[]
  isWorkingDay: (day: DayNumber) => boolean
  /** After this date it never opens; null when it opens every week. */
  lastOpenDay: DayNumber | null
}>

const read = new WeakMap<Calendar, ReadCalendar | null>()

/** A calendar in numbers, null when it is invalid. The same object is read once: a calendar is never changed. */
export function readCalendar(calendar: Calendar): ReadCalendar | null {
  const known = read.get(calendar)
  if (known !== undefined) return known
  const found = numbersOf(calendar)
  read.set(calendar, found)
  return found
}

function numbersOf({ zone: name, weekly = {}, holidays = [], exceptions = {}, workingDates = [] }: Calendar) {
  const zone = zoneOf(name)
  const days = new Set(holidays.map(dayNumber))
  const working = new Set(workingDates.map(dayNumber))
  const week = new Map(Object.entries(weekly).map(([day, shifts]) => [nameIndex(day), shiftsOf(shifts)]))
  const special = new Map(Object.entries(exceptions).map(([date, shifts]) => [dayNumber(date), shiftsOf(shifts)]))
  const isBroken =
    zone === null ||
    [days, working].some((dates) => dates.has(null)) ||
    [week, special].some((table) => table.has(null) || [...table.values()].includes(null))
  if (isBroken) return null
  const isWorkingDay = (day: DayNumber) => working.has(day) || (weekdayOf(day) < 5 && !days.has(day))
  const shiftsOn = (day: DayNumber) => special.get(day) ?? (days.has(day) ? null : week.get(weekdayOf(day))) ?? []
  const opensWeekly = [...week.values()].some((shifts) => shifts !== null && shifts.length > 0)
  const lastSpecial = [...special.keys()].reduce<number>((last, day) => Math.max(last, day ?? 0), 0)
  return { zone, shiftsOn, isWorkingDay, lastOpenDay: opensWeekly ? null : lastSpecial }
}

const names: readonly string[] = weekdays

function nameIndex(name: string): number | null {
  const index = names.indexOf(name)
  return index < 0 ? null : index
}

function shiftsOf(shifts: readonly Shift[]): readonly ReadShift[] | null {
  const found = shifts.map(([from, to]) => shiftOf(minuteOfDay(from), minuteOfDay(to)))
  return found.every((shift) => shift !== null) ? found : null
}

function shiftOf(opens: number | null, closes: number | null): ReadShift | null {
  if (opens === null || closes === null || opens === 1_440) return null
  return { opens, closes: closes > opens ? closes : closes + 1_440 }
}

/** Reads `00:00` to `24:00`; null for anything else. */
export function minuteOfDay(text: string): number | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$|^24:00$/.exec(text)
  if (found === null) return null
  return found[1] === undefined ? 1_440 : Number(found[1]) * 60 + Number(found[2])
}

/** The minute of an instant, seconds cut off; null before 1970, after 9999, and for what is no number. */
export function minuteOf(at: Instant): Minute | null {
  const minute = Math.floor(at / MINUTE_MS)
  return minute >= 0 && minute < MINUTES_MAX ? minute : null
}
