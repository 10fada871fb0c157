import type { Tx } from '../db.ts'

/** A firm with more segments than this does not mean segments. */
const SEGMENTS_MAX = 50

/** How many segments one statement looks for; most firms have fewer. */
const HOPS = 8

// PostgreSQL has no scan that hops from one value to the next, and grouping would read every customer.
const hopFrom = (after: string): string =>
  `select min(segment) as segment from relationships where root is null and segment is not null and segment > ${after}`

const hops = Array.from({ length: HOPS }, (_, hop) => hop)
const NEXT_SEGMENTS = `
  with ${hops.map((hop) => `hop${hop} as materialized (${hopFrom(hop === 0 ? '$1' : `(select segment from hop${hop - 1})`)})`).join(', ')}
  select segment from (${hops.map((hop) => `select ${hop} as hop, segment from hop${hop}`).join(' union all ')}) as found
   where segment is not null order by hop`

/** The segments that customers are in, in order, at most 50. Hops from one to the next in the index of segments. */
export async function readSegments(tx: Tx): Promise<readonly string[]> {
  const segments: string[] = []
  while (segments.length < SEGMENTS_MAX) {
    const found = await tx.query<{ segment: string }>(NEXT_SEGMENTS, [segments.at(-1) ?? ''], 'next-segments')
    segments.push(...found.slice(0, SEGMENTS_MAX - segments.length).map(({ segment }) => segment))
    if (found.length < HOPS) break
  }
  return segments
}
