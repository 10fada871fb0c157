import { assert } from '../../core/assert.ts'
import { DAY_MS, type Instant, instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'
import { instantIn, notRetracted } from './retracted.ts'

type Period = Readonly<{ from: Instant; asOf: Instant }>

/** What fell due in a period, and how much of it was done by then. */
export type Due = Readonly<{ due: number; inTime: number }>

// Days, because the offset of a time zone moves a text by less than one.
const bounds = ({ from, asOf }: Period): readonly string[] => [
  rfc3339(from),
  rfc3339(asOf),
  rfc3339(instant(from - DAY_MS)),
  rfc3339(instant(asOf + DAY_MS)),
]

// `materialized`: what falls due is found once, by its index, and the outcomes are joined to it by hash. PostgreSQL
// knows nothing of texts within events; left to itself it expects one row and loops (1.2 s instead of 0.09 s over
// 4 million events, 2026-11-22).
const fallingDue = (countedAs: string) => `
  due as materialized (
    select customer, own_key, about_key, at, due
      from (select e.customer, e.own_key, e.about_key, e.at, ${instantIn('e.told_at')} as due
              from events e
             where e.counted_as in (${countedAs}) and e.told_at >= $3 and e.told_at < $4 and e.at <= $2::timestamptz
               and ${notRetracted} offset 0) as told
     where due > $1::timestamptz and due <= $2::timestamptz)`

// What was said before the first of those that fell due can have settled none of them; what was said before one of them
// did not settle that one.
const SINCE_FIRST = 'e.at >= (select min(at) from due) and e.at <= $2'

/** Promises that fell due, and those kept or exceeded by their time, and not said to be broken before. */
export async function readPromisesDue(tx: Tx, period: Period): Promise<Due> {
  const [row] = await tx.query<{ due: number; in_time: number }>(
    `with ${fallingDue(`'promise'`)},
     outcome as (
       select e.customer, e.about_key, e.at, e.counted_as = 'broken' as is_broken,
              case when e.told_at is null then e.at else coalesce(${instantIn('e.told_at')}, e.at) end as kept_at
         from events e
        where e.counted_as in ('kept', 'exceeded', 'broken') and ${SINCE_FIRST} and ${notRetracted})
     select count(*) as due, count(*) filter (where kept <= due and (broken is null or broken > kept)) as in_time
       -- Of one customer are both, so that each node of a cluster joins its own.
       from (select due.customer, due.own_key, due.due, min(outcome.at) filter (where is_broken) as broken,
                    min(kept_at) filter (where not is_broken) as kept
               from due left join outcome on outcome.customer = due.customer and outcome.about_key = due.about_key
                                         and outcome.at >= due.at
              group by 1, 2, 3) as judged`,
    bounds(period),
  )
  return { due: row?.due ?? 0, inTime: row?.in_time ?? 0 }
}

/** What fell due in a period, and by week: the last one is 0. */
export type DueByWeek = Readonly<{ period: Due; weeks: ReadonlyMap<number, Due> }>

/**
 * Failures with a date promised for the fix that fell due, and those fixed by it, in the `weekCount` weeks before
 * `asOf` and in a period within them. A fix after which the recovery failed within 14 days was none (trap T29).
 */
export async function readFixesDue(
  tx: Tx,
  { from, asOf, weekCount }: Period & Readonly<{ weekCount: number }>,
): Promise<DueByWeek> {
  const start = instant(asOf - weekCount * 7 * DAY_MS)
  assert(from >= start, 'the period lies within the weeks')
  const rows = await tx.query<{ week: number; recent: boolean; due: number; in_time: number }>(
    // A float's weeks: PostgreSQL extracts a decimal number, and dividing that takes three times as long.
    `with ${fallingDue(`'let-down', 'own fault'`)},
     failed as materialized (
       select e.customer, e.about_key, e.at
         from events e
        where e.counted_as = 'failed recovery' and ${SINCE_FIRST} and ${notRetracted}),
     fixed as (
       select e.customer, e.about_key, e.at
         from events e
        where e.counted_as = 'fixed' and ${SINCE_FIRST} and ${notRetracted}
          and not exists (
            select 1 from failed
             where failed.customer = e.customer and failed.about_key = e.about_key
               and failed.at > e.at and failed.at <= e.at + interval '14 days'))
     select floor(date_part('epoch', $2::timestamptz - due) / 604800)::int as week, due > $5 as recent,
            count(*)::int as due, (count(*) filter (where fixed_at <= due))::int as in_time
       from (select due.customer, due.own_key, due.due, min(fixed.at) as fixed_at
               from due left join fixed on fixed.customer = due.customer and fixed.about_key = due.about_key
                                       and fixed.at >= due.at
              group by 1, 2, 3) as judged
      group by 1, 2`,
    [...bounds({ from: start, asOf }), rfc3339(from)],
  )
  const sumOf = (counted: typeof rows): Due => ({
    due: counted.reduce((sum, { due }) => sum + due, 0),
    inTime: counted.reduce((sum, { in_time: inTime }) => sum + inTime, 0),
  })
  const weeks = Map.groupBy(rows, ({ week }) => week)
  return {
    period: sumOf(rows.filter(({ recent }) => recent)),
    weeks: new Map([...weeks].map(([week, counted]) => [week, sumOf(counted)])),
  }
}
