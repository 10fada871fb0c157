import { type Instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'
import { GESTURE_COLUMNS, type GestureState, type StoredGesture } from '../gestures.ts'

/** Customers who told of a moment, in the order of their keys, after one of them. */
export async function readTellersAfter(tx: Tx, after: string, limit: number): Promise<readonly string[]> {
  const rows = await tx.query<{ customer: string }>(
    `select distinct customer from events where type = 'moment.told' and customer > $1 order by customer limit $2`,
    [after, limit],
    'tellers-after',
  )
  return rows.map(({ customer }) => customer)
}

/** Customers who told of a moment, at most so many; of more, a sample that is the same each time. */
export async function sampleTellers(tx: Tx, most: number): Promise<readonly string[]> {
  const rows = await tx.query<{ customer: string }>(
    `select customer from (select distinct customer from events where type = 'moment.told') as told
      order by md5(customer) limit $1`,
    [most],
  )
  return rows.map(({ customer }) => customer)
}

/** How many customers told of a moment. */
export async function countTellers(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count from (select distinct customer from events where type = 'moment.told') as told`,
  )
  return row?.count ?? 0
}

/** How often one thing came of the moments of a rule; `because` says why nothing was given. */
export type GestureCount = Readonly<{
  rule: string
  state: GestureState
  because: string | null
  count: number
  costMinor: number
}>

/** What came of each rule, and by hand, since an instant; and how many wait for their day. */
export const countGestures = (tx: Tx, since: Instant): Promise<readonly GestureCount[]> =>
  tx.query<GestureCount>(
    `select rule, state, because, count(*)::int as count, sum(cost_minor)::float8 as "costMinor" from gestures
      where at >= $1 or state in ('waiting', 'to-do') group by rule, state, because order by rule, state, because`,
    [rfc3339(since)],
    'count-gestures',
  )

/** A gesture as a list shows it. */
export type ListedGesture = StoredGesture & Readonly<{ name: string | null }>

type Asked = Readonly<{
  states: readonly GestureState[]
  customers: readonly string[] | null
  /** Only those of these teams and of none; null is all. */
  teams: readonly string[] | null
  before: Readonly<{ at: string; customer: string; id: string }> | null
  limit: number
}>

/** The newest gestures first. */
export const listGestures = (
  tx: Tx,
  { states, customers, teams, before, limit }: Asked,
): Promise<readonly ListedGesture[]> =>
  tx.query<ListedGesture>(
    `select ${GESTURE_COLUMNS}, r.name from gestures g join relationships r on r.customer = g.customer
      where g.state = any($1) and ($2::text[] is null or g.customer = any($2))
        and ($3::text[] is null or g.team is null or g.team = any($3))
        and ($4::timestamptz is null or (g.at, g.customer, g.id) < ($4, $5, $6::uuid))
      order by g.at desc, g.customer desc, g.id desc limit $7`,
    [states, customers, teams, before?.at ?? null, before?.customer ?? null, before?.id ?? null, limit],
    'list-gestures',
  )

/** What became of a group of customers in the days after the lot first spoke of them. */
export type GestureGroup = Readonly<{ drawn: number; followed: number; left: number; bought: number }>

// The customer stands first wherever two are put together, so that each node of a cluster answers for its own.
const FIRST = `
  select distinct on (customer) customer, at, case when state = 'held-out' then 'held-out' else 'given' end as part
    from gestures where probability > 0 order by customer, at`

/** Those whom the lot let have a gesture and those whom it held out, each followed for `days` days from the first time on. */
export async function readAfterGestures(
  tx: Tx,
  { now, days }: Readonly<{ now: Instant; days: number }>,
): Promise<Readonly<Record<'given' | 'held-out', GestureGroup>>> {
  const rows = await tx.query<GestureGroup & { part: string }>(
    `select o.part, count(*)::int as drawn,
            count(*) filter (where o.at <= $1::timestamptz - make_interval(days => $2))::int as followed,
            count(*) filter (where o.at <= $1::timestamptz - make_interval(days => $2) and r.left_at > o.at
                               and r.left_at <= o.at + make_interval(days => $2))::int as left,
            count(b.customer) filter (where o.at <= $1::timestamptz - make_interval(days => $2))::int as bought
       from (${FIRST}) as o
       left join relationships r on r.customer = o.customer
       left join (select distinct o.customer from (${FIRST}) as o
                    join events e on e.customer = o.customer and e.type = 'order.placed' and e.at > o.at
                                 and e.at <= o.at + make_interval(days => $2)) as b on b.customer = o.customer
      group by o.part`,
    [rfc3339(now), days],
  )
  const of = (part: 'given' | 'held-out'): GestureGroup => {
    const { drawn = 0, followed = 0, left = 0, bought = 0 } = rows.find((one) => one.part === part) ?? {}
    return { drawn, followed, left, bought }
  }
  return { given: of('given'), 'held-out': of('held-out') }
}
