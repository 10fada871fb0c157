import { type CustomerLocale, speechTags } from './customer-languages.ts'

/** A day with its time and zone in words, for pages and papers. */
export const momentInWords = (locale: CustomerLocale, ms: number, timeZone: string): string =>
  inWords(locale, ms, { weekday: 'long', timeZone })

/** The same without the day of the week, for sentences of mails. */
export const momentInMail = (locale: CustomerLocale, ms: number, timeZone: string): string =>
  inWords(locale, ms, { timeZone })

function inWords(locale: CustomerLocale, ms: number, given: Readonly<{ timeZone: string; weekday?: 'long' }>): string {
  // Russian has no short names of zones but offsets (GMT+1), by which nobody knows a clock; it names places.
  const isByPlace = locale === 'ru' && given.timeZone !== 'UTC'
  const parts = new Intl.DateTimeFormat(speechTags[locale], {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: isByPlace ? 'shortGeneric' : 'short',
    ...given,
  }).formatToParts(ms)
  return parts.map(({ type, value }) => (isByPlace && type === 'timeZoneName' ? `(${value})` : value)).join('')
}
