import type { RecoveryCase } from '../core/cases/recovery-case.ts'
import type { TeamsSeen } from '../core/people/team.ts'
import { type Instant, instant, rfc3339 } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

/** Where a step for many stands: it waits for a second person, was refused by one, or is a task. */
export type StepState = 'asked' | 'refused' | 'started'

/** One thing done for many, as it was asked for. `wish` and `askedBy` are the caller's own, checked before. */
export type StoredStep<Wish = unknown, Asker = unknown> = Readonly<{
  id: string
  incident: string
  kind: string
  wish: Wish
  askedBy: Asker
  askedAt: Instant
  state: StepState
  undoes: string | null
  /** The second person who answered; null for nobody yet, or where none is needed. */
  answeredBy: string | null
  totalMinor: number
}>

type Row<Wish, Asker> = Omit<StoredStep<Wish, Asker>, 'askedAt'> & { askedAt: Date }
const COLUMNS = `id, incident, kind, wish, asked_by as "askedBy", asked_at as "askedAt", state, undoes,
  answered_by as "answeredBy", total_minor as "totalMinor"`
const LISTED_MAX = 50

const stepOf = <Wish, Asker>({ askedAt, ...row }: Row<Wish, Asker>): StoredStep<Wish, Asker> => ({
  ...row,
  askedAt: instant(askedAt.getTime()),
})

