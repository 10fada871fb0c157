import type { CaseStep } from '../../core/cases/case-clocks.ts'
import type { RecoveryCase } from '../../core/cases/recovery-case.ts'
import type { TeamsSeen } from '../../core/people/team.ts'
import { type Instant, instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'

/** Counts stop here: an inbox of more is not counted out. */
const COUNTED_MAX = 10_000
const CHANGES_MAX = 500
const CATEGORIES_MAX = 30

/** Who looks, and what she sees. `person` null for a key. */
export type Sight = Readonly<{ teams: TeamsSeen; person: string | null }>

/** A part of the queue. */
export type QueuePart = 'all' | 'mine' | 'unassigned' | 'late' | 'waiting' | 'snoozed' | 'closed'

/** Where a page ended. */
export type QueuePlace = Readonly<{ floor: number; rank: number; openedAt: string; id: string }>

/** What is asked of the queue. `customers` null: no search by customer. */
export type QueueQuestion = Readonly<{
  part: QueuePart
  customer: string | null
  sight: Sight
  team: string | null
  incident: string | null
  category: string | null
  floor: number | null
  search: Readonly<{ id: string; customers: readonly string[] }> | null
  after: QueuePlace | null
  limit: number
  now: Instant
}>

/** A line of the queue as stored. */
export type QueueLine = Readonly<{
  state: RecoveryCase
  floor: number
  rank: number
  dueAt: Instant | null
  nextStep: CaseStep | null
  stakeMinor: number | null
  workMinutes: number
  name: string | null
}>

// Parameters that every condition may use: $1 now, $2 the person, $3 the teams or null for all.
const SEEN = '($3::text[] is null or c.team is null or c.team = any($3) or c.assignee = $2)'
const PARTS: Readonly<Record<QueuePart, string>> = {
  all: 'c.is_open',
  mine: 'c.is_open and c.assignee = $2',
  unassigned: 'c.is_open and c.assignee is null and c.closed_at is null',
  late: 'c.is_open and c.due_at <= $1',
  waiting: 'c.is_open and c.floor = 4',
  snoozed: 'c.is_open and c.floor = 5',
  closed: 'c.closed_at is not null',
}

const seenBy = ({ teams, person }: Sight) => [person, teams.kind === 'all' ? null : teams.teams]

/** The names of people and teams, by their id. Both live on the coordinator, apart from the cases. */
export async function readDeskNames(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<{ id: string; name: string }>(
    `select id::text as id, name from people where id::text = any($1)
      union all select id::text, name from teams where id::text = any($1)`,
    [ids],
    'desk-names',
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** A page of the queue in its order; of closed cases the newest first. */
export async function readQueue(tx: Tx, question: QueueQuestion): Promise<readonly QueueLine[]> {
  const { part, customer, sight, team, incident, category, floor, search, after, limit, now } = question
  const order = part === 'closed' ? 'extract(epoch from c.closed_at) desc, c.id' : 'c.floor, c.rank, c.opened_at, c.id'
  const place =
    part === 'closed'
      ? '(-extract(epoch from c.closed_at)::float8, c.id) > ($9::float8, $11) and $10::timestamptz is not null'
      : '(c.floor, c.rank, c.opened_at, c.id) > ($8::smallint, $9::float8, $10::timestamptz, $11)'
  const rows = await tx.query<Omit<QueueLine, 'dueAt'> & { dueAt: Date | null }>(
    `select c.state, c.floor, c.rank, c.due_at as "dueAt", c.next_step as "nextStep", c.stake_minor as "stakeMinor",
            c.work_minutes as "workMinutes", r.name
       from cases c
       left join relationships r on r.customer = c.customer
      where ${PARTS[part]} and ${SEEN} and $1::timestamptz is not null
        and ($4::text is null or c.team = $4) and ($5::uuid is null or c.incident = $5)
        and ($15::text is null or c.customer = $15)
        and ($6::text is null or c.id = $6 or c.customer = any($7))
        and ($8::smallint is null or ${place})
        and ($13::text is null or c.category = $13) and ($14::smallint is null or c.floor = $14)
      order by ${order} limit $12`,
    [
      rfc3339(now),
      ...seenBy(sight),
      team,
      incident,
      search?.id ?? null,
      search?.customers ?? [],
      after?.floor ?? null,
      after?.rank ?? null,
      after?.openedAt ?? null,
      after?.id ?? null,
      limit,
      category,
      floor,
      customer,
    ],
    `queue-${part}`,
  )
  return rows.map((row) => ({ ...row, dueAt: row.dueAt === null ? null : instant(row.dueAt.getTime()) }))
}

/** How many cases there are of each kind, of those that are seen; counted to ten thousand. */
export type QueueCounts = Readonly<{
  open: number
  late: number
  dueSoon: number
  mine: number
  unassigned: number
  waiting: number
  snoozed: number
  doubleDeviation: number
  closedToday: number
}>

/** Counts the open cases, and those closed since `dayStart`. */
export async function countQueue(
  tx: Tx,
  sight: Sight,
  { now, soon, dayStart }: Readonly<{ now: Instant; soon: Instant; dayStart: Instant }>,
): Promise<QueueCounts> {
  const [row] = await tx.query<QueueCounts>(
    `select count(*) filter (where closed_at is null) as open,
            count(*) filter (where due_at <= $1) as late,
            count(*) filter (where due_at > $1 and due_at <= $4) as "dueSoon",
            count(*) filter (where assignee = $2) as mine,
            count(*) filter (where assignee is null and closed_at is null) as unassigned,
            count(*) filter (where floor = 4) as waiting,
            count(*) filter (where floor = 5) as snoozed,
            count(*) filter (where floor = 0) as "doubleDeviation",
            (select count(*) from cases c where closed_at >= $5 and ${SEEN}) as "closedToday"
       from (select closed_at, due_at, assignee, floor from cases c where is_open and ${SEEN} order by floor, rank, opened_at, id limit ${COUNTED_MAX}) as c`,
    [rfc3339(now), ...seenBy(sight), rfc3339(soon), rfc3339(dayStart)],
    'count-queue',
  )
  return (
    row ?? {
      open: 0,
      late: 0,
      dueSoon: 0,
      mine: 0,
      unassigned: 0,
      waiting: 0,
      snoozed: 0,
      doubleDeviation: 0,
      closedToday: 0,
    }
  )
}

/** What the open cases that are seen are about, the most frequent first. */
export const countCategories = (
  tx: Tx,
  sight: Sight,
  now: Instant,
): Promise<readonly Readonly<{ category: string; count: number }>[]> =>
  tx.query(
    `select category, count(*) as count
       from (select category from cases c
              where is_open and category is not null and ${SEEN} and $1::timestamptz is not null
              order by floor, rank, opened_at, id limit ${COUNTED_MAX}) as c
      group by category order by count desc, category limit ${CATEGORIES_MAX}`,
    [rfc3339(now), ...seenBy(sight)],
    'queue-categories',
  )

/** Cases that changed at or after an instant, oldest change first; `isAll` is false when there are more. */
export async function readChanged(
  tx: Tx,
  sight: Sight,
  since: Instant,
): Promise<Readonly<{ changed: readonly Readonly<{ id: string; revision: number; at: Instant }>[]; isAll: boolean }>> {
  const rows = await tx.query<{ id: string; revision: number; at: Date }>(
    `select c.id, c.revision, c.changed_at as at from cases c
      where c.changed_at >= $1 and ${SEEN} order by c.changed_at, c.id limit ${CHANGES_MAX}`,
    [rfc3339(since), ...seenBy(sight)],
    'changed-cases',
  )
  const changed = rows.map(({ at, ...row }) => ({ ...row, at: instant(at.getTime()) }))
  return { changed, isAll: rows.length < CHANGES_MAX }
}
