import type { Language } from './language.ts'
import type { Words } from './words/en.ts'

/** Each language is a file of its own: nobody loads what he does not read. */
const files: Readonly<Record<Language, () => Promise<Words>>> = {
  en: async () => (await import('./words/en.ts')).en,
  nl: async () => (await import('./words/nl.ts')).nl,
  ru: async () => (await import('./words/ru.ts')).ru,
}

const learned = new Map<Language, Words>()

/** Loads the words of a language; to be awaited before anything is said in it. */
export async function learn(language: Language): Promise<void> {
  if (!learned.has(language)) learned.set(language, await files[language]())
}

/** The words of a language that was learned. */
export function wordsIn(language: Language): Words {
  const words = learned.get(language)
  if (words === undefined) throw new Error(`the words of ${language} were not loaded`)
  return words
}
