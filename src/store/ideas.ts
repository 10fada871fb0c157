import type { IdeaState } from '../core/listening/input-round.ts'
import { type Instant, rfc3339 } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

/** What a customer proposed. `text` is null when nothing was written, or when it was erased. */
export type Idea = Readonly<{
  customer: string
  id: string
  at: Date
  round: string | null
  state: IdeaState
  answer: string | null
  toldAt: Date | null
  text: string | null
}>

/** Keeps ideas that events tell of; one that is known stays as it is. */
export async function addIdeas(
  tx: Tx,
  told: readonly Readonly<{
    customer: string
    id: string
    source: string
    event: string
    at: Instant
    round: string | null
  }>[],
): Promise<void> {
  if (told.length === 0) return
  await tx.change(
    `insert into ideas (customer, id, source, event, at, round, state, changed_at)
     select customer, id, source, event, at, round, 'new', at
       from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::uuid[])
         as t (customer, id, source, event, at, round)
     on conflict do nothing`,
    [
      told.map(({ customer }) => customer),
      told.map(({ id }) => id),
      told.map(({ source }) => source),
      told.map(({ event }) => event),
      told.map(({ at }) => rfc3339(at)),
      told.map(({ round }) => round),
    ],
    'add-ideas',
  )
}

const IDEA = `i.customer, i.id, i.at, i.round, i.state, i.answer, i.told_at as "toldAt", p.body as text`
const WITH_WORDS = `ideas i left join prose p on p.customer = i.customer and p.source = i.source and p.id = i.event
  and p.field = 'text'`

/** One idea, held until the transaction ends. */
export async function lockIdea(tx: Tx, customer: string, id: string): Promise<Idea | undefined> {
  const [row] = await tx.query<Idea>(
    `select ${IDEA} from ${WITH_WORDS} where i.customer = $1 and i.id = $2 for update of i`,
    [customer, id],
    'lock-idea',
  )
  return row
}

/** Writes down what came of an idea, and whether the customer was told. */
export async function settleIdea(
  tx: Tx,
  { customer, id, state, answer, toldAt }: Pick<Idea, 'customer' | 'id' | 'state' | 'answer' | 'toldAt'>,
  now: Instant,
): Promise<void> {
  await tx.change(
    'update ideas set state = $3, answer = $4, told_at = $5, changed_at = $6 where customer = $1 and id = $2',
    [customer, id, state, answer, toldAt === null ? null : toldAt.toISOString(), rfc3339(now)],
    'settle-idea',
  )
}

/** Which ideas, and where to go on: newest first. */
export type IdeaQuery = Readonly<{
  state: IdeaState | null
  before: Readonly<{ at: string; customer: string; id: string }> | null
  limit: number
}>

/** A page of ideas with the names of those who had them. */
export const listIdeas = (
  tx: Tx,
  { state, before, limit }: IdeaQuery,
): Promise<readonly (Idea & Readonly<{ name: string | null }>)[]> =>
  tx.query(
    `select ${IDEA}, r.name
       from ${WITH_WORDS} left join relationships r on r.customer = i.customer
      where ($1::text is null or i.state = $1)
        and ($2::timestamptz is null or (i.at, i.customer, i.id) < ($2, $3, $4::uuid))
      order by i.at desc, i.customer desc, i.id desc limit $5`,
    [state, before?.at ?? null, before?.customer ?? null, before?.id ?? null, limit],
    'list-ideas',
  )

/** How many ideas stand where, and how many of them were told back. */
export const countIdeas = (tx: Tx): Promise<readonly Readonly<{ state: IdeaState; count: number; told: number }>[]> =>
  tx.query(
    'select state, count(*)::int as count, count(told_at)::int as told from ideas group by state',
    [],
    'count-ideas',
  )
