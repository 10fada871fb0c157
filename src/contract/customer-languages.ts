import { locales } from './words.ts'

/**
 * The languages in which customers are spoken to. German stands beside those of the product, because the German
 * cancellation button must be readable where it is owed; not every page and message has it.
 */
export const customerLocales = [...locales, 'de'] as const
/** A language in which customers are spoken to. */
export type CustomerLocale = (typeof customerLocales)[number]

/** Each language in its own words. */
export const languageNames: Readonly<Record<CustomerLocale, string>> = {
  en: 'English',
  nl: 'Nederlands',
  ru: 'Русский',
  de: 'Deutsch',
}

/** How dates and numbers are written in each. */
export const speechTags: Readonly<Record<CustomerLocale, string>> = {
  en: 'en-GB',
  nl: 'nl-NL',
  ru: 'ru-RU',
  de: 'de-DE',
}
