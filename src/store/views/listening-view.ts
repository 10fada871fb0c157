import type { ComplaintWeek } from '../../core/listening/complaints.ts'
import type { AskedCount, ScoreCount } from '../../core/listening/survey-figures.ts'
import { type Instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'
import { notRetracted, notTakenBack, voiceNotRetracted } from './retracted.ts'

/** Which time is told, in which pieces: `back` counts them from the newest, which is 0. */
export type Pieces = Readonly<{ from: Instant; asOf: Instant; step: 'week' | 'month'; timeZone: string }>

const SECONDS_OF_WEEK = 604_800

const weeksBack = (at: string): string => `floor(date_part('epoch', $2::timestamptz - ${at}) / ${SECONDS_OF_WEEK})::int`

const monthOf = (at: string): string =>
  `(extract(year from ${at} at time zone $4) * 12 + extract(month from ${at} at time zone $4))`

// Weeks end now; months are those of the calendar on the firm's wall.
const backOf = ({ step }: Pieces, at: string): string =>
  step === 'week' ? weeksBack(at) : `(${monthOf('$2::timestamptz')} - ${monthOf(at)})::int`

const bounds = ({ from, asOf, step, timeZone }: Pieces, recentFrom: Instant): readonly string[] => [
  ...[rfc3339(from), rfc3339(asOf), rfc3339(recentFrom)],
  ...(step === 'month' ? [timeZone] : []),
]

/** Answers of one kind in one piece of time, by their share of the scale. */
export type AnswersOfPiece = ScoreCount & Readonly<{ kind: string; back: number; recent: boolean }>

/** What was answered; `recent` are answers since `recentFrom`. */
export const readAnswers = (tx: Tx, pieces: Pieces, recentFrom: Instant): Promise<readonly AnswersOfPiece[]> =>
  tx.query<AnswersOfPiece>(
    `select voice_kind as kind, ${backOf(pieces, 'e.at')} as back, e.at > $3 as recent, voice_share as share,
            count(*)::int as count
       from events e
      where e.type = 'survey.answered' and e.at > $1 and e.at <= $2 and voice_share between 0 and 1
        and ${voiceNotRetracted}
      group by 1, 2, 3, 4`,
    bounds(pieces, recentFrom),
  )

/** Invitations of one kind in one piece of time, and how many of them have an answer by now. */
export type AskedOfPiece = AskedCount & Readonly<{ kind: string; back: number; recent: boolean }>

/** Who was asked. Asking the same customer in the same survey twice counts once. */
export const readAsked = (tx: Tx, pieces: Pieces, recentFrom: Instant): Promise<readonly AskedOfPiece[]> =>
  tx.query<AskedOfPiece>(
    // Invitations and answers are grouped as one: joining them would remember both.
    `select kind, ${backOf(pieces, 'at')} as back, at > $3 as recent, count(*)::int as asked,
            (count(*) filter (where answered))::int as answered
       from (select min(voice_kind) filter (where e.type = 'survey.invited') as kind,
                    min(e.at) filter (where e.type = 'survey.invited') as at,
                    bool_or(e.type = 'survey.answered') as answered
               from events e
              where e.type in ('survey.invited', 'survey.answered') and e.at > $1 and e.at <= $2 and ${voiceNotRetracted}
              group by customer, voice_key) as told
      where at is not null
      group by 1, 2, 3`,
    bounds(pieces, recentFrom),
  )

/** Answers of one part of the firm: of a segment of customers, or about the work of a team. */
export type AnswersOfPart = ScoreCount & Readonly<{ kind: string; part: string; customers: number }>

/**
 * Answers since an instant by the segment of who gave them, with how many customers of the part answered: each counts
 * once, with one of the shares that she gave.
 */
export async function readAnswersBySegment(tx: Tx, { from, asOf }: Since): Promise<readonly AnswersOfPart[]> {
  const rows = await tx.query<AnswersOfPart>(
    // A customer has one segment, so whoever answered is known before it is looked up.
    `select told.kind, r.segment as part, told.share, sum(told.count)::int as count,
            (count(*) filter (where told.first))::int as customers
       from (select customer, kind, share, count, row_number() over (partition by customer, kind) = 1 as first
               from (select e.customer, voice_kind as kind, voice_share as share, count(*) as count
                       from events e
                      where e.type = 'survey.answered' and e.at > $1 and e.at <= $2 and voice_share between 0 and 1
                        and ${voiceNotRetracted}
                      group by 1, 2, 3 offset 0) as counted) as told
       join relationships r on r.customer = told.customer
      where r.segment is not null
      group by 1, 2, 3`,
    [rfc3339(from), rfc3339(asOf)],
  )
  const customers = new Map<string, number>()
  for (const row of rows) {
    const key = partKey(row.kind, row.part)
    customers.set(key, (customers.get(key) ?? 0) + row.customers)
  }
  return rows.map((row) => ({ ...row, customers: customers.get(partKey(row.kind, row.part)) ?? 0 }))
}

const partKey = (kind: string, part: string): string => `${kind}\u0000${part}`

type Since = Readonly<{ from: Instant; asOf: Instant }>

/** Of the answers that name a contact or a failure, the newest so many are looked up: enough for every figure. */
const PLACED_MAX = 20_000

/** An answer with what it names. */
type Naming = { customer: string; kind: string; share: number; failure: string | null; contact: string | null }

/**
 * Answers since an instant by the team whose work they are about: that of the case of the failure, or the one that
 * handled the contact. `part` is the team as it was told.
 */
export async function readAnswersByTeam(tx: Tx, { from, asOf }: Since): Promise<readonly AnswersOfPart[]> {
  const answers = await tx.query<Naming>(
    `select e.customer, e.voice_kind as kind, e.voice_share as share, e.data ->> 'failure' as failure,
            e.data ->> 'contact' as contact
       from events e
      where e.type = 'survey.answered' and e.at > $1 and e.at <= $2 and voice_share between 0 and 1
        and (e.data ? 'failure' or e.data ? 'contact') and ${voiceNotRetracted}
      order by e.at desc limit ${PLACED_MAX}`,
    [rfc3339(from), rfc3339(asOf)],
  )
  const ofFailure = await teamsOf(
    tx,
    answers.map(({ customer, failure }) => [customer, failure]),
    'cases c on c.customer = k.customer and c.failure = k.name',
    'c.team',
  )
  const ofContact = await teamsOf(
    tx,
    answers.map(({ customer, contact }) => [customer, contact]),
    // By customer: PostgreSQL would go through all events for the few who named a contact.
    `events h on h.customer = any($1) and h.customer = k.customer and h.type = 'contact.handled'
             and h.data ->> 'contact' = k.name`,
    `h.data ->> 'team'`,
  )
  const placed = answers.flatMap(({ customer, kind, share, failure, contact }) => {
    const part = ofFailure.get(partKey(customer, failure ?? '')) ?? ofContact.get(partKey(customer, contact ?? ''))
    return part === undefined ? [] : [{ customer, kind, share, part }]
  })
  return [...Map.groupBy(placed, ({ kind, part }) => partKey(kind, part)).values()].flatMap((told) => {
    const customers = new Set(told.map(({ customer }) => customer)).size
    return [...Map.groupBy(told, ({ share }) => share)].flatMap(([share, same]) =>
      same.slice(0, 1).map(({ kind, part }) => ({ kind, part, share, count: same.length, customers })),
    )
  })
}

/** The team of each thing that customers name, where it has one. */
async function teamsOf(
  tx: Tx,
  named: readonly (readonly [customer: string, name: string | null])[],
  joined: string,
  team: string,
): Promise<ReadonlyMap<string, string>> {
  const pairs = named.filter(([, name]) => name !== null)
  if (pairs.length === 0) return new Map()
  const rows = await tx.query<{ customer: string; name: string; team: string }>(
    `select k.customer, k.name, ${team} as team
       from (select * from unnest($1::text[], $2::text[]) as u (customer, name)) as k join ${joined}
      where ${team} is not null`,
    [pairs.map(([customer]) => customer), pairs.map(([, name]) => name)],
  )
  return new Map(rows.map(({ customer, name, team }) => [partKey(customer, name), team]))
}

/** How many customers were asked since an instant, how many of them said nothing, and of how many of those something is open. */
export async function readSilence(
  tx: Tx,
  { from, asOf }: Readonly<{ from: Instant; asOf: Instant }>,
): Promise<Readonly<{ asked: number; silent: number; withOpen: number }>> {
  const [row] = await tx.query<{ asked: number; silent: number; withOpen: number }>(
    `select count(*)::int as asked, count(*) filter (where not spoke)::int as silent,
            count(r.customer) filter (where not spoke)::int as "withOpen"
       from (select customer, bool_or(type = 'survey.answered') as spoke, bool_or(type = 'survey.invited') as asked
               from events e
              where e.type in ('survey.invited', 'survey.answered') and e.at > $1 and e.at <= $2 and ${voiceNotRetracted}
              group by customer) as told
       left join relationships r on r.customer = told.customer and r.root is null and r.open_failures > 0
      where asked`,
    [rfc3339(from), rfc3339(asOf)],
  )
  return row ?? { asked: 0, silent: 0, withOpen: 0 }
}

/**
 * Let-downs of the `weekCount` weeks that end at `until`, oldest first, and of how many the customer spoke within two
 * weeks: found it, wrote or called, went public, or took it further.
 */
export async function readComplaintWeeks(
  tx: Tx,
  { until, weekCount }: Readonly<{ until: Instant; weekCount: number }>,
): Promise<readonly ComplaintWeek[]> {
  const rows = await tx.query<ComplaintWeek & { week: number }>(
    `select week, count(*)::int as failures, count(*) filter (where complained)::int as complaints
       from (select floor(date_part('epoch', $1::timestamptz - e.at) / ${SECONDS_OF_WEEK})::int as week,
                    e.detected_by is not distinct from 'customer' or exists (
                      select 1 from events c
                       where c.customer = e.customer and c.at >= e.at and c.at < e.at + interval '14 days'
                         and (c.type in ('dispute.opened', 'post.published')
                              or (c.type = 'contact.opened' and coalesce(c.data ->> 'direction', 'in') = 'in'))
                         and ${notTakenBack('c')}) as complained
               from events e
              where e.counted_as = 'let-down' and e.at > $1::timestamptz - make_interval(days => $2 * 7) and e.at <= $1
                and ${notRetracted}) as told
      group by 1`,
    [rfc3339(until), weekCount],
  )
  const found = new Map(rows.map(({ week, failures, complaints }) => [week, { failures, complaints }]))
  return Array.from(
    { length: weekCount },
    (_, place) => found.get(weekCount - 1 - place) ?? { failures: 0, complaints: 0 },
  )
}
