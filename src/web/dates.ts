import { instantOf } from '../core/time/instant.ts'
import { type Language, localeOf } from './language.ts'

/** Dates as the look asks for them: `24 Oct`, the year only when it differs from the year of now. */

/** Whose days and clocks are meant: a language and the time zone of the firm. */
export type Place = Readonly<{ language: Language; timeZone: string }>

const formats = new Map<string, Intl.DateTimeFormat>()

function format({ language, timeZone }: Place, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(localeOf[language], { ...options, timeZone })
  formats.set(key, known)
  return known
}

// Russian dates end in "г." after the year and months in a full stop; neither says anything in a table.
const bare = (text: string) => text.replace(/\sг\.$/, '').replaceAll('.', '')

const yearOf = (place: Place, ms: number) => format(place, { year: 'numeric' }).format(ms)

/** `24 Oct`, or `24 Oct 2025` when the year is not the year of `now`. */
export function day(place: Place, ms: number, now: number): string {
  const sameYear = yearOf(place, ms) === yearOf(place, now)
  if (!sameYear) return fullDay(place, ms)
  return bare(format(place, { day: 'numeric', month: 'short' }).format(ms))
}

/** `24 Oct 2025`, always with the year. */
export const fullDay = (place: Place, ms: number): string =>
  bare(format(place, { day: 'numeric', month: 'short', year: 'numeric' }).format(ms))

/** `24 Oct, 10:41`. */
export const dayTime = (place: Place, ms: number, now: number): string => `${day(place, ms, now)}, ${clock(place, ms)}`

/** When something is due: `24 Oct, 10:41`, and `24 Oct, 24:00` where that day is the last, not `25 Oct, 00:00`. */
export const dueTime = (place: Place, ms: number, now: number): string =>
  clock(place, ms) === MIDNIGHT ? `${day(place, ms - 1, now)}, 24:00` : dayTime(place, ms, now)

const MIDNIGHT = '00:00'
const clock = (place: Place, ms: number): string =>
  format(place, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(ms)

/** `Oct`, and `Oct 25` when asked for the year. */
export const month = (place: Place, ms: number, withYear = false): string =>
  bare(format(place, withYear ? { month: 'short', year: '2-digit' } : { month: 'short' }).format(ms))

/** Milliseconds since 1970 of an RFC 3339 text. */
export const at = (text: string): number => instantOf(text)

const SECOND = 1_000
const MINUTE = 60_000
const HOUR = 3_600_000
const DAY = 86_400_000

/** How old something is, in the one unit a person would say; the words are chosen by the caller. */
export type Age = Readonly<{ unit: 'now' | 'second' | 'minute' | 'hour' | 'day'; amount: number }>

/** The age of an instant: `now` under five seconds, then seconds, minutes, hours, and days, rounded down. */
export function ageOf(ms: number, now: number): Age {
  const old = Math.max(0, now - ms)
  if (old < 5 * SECOND) return { unit: 'now', amount: 0 }
  if (old < MINUTE) return { unit: 'second', amount: Math.floor(old / SECOND) }
  if (old < HOUR) return { unit: 'minute', amount: Math.floor(old / MINUTE) }
  if (old < DAY) return { unit: 'hour', amount: Math.floor(old / HOUR) }
  return { unit: 'day', amount: Math.floor(old / DAY) }
}

/** Whole years and months between two instants, by the average month. */
export function span(from: number, to: number): Readonly<{ years: number; months: number }> {
  const all = Math.max(0, Math.floor((to - from) / (30.4375 * DAY)))
  return { years: Math.floor(all / 12), months: all % 12 }
}

/** `October 2025`, for a sentence. */
export const fullMonth = (place: Place, ms: number): string =>
  bare(format(place, { month: 'long', year: 'numeric' }).format(ms))
