/** Moments of life to which the firm may answer: only those that a customer told of, on the day that was told. */
import type { CustomerEvent } from '../relationship/event.ts'
import { SIMULATED_SOURCE } from '../simulated-firm/life.ts'
import { DAY_MS, type Instant, instant, instantOf, MINUTE_MS } from '../time/instant.ts'
import { type DayNumber, dateText, monthsAfter } from '../time/local-date.ts'
import { dateAt, type Zone } from '../time/zone.ts'
import type { GestureRules } from './gesture-rules.ts'

/** The moments that a rule can answer to. A death is none of them: nothing is given on the occasion of one by rule. */
export const moments = ['birthday', 'birth', 'wedding', 'anniversary', 'move'] as const
/** One of them. */
export type Moment = (typeof moments)[number]

/** They come back every year, and are nothing without their day. */
const yearly: readonly Moment[] = ['birthday', 'anniversary']

/** Other words in which sources tell of the same. */
const otherWords: Readonly<Record<string, Moment>> = {
  baby: 'birth',
  'new baby': 'birth',
  marriage: 'wedding',
  married: 'wedding',
  moved: 'move',
  moving: 'move',
  'moving house': 'move',
}

const MONTHS_OF_YEAR = 12
const DAYS_OF_YEAR = 366
/** Gestures begin at this time of the day on the firm's wall. */
const MINUTE_OF_DAY = 600
/** What should have been given longer ago is history that was brought in. */
const LATE_MS_MAX = 2 * DAY_MS
/** Told so long after the day of its rule, a moment is over. */
const TOLD_LATE_MS_MAX = 30 * DAY_MS

/** The moment that a word means; null for every word that is none of ours. */
export function momentNamed(kind: string): Moment | null {
  const word = kind.trim().toLowerCase()
  return moments.find((one) => one === word) ?? otherWords[word] ?? null
}

/** A moment as it was told: on which day of which kind it is, and when that was told. */
export type ToldMoment = Readonly<{ moment: Moment; day: DayNumber; toldAt: Instant }>

/** The moment that an event tells of; null for all others, for what is simulated or guessed, and for a birthday without its day. */
export function momentOf(event: CustomerEvent, zone: Zone): ToldMoment | null {
  if (event.type !== 'moment.told' || event.source === SIMULATED_SOURCE) return null
  return momentIn(event, zone)
}

/** As `momentOf`, of simulated customers too: for looking at what rules would do. */
export function momentIn(event: CustomerEvent, zone: Zone): ToldMoment | null {
  if (event.type !== 'moment.told' || event.data.inferred === true) return null
  const moment = momentNamed(event.data.kind)
  const { on } = event.data
  if (moment === null || (on === undefined && yearly.includes(moment))) return null
  return { moment, day: dayOf(on === undefined ? event.at : instantOf(on), zone), toldAt: event.at }
}

// Programs write a date as midnight in UTC; everything else is a time, of which the wall shows the date.
const dayOf = (at: Instant, zone: Zone): DayNumber => (at % DAY_MS === 0 ? Math.round(at / DAY_MS) : dateAt(zone, at))

/** Something to give a gesture for. The same moment of the same day has the same name, whatever events tell of it. */
export type GestureOccasion = Readonly<{ moment: Moment; name: string; wakeAt: Instant }>

type Asking = Readonly<{ zone: Zone; now: Instant; after?: Instant }>

/**
 * The occasion that a moment makes under a rule that is on: the next one, of what comes back every year, that is not
 * longer past than two days, and later than `after`. Null for none.
 */
export function occasionOf(
  { moment, day, toldAt }: ToldMoment,
  { rules }: Pick<GestureRules, 'rules'>,
  { zone, now, after }: Asking,
): GestureOccasion | null {
  const { on, afterDays } = rules[moment]
  if (!on) return null
  const wakeOn = (of: DayNumber): number => zone.opening(of + afterDays, MINUTE_OF_DAY) * MINUTE_MS
  const named = (of: DayNumber, wakeAt: number) => ({
    moment,
    name: `${moment} ${dateText(of)}`,
    wakeAt: instant(wakeAt),
  })
  if (!yearly.includes(moment)) {
    const wakeAt = wakeOn(day)
    if (toldAt - wakeAt > TOLD_LATE_MS_MAX || after !== undefined) return null
    const at = Math.max(wakeAt, toldAt)
    return now - at > LATE_MS_MAX ? null : named(day, at)
  }
  // A gesture before the day may still be made until the day itself.
  const openMs = Math.max(0, -afterDays) * DAY_MS + LATE_MS_MAX
  const least = Math.max(now - openMs, toldAt - openMs, after === undefined ? 0 : after + 1)
  for (let year = Math.max(0, Math.floor((least / DAY_MS - day) / DAYS_OF_YEAR) - 1); ; year += 1) {
    const of = monthsAfter(day, year * MONTHS_OF_YEAR)
    const wakeAt = wakeOn(of)
    if (wakeAt >= least) return named(of, Math.max(wakeAt, toldAt))
  }
}

/** Whether an occasion of this name is one of a moment as it was told. */
export function isOccasionOf(name: string, { moment, day }: ToldMoment): boolean {
  if (name === `${moment} ${dateText(day)}`) return true
  if (!yearly.includes(moment)) return false
  const years = Number(name.slice(moment.length + 1).split('-')[0]) - Number(dateText(day).split('-')[0])
  return years > 0 && name === `${moment} ${dateText(monthsAfter(day, years * MONTHS_OF_YEAR))}`
}
