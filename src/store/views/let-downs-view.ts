import { type Instant, instant, rfc3339 } from '../../core/instant.ts'
import type { Tx } from '../db.ts'
import { notRetracted } from './retracted.ts'

// The customer's own mistakes are failures of the relationship, and nobody's let-down.
const LET_DOWN = `e.type = 'failure.occurred' and coalesce(e.data ->> 'atFault', 'firm') <> 'customer' and ${notRetracted}`

/** Let-downs of one category by week, oldest week first. */
export type CauseRow = Readonly<{ category: string; weeks: readonly number[] }>

/** The most frequent categories of the `weekCount` weeks that end at `asOf`. A failure without category is ''. */
export async function readCauses(
  tx: Tx,
  { asOf, weekCount, causesMax }: Readonly<{ asOf: Instant; weekCount: number; causesMax: number }>,
): Promise<readonly CauseRow[]> {
  const weeks = Array.from(
    { length: weekCount },
    (_, index) => `coalesce(sum(count) filter (where week = ${weekCount - 1 - index}), 0)::int`,
  )
  return tx.query<{ category: string; weeks: number[] }>(
    `select category, array[${weeks.join(', ')}] as weeks
       from (select coalesce(e.data ->> 'category', '') as category,
                    floor(extract(epoch from $1::timestamptz - e.at) / 604800)::int as week, count(*) as count
               from events e
              where e.at > $1::timestamptz - make_interval(days => $2 * 7) and e.at <= $1 and ${LET_DOWN}
              group by 1, 2) as counted
      group by category order by sum(count) desc, category limit $3`,
    [rfc3339(asOf), weekCount, causesMax],
  )
}

/**
 * How many customers were let down in windows of `days` (a part of one, too) that end 0, 1, 2, … weeks before `asOf`; windows without any
 * are missing.
 */
export async function readLetDownCustomers(
  tx: Tx,
  { asOf, days, weekCount }: Readonly<{ asOf: Instant; days: number; weekCount: number }>,
): Promise<ReadonlyMap<number, number>> {
  const rows = await tx.query<{ back: number; customers: number }>(
    // Distinct first, then counted: hashed, where count(distinct ...) would sort.
    `select back, count(*)::int as customers
       from (select distinct customer, back
               from (select e.customer, extract(epoch from $1::timestamptz - e.at)::float8 / 86400 as age
                       from events e
                      where e.at > $1::timestamptz - make_interval(secs => ($2::float8 + 7 * $3) * 86400) and e.at <= $1
                        and ${LET_DOWN}) as counted,
                    generate_series(greatest(0, floor((age - $2::float8) / 7)::int + 1), floor(age / 7)::int) as back) as apart
      group by back`,
    [rfc3339(asOf), days, weekCount],
  )
  return new Map(rows.map(({ back, customers }) => [back, customers]))
}

/** Who noticed the let-downs of a period first, as far as it was said. */
export async function readDetection(
  tx: Tx,
  { from, asOf }: Readonly<{ from: Instant; asOf: Instant }>,
): Promise<Readonly<{ byCustomer: number; known: number }>> {
  const [row] = await tx.query<{ by_customer: number; known: number }>(
    `select count(*) filter (where e.data ->> 'detectedBy' = 'customer') as by_customer,
            count(e.data ->> 'detectedBy') as known
       from events e where e.at > $1 and e.at <= $2 and ${LET_DOWN}`,
    [rfc3339(from), rfc3339(asOf)],
  )
  return { byCustomer: row?.by_customer ?? 0, known: row?.known ?? 0 }
}

/** The first failure on record: before it there is nothing to compare with. */
export async function readFirstFailureAt(tx: Tx): Promise<Instant | null> {
  const [row] = await tx.query<{ first: Date | null }>(
    `select min(at) as first from events where type = 'failure.occurred'`,
    [],
    'first-failure',
  )
  return row?.first ? instant(row.first.getTime()) : null
}

/**
 * Recoveries that failed, by week, oldest first: re-opened, closed without a fix, or not confirmed by the customer.
 * A failure counts once a week.
 */
export async function readDoubleDeviations(
  tx: Tx,
  { asOf, weekCount }: Readonly<{ asOf: Instant; weekCount: number }>,
): Promise<readonly number[]> {
  const one = (what: string) => `select e.customer, e.data ->> 'failure' as failure,
        floor(extract(epoch from $1::timestamptz - e.at) / 604800)::int as week
      from events e
     where ${what} and e.at > $1::timestamptz - make_interval(days => $2 * 7) and e.at <= $1 and ${notRetracted}`
  const rows = await tx.query<{ week: number; count: number }>(
    `select week, count(*)::int as count
       from (select distinct customer, failure, week
       from (${one(`e.type = 'failure.reopened'`)}
             union all ${one(`e.type = 'failure.confirmed' and e.data ->> 'satisfied' = 'false'`)}
             union all ${one(`e.type = 'failure.closed' and e.data ->> 'fixed' = 'false'`)}) as failed) as apart
      group by week`,
    [rfc3339(asOf), weekCount],
  )
  const counts = new Map(rows.map(({ week, count }) => [week, count]))
  return Array.from({ length: weekCount }, (_, index) => counts.get(weekCount - 1 - index) ?? 0)
}
