import { en } from './page-texts/case-en.ts'
import { nl } from './page-texts/case-nl.ts'
import { ru } from './page-texts/case-ru.ts'
import type { CasePageTexts } from './page-texts/case-shape.ts'
import type { Locale } from './words.ts'

/** The words of the pages of a case, by language. */
export const casePageTexts: Readonly<Record<Locale, CasePageTexts>> = { en, nl, ru }
