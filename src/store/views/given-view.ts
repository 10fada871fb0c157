import { type Instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'
import { notTakenBack } from './retracted.ts'

/** What was given in a period: compensations, and gestures with rewards, in minor units of one currency. */
export type Given = Readonly<{ currency: string | null; compensation: number; gestures: number; count: number }>

/** By currency, the largest count first; null is where none was told. */
export async function readGiven(
  tx: Tx,
  { from, asOf }: Readonly<{ from: Instant; asOf: Instant }>,
): Promise<readonly Given[]> {
  return tx.query<Given>(
    `select e.data ->> 'currency' as currency,
            coalesce(sum((e.data ->> 'value')::bigint) filter (where e.type = 'failure.compensated'), 0)::bigint as compensation,
            coalesce(sum(coalesce((e.data ->> 'cost')::bigint, (e.data ->> 'value')::bigint))
                       filter (where e.type <> 'failure.compensated'), 0)::bigint as gestures,
            count(*)::int as count
       from events e
      where e.type in ('failure.compensated', 'gesture.made', 'reward.granted')
        and e.at > $1 and e.at <= $2 and ${notTakenBack('e')}
      group by 1 order by 4 desc, 1`,
    [rfc3339(from), rfc3339(asOf)],
  )
}
