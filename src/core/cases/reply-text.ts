/**
 * What a text of the firm promises and whether it apologises, read from its words: dates, spans of time and verbs of
 * intent, in the three languages of the product. It errs towards finding: a person says what is no promise.
 */
import type { Calendar } from '../time/calendar.ts'
import { deadline } from '../time/deadline.ts'
import { HOUR_MS, type Instant, instant, MINUTE_MS } from '../time/instant.ts'
import { type DayNumber, dateText, dayNumber, weekdayOf } from '../time/local-date.ts'
import { dateAt, startOfDate, zoneOf } from '../time/zone.ts'
import { nearReply, type ReplyLanguage, type ReplyWords, replyWords } from './reply-words.ts'

/** A date without a year that lies further back means the next year. */
const BACK_DAYS_MAX = 180
const WEEK = 7
const AMOUNT_MAX = 1_000
const PROMISES_MAX = 20

/** Something that a text promises: where it stands, and when it comes due; null where the text does not say when. */
export type FoundPromise = Readonly<{ start: number; end: number; phrase: string; dueAt: Instant | null }>

/** What a text is read with: its language, when it is written, and the firm's calendar for working days. */
export type ReplyReading = Readonly<{ language: ReplyLanguage; now: Instant; calendar: Calendar }>

type Sentence = Readonly<{ start: number; text: string }>

// A dot after a digit ends no sentence: 18.00, 1.500.
const SENTENCE = /(?:[^.!?\n]|\.(?=\d))+/gu

const sentencesOf = (text: string): readonly Sentence[] =>
  [...text.matchAll(SENTENCE)].map((found) => ({ start: found.index, text: found[0] }))

/** The sentence of a text that a place lies in. */
export const sentenceAt = (text: string, place: number): string =>
  sentencesOf(text)
    .findLast(({ start }) => start <= place)
    ?.text.trim() ?? ''

/** How often a text apologises: once a sentence at most. */
export const countApologies = (text: string, language: ReplyLanguage): number =>
  sentencesOf(text).filter((one) => replyWords[language].apology.test(one.text)).length

/** The promises in a text, in their order. A time that is over when the text is written promises nothing. */
export function findPromises(text: string, reading: ReplyReading): readonly FoundPromise[] {
  const words = replyWords[reading.language]
  return sentencesOf(text)
    .flatMap(({ start, text: sentence }): readonly FoundPromise[] => {
      const times = timesIn(sentence, words, reading).filter(({ dueAt }) => dueAt === null || dueAt > reading.now)
      if (times.length > 0) return times.map((one) => ({ ...one, start: start + one.start, end: start + one.end }))
      if (!words.intent.test(sentence)) return []
      const phrase = sentence.trim()
      const from = start + sentence.indexOf(phrase)
      return [{ start: from, end: from + phrase.length, phrase, dueAt: null }]
    })
    .slice(0, PROMISES_MAX)
}

function timesIn(sentence: string, words: ReplyWords, reading: ReplyReading): readonly FoundPromise[] {
  const found: FoundPromise[] = []
  for (const { pattern, read } of timePatterns(words, reading)) {
    for (const match of sentence.matchAll(pattern)) {
      const [phrase] = match
      const [start, end] = [match.index, match.index + phrase.length]
      if (found.some((one) => start < one.end && one.start < end)) continue
      const dueAt = read(match, clockAfter(sentence.slice(end)))
      if (dueAt !== undefined) found.push({ start, end, phrase: phrase.trim(), dueAt })
    }
  }
  return found.toSorted((a, b) => a.start - b.start)
}

type TimePattern = Readonly<{
  pattern: RegExp
  /** When it comes due; undefined where the words mean no time after all. `minute` is the time of day beside it. */
  read: (match: RegExpExecArray, minute: number | null) => Instant | undefined
}>

