import { en } from './page-texts/en.ts'
import { nl } from './page-texts/nl.ts'
import { ru } from './page-texts/ru.ts'
import type { PageTexts } from './page-texts/shape.ts'
import type { Locale } from './words.ts'

/** The words of the public pages, by language. */
export const pageTexts: Readonly<Record<Locale, PageTexts>> = { en, nl, ru }

/** Each language in its own words. */
export const languageNames: Readonly<Record<Locale, string>> = { en: 'English', nl: 'Nederlands', ru: 'Русский' }

const speech: Readonly<Record<Locale, string>> = { en: 'en-GB', nl: 'nl-NL', ru: 'ru-RU' }

/** A day in words, in the zone of the firm. */
export const dayInWords = (locale: Locale, ms: number, timeZone: string): string =>
  new Intl.DateTimeFormat(speech[locale], { day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(ms)

/** A day with its time and zone in words. */
export const momentInWords = (locale: Locale, ms: number, timeZone: string): string =>
  new Intl.DateTimeFormat(speech[locale], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(ms)
