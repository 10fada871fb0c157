import { DAY_MS, type Instant, instant } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'

/** Older than this, the newest event says that the data are history, not a stream. */
const STREAM_DAYS = 14

/**
 * The instant that screens speak of: now, or the time of the newest event when that is more than 14 days old, as it
 * is after the import of a historic file. Without any event: now.
 */
export async function readAsOf(tx: Tx, now: Instant): Promise<Instant> {
  const newest = await readNewest(tx)
  return newest === null ? now : asOf(newest, now)
}

/** The time of the newest event of any customer; null when there is none. */
export async function readNewest(tx: Tx): Promise<Instant | null> {
  const [row] = await tx.query<{ newest: Date | null }>(
    'select max(last_at) as newest from relationships where root is null',
    [],
    'newest-event',
  )
  return row?.newest ? instant(row.newest.getTime()) : null
}

const REMEMBERED_MS = 1_000

/**
 * Reads as `readAsOf`, and asks at most once a second while events stream in: whatever comes after a recent event, the
 * answer is now. Of history it asks every time.
 */
export function asOfReader(): (tx: Tx, now: Instant) => Promise<Instant> {
  let until = Number.NEGATIVE_INFINITY
  return async (tx, now) => {
    if (now < until) return now
    const newest = await readNewest(tx)
    if (newest === null) return now
    const at = asOf(newest, now)
    if (at === now) until = now + REMEMBERED_MS
    return at
  }
}

/** The rule of `readAsOf` for a newest event that is known already. */
export const asOf = (newest: Instant, now: Instant): Instant => (newest < now - STREAM_DAYS * DAY_MS ? newest : now)
