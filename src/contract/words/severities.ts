import type { Severity } from '../../core/relationship/failure.ts'

/** What a severity is called. */
export const severityWords: Readonly<Record<'en' | 'nl' | 'ru', Readonly<Record<Severity, string>>>> = {
  en: { minor: 'minor', major: 'major', critical: 'critical' },
  nl: { minor: 'klein', major: 'groot', critical: 'kritiek' },
  ru: { minor: 'незначительная', major: 'серьёзная', critical: 'критическая' },
}
