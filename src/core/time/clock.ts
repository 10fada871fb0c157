import type { Calendar, ClockRefusal } from './calendar.ts'
import { type Instant, instant } from './instant.ts'
import { due, elapsed, type Pause } from './working-time.ts'

/** When a warning is due if nobody said otherwise, as a share of the minutes allowed. */
const WARN_SHARE = 0.75

/** So many working minutes from `start`; a warning after `warnShare` of them, 0.75 if left out. */
export type Clock = Readonly<{
  calendar: Calendar
  start: Instant
  minutes: number
  pauses: readonly Pause[]
  warnShare?: number
}>

/**
 * What a clock shows. `breached` and `met late` from the very instant at which it is due. Both instants are null while
 * a pause without an end keeps them unknown.
 */
export type ClockView = Readonly<{
  kind: 'clock'
  state: 'running' | 'warning' | 'breached' | 'paused' | 'met' | 'met late'
  warnAt: Instant | null
  dueAt: Instant | null
  usedMinutes: number
  remainingMinutes: number
  /** Working minutes beyond those allowed. */
  lateMinutes: number
}>

/** What a clock shows at an instant; one that was done shows what it showed when it was done. */
export function readClock(clock: Clock, now: Instant, doneAt: Instant | null): ClockView | ClockRefusal {
  const { calendar, start, minutes, pauses, warnShare = WARN_SHARE } = clock
  const at = doneAt ?? now
  const used = elapsed(calendar, start, instant(Math.max(at, start)), pauses)
  const end = due(calendar, start, minutes, pauses)
  const warn = due(calendar, start, Math.ceil(minutes * warnShare), pauses)
  if (used.kind === 'refused') return used
  if (end.kind === 'refused' && end.because !== 'paused') return end
  const dueAt = end.kind === 'due' ? end.at : null
  const warnAt = warn.kind === 'due' ? warn.at : null
  return {
    kind: 'clock',
    state: stateAt(at, { doneAt, dueAt, warnAt, pauses }),
    warnAt,
    dueAt,
    usedMinutes: used.minutes,
    remainingMinutes: Math.max(0, minutes - used.minutes),
    lateMinutes: Math.max(0, used.minutes - minutes),
  }
}

type Facts = Readonly<{
  doneAt: Instant | null
  dueAt: Instant | null
  warnAt: Instant | null
  pauses: readonly Pause[]
}>

function stateAt(at: Instant, { doneAt, dueAt, warnAt, pauses }: Facts): ClockView['state'] {
  const isOver = dueAt !== null && at >= dueAt
  if (doneAt !== null) return isOver ? 'met late' : 'met'
  if (isOver) return 'breached'
  if (pauses.some(([from, to]) => from <= at && (to === null || at < to))) return 'paused'
  return warnAt !== null && at >= warnAt ? 'warning' : 'running'
}
