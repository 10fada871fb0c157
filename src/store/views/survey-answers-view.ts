import { type Instant, instant, rfc3339 } from '../../core/instant.ts'
import { badShareMax } from '../../core/listening/survey-figures.ts'
import { type SurveyKind, surveyKinds } from '../../core/survey.ts'
import type { Tx } from '../db.ts'
import { voiceNotRetracted } from './retracted.ts'

/** Which answers, and where to go on: newest first. `badMax`: only up to this share of the scale. */
export type AnswerQuery = Readonly<{
  kind: SurveyKind | null
  isBad: boolean
  before: Readonly<{ at: string; customer: string; id: string }> | null
  limit: number
}>

/** One answer with what was written and the case it belongs to: opened by it, or open when it came. */
export type AnswerRow = Readonly<{
  customer: string
  id: string
  name: string | null
  at: Instant
  kind: SurveyKind
  share: number
  text: string | null
  case: Readonly<{ id: string; openedAt: Instant; team: string | null; assignee: string | null }> | null
}>

type Row = Omit<AnswerRow, 'at' | 'case'> & {
  at: Date
  caseId: string | null
  openedAt: Date | null
  team: string | null
  assignee: string | null
}

const BAD = `case voice_kind ${surveyKinds.map((kind) => `when '${kind}' then ${badShareMax(kind)}`).join(' ')} end`

/** A page of answers. */
export async function listAnswers(tx: Tx, { kind, isBad, before, limit }: AnswerQuery): Promise<readonly AnswerRow[]> {
  const rows = await tx.query<Row>(
    `select e.customer, e.id, r.name, e.at, e.voice_kind as kind, e.voice_share as share, p.body as text,
            c.id as "caseId", c.opened_at as "openedAt", c.team, c.assignee
       from (select * from events e
              where e.type = 'survey.answered' and e.voice_share between 0 and 1
                and ($1::text is null or e.voice_kind = $1) and (not $2 or e.voice_share <= ${BAD})
                and ($3::timestamptz is null or (e.at, e.customer, e.id) < ($3, $4, $5)) and ${voiceNotRetracted}
              order by e.at desc, e.customer desc, e.id desc limit $6) as e
       left join relationships r on r.customer = e.customer
       left join prose p on p.customer = e.customer and p.source = e.source and p.id = e.id and p.field = 'text'
       left join lateral (
         select id, opened_at, team, assignee from cases k
          where k.customer = e.customer
            and (k.failure = e.data ->> 'failure'
                 or (k.opened_at <= e.at and (k.closed_at is null or k.closed_at > e.at)))
          order by k.failure = e.data ->> 'failure' desc nulls last, k.opened_at desc limit 1) as c on true
      order by e.at desc, e.customer desc, e.id desc`,
    [kind, isBad, before?.at ?? null, before?.customer ?? null, before?.id ?? null, limit],
    'list-survey-answers',
  )
  return rows.map(({ at, caseId, openedAt, team, assignee, ...row }) => ({
    ...row,
    at: instant(at.getTime()),
    case:
      caseId === null || openedAt === null
        ? null
        : { id: caseId, openedAt: instant(openedAt.getTime()), team, assignee },
  }))
}

/** Where a list of answers goes on after this one. */
export const placeAfter = ({ at, customer, id }: AnswerRow) => ({ at: rfc3339(at), customer, id })
