/**
 * When a period of days, weeks, months, years or working days ends. Deadlines never pause, and opening hours play no
 * part in them.
 */
import { type Calendar, type ClockRefusal, invalid, minuteOf, minuteOfDay, readCalendar } from './calendar.ts'
import { type Instant, instant, MINUTE_MS } from './instant.ts'
import { type DayNumber, dateText, LAST_DAY, monthsAfter } from './local-date.ts'

const END_OF_DAY = 1_440
/** Longer than any period that ends within the calendar, in any unit. */
const PERIOD_MAX = LAST_DAY

/** What a period may be counted in. */
export const periodUnits = ['days', 'weeks', 'months', 'years', 'working_days'] as const
/** One of the units of a period. */
export type PeriodUnit = (typeof periodUnits)[number]

/**
 * A period from a receipt. With `rollover`, a last day that is no working day becomes the next one that is (Regulation
 * (EEC, Euratom) 1182/71, Article 3(4)). `endsAt` is a time on the last day, `00:01` to `24:00`; 24:00 if left out.
 */
export type Period = Readonly<{ unit: PeriodUnit; n: number; rollover: boolean; endsAt?: string }>

/** When it is over, with the last date on which acting is in time. */
export type Deadline = Readonly<{ kind: 'ends'; at: Instant; lastDay: string }> | ClockRefusal

/** The end of a period that began with a receipt at `start`. An extension is a longer period from the same receipt. */
export function deadline(
  calendar: Calendar,
  start: Instant,
  { unit, n, rollover, endsAt = '24:00' }: Period,
): Deadline {
  const read = readCalendar(calendar)
  const from = minuteOf(start)
  const time = minuteOfDay(endsAt)
  if (read === null || from === null || time === null || time === 0) return invalid
  if (!Number.isSafeInteger(n) || n < 1 || n > PERIOD_MAX) return invalid
  const { zone, isWorkingDay } = read
  const counted = lastDayOf(zone.dayAt(from), unit, n, isWorkingDay)
  // No number at all is what a year too far gives.
  if (counted === null || !(counted < LAST_DAY)) return invalid
  const lastDay = rollover ? workingFrom(counted, isWorkingDay) : counted
  const end = time === END_OF_DAY ? zone.startOf(lastDay + 1) : zone.closing(lastDay, time)
  return { kind: 'ends', at: instant(end * MINUTE_MS), lastDay: dateText(lastDay) }
}

function lastDayOf(receipt: DayNumber, unit: PeriodUnit, n: number, isWorkingDay: (day: DayNumber) => boolean) {
  switch (unit) {
    case 'days':
      return receipt + n
    case 'weeks':
      return receipt + 7 * n
    case 'months':
      return monthsAfter(receipt, n)
    case 'years':
      return monthsAfter(receipt, 12 * n)
    case 'working_days':
      return workingDayAfter(receipt, n, isWorkingDay)
    default:
      return null
  }
}

function workingDayAfter(receipt: DayNumber, n: number, isWorkingDay: (day: DayNumber) => boolean): DayNumber | null {
  let left = n
  for (let day = receipt + 1; day < LAST_DAY; day += 1) {
    if (isWorkingDay(day)) left -= 1
    if (left === 0) return day
  }
  return null
}

function workingFrom(first: DayNumber, isWorkingDay: (day: DayNumber) => boolean): DayNumber {
  let day = first
  while (!isWorkingDay(day)) day += 1
  return day
}