/** Stores a step that somebody asks for. */
export async function addStep(tx: Tx, one: Omit<StoredStep, 'answeredBy'>): Promise<void> {
  await tx.change(
    `insert into incident_steps (id, incident, kind, wish, asked_by, asked_at, state, undoes, total_minor)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      one.id,
      one.incident,
      one.kind,
      JSON.stringify(one.wish),
      JSON.stringify(one.askedBy),
      rfc3339(one.askedAt),
      one.state,
      one.undoes,
      one.totalMinor,
    ],
  )
}

/** A step by its id; nobody else can answer for it until the transaction ends. */
export async function lockStep<Wish, Asker>(tx: Tx, id: string): Promise<StoredStep<Wish, Asker> | undefined> {
  const [row] = await tx.query<Row<Wish, Asker>>(`select ${COLUMNS} from incident_steps where id = $1 for update`, [id])
  return row && stepOf(row)
}

/** A step by its id; undefined when there is none. */
export async function findStep<Wish, Asker>(tx: Tx, id: string): Promise<StoredStep<Wish, Asker> | undefined> {
  const [row] = await tx.query<Row<Wish, Asker>>(`select ${COLUMNS} from incident_steps where id = $1`, [id])
  return row && stepOf(row)
}

/** The 50 newest steps of an incident, newest first. */
export async function listSteps<Wish, Asker>(tx: Tx, incident: string): Promise<readonly StoredStep<Wish, Asker>[]> {
  const rows = await tx.query<Row<Wish, Asker>>(
    `select ${COLUMNS} from incident_steps where incident = $1 order by asked_at desc, id limit ${LISTED_MAX}`,
    [incident],
  )
  return rows.map((row) => stepOf(row))
}

/** Keeps what the second person answered. */
export async function answerStep(tx: Tx, id: string, state: StepState, by: string): Promise<void> {
  await tx.change('update incident_steps set state = $2, answered_by = $3 where id = $1', [id, state, by])
}

/** A customer or a case of a step. `order` is what the customer was found by. */
export type StepItem = Readonly<{ customer: string; caseId: string; order: string | null; entry: string | null }>

/** Puts customers on the list of a step; who is on it stays as he is. */
export async function addCustomers(
  tx: Tx,
  step: string,
  customers: readonly Readonly<{ customer: string; order: string | null }>[],
): Promise<number> {
  return tx.change(
    `insert into incident_items (customer, step, case_id, about_order, state)
     select distinct on (1) c.customer, $1::uuid, '', c.about, 'waiting'
       from unnest($2::text[], $3::text[]) as c (customer, about) on conflict do nothing`,
    [step, customers.map(({ customer }) => customer), customers.map(({ order }) => order)],
  )
}

/** Which cases of an incident: those at one of these steps that are open, as far as they are seen. */
export type CasesAt = Readonly<{ incident: string; at: readonly string[]; teams: TeamsSeen }>

const AT = `incident = $1 and closed_at is null and next_step = any($2) and ($3::text[] is null or team is null or team = any($3))`
const valuesAt = ({ incident, at, teams }: CasesAt) => [incident, at, teams.kind === 'all' ? null : teams.teams]

/** Puts these cases on the list of a step, and answers how many. */
export const addCases = (tx: Tx, step: string, asked: CasesAt): Promise<number> =>
  tx.change(
    `insert into incident_items (customer, step, case_id, state)
     select customer, $4::uuid, id, 'waiting' from cases where ${AT}`,
    [...valuesAt(asked), step],
  )

/** How many these cases are, by team, and what was agreed with their customers and not given yet. */
export const countCases = (
  tx: Tx,
  asked: CasesAt,
): Promise<readonly Readonly<{ team: string | null; cases: number; owedMinor: number }>[]> =>
  tx.query(
    `select team, count(*) as cases,
            coalesce(sum(coalesce((state #>> '{round,remedy,valueMinor}')::bigint, 0)
                         - (state #>> '{round,compensatedMinor}')::bigint), 0)::bigint as "owedMinor"
       from cases where ${AT} group by team order by team`,
    valuesAt(asked),
    'count-cases-at',
  )

/** Puts what another step did on the list of the one that takes it back, and answers how many. */
export const addDone = (tx: Tx, step: string, undoes: string): Promise<number> =>
  tx.change(
    `insert into incident_items (customer, step, case_id, entry, state)
     select customer, $1::uuid, case_id, entry, 'waiting' from incident_items where step = $2 and state = 'done'`,
    [step, undoes],
  )

/** The next of the list that wait. */
export const readWaiting = (tx: Tx, step: string, limit: number): Promise<readonly StepItem[]> =>
  tx.query<StepItem>(
    `select customer, case_id as "caseId", about_order as "order", entry from incident_items
      where step = $1 and state = 'waiting' order by customer, case_id limit $2`,
    [step, limit],
    'waiting-items',
  )

/** Takes an item: nobody else can until the transaction ends. False when it is done already. */
export async function takeItem(tx: Tx, step: string, { customer, caseId }: StepItem): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from incident_items where customer = $1 and step = $2 and case_id = $3 and state = 'waiting' for update`,
    [customer, step, caseId],
    'take-item',
  )
  return rows.length === 1
}

/** What came of an item: `entry` is what it put into the case, `reason` why it was skipped. */
export type ItemEnd = Readonly<{ state: 'done' | 'skipped'; reason: string | null; made: RecoveryCase | null }>

/** Ends an item that was taken. */
export async function endItem(
  tx: Tx,
  step: string,
  { customer, caseId }: StepItem,
  { state, reason, made }: ItemEnd,
): Promise<void> {
  await tx.change(
    `update incident_items set state = $4, reason = $5, made_case = $6, entry = $7
      where customer = $1 and step = $2 and case_id = $3`,
    [customer, step, caseId, state, reason, made?.case ?? null, made?.last?.entry ?? null],
    'end-item',
  )
}

/** How far steps have come, by step. */
export async function countItems(
  tx: Tx,
  steps: readonly string[],
): Promise<ReadonlyMap<string, Readonly<{ waiting: number; done: number; skipped: number }>>> {
  const rows = await tx.query<{ step: string; waiting: number; done: number; skipped: number }>(
    `select step, count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'done') as done,
            count(*) filter (where state = 'skipped') as skipped
       from incident_items where step = any($1::uuid[]) group by step`,
    [steps],
    'count-items',
  )
  return new Map(rows.map(({ step, ...counts }) => [step, counts]))
}

/** What came of each customer or case of a step, by customer, after a place. */
export const readItems = (
  tx: Tx,
  { step, state, after, limit }: Readonly<{ step: string; state: string | null; after: string | null; limit: number }>,
): Promise<readonly Readonly<{ customer: string; case: string | null; state: string; reason: string | null }>[]> =>
  tx.query(
    `select customer, coalesce(made_case, nullif(case_id, '')) as "case", state, reason from incident_items
      where step = $1 and ($2::text is null or state = $2) and ($3::text is null or customer > $3)
      order by customer, case_id limit $4`,
    [step, state, after, limit],
    'read-items',
  )
