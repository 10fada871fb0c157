/** What a regime pack asks of one case, and until when. */
import { type Calendar, minuteOf, readCalendar } from '../time/calendar.ts'
import { deadline } from '../time/deadline.ts'
import { calendarFor, type FirmHours, type HolidayRegion, holidaysKnown } from '../time/holidays.ts'
import { type Instant, instant, MINUTE_MS } from '../time/instant.ts'
import { dateText } from '../time/local-date.ts'
import { due, type Pause } from '../time/working-time.ts'
import type { RegimePack, RegimeStep, RegimeTerm } from './regime-pack.ts'

/** A length that the firm sets: working minutes of its own hours, or a period. */
export type FirmLength =
  | Readonly<{ kind: 'minutes'; minutes: number }>
  | Readonly<{ kind: 'period'; unit: 'days' | 'weeks' | 'months'; n: number }>

/** What the firm says for all packs. `lengths`: by pack and step, for steps whose length the law leaves to the firm. */
export type RegimeFirm = Readonly<{
  region: HolidayRegion
  hours: FirmHours
  /** On each day; `HH:MM`. */
  closeOfBusiness: string
  lengths: Readonly<Record<string, Readonly<Record<string, FirmLength>>>>
}>

/** A pack with its calendars. Make it once per pack and firm and keep it. */
export type Regime = Readonly<{
  pack: RegimePack
  region: HolidayRegion
  /** For periods. */
  limits: Calendar
  /** For working minutes. */
  opening: Calendar
  firm: RegimeFirm
}>

/** Puts the firm's own zone, holidays and lengths into a pack. */
export function regimeOf(pack: RegimePack, firm: RegimeFirm): Regime {
  const region = pack.holidayRegion ?? firm.region
  const own = pack.holidayRegion === null ? firm.hours : {}
  return {
    pack,
    region,
    limits: calendarFor(region, pack.zone === null ? own : { ...own, zone: pack.zone }, 'time limits'),
    opening: calendarFor(firm.region, firm.hours),
    firm,
  }
}

/** What happened in a case, as far as packs ask. */
export type RegimeCourse = Readonly<{
  /** When each starting event happened, such as `complaint.received`. */
  starts: Readonly<Record<string, Instant>>
  /** When each step of this pack was done. */
  done: Readonly<Record<string, Instant>>
  /** When each letter of this pack was sent. */
  letters: Readonly<Record<string, Instant>>
  pauses: readonly Pause[]
}>

/**
 * Whether a step is asked for. `open`: it is; `optional`: the firm may; `not started`; `not in force` on the day it
 * starts; `replaced` by a step that was taken in its place; `not needed` after another; `needs another` step or letter
 * first.
 */
export type StepStanding =
  | 'open'
  | 'optional'
  | 'not started'
  | 'not in force'
  | 'replaced'
  | 'not needed'
  | 'needs another'

/** A step with its times. `dueAt` is null where the source gives no date and the firm has set none. */
export type StepDeadline = Readonly<{
  step: RegimeStep
  standing: StepStanding
  startsAt: Instant | null
  /** The first instant that counts, for a window. */
  notBefore: Instant | null
  dueAt: Instant | null
  lastDay: string | null
  doneAt: Instant | null
  /** Over and not done, or done when it was over; only ever of what the firm must do. */
  isLate: boolean
  /** How far the holidays up to the deadline are known; a deadline without one is `sure`. */
  holidays: 'sure' | 'may change' | 'unknown'
}>

type Times = Pick<StepDeadline, 'notBefore' | 'dueAt' | 'lastDay'>
const noTimes: Times = { notBefore: null, dueAt: null, lastDay: null }

/** The deadlines of every step of a pack, in its order, as of `now`. */
export function deadlinesFor(regime: Regime, course: RegimeCourse, now: Instant): readonly StepDeadline[] {
  const timed = regime.pack.steps.map((step, index) => timesOf(regime, course, step, index, now))
  return timed.map((one) => judged(regime, course, timed, one, now))
}

type Timed = Readonly<{ step: RegimeStep; startsAt: Instant | null; doneAt: Instant | null; times: Times }>

function timesOf(regime: Regime, course: RegimeCourse, step: RegimeStep, index: number, now: Instant): Timed {
  const startsAt = startOf(regime, course, step, index, now)
  const doneAt = doneAtOf(course, step)
  const times = startsAt === null ? noTimes : endOf(regime, course, step, startsAt)
  return { step, startsAt, doneAt, times }
}

const doneAtOf = (course: RegimeCourse, { id, letter }: RegimeStep): Instant | null =>
  course.done[id] ?? (letter === null ? null : (course.letters[letter] ?? null))

function startOf(
  { pack }: Regime,
  course: RegimeCourse,
  step: RegimeStep,
  index: number,
  now: Instant,
): Instant | null {
  if (step.starts === 'standing') return now
  if (step.starts !== 'previous_stage') return course.starts[step.starts] ?? null
  const before = pack.steps[index - 1]
  // The first stage begins with the case.
  return before === undefined ? (course.starts['case.opened'] ?? null) : doneAtOf(course, before)
}

