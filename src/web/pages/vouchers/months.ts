import { at, fullMonth, month } from '../../dates.ts'
import type { Language } from '../../language.ts'

// Months of the ledger are calendar months in UTC, whatever the time zone of the firm.
const place = (language: Language) => ({ language, timeZone: 'UTC' })
const startOf = (text: string) => at(`${text}-01T00:00:00Z`)

/** `January 2027` from `2027-01`. */
export const monthOf = (language: Language, text: string): string => fullMonth(place(language), startOf(text))

/** `Jan 27` from `2027-01`. */
export const shortMonth = (language: Language, text: string): string => month(place(language), startOf(text), true)
