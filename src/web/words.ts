import * as dates from './dates.ts'
import type { Language } from './language.ts'
import * as numbers from './numbers.ts'
import { usePreferences } from './preferences.ts'
import { en, type Words } from './words/en.ts'
import { nl } from './words/nl.ts'
import { ru } from './words/ru.ts'

const AGE_MS_MAX = 14 * 86_400_000

const dictionaries: Readonly<Record<Language, Words>> = { en, nl, ru }

/** Everything a component needs to speak: the words and the writing of numbers and dates in the reader's language. */
export type Speech = Readonly<{
  language: Language
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
  fullDay: (ms: number) => string
  month: (ms: number, withYear?: boolean) => string
  age: (ms: number) => string
}>

/** The speech of one language at one moment; `now` decides ages and which dates carry a year. */
function speechOf(language: Language, now: () => number): Speech {
  const w = dictionaries[language]
  const level = (percent: number) => `${percent}${numbers.THIN}%: `
  return {
    language,
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
    day: (ms) => dates.day(language, ms, now()),
    dayTime: (ms) => dates.dayTime(language, ms, now()),
    fullDay: (ms) => dates.fullDay(language, ms),
    month: (ms, withYear) => dates.month(language, ms, withYear),
    // Old data are read as of their newest event: thousands of days say less than the date.
    age: (ms) => (now() - ms > AGE_MS_MAX ? dates.fullDay(language, ms) : w.age(dates.ageOf(ms, now()))),
  }
}

/** The speech of this reader. */
export const useSpeech = (): Speech => speechOf(usePreferences().language, Date.now)
