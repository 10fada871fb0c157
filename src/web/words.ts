import { createContext, useContext } from 'react'
import * as dates from './dates.ts'
import { wordsIn } from './dictionaries.ts'
import type { Language } from './language.ts'
import * as numbers from './numbers.ts'
import { usePreferences } from './preferences.ts'
import type { Words } from './words/en.ts'

const AGE_MS_MAX = 14 * 86_400_000

/** Everything a component needs to speak: the words and the writing of numbers and dates in the reader's language. */
export type Speech = Readonly<{
  language: Language
  timeZone: string
  w: Words
  count: (value: number) => string
  decimal: (value: number, decimals: number) => string
  signed: (value: number, decimals?: number) => string
  percent: (chance: number) => string
  money: (minor: number, currency: string) => string
  /** `80 %: 67–82` for chances. */
  percentInterval: (of: Readonly<{ low: number; high: number }>, level?: 80 | 95) => string
  moneyInterval: (of: Readonly<{ low: number; high: number }>, currency: string) => string
  signedInterval: (of: Readonly<{ low: number; high: number }>, decimals?: number) => string
  day: (ms: number) => string
  dayTime: (ms: number) => string
  dueTime: (ms: number) => string
  fullDay: (ms: number) => string
  month: (ms: number, withYear?: boolean) => string
  age: (ms: number) => string
}>

/** The speech of one language and time zone at one moment; `now` decides ages and which dates carry a year. */
function speechOf(place: dates.Place, now: () => number): Speech {
  const { language } = place
  const w = wordsIn(language)
  const level = (percent: number) => `${percent}${numbers.THIN}%: `
  return {
    language,
    timeZone: place.timeZone,
    w,
    count: (value) => numbers.count(language, value),
    decimal: (value, decimals) => numbers.decimal(language, value, decimals),
    signed: (value, decimals) => numbers.signed(language, value, decimals),
    percent: (chance) => numbers.percent(language, chance),
    money: (minor, currency) => numbers.money(language, minor, currency),
    percentInterval: (of, at = 80) => level(at) + numbers.percentRange(language, of, w.to),
    moneyInterval: (ends, currency) => level(80) + numbers.moneyRange(language, ends, currency, w.to),
    signedInterval: ({ low, high }, decimals) =>
      level(80) +
      numbers.range(numbers.signed(language, low, decimals), numbers.signed(language, high, decimals), w.to),
    day: (ms) => dates.day(place, ms, now()),
    dayTime: (ms) => dates.dayTime(place, ms, now()),
    dueTime: (ms) => dates.dueTime(place, ms, now()),
    fullDay: (ms) => dates.fullDay(place, ms),
    month: (ms, withYear) => dates.month(place, ms, withYear),
    // Old data are read as of their newest event: thousands of days say less than the date.
    age: (ms) => (now() - ms > AGE_MS_MAX ? dates.fullDay(place, ms) : w.age(dates.ageOf(ms, now()))),
  }
}

/** The time zone of the firm; that of the browser before anybody is signed in. */
export const FirmTimeZone = createContext(Intl.DateTimeFormat().resolvedOptions().timeZone)

/** The speech of this reader. */
export function useSpeech(): Speech {
  const { language } = usePreferences()
  return speechOf({ language, timeZone: useContext(FirmTimeZone) }, Date.now)
}
