import type { CustomerEvent } from '../core/event.ts'
import type { LedgerEntry, StaticCovariate } from '../core/goodwill.ts'

export const locales = ['en', 'nl', 'ru'] as const
export type Locale = (typeof locales)[number]

export declare function ledgerSentence(
  locale: Locale,
  entry: LedgerEntry,
): Readonly<{ sentence: string; detail: string; fades: string }>
export declare function staticSentence(locale: Locale, covariate: StaticCovariate): string
export declare function eventSentence(locale: Locale, event: CustomerEvent): string