const alternatives = (words: readonly string[]): string => words.toSorted((a, b) => b.length - a.length).join('|')
const whole = (inner: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${inner})(?![\\p{L}\\p{N}])`, 'giu')

function timePatterns(words: ReplyWords, reading: ReplyReading): readonly TimePattern[] {
  const { now, calendar } = reading
  const zone = zoneOf(calendar.zone)
  if (zone === null) return []
  const today = dateAt(zone, now)
  const endOf = (day: DayNumber, minute: number | null): Instant =>
    minute === null ? startOfDate(zone, day + 1) : instant(zone.closing(day, minute) * MINUTE_MS)
  const amount = `(\\d{1,3}|${alternatives(Object.keys(words.numbers))})`
  const numberOf = (text: string): number => words.numbers[text.toLowerCase()] ?? Number(text)
  const names = Object.keys(words.units)
  return [
    {
      pattern: whole(`${words.within}\\s+${amount}\\s+(${alternatives(names)})`),
      read: (match) =>
        spanEnd(numberOf(match[1] ?? ''), words.units[(match[2] ?? '').toLowerCase()], reading, endOf, today),
    },
    {
      pattern: whole(
        `(?:${words.by}\\s+)?(\\d{1,2})(?:${words.ordinal})?\\s+(${alternatives(Object.keys(words.months))})(?:\\s+(\\d{4}))?`,
      ),
      read: (match, minute) => {
        const month = words.months[(match[2] ?? '').toLowerCase()] ?? 0
        const day = dayOf(Number(match[1]), month, match[3] === undefined ? null : Number(match[3]), today)
        return day === null ? undefined : endOf(day, minute)
      },
    },
    {
      pattern: whole(`(?:${words.by}\\s+)?(${alternatives(Object.keys(words.days))})`),
      read: (match, minute) => endOf(today + (words.days[(match[1] ?? '').toLowerCase()] ?? 0), minute),
    },
    {
      pattern: whole(`(?:${words.by})\\s+(${alternatives(Object.keys(words.weekdays))})`),
      read: (match, minute) => {
        const ahead = (words.weekdays[(match[1] ?? '').toLowerCase()] ?? 0) - weekdayOf(today)
        return endOf(today + (((ahead % WEEK) + WEEK) % WEEK || WEEK), minute)
      },
    },
  ]
}

function spanEnd(
  amount: number,
  unit: ReplyWords['units'][string] | undefined,
  { now, calendar }: ReplyReading,
  endOf: (day: DayNumber, minute: null) => Instant,
  today: DayNumber,
): Instant | undefined {
  if (unit === undefined || !Number.isInteger(amount) || amount < 1 || amount > AMOUNT_MAX) return undefined
  if (unit === 'minutes') return instant(now + amount * MINUTE_MS)
  if (unit === 'hours') return instant(now + amount * HOUR_MS)
  if (unit === 'working_days') {
    const found = deadline(calendar, now, { unit, n: amount, rollover: false })
    return found.kind === 'ends' ? found.at : undefined
  }
  return endOf(today + amount * (unit === 'weeks' ? WEEK : 1), null)
}

/** The next such date from today on; the year where the text names one. */
function dayOf(day: number, month: number, year: number | null, today: DayNumber): DayNumber | null {
  const now = Number(dateText(today).slice(0, 4))
  const two = (value: number) => String(value).padStart(2, '0')
  const inYear = (one: number) => dayNumber(`${one}-${two(month)}-${two(day)}`)
  if (year !== null) return inYear(year)
  const near = inYear(now)
  return near !== null && today - near > BACK_DAYS_MAX ? inYear(now + 1) : near
}

/** The time of day that follows a date, such as `before 18.00`. */
function clockAfter(rest: string): number | null {
  const found = nearReply.exec(rest)
  if (found === null) return null
  const half = found[3]?.toLowerCase().startsWith('p') === true ? 12 : 0
  const hour = Number(found[1]) + (half === 12 && Number(found[1]) < 12 ? half : 0)
  const minute = Number(found[2] ?? 0)
  return hour < 24 && minute < 60 ? hour * 60 + minute : null
}
