import type { Locale } from '../contract/words.ts'
import type { World } from './world.ts'

/** What stands for the host in a preview while the operator has named none. */
const NO_HOST = 'https://example.org'

/** An address as a mail will have it, with an ellipsis for what is signed when it is sent: a preview opens nothing. */
export const linkAhead = (
  { publicUrl = NO_HOST }: Pick<World, 'publicUrl'>,
  page: 'case' | 'remedy' | 'answer' | 'survey' | 'preferences',
  language: Locale,
): string => `${publicUrl}/${page}/\u2026?lang=${language}`
