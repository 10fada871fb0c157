import { type Locale, locales } from '../contract/words.ts'
import type { Relationship } from '../core/relationship/relationship.ts'

/** The language in which a customer is written to: hers, if we speak it; else English. */
export const spokenBy = ({ person }: Relationship): Locale =>
  locales.find((one) => person.locale?.toLowerCase().startsWith(one)) ?? 'en'
