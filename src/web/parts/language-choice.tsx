import { languageNames, languages } from '../language.ts'
import { prefer, usePreferences } from '../preferences.ts'
import { useSpeech } from '../words.ts'
import { Segmented } from './segmented.tsx'

/** The language of the screen, each written in itself. */
export function LanguageChoice() {
  const { w } = useSpeech()
  const { language } = usePreferences()
  return (
    <Segmented
      legend={w.settings.language}
      value={language}
      onChange={(next) => prefer({ language: next })}
      options={languages.map((value) => ({ value, label: languageNames[value] }))}
    />
  )
}
