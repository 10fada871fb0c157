import type { PreferencePurpose } from '../core/contact/preferences.ts'
import { DAY_MS, type Instant, instant } from '../core/time/instant.ts'
import type { Tx } from '../store/db.ts'
import { readLinkKey, signLink } from './signed-link.ts'

/** A no must still be possible from a mail that somebody finds again. */
const OPEN_DAYS = 365

/** The path on which a customer says what may be sent; `purpose` is what one click in a mail program stops. */
export async function preferencePath(
  tx: Tx,
  { customer, purpose, now }: Readonly<{ customer: string; purpose: PreferencePurpose; now: Instant }>,
): Promise<string> {
  const expiresAt = instant(now + OPEN_DAYS * DAY_MS)
  return `/preferences/${signLink(await readLinkKey(tx), { purpose: 'preferences', customer, subject: purpose, expiresAt })}`
}
