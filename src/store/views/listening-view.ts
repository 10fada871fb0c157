import { type Instant, rfc3339 } from '../../core/instant.ts'
import type { ComplaintWeek } from '../../core/listening/complaints.ts'
import type { AskedCount, ScoreCount } from '../../core/listening/survey-figures.ts'
import type { Tx } from '../db.ts'
import { notRetracted, voiceNotRetracted } from './retracted.ts'

/** Which time is told, in which pieces: `back` counts them from the newest, which is 0. */
export type Pieces = Readonly<{ from: Instant; asOf: Instant; step: 'week' | 'month'; timeZone: string }>

const SECONDS_OF_WEEK = 604_800

const weeksBack = (at: string): string => `floor(extract(epoch from $2::timestamptz - ${at}) / ${SECONDS_OF_WEEK})::int`

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
    `select i.kind, ${backOf(pieces, 'i.at')} as back, i.at > $3 as recent, count(*)::int as asked,
            count(a.voice_key)::int as answered
       from (select customer, voice_key, min(voice_kind) as kind, min(e.at) as at from events e
              where e.type = 'survey.invited' and e.at > $1 and e.at <= $2 and ${voiceNotRetracted}
              group by customer, voice_key) i
       left join (select distinct customer, voice_key from events e
                   where e.type = 'survey.answered' and e.at > $1 and e.at <= $2 and ${voiceNotRetracted}) a
         on a.customer = i.customer and a.voice_key = i.voice_key
      group by 1, 2, 3`,
    bounds(pieces, recentFrom),
  )

/** Answers of one part of the firm: of a segment of customers, or about the work of a team. */
export type AnswersOfPart = ScoreCount & Readonly<{ kind: string; part: string; customers: number }>

/** Answers since an instant by the segment of who gave them, with how many customers of the part answered. */
export const readAnswersBySegment = (
  tx: Tx,
  { from, asOf }: Readonly<{ from: Instant; asOf: Instant }>,
): Promise<readonly AnswersOfPart[]> =>
  tx.query<AnswersOfPart>(
    `select kind, part, share, count(*)::int as count, max(people)::int as customers
       from (select voice_kind as kind, r.segment as part, voice_share as share,
                    dense_rank() over (partition by voice_kind, r.segment order by e.customer) as people
               from events e join relationships r on r.customer = e.customer
              where e.type = 'survey.answered' and e.at > $1 and e.at <= $2 and voice_share between 0 and 1
                and r.segment is not null and ${voiceNotRetracted}) as told
      group by 1, 2, 3`,
    [rfc3339(from), rfc3339(asOf)],
  )

/** Of the answers that name a contact or a failure, the newest so many are looked up: enough for every figure. */
const PLACED_MAX = 20_000

/**
 * Answers since an instant by the team whose work they are about: that of the case of the failure, or the one that
 * handled the contact. `part` is the team as it was told.
 */
export const readAnswersByTeam = (
  tx: Tx,
  { from, asOf }: Readonly<{ from: Instant; asOf: Instant }>,
): Promise<readonly AnswersOfPart[]> =>
  tx.query<AnswersOfPart>(
    `select kind, part, share, count(*)::int as count, max(people)::int as customers
       from (select kind, part, share, dense_rank() over (partition by kind, part order by customer) as people
               from (select e.customer, e.voice_kind as kind, e.voice_share as share,
                            coalesce((select c.team from cases c
                                       where c.customer = e.customer and c.failure = e.data ->> 'failure'),
                                     (select h.data ->> 'team' from events h
                                       where h.customer = e.customer and h.type = 'contact.handled'
                                         and h.data ->> 'contact' = e.data ->> 'contact' limit 1)) as part
                       from (select * from events e
                              where e.type = 'survey.answered' and e.at > $1 and e.at <= $2
                                and voice_share between 0 and 1 and (e.data ? 'failure' or e.data ? 'contact')
                                and ${voiceNotRetracted}
                              order by e.at desc limit ${PLACED_MAX}) as e) as placed
              where part is not null) as told
      group by 1, 2, 3`,
    [rfc3339(from), rfc3339(asOf)],
  )

/** How many customers were asked since an instant, how many of them said nothing, and of how many of those something is open. */
export async function readSilence(
  tx: Tx,
  { from, asOf }: Readonly<{ from: Instant; asOf: Instant }>,
): Promise<Readonly<{ asked: number; silent: number; withOpen: number }>> {
  const [row] = await tx.query<{ asked: number; silent: number; withOpen: number }>(
    `select count(*)::int as asked, count(*) filter (where not spoke)::int as silent,
            count(*) filter (where not spoke and exists (
              select from relationships r where r.customer = told.customer and r.open_failures > 0))::int as "withOpen"
       from (select customer, bool_or(type = 'survey.answered') as spoke, bool_or(type = 'survey.invited') as asked
               from events e
              where e.type in ('survey.invited', 'survey.answered') and e.at > $1 and e.at <= $2 and ${voiceNotRetracted}
              group by customer) as told
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
    `select floor(extract(epoch from $1::timestamptz - e.at) / ${SECONDS_OF_WEEK})::int as week,
            count(*)::int as failures,
            count(*) filter (where e.detected_by = 'customer' or exists (
              select from events c
               where c.customer = e.customer and c.at >= e.at and c.at < e.at + interval '14 days'
                 and (c.type in ('dispute.opened', 'post.published')
                      or (c.type = 'contact.opened' and coalesce(c.data ->> 'direction', 'in') = 'in'))))::int as complaints
       from events e
      where e.counted_as = 'let-down' and e.at > $1::timestamptz - make_interval(days => $2 * 7) and e.at <= $1
        and ${notRetracted}
      group by 1`,
    [rfc3339(until), weekCount],
  )
  const found = new Map(rows.map(({ week, failures, complaints }) => [week, { failures, complaints }]))
  return Array.from(
    { length: weekCount },
    (_, place) => found.get(weekCount - 1 - place) ?? { failures: 0, complaints: 0 },
  )
}
