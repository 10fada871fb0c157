import { type Locale, termInWords } from '../words.ts'
import { en } from './case-en.ts'
import { nl } from './case-nl.ts'
import { ru } from './case-ru.ts'
import type { CasePageTexts } from './case-shape.ts'

/** The words of the pages of a case, by language. */
export const casePageTexts: Readonly<Record<Locale, CasePageTexts>> = { en, nl, ru }

/** What a case is about as long as nobody said it better: its category, else the report. */
export const aboutInWords = (locale: Locale, category: string | null): string =>
  category === null ? casePageTexts[locale].report : termInWords(locale, category)
