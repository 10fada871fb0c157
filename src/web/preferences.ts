import { useSyncExternalStore } from 'react'
import { speak } from './api.ts'
import { learn } from './dictionaries.ts'
import { type Language, languageOf } from './language.ts'

/** What this browser remembers for its reader; nothing of it is known to the server. */
export type Preferences = Readonly<{
  language: Language
  theme: 'system' | 'light' | 'dark'
  /** Whether single letters act as commands. */
  letters: boolean
  /** Whether charts show their table instead. */
  tables: boolean
}>

const PLACE = 'amends-preferences'

function remembered(): Preferences {
  const spoken = navigator.languages.map(languageOf).find((language) => language !== undefined)
  const usual: Preferences = { language: spoken ?? 'en', theme: 'system', letters: true, tables: false }
  try {
    const kept: Partial<Record<keyof Preferences, unknown>> = JSON.parse(localStorage.getItem(PLACE) ?? '{}')
    return {
      language: languageOf(`${kept.language}`) ?? usual.language,
      theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : 'system',
      letters: kept.letters !== false,
      tables: kept.tables === true,
    }
  } catch {
    return usual
  }
}

let current = remembered()
const listeners = new Set<() => void>()

function apply(): void {
  const root = document.documentElement
  root.lang = current.language
  if (current.theme === 'system') delete root.dataset.theme
  else root.dataset.theme = current.theme
  speak(current.language)
}

apply()

function remember(preferences: Preferences): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(preferences))
  } catch {
    // A browser that forbids storage still gets the change for this visit.
  }
}

/** Changes preferences everywhere, a language as soon as its words are here, and remembers them where the browser allows it. */
export async function prefer(change: Partial<Preferences>): Promise<void> {
  try {
    await learn(change.language ?? current.language)
  } catch {
    // The server was renewed under an open window: the page as it is now has the words.
    remember({ ...current, ...change })
    location.reload()
    return
  }
  current = { ...current, ...change }
  apply()
  remember(current)
  for (const listener of listeners) listener()
}

/** The preferences of now, outside of a component. */
export const preferences = (): Preferences => current

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The preferences, and a new drawing whenever they change. */
export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, preferences)
