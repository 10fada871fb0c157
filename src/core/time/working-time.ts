/**
 * Working minutes: when so many of them are over, and how many lie between two instants. Everything is in whole
 * minutes of UTC, seconds are cut off, and a period holds its first minute and not its end.
 */
import { type Calendar, type ClockRefusal, invalid, minuteOf } from './calendar.ts'
import { type Instant, instant, MINUTE_MS } from './instant.ts'
import { type OpenTime, openTimeOf, union } from './open-time.ts'
import type { Minute } from './zone.ts'

/** A search gives up so long after its start: 100 years. */
const SEARCH_MINUTES_MAX = 36_525 * 1_440

/** A time that does not count. Null: it has not ended. Pauses may overlap, and come in any order. */
export type Pause = readonly [from: Instant, to: Instant | null]

/** When the minutes are over. */
export type Due = Readonly<{ kind: 'due'; at: Instant }> | ClockRefusal

/** How many working minutes there were. */
export type Elapsed = Readonly<{ kind: 'elapsed'; minutes: number }> | ClockRefusal

/**
 * The end of the n-th working minute at or after `start`; for 0 minutes the start of the first one. Refuses what is
 * invalid, minutes that the calendar never offers, and those that the pauses leave too few of.
 */
export function due(calendar: Calendar, start: Instant, minutes: number, pauses: readonly Pause[] = []): Due {
  const open = openTimeOf(calendar)
  const from = minuteOf(start)
  const paused = spansOf(pauses)
  if (open === null || from === null || paused === null) return invalid
  if (!Number.isSafeInteger(minutes) || minutes < 0) return invalid
  const wanted = Math.max(1, minutes)
  const until = from + SEARCH_MINUTES_MAX
  if (open.after(from, until, wanted) === null) return { kind: 'refused', because: 'impossible' }
  const end = endOf(open, unpaused(from, until, paused), wanted)
  if (end === null) return { kind: 'refused', because: 'paused' }
  return { kind: 'due', at: instantAt(minutes === 0 ? end - 1 : end) }
}

/** The working minutes from `start` to `end`. Refuses only what is invalid, such as an end before the start. */
export function elapsed(calendar: Calendar, start: Instant, end: Instant, pauses: readonly Pause[] = []): Elapsed {
  const open = openTimeOf(calendar)
  const [from, until] = [minuteOf(start), minuteOf(end)]
  const paused = spansOf(pauses)
  if (open === null || from === null || until === null || paused === null || until < from) return invalid
  const minutes = unpaused(from, until, paused).reduce((sum, [one, other]) => sum + open.minutesIn(one, other), 0)
  return { kind: 'elapsed', minutes }
}

type Span = readonly [from: Minute, until: Minute]

function spansOf(pauses: readonly Pause[]): readonly Span[] | null {
  const spans: Span[] = []
  for (const [from, to] of pauses) {
    const start = minuteOf(from)
    const end = to === null ? Number.POSITIVE_INFINITY : minuteOf(to)
    if (start === null || end === null || end < start) return null
    spans.push([start, end])
  }
  return union(spans)
}

// What is left of a period between pauses that are apart and in order.
function unpaused(from: Minute, until: Minute, paused: readonly Span[]): readonly Span[] {
  const left: Span[] = []
  let start = from
  for (const [stops, resumes] of paused) {
    if (stops > start) left.push([start, Math.min(stops, until)])
    start = Math.max(start, resumes)
    if (start >= until) return left
  }
  return [...left, [start, until]]
}

function endOf(open: OpenTime, spans: readonly Span[], wanted: number): Minute | null {
  let left = wanted
  for (const [from, until] of spans) {
    const end = open.after(from, until, left)
    if (end !== null) return end
    left -= open.minutesIn(from, until)
  }
  return null
}

const instantAt = (minute: Minute): Instant => instant(minute * MINUTE_MS)
