import { type CustomerLocale, speechTags } from '../customer-languages.ts'
import type { Locale } from '../words.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { nl } from './nl.ts'
import { ru } from './ru.ts'
import type { FrameTexts, LeaveTexts, PageTexts } from './shape.ts'

/** The words of the public pages, by language. */
export const pageTexts: Readonly<Record<Locale, PageTexts>> = { en, nl, ru }

/** The words of leaving, and those that every page has, in each language in which customers are spoken to. */
export const leaveTexts: Readonly<Record<CustomerLocale, FrameTexts & Readonly<{ leave: LeaveTexts }>>> = {
  en,
  nl,
  ru,
  de,
}

/** A day in words, in the zone of the firm. */
export const dayInWords = (locale: CustomerLocale, ms: number, timeZone: string): string =>
  new Intl.DateTimeFormat(speechTags[locale], { day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(ms)
