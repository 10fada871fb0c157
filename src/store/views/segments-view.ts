import type { Tx } from '../db.ts'

/** A firm with more segments than this does not mean segments. */
const SEGMENTS_MAX = 50

/**
 * The segments that customers are in, in order, at most 50. Hops from one to the next in the index of segments:
 * PostgreSQL has no such scan of its own, and grouping would read every customer.
 */
export async function readSegments(tx: Tx): Promise<readonly string[]> {
  const segments: string[] = []
  let after = ''
  while (segments.length < SEGMENTS_MAX) {
    const [row] = await tx.query<{ segment: string | null }>(
      'select min(segment) as segment from relationships where root is null and segment is not null and segment > $1',
      [after],
      'next-segment',
    )
    if (!row || row.segment === null) break
    segments.push(row.segment)
    after = row.segment
  }
  return segments
}
