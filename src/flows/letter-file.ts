import type { StoredLetter } from '../store/letters.ts'

/** The name under which a letter is saved and attached. */
export const letterFileName = ({
  case: id,
  letter,
  language,
}: Pick<StoredLetter, 'case' | 'letter' | 'language'>): string =>
  `${id.replaceAll(/\W/g, '')}-${letter.replaceAll(/\W/g, '-')}-${language}.pdf`

/** How a PDF travels: to be saved under this name, and kept by nobody on the way. */
export const paperHeaders = (name: string) => ({
  'content-type': 'application/pdf',
  'content-disposition': `attachment; filename="${name}"`,
  'cache-control': 'no-store',
})
