/** The languages of the screen. */
export const languages = ['en', 'nl', 'ru'] as const
export type Language = (typeof languages)[number]

/** Each language, written in itself. */
export const languageNames = { en: 'English', nl: 'Nederlands', ru: 'Русский' } as const

/** The locale whose rules for numbers and dates a language uses. English follows Europe: day before month. */
export const localeOf = { en: 'en-GB', nl: 'nl-NL', ru: 'ru-RU' } as const satisfies Record<Language, string>

/** The language that fits a locale tag best, or undefined when we do not speak it. */
export function languageOf(tag: string): Language | undefined {
  const start = tag.toLowerCase().split('-')[0]
  return languages.find((language) => language === start)
}

/** Forms of a noun by number; `few` and `many` are for Russian, the others fall back to `other`. */
export type Forms = Readonly<{ one: string; few?: string; many?: string; other: string }>

const rules = new Map<Language, Intl.PluralRules>()

/** The form of a noun that goes with a count, by the rules of the language. */
export function plural(language: Language, count: number, forms: Forms): string {
  const known = rules.get(language) ?? new Intl.PluralRules(localeOf[language])
  rules.set(language, known)
  const category = known.select(Math.abs(count))
  if (category === 'one') return forms.one
  if (category === 'few') return forms.few ?? forms.other
  if (category === 'many') return forms.many ?? forms.other
  return forms.other
}
