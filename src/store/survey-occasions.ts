import { type Instant, rfc3339 } from '../core/instant.ts'
import type { SurveyKind } from '../core/survey.ts'
import type { Tx } from './db.ts'

/** What came of an occasion to ask. */
export type OccasionOutcome = 'asked' | 'never-asked' | 'refused'

/** An occasion to ask a customer, and what came of it. `probability`: that of being left out by lot. */
export type SurveyOccasion = Readonly<{
  customer: string
  occasion: string
  /** The firm's rule that saw the occasion, or `hand`. */
  rule: string
  kind: SurveyKind
  at: Instant
  outcome: OccasionOutcome
  /** The first rule of the contact policy that said no. */
  because: string | null
  probability: number
  survey: string | null
}>

/** Keeps what came of an occasion; false when it was there already. */
export async function addOccasion(tx: Tx, one: SurveyOccasion): Promise<boolean> {
  const added = await tx.change(
    `insert into survey_occasions (customer, occasion, rule, kind, at, outcome, because, probability, survey)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (customer, occasion) do nothing`,
    [
      one.customer,
      one.occasion,
      one.rule,
      one.kind,
      rfc3339(one.at),
      one.outcome,
      one.because,
      one.probability,
      one.survey,
    ],
    'add-survey-occasion',
  )
  return added === 1
}

/** What became of a group of customers in the days after they first could have been asked. */
export type GroupAfter = Readonly<{ customers: number; left: number; bought: number }>

/** So many customers of a group are followed; of more, a part that is drawn by their keys. */
const FOLLOWED_MAX = 20_000

// The customer stands first wherever two are put together, so that each node of a cluster answers for its own.
const FIRST_OCCASIONS = `
  select distinct on (customer) customer, at, outcome from survey_occasions
   where outcome in ('asked', 'never-asked') and at <= $1::timestamptz - make_interval(days => $2)
     and (outcome = 'never-asked' or mod(abs(hashtextextended(customer, 7)::numeric), $3) = 0)
   order by customer, at`

/** What became of those who were asked and of those who never are, each from the first occasion on, for `days` days. */
export async function readAfterAsking(
  tx: Tx,
  { asOf, days }: Readonly<{ asOf: Instant; days: number }>,
): Promise<Readonly<Record<'asked' | 'never-asked', GroupAfter>>> {
  const [size] = await tx.query<{ count: number }>(
    `select count(*)::int as count from survey_occasions where outcome = 'asked'`,
  )
  const every = Math.max(1, Math.ceil((size?.count ?? 0) / FOLLOWED_MAX))
  const rows = await tx.query<GroupAfter & { outcome: 'asked' | 'never-asked' }>(
    `select o.outcome, count(*)::int as customers,
            count(*) filter (where r.left_at > o.at and r.left_at <= o.at + make_interval(days => $2))::int as left,
            count(b.customer)::int as bought
       from (${FIRST_OCCASIONS}) as o
       left join relationships r on r.customer = o.customer
       left join (select distinct o.customer from (${FIRST_OCCASIONS}) as o
                    join events e on e.customer = o.customer and e.type = 'order.placed' and e.at > o.at
                                 and e.at <= o.at + make_interval(days => $2)) as b on b.customer = o.customer
      group by o.outcome`,
    [rfc3339(asOf), days, every],
  )
  const of = (wanted: 'asked' | 'never-asked'): GroupAfter => {
    const { customers = 0, left = 0, bought = 0 } = rows.find(({ outcome }) => outcome === wanted) ?? {}
    return { customers, left, bought }
  }
  return { asked: of('asked'), 'never-asked': of('never-asked') }
}
