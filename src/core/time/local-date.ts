import { DAY_MS, instant, instantOf, rfc3339 } from './instant.ts'

/** Days since 1970-01-01, of a date on the wall. Negative before. */
export type DayNumber = number

/** The last date that can be written with four digits, 9999-12-31. */
export const LAST_DAY: DayNumber = 2_932_896

const THURSDAY = 3

/** Reads `YYYY-MM-DD` from 1970-01-01 on; null for anything else, and for a date that does not exist. */
export function dayNumber(text: string): DayNumber | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const ms = instantOf(`${text}T00:00:00Z`)
  // Some dates that do not exist are read as others: only what is written back alike was one.
  return ms >= 0 && dateText(ms / DAY_MS) === text ? ms / DAY_MS : null
}

/** Writes a date from 1970 on as `YYYY-MM-DD`. */
export const dateText = (day: DayNumber): string => rfc3339(instant(day * DAY_MS)).slice(0, 10)

/** Monday is 0, Sunday 6. 1970 began on a Thursday. */
export const weekdayOf = (day: DayNumber): number => (((day + THURSDAY) % 7) + 7) % 7

/** The first day of the month of a day. */
export const firstOfMonth = (day: DayNumber): DayNumber => day + 1 - Number(dateText(day).slice(-2))

/** The same day of the month so many months later, or the last of that month if it has no such day. */
export function monthsAfter(day: DayNumber, months: number): DayNumber {
  const [year = 0, month = 1, date = 1] = dateText(day).split('-').map(Number)
  const first = month - 1 + months
  const last = Math.round(Date.UTC(year, first + 1, 0) / DAY_MS)
  return Math.min(Math.round(Date.UTC(year, first, 1) / DAY_MS) + date - 1, last)
}
