import type { StoredLetter } from '../store/letters.ts'

/** The name under which a letter is saved and attached. */
export const letterFileName = ({
  case: id,
  letter,
  language,
}: Pick<StoredLetter, 'case' | 'letter' | 'language'>): string =>
  `${id.replaceAll(/\W/g, '')}-${letter.replaceAll(/\W/g, '-')}-${language}.pdf`
