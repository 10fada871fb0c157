import { DAY_MS, type Instant, instant } from '../core/time/instant.ts'
import type { Tx } from '../store/db.ts'
import { readLinkKey, signLink } from './signed-link.ts'

/** Long enough to be found in a mailbox, and no longer: the page tells what is held. */
const OPEN_DAYS = 14

/** The path on which a customer sees what is held and objects, and until when it is open. */
export async function privacyPath(
  tx: Tx,
  customer: string,
  now: Instant,
): Promise<Readonly<{ path: string; expiresAt: Instant }>> {
  const expiresAt = instant(now + OPEN_DAYS * DAY_MS)
  const token = signLink(await readLinkKey(tx), { purpose: 'privacy', customer, subject: 'page', expiresAt })
  return { path: `/your-data/${token}`, expiresAt }
}
