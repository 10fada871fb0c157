import type { Estimate } from '../contract/show.ts'
import { type Language, localeOf } from './language.ts'
import { roundTo } from './rounding.ts'

/** How numbers stand on the screen (design, look section 4): a true minus, the reader's separators, ranges smaller. */

const MINUS = '\u2212'
/** A narrow space that does not break, between a number and its unit. */
export const THIN = '\u202f'
const WHOLE_MONEY_MIN = 10

const formats = new Map<string, Intl.NumberFormat>()

function format(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.NumberFormat(localeOf[language], options)
  formats.set(key, known)
  return known
}

const typographic = (text: string) => text.replaceAll('-', MINUS).replaceAll('\u00a0', THIN)

/** A number with a fixed count of decimals and a true minus. */
export function decimal(language: Language, value: number, decimals = 0): string {
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  return typographic(format(language, options).format(roundTo(value, decimals)))
}

/** A count: exact, grouped as the reader is used to. */
export const count = (language: Language, value: number): string => decimal(language, value, 0)

/** A difference or a goodwill amount: `+` and minus always written, none on zero. */
export function signed(language: Language, value: number, decimals = 2): string {
  const rounded = roundTo(value, decimals)
  return rounded > 0 ? `+${decimal(language, rounded, decimals)}` : decimal(language, rounded, decimals)
}

const percentDecimals = (chance: number) => (chance > 0 && (chance < 0.0995 || chance > 0.9005) && chance < 1 ? 1 : 0)

/** A chance as a percentage: whole, one decimal under 10 and over 90. `76 %`. */
export const percent = (language: Language, chance: number): string =>
  `${decimal(language, chance * 100, percentDecimals(chance))}${THIN}%`

/** Figures after the comma of a currency: 2 of the euro, 3 of the dinar of Kuwait, none of the yen. */
export const fractionDigits = (currency: string): number =>
  format('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** Minor units of a currency in its main unit: 1999 EUR is 19.99. */
export const majorOf = (minor: number, currency: string): number => minor / 10 ** fractionDigits(currency)

/** A number as it was typed, with a comma or a point; NaN where it is none. Spaces between thousands do no harm. */
export function typedNumber(typed: string): number {
  const text = typed.replaceAll(/\s/g, '').replace(MINUS, '-').replace(',', '.')
  return text === '' ? Number.NaN : Number(text)
}

/** Minor units of an amount as it was typed: `12,50` EUR is 1250. Nothing typed is no money. */
export const minorOf = (typed: string, currency: string): number =>
  typed.trim() === '' ? 0 : Math.round(typedNumber(typed) * 10 ** fractionDigits(currency))

/** A number as the reader would type it: with the own decimal sign, and no thousands apart. */
export const asTyped = (language: Language, value: number, decimals = 4): string =>
  format(language, { useGrouping: false, maximumFractionDigits: decimals }).format(value)

/** Minor units of a currency as the reader would type the amount: 1999 EUR is `19,99` in Dutch. */
export const amountAsTyped = (language: Language, minor: number, currency: string): string =>
  asTyped(language, majorOf(minor, currency))

/** Money from minor units: without cents on screens, with cents under 10 of the main unit. */
export function money(language: Language, minor: number, currency: string): string {
  const amount = majorOf(minor, currency)
  const cents = Math.abs(amount) < WHOLE_MONEY_MIN && amount !== Math.round(amount)
  const digits = cents ? fractionDigits(currency) : 0
  const options = {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  } as const
  return typographic(format(language, options).format(roundTo(amount, digits)))
}

/** A range of money with its symbol once: `€554\u2013618`, `554\u2013618 €`. */
export function moneyRange(
  language: Language,
  ends: Pick<Estimate, 'low' | 'high'>,
  currency: string,
  to: string,
): string {
  const low = money(language, ends.low, currency)
  const high = money(language, ends.high, currency)
  if (low.includes(MINUS) || high.includes(MINUS)) return range(low, high, to)
  const before = low.match(/^[^0-9]+/)?.[0] ?? ''
  const after = low.match(/[^0-9]+$/)?.[0] ?? ''
  // What stands before the numbers, or after them, is said once.
  if (before !== '' && high.startsWith(before)) return range(low, high.slice(before.length), to)
  if (after !== '' && high.endsWith(after)) return range(low.slice(0, low.length - after.length), high, to)
  return range(low, high, to)
}

/** Two ends of a range: a dash, or a word when a sign occurs, so that minus and dash cannot be confused. */
export function range(low: string, high: string, to: string): string {
  const hasSign = `${low}${high}`.includes(MINUS) || `${low}${high}`.includes('+')
  return hasSign ? `${low} ${to} ${high}` : `${low}\u2013${high}`
}

/** What is usual: one number where both ends are the same. */
export const usualRange = (low: string, high: string, to: string): string => (low === high ? low : range(low, high, to))

/** A range of chances without the percent sign: `67\u201382`. */
export function percentRange(language: Language, estimate: Pick<Estimate, 'low' | 'high'>, to: string): string {
  // One decimal only where both ends need it: beside `86 %` an end of `91.7` would claim more than is known.
  const decimals = Math.min(percentDecimals(estimate.low), percentDecimals(estimate.high))
  const ends = [estimate.low, estimate.high].map((end) => decimal(language, end * 100, decimals))
  return range(ends[0] ?? '', ends[1] ?? '', to)
}

/** Bytes in the unit that a person would use: `1.2 MB`. */
export function bytes(language: Language, size: number): string {
  const unit = size < 1e6 ? 'kB' : size < 1e9 ? 'MB' : 'GB'
  const scale = size < 1e6 ? 1e3 : size < 1e9 ? 1e6 : 1e9
  return `${decimal(language, size / scale, size / scale < 10 ? 1 : 0)}${THIN}${unit}`
}
