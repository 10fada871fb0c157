import type { Occasion } from '../core/listening/occasion.ts'
import type { SurveyKind } from '../core/listening/survey.ts'
import { type Instant, rfc3339 } from '../core/time/instant.ts'
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
  /** The first rule of the contact policy that said no, or why it was not asked. */
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

/** Has occasions wait for their time; one that is known already stays as it is. */
export async function holdOccasions(
  tx: Tx,
  waiting: readonly Readonly<{ customer: string; occasion: Occasion; kind: SurveyKind; at: Instant }>[],
): Promise<void> {
  if (waiting.length === 0) return
  await tx.change(
    `insert into survey_occasions (customer, occasion, rule, about, kind, at, wake_at, outcome, probability)
     select distinct on (1, 2) *, 'waiting', 0
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[])
     on conflict do nothing`,
    [
      waiting.map(({ customer }) => customer),
      waiting.map(({ occasion }) => occasion.name),
      waiting.map(({ occasion }) => occasion.rule),
      waiting.map(({ occasion }) => occasion.about),
      waiting.map(({ kind }) => kind),
      waiting.map(({ at }) => rfc3339(at)),
      waiting.map(({ occasion }) => rfc3339(occasion.wakeAt)),
    ],
    'hold-survey-occasions',
  )
}

/** An occasion whose time has come. */
export type DueOccasion = Readonly<{ customer: string; name: string; rule: string; about: string }>

/** Occasions whose time has come, those that wait longest first. */
export const readDueOccasions = (tx: Tx, now: Instant, limit: number): Promise<readonly DueOccasion[]> =>
  tx.query<DueOccasion>(
    `select customer, occasion as name, rule, about from survey_occasions
      where outcome = 'waiting' and wake_at <= $1 order by wake_at limit $2`,
    [rfc3339(now), limit],
    'due-survey-occasions',
  )

/** Holds an occasion until the transaction ends; false when another has it, or somebody was asked meanwhile. */
export async function takeOccasion(tx: Tx, { customer, name }: DueOccasion, now: Instant): Promise<boolean> {
  const held = await tx.query(
    `select 1 from survey_occasions
      where customer = $1 and occasion = $2 and outcome = 'waiting' and wake_at <= $3 for update skip locked`,
    [customer, name, rfc3339(now)],
    'hold-survey-occasion',
  )
  return held.length === 1
}

/** What came of an occasion that waited. */
export type Settled = Pick<SurveyOccasion, 'at' | 'outcome' | 'because' | 'probability' | 'survey'> &
  Readonly<{ kind?: SurveyKind }>

/** Writes down what came of an occasion that is held. */
export async function settleOccasion(tx: Tx, { customer, name }: DueOccasion, came: Settled): Promise<void> {
  await tx.change(
    `update survey_occasions
        set kind = coalesce($3, kind), at = $4, outcome = $5, because = $6, probability = $7, survey = $8, wake_at = null
      where customer = $1 and occasion = $2`,
    [customer, name, came.kind ?? null, rfc3339(came.at), came.outcome, came.because, came.probability, came.survey],
    'settle-survey-occasion',
  )
}

/** Has an occasion that is held wait longer. */
export async function postponeOccasion(tx: Tx, { customer, name }: DueOccasion, wakeAt: Instant): Promise<void> {
  await tx.change(
    'update survey_occasions set wake_at = $3 where customer = $1 and occasion = $2',
    [customer, name, rfc3339(wakeAt)],
    'postpone-survey-occasion',
  )
}

/** Whether a rule has come to these customers since an instant: asked them, or left them out by lot. */
export async function hasAskedSince(
  tx: Tx,
  customers: readonly string[],
  { rule, since }: Readonly<{ rule: string; since: Instant }>,
): Promise<boolean> {
  const found = await tx.query(
    `select 1 from survey_occasions
      where customer = any($1) and rule = $2 and outcome in ('asked', 'never-asked') and at > $3 limit 1`,
    [customers, rule, rfc3339(since)],
    'rule-has-asked',
  )
  return found.length > 0
}

/** How often one thing came of the occasions of a rule; `because` says why nobody was asked. */
export type OccasionCount = Readonly<{
  rule: string
  outcome: OccasionOutcome | 'waiting'
  because: string | null
  count: number
}>

/** What came of the occasions of each rule since an instant, and how many wait. */
export const countOccasions = (tx: Tx, since: Instant): Promise<readonly OccasionCount[]> =>
  tx.query<OccasionCount>(
    `select rule, outcome, because, count(*)::int as count from survey_occasions
      where at >= $1 or outcome = 'waiting' group by rule, outcome, because order by rule, outcome, because`,
    [rfc3339(since)],
    'count-survey-occasions',
  )

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