function endOf(regime: Regime, course: RegimeCourse, step: RegimeStep, from: Instant): Times {
  const term = step.deadline
  switch (term.kind) {
    case 'period':
      return periodEnd(regime, from, term, term.n)
    case 'window':
      // A window of day 3 to 14 opens when day 2 is over.
      return {
        ...periodEnd(regime, from, term, term.toN),
        notBefore:
          term.fromN === 1 ? from : periodEnd(regime, from, { ...term, endsAt: '24:00' }, term.fromN - 1).dueAt,
      }
    // At once is within the minute in which it starts: clocks count whole minutes.
    case 'at_once':
      return { ...noTimes, dueAt: instant((Math.floor(from / MINUTE_MS) + 1) * MINUTE_MS) }
    case 'promptly':
    case 'firm_sets':
      return firmEnd(regime, course, step, from)
    case 'none':
      return noTimes
  }
}

type Counted = Extract<RegimeTerm, { kind: 'period' | 'window' }>

function periodEnd(
  { limits, firm }: Regime,
  from: Instant,
  term: Pick<Counted, 'unit' | 'rollover' | 'endsAt'>,
  n: number,
) {
  const { unit, rollover } = term
  const found = deadline(limits, from, { unit, n, rollover, endsAt: term.endsAt ?? firm.closeOfBusiness })
  return found.kind === 'ends' ? { notBefore: null, dueAt: found.at, lastDay: found.lastDay } : noTimes
}

function firmEnd(regime: Regime, course: RegimeCourse, step: RegimeStep, from: Instant): Times {
  const length = regime.firm.lengths[regime.pack.id]?.[step.id]
  if (length === undefined) return noTimes
  if (length.kind === 'period') {
    return periodEnd(regime, from, { unit: length.unit, rollover: false, endsAt: '24:00' }, length.n)
  }
  const found = due(regime.opening, from, length.minutes, step.pauseAllowed ? course.pauses : [])
  return found.kind === 'due' ? { ...noTimes, dueAt: found.at } : noTimes
}

function judged(
  { limits, region }: Regime,
  course: RegimeCourse,
  all: readonly Timed[],
  { step, startsAt, doneAt, times }: Timed,
  now: Instant,
): StepDeadline {
  const standing = standingOf(limits, course, all, step, startsAt)
  const { dueAt } = times
  const counts = standing === 'open' && step.duty === 'firm' && step.effect === 'duty_ends'
  return {
    step,
    standing,
    startsAt,
    ...times,
    doneAt,
    isLate: counts && dueAt !== null && (doneAt ?? now) >= dueAt,
    holidays: dueAt === null || startsAt === null ? 'sure' : holidaysKnown(region, startsAt, dueAt),
  }
}

function standingOf(
  limits: Calendar,
  course: RegimeCourse,
  all: readonly Timed[],
  step: RegimeStep,
  startsAt: Instant | null,
): StepStanding {
  if (startsAt === null) return 'not started'
  if (!isInForce(limits, step, startsAt)) return 'not in force'
  if (step.notNeededIf !== null && isInTime(find(all, step.notNeededIf))) return 'not needed'
  if (all.some((other) => other.step.replaces === step.id && isTaken(course, all, other))) return 'replaced'
  if (step.needs === null && step.needsLetter === null) return step.optional ? 'optional' : 'open'
  const own = find(all, step.id)
  return own !== undefined && isTaken(course, all, own) ? 'open' : 'needs another'
}

const find = (all: readonly Timed[], id: string): Timed | undefined => all.find((one) => one.step.id === id)

const isInTime = (one: Timed | undefined): boolean =>
  one?.doneAt != null && (one.times.dueAt === null || one.doneAt < one.times.dueAt)

// An extension must be taken while what it extends still runs: a deadline that was missed is not unmissed.
function isTaken(course: RegimeCourse, all: readonly Timed[], { step }: Timed): boolean {
  if (step.needs === null && step.needsLetter === null) return false
  if (step.needs !== null && !isInTime(find(all, step.needs))) return false
  if (step.needsLetter === null) return true
  const sentAt = course.letters[step.needsLetter]
  const before = step.replaces === null ? null : (find(all, step.replaces)?.times.dueAt ?? null)
  return sentAt !== undefined && (before === null || sentAt < before)
}

function isInForce(limits: Calendar, { validFrom, validUntil }: RegimeStep, startsAt: Instant): boolean {
  const zone = readCalendar(limits)?.zone
  const minute = minuteOf(startsAt)
  if (zone === undefined || minute === null) return false
  const date = dateText(zone.dayAt(minute))
  return (validFrom === null || date >= validFrom) && (validUntil === null || date <= validUntil)
}
