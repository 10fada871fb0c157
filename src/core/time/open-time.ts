import { type Calendar, type ReadCalendar, type ReadShift, readCalendar } from './calendar.ts'
import type { DayNumber } from './local-date.ts'
import type { Minute, Zone } from './zone.ts'

/** Open time is computed and kept for so many dates at once. */
const BLOCK_DAYS = 32

type Span = readonly [from: Minute, until: Minute]
/** The open spans from the start of one date to the start of another, apart and in order. */
type Block = Readonly<{ from: Minute; until: Minute; spans: readonly Span[]; total: number }>

/** When a calendar is open: the union of its shifts as real time, whatever was paused. */
export type OpenTime = Readonly<{
  /** How many minutes of `[from, until)` are open. */
  minutesIn: (from: Minute, until: Minute) => number
  /** The end of the n-th open minute of `[from, until)`, n at least 1; null when there are too few. */
  after: (from: Minute, until: Minute, n: number) => Minute | null
}>

const known = new WeakMap<Calendar, OpenTime>()

/** The open time of a calendar, null when that is invalid. What was asked of a calendar is kept as long as it is. */
export function openTimeOf(calendar: Calendar): OpenTime | null {
  const found = known.get(calendar)
  if (found !== undefined) return found
  const read = readCalendar(calendar)
  if (read === null) return null
  const openTime = openTimeFrom(read)
  known.set(calendar, openTime)
  return openTime
}

function openTimeFrom(calendar: ReadCalendar): OpenTime {
  const blocks = new Map<number, Block>()
  const blockAt = (index: number): Block => {
    const found = blocks.get(index) ?? blockOf(calendar, index * BLOCK_DAYS)
    blocks.set(index, found)
    return found
  }
  const { zone, lastOpenDay } = calendar
  // A shift may run on into the date after its own, and over a date that was skipped into the one after that.
  const lastMinute = lastOpenDay === null ? Number.POSITIVE_INFINITY : zone.startOf(lastOpenDay + 3)
  return {
    minutesIn: (from, until) => {
      const end = Math.min(until, lastMinute)
      let sum = 0
      for (let index = blockIndex(zone, from); blockAt(index).from < end; index += 1) {
        const block = blockAt(index)
        sum += from <= block.from && end >= block.until ? block.total : minutesOf(block.spans, from, end)
      }
      return sum
    },
    after: (from, until, n) => {
      const end = Math.min(until, lastMinute)
      let left = n
      for (let index = blockIndex(zone, from); blockAt(index).from < end; index += 1) {
        const block = blockAt(index)
        const here = from <= block.from && end >= block.until ? block.total : minutesOf(block.spans, from, end)
        if (here >= left) return nthEnd(block.spans, from, left)
        left -= here
      }
      return null
    },
  }
}

// The wall may show a date again after the next one has begun, so the block of the date may lie before the instant.
function blockIndex(zone: Zone, at: Minute): number {
  const index = Math.floor(zone.dayAt(at) / BLOCK_DAYS)
  return at >= zone.startOf((index + 1) * BLOCK_DAYS) ? index + 1 : index
}

function blockOf(calendar: ReadCalendar, first: DayNumber): Block {
  const from = calendar.zone.startOf(first)
  const until = calendar.zone.startOf(first + BLOCK_DAYS)
  const spans: Span[] = []
  for (let day = first - 2; day < first + BLOCK_DAYS; day += 1) {
    for (const shift of calendar.shiftsOn(day)) {
      const [opens, closes] = spanOf(calendar.zone, day, shift)
      if (Math.max(opens, from) < Math.min(closes, until)) spans.push([Math.max(opens, from), Math.min(closes, until)])
    }
  }
  const apart = union(spans)
  return { from, until, spans: apart, total: minutesOf(apart, from, until) }
}

// Midnight is the start of a date wherever it stands: it is never read as one of two midnights, nor moved over a gap.
function spanOf(zone: Zone, day: DayNumber, { opens, closes }: ReadShift): Span {
  const from = opens === 0 ? zone.startOf(day) : zone.opening(day, opens)
  if (closes === 1_440) return [from, zone.startOf(day + 1)]
  return [from, closes < 1_440 ? zone.closing(day, closes) : zone.closing(day + 1, closes - 1_440)]
}

/** The same minutes in spans that are apart and in order; empty and reversed ones are dropped. */
export function union(spans: readonly Span[]): readonly Span[] {
  const apart: Span[] = []
  for (const [from, until] of spans.filter((span) => span[0] < span[1]).toSorted((a, b) => a[0] - b[0])) {
    const last = apart.at(-1)
    if (last === undefined || from > last[1]) apart.push([from, until])
    else apart[apart.length - 1] = [last[0], Math.max(last[1], until)]
  }
  return apart
}

const minutesOf = (spans: readonly Span[], from: Minute, until: Minute): number =>
  spans.reduce((sum, [opens, closes]) => sum + Math.max(0, Math.min(closes, until) - Math.max(opens, from)), 0)

function nthEnd(spans: readonly Span[], from: Minute, n: number): Minute | null {
  let left = n
  for (const [opens, closes] of spans) {
    const start = Math.max(opens, from)
    if (closes - start >= left) return start + left
    left -= Math.max(0, closes - start)
  }
  return null
}
