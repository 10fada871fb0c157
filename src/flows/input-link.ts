import { DAY_MS, type Instant, instant } from '../core/time/instant.ts'
import type { Tx } from '../store/db.ts'
import { readLinkKey, signLink } from './signed-link.ts'

/** Whoever takes part must be able to stop for as long as the round may last. */
const OPEN_DAYS = 730

/** The path of the page on which a customer says whether she takes part, has ideas, and stops. */
export async function inputPath(
  tx: Tx,
  { customer, round, now }: Readonly<{ customer: string; round: string; now: Instant }>,
): Promise<string> {
  const expiresAt = instant(now + OPEN_DAYS * DAY_MS)
  return `/input/${signLink(await readLinkKey(tx), { purpose: 'input', customer, subject: round, expiresAt })}`
}
