import { restored, type StoredState } from '../../core/relationship/compact.ts'
import type { Relationship } from '../../core/relationship/relationship.ts'
import { DAY_MS, type Instant, instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'

type Period = Readonly<{ from: Instant; asOf: Instant }>

/** Customers with any event since an instant. */
export async function countActive(tx: Tx, from: Instant): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'select count(*) from relationships where root is null and last_at > $1',
    [rfc3339(from)],
    'count-active',
  )
  return row?.count ?? 0
}

/** Customers who left in a period, and those of them who had been let down in the `days` before. */
export async function countLeft(
  tx: Tx,
  { from, asOf, days }: Period & Readonly<{ days: number }>,
): Promise<Readonly<{ count: number; afterFailure: number }>> {
  const period = [rfc3339(from), rfc3339(asOf)]
  const [[row], later] = await Promise.all([
    tx.query<{ count: number; after_failure: number }>(
      `select count(*) as count,
              count(*) filter (where last_failure_at > left_at - make_interval(days => $3)
                                 and last_failure_at <= left_at) as after_failure
         from relationships where root is null and left_at > $1 and left_at <= $2`,
      [...period, days],
      'count-left',
    ),
    // The last failure came after they had left, and says nothing of the ones before: few, whose states are read.
    tx.query<{ state: StoredState; left_at: Date }>(
      `select state, left_at from relationships r join states s on s.customer = r.customer
        where root is null and left_at > $1 and left_at <= $2 and last_failure_at > left_at`,
      period,
      'left-before-failure',
    ),
  ])
  const letDown = later.filter(({ state, left_at: leftAt }) =>
    restored(state).facts.failures.some(({ at }) => at > leftAt.getTime() - days * DAY_MS && at <= leftAt.getTime()),
  )
  return { count: row?.count ?? 0, afterFailure: (row?.after_failure ?? 0) + letDown.length }
}

/** How many customers have something at stake, and how much by their scores. */
export async function sumAtStake(tx: Tx): Promise<Readonly<{ customers: number; minor: number }>> {
  const [row] = await tx.query<{ customers: number; minor: number }>(
    `select count(*) as customers, coalesce(sum(at_stake_minor), 0)::bigint as minor
       from relationships where root is null and at_stake_minor > 0`,
    [],
    'sum-at-stake',
  )
  return { customers: row?.customers ?? 0, minor: row?.minor ?? 0 }
}

/** The states of those with most at stake, greatest first. */
export type AtStakeRow = Readonly<{ state: Relationship; atStakeMinor: number; scoredAt: Instant | null }>

/** Those with most at stake, greatest first, with their states. */
export async function readMostAtStake(tx: Tx, limit: number): Promise<readonly AtStakeRow[]> {
  const rows = await tx.query<{ state: StoredState; at_stake_minor: number; scored_at: Date | null }>(
    `select state, at_stake_minor, scored_at from relationships r join states s on s.customer = r.customer
      where root is null and at_stake_minor > 0
      order by at_stake_minor desc, r.customer desc limit $1`,
    [limit],
    'most-at-stake',
  )
  return rows.map(({ state, at_stake_minor: atStakeMinor, scored_at: scoredAt }) => ({
    state: restored(state),
    atStakeMinor,
    scoredAt: scoredAt === null ? null : instant(scoredAt.getTime()),
  }))
}
