import type { GroupFigure } from '../core/equality/compare-groups.ts'
import { type EqualityMeasure, type EqualityUnit, measureOf } from '../core/equality/measures.ts'
import { OTHER_LANGUAGE, type Trait } from '../core/equality/trait.ts'
import { equalityWords } from './words/equality.ts'
import type { Locale } from './words.ts'

/** What a trait is called; the firm's own has the name that it was given. */
export const traitLabel = (locale: Locale, trait: Trait, name: string | null): string =>
  trait === 'own' ? (name ?? '') : equalityWords[locale].traits[trait]

/** What a group is called: in the firm's words, and a language by its name. */
export function groupLabel(locale: Locale, trait: Trait, group: string): string {
  if (trait !== 'language') return group
  if (group === OTHER_LANGUAGE) return equalityWords[locale].otherLanguage
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(group) ?? group
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1)
}

/** What a measure is called. */
export const measureLabel = (locale: Locale, measure: EqualityMeasure): string =>
  equalityWords[locale].measures[measure].label

/** What a figure says, in one sentence. */
export function figureSentence(
  locale: Locale,
  measure: EqualityMeasure,
  { verdict, difference }: Pick<GroupFigure, 'verdict' | 'difference'>,
  label: string,
): string {
  const words = equalityWords[locale]
  if (verdict !== 'differs') return words[verdict]
  const { more, less } = words.measures[measure]
  const by = written(locale, Math.abs(difference), measureOf(measure).unit)
  return words.differs(label, (difference > 0 ? more : less)(by))
}

function written(locale: Locale, value: number, unit: EqualityUnit): string {
  const words = equalityWords[locale]
  const shown = Math.round((unit === 'hours' ? value : 100 * value) * 10) / 10
  const text = new Intl.NumberFormat(locale === 'en' ? 'en-GB' : locale, { maximumFractionDigits: 1 }).format(shown)
  switch (unit) {
    case 'hours':
      return words.hours(text, shown)
    case 'place':
      return words.places(text, shown)
    case 'share':
    case 'points':
      return words.points(text)
  }
}
