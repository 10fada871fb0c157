import type { Relationship } from '../../core/relationship/relationship.ts'
import { type Instant, rfc3339 } from '../../core/time/instant.ts'
import { textArray } from '../array-parameter.ts'
import type { Tx } from '../db.ts'
import { type Stored, withStates } from '../states.ts'
import { notRetracted } from './retracted.ts'

type Period = Readonly<{ from: Instant; asOf: Instant }>

const bounds = ({ from, asOf }: Period): readonly string[] => [rfc3339(from), rfc3339(asOf)]

/** Customers who were let down in a period, those of the newest let-downs first, at most `limit`. */
export async function readLetDownKeys(tx: Tx, period: Period, limit: number): Promise<readonly string[]> {
  const rows = await tx.query<{ customer: string }>(
    `select distinct customer
       from (select e.customer from events e
              where e.counted_as = 'let-down' and e.at > $1 and e.at <= $2 order by e.at desc limit $3) as newest`,
    [...bounds(period), limit],
  )
  return rows.map(({ customer }) => customer)
}

/**
 * A customer with the keys that were merged into the same person, the chance to stay, and what the relation is predicted to
 * bring if everything open is put right; both null of who is not profiled.
 */
export type ValuedState = Readonly<{
  customer: string
  members: readonly string[]
  stay: number | null
  valueMinor: number | null
  state: Relationship
}>

/** The states of these customers. Of people who were merged, whoever holds the state of all. */
export async function readValuedStates(tx: Tx, customers: readonly string[]): Promise<readonly ValuedState[]> {
  return withStates(
    await tx.query<Stored<ValuedState>>(
      `select r.customer, r.members, r.stay, r.value_minor + r.at_stake_minor as "valueMinor", s.state
         from relationships r join states s on s.customer = r.customer
        where r.customer = any($1) and r.root is null`,
      [textArray(customers)],
      'valued-states',
    ),
  )
}

/** Fixes of a period, and those after which the recovery failed within so many days. A failure counts once. */
export async function countReopened(
  tx: Tx,
  period: Period & Readonly<{ days: number }>,
): Promise<Readonly<{ putRight: number; failed: number }>> {
  const [row] = await tx.query<{ putRight: number; failed: number }>(
    `with fixed as materialized (
       select e.customer, e.about_key, min(e.at) as at from events e
        where e.counted_as = 'fixed' and e.at > $1 and e.at <= $2 and ${notRetracted}
        group by 1, 2),
     failed as materialized (
       select e.customer, e.about_key, e.at from events e
        where e.counted_as = 'failed recovery' and e.at > $1 and e.at <= $2::timestamptz + make_interval(days => $3)
          and ${notRetracted})
     select count(*)::int as "putRight", count(again.about_key)::int as failed
       from fixed left join (
         select distinct fixed.customer, fixed.about_key from fixed
           join failed on failed.customer = fixed.customer and failed.about_key = fixed.about_key
          where failed.at > fixed.at and failed.at <= fixed.at + make_interval(days => $3)) as again
         on again.customer = fixed.customer and again.about_key = fixed.about_key`,
    [...bounds(period), period.days],
  )
  return row ?? { putRight: 0, failed: 0 }
}

/** Open requests about own data by kind, and those whose legal term is over. */
export const countOpenRequests = (
  tx: Tx,
  now: Instant,
): Promise<readonly Readonly<{ kind: string; open: number; overdue: number }>[]> =>
  tx.query(
    `select kind, count(*)::int as open, (count(*) filter (where due_at < $1))::int as overdue from data_requests
      where confirmed_at is not null and ended_at is null group by kind order by kind`,
    [rfc3339(now)],
  )

/** The severities of cases that were opened by hand since an instant, and those that the rule proposed instead. */
export const readSeverities = (
  tx: Tx,
  from: Instant,
  to: Instant,
): Promise<readonly Readonly<{ severity: string; proposed: string | null }>[]> =>
  tx.query(
    `select details::json ->> 'severity' as severity, details::json ->> 'proposed' as proposed from audit_entries
      where subject_kind = 'case' and action = 'case.opened' and at > $1 and at <= $2`,
    [rfc3339(from), rfc3339(to)],
  )
