import type { Locale } from './words.ts'

const speech: Readonly<Record<Locale, string>> = { en: 'en-GB', nl: 'nl-NL', ru: 'ru-RU' }

/** An amount in minor units with its cents, as letters and public pages write it: `€12.50`. */
export function amountInWords(locale: Locale, minor: number, currency: string): string {
  const format = new Intl.NumberFormat(speech[locale], { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}
