import { assert } from '../../core/assert.ts'
import { type Instant, instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'
import { notRetracted } from './retracted.ts'

// The customer's own mistakes are failures of the relationship, and nobody's let-down.
const LET_DOWN = `e.counted_as = 'let-down' and ${notRetracted}`

/** A number of JavaScript is exact up to 53 bits; window 0 takes one. */
const WINDOWS_MAX = 52

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
       from (select coalesce(e.category, '') as category,
                    floor(date_part('epoch', $1::timestamptz - e.at) / 604800)::int as week, count(*) as count
               from events e
              where e.at > $1::timestamptz - make_interval(days => $2 * 7) and e.at <= $1 and ${LET_DOWN}
              group by 1, 2) as counted
      group by category order by sum(count) desc, category limit $3`,
    [rfc3339(asOf), weekCount, causesMax],
  )
}

/**
 * How many customers were let down in windows of `days`, which may be a part of one, that end 0, 1, 2, … `weekCount`
 * weeks before `asOf`; windows without any are missing.
 */
export async function readLetDownCustomers(
  tx: Tx,
  { asOf, days, weekCount }: Readonly<{ asOf: Instant; days: number; weekCount: number }>,
): Promise<ReadonlyMap<number, number>> {
  assert(weekCount <= WINDOWS_MAX, 'a set of windows fits a number')
  const sets = await tx.query<{ windows: number; customers: number }>(
    // A let-down counts in a run of windows, from "first" back to "last". Those of one customer are the bits of a
    // number, and few numbers differ: customers need not be sorted.
    `select windows, count(*)::int as customers
       from (select customer, bit_or((1::bigint << last + 1) - (1::bigint << first)) as windows
               from (select customer, greatest(floor((age - $2::float8) / 7)::int + 1, 0) as first,
                            least(floor(age / 7)::int, $3) as last
                       from (select e.customer, date_part('epoch', $1::timestamptz - e.at) / 86400 as age
                               from events e
                              where e.at > $1::timestamptz - make_interval(secs => ($2::float8 + 7 * $3) * 86400)
                                and e.at <= $1 and ${LET_DOWN} offset 0) as aged) as runs
              where first <= last
              group by customer) as let_down
      group by windows`,
    [rfc3339(asOf), days, weekCount],
  )
  const customersBack = new Map<number, number>()
  for (const { windows, customers } of sets) {
    for (let back = 0; back <= weekCount; back += 1) {
      if (Math.floor(windows / 2 ** back) % 2 === 1) customersBack.set(back, (customersBack.get(back) ?? 0) + customers)
    }
  }
  return customersBack
}

/** Who noticed the let-downs of a period first, as far as it was said. */
export async function readDetection(
  tx: Tx,
  { from, asOf }: Readonly<{ from: Instant; asOf: Instant }>,
): Promise<Readonly<{ byCustomer: number; known: number }>> {
  const [row] = await tx.query<{ by_customer: number; known: number }>(
    `select count(*) filter (where e.detected_by = 'customer') as by_customer, count(e.detected_by) as known
       from events e where e.at > $1 and e.at <= $2 and ${LET_DOWN}`,
    [rfc3339(from), rfc3339(asOf)],
  )
  return { byCustomer: row?.by_customer ?? 0, known: row?.known ?? 0 }
}

/** The first failure on record: before it there is nothing to compare with. */
export async function readFirstFailureAt(tx: Tx): Promise<Instant | null> {
  const [row] = await tx.query<{ first: Date | null }>(
    // One by one: of several values at once PostgreSQL would read everything to find the first.
    `select min(at) as first
       from (select min(at) as at from events where counted_as = 'let-down'
             union all select min(at) from events where counted_as = 'own fault') as firsts`,
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
  const rows = await tx.query<{ week: number; count: number }>(
    `select week, count(*)::int as count
       from (select distinct e.customer, e.about_key,
                    floor(date_part('epoch', $1::timestamptz - e.at) / 604800)::int as week
               from events e
              where e.counted_as = 'failed recovery' and e.at > $1::timestamptz - make_interval(days => $2 * 7)
                and e.at <= $1 and ${notRetracted}) as apart
      group by week`,
    [rfc3339(asOf), weekCount],
  )
  const counts = new Map(rows.map(({ week, count }) => [week, count]))
  return Array.from({ length: weekCount }, (_, index) => counts.get(weekCount - 1 - index) ?? 0)
}
