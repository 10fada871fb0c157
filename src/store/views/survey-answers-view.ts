import { type SurveyKind, surveyKinds } from '../../core/listening/survey.ts'
import { badShareMax } from '../../core/listening/survey-figures.ts'
import { type Instant, instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'
import { storedKey } from '../log.ts'
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

type Row = Omit<AnswerRow, 'at' | 'case' | 'name' | 'text'> & { at: Date; source: string; failure: string | null }

type CaseOfAnswer = Readonly<{
  customer: string
  id: string
  failure: string
  openedAt: Date
  closedAt: Date | null
  team: string | null
  assignee: string | null
}>

const BAD = `case voice_kind ${surveyKinds.map((kind) => `when '${kind}' then ${badShareMax(kind)}`).join(' ')} end`

/** A page of answers. */
export async function listAnswers(tx: Tx, { kind, isBad, before, limit }: AnswerQuery): Promise<readonly AnswerRow[]> {
  const rows = await tx.query<Row>(
    `select e.customer, e.source, e.id, e.at, e.voice_kind as kind, e.voice_share as share, e.data ->> 'failure' as failure
       from events e
      where e.type = 'survey.answered' and e.voice_share between 0 and 1
        and ($1::text is null or e.voice_kind = $1) and (not $2 or e.voice_share <= ${BAD})
        and ($3::timestamptz is null or (e.at, e.customer, e.id) < ($3, $4, $5)) and ${voiceNotRetracted}
      order by e.at desc, e.customer desc, e.id desc limit $6`,
    [kind, isBad, before?.at ?? null, before?.customer ?? null, before?.id ?? null, limit],
    'list-survey-answers',
  )
  if (rows.length === 0) return []
  // What stands beside an answer is read for the page alone, where its customers live.
  const customers = [...new Set(rows.map(({ customer }) => customer))]
  const names = await readNames(tx, customers)
  const texts = await readTexts(tx, rows)
  const cases = Map.groupBy(await readCases(tx, customers), ({ customer }) => customer)
  return rows.map(({ at, source, failure, ...row }) => ({
    ...row,
    name: names.get(row.customer) ?? null,
    at: instant(at.getTime()),
    text:
      texts.get(storedKey(row.customer, source, row.id)) ?? texts.get(wordsKey(row.customer, source, row.id)) ?? null,
    case: caseOf(cases.get(row.customer) ?? [], at, failure),
  }))
}

async function readNames(tx: Tx, customers: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  const rows = await tx.query<{ customer: string; name: string | null }>(
    'select customer, name from relationships where customer = any($1)',
    [customers],
    'names-of-answers',
  )
  return new Map(rows.map(({ customer, name }) => [customer, name]))
}

/** Words that were added on our page are an event of their own, named like the answer. */
const wordsId = (id: string): string => id.replace(/ answered$/, ' commented')
const wordsKey = (customer: string, source: string, id: string): string => storedKey(customer, source, wordsId(id))

async function readTexts(tx: Tx, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
  const texts = await tx.query<{ customer: string; source: string; id: string; body: string }>(
    `select p.customer, p.source, p.id, p.body
       from (select * from unnest($1::text[], $2::text[], $3::text[]) as u (customer, source, id)) as k
       join prose p on p.customer = k.customer and p.source = k.source and p.id = k.id and p.field = 'text'`,
    [
      [...rows, ...rows].map(({ customer }) => customer),
      [...rows, ...rows].map(({ source }) => source),
      [...rows.map(({ id }) => id), ...rows.map(({ id }) => wordsId(id))],
    ],
    'texts-of-answers',
  )
  return new Map(texts.map(({ customer, source, id, body }) => [storedKey(customer, source, id), body]))
}

const readCases = (tx: Tx, customers: readonly string[]): Promise<readonly CaseOfAnswer[]> =>
  tx.query<CaseOfAnswer>(
    `select customer, id, failure, opened_at as "openedAt", closed_at as "closedAt", team, assignee
       from cases where customer = any($1) order by opened_at desc`,
    [customers],
    'cases-of-answers',
  )

/** The case of the failure that the answer names, else the newest that was open when it came. */
function caseOf(cases: readonly CaseOfAnswer[], at: Date, failure: string | null): AnswerRow['case'] {
  const isOpenThen = ({ openedAt, closedAt }: CaseOfAnswer) => openedAt <= at && (closedAt === null || closedAt > at)
  const found = cases.find((one) => one.failure === failure) ?? cases.find(isOpenThen)
  if (found === undefined) return null
  const { id, openedAt, team, assignee } = found
  return { id, openedAt: instant(openedAt.getTime()), team, assignee }
}

/** Where a list of answers goes on after this one. */
export const placeAfter = ({ at, customer, id }: AnswerRow) => ({ at: rfc3339(at), customer, id })
