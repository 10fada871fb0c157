import type { CaseEntry } from '../core/cases/case-entry.ts'
import type { CasePlace } from '../core/cases/case-place.ts'
import { noStake, type Stake } from '../core/cases/case-queue.ts'
import type { RecoveryCase } from '../core/cases/recovery-case.ts'
import { type Instant, instant, rfc3339 } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

/** A case as it is to be stored: the fold, and its place in the queue as of `now`. */
export type CaseToStore = Readonly<{ state: RecoveryCase; place: CasePlace; now: Instant }>

const time = (at: Instant | null): string | null => (at === null ? null : rfc3339(at))

const COLUMNS: readonly (readonly [name: string, type: string, value: (one: CaseToStore) => unknown])[] = [
  ['customer', 'text', ({ state }) => state.customer],
  ['id', 'text', ({ state }) => state.case],
  ['failure', 'text', ({ state }) => state.failure],
  ['revision', 'integer', ({ state }) => state.revision],
  ['state', 'json', ({ state }) => JSON.stringify(state)],
  ['is_open', 'boolean', ({ place }) => place.isOpen],
  ['closed_at', 'timestamptz', ({ state }) => time(state.round.closedAt)],
  ['opened_at', 'timestamptz', ({ state }) => time(state.openedAt)],
  ['severity', 'text', ({ state }) => state.severity],
  ['category', 'text', ({ state }) => state.category],
  ['loss_minor', 'bigint', ({ state }) => state.lossMinor],
  ['given_minor', 'bigint', ({ state }) => state.round.compensatedMinor],
  ['floor', 'smallint', ({ place }) => place.floor],
  ['rank', 'float8', ({ place }) => place.rank],
  ['due_at', 'timestamptz', ({ place }) => time(place.dueAt)],
  ['next_step', 'text', ({ place }) => place.nextStep],
  ['stake_minor', 'bigint', ({ place }) => place.stakeMinor],
  ['work_minutes', 'integer', ({ place }) => place.workMinutes],
  ['assignee', 'text', ({ state }) => state.assignee],
  ['team', 'text', ({ state }) => state.team],
  ['incident', 'uuid', ({ state }) => state.incident],
  ['wake_at', 'timestamptz', ({ place }) => time(place.wakeAt)],
  ['changed_at', 'timestamptz', ({ now }) => time(now)],
]

const NAMES = COLUMNS.map(([name]) => name).join(', ')
const VALUES = COLUMNS.map(([, type], index) => `$${index + 1}::${type}`).join(', ')
const valuesOf = (one: CaseToStore) => COLUMNS.map(([, , value]) => value(one))

/** Stores a new case; false when its failure has one already. */
export async function addCase(tx: Tx, one: CaseToStore): Promise<boolean> {
  const added = await tx.change(
    `insert into cases (${NAMES}) values (${VALUES}) on conflict (customer, failure) do nothing`,
    valuesOf(one),
    'add-case',
  )
  return added === 1
}

/** Stores the case after a change that was decided from revision `was`; false when another was faster. */
export async function saveCase(tx: Tx, one: CaseToStore, was: number): Promise<boolean> {
  const set = COLUMNS.slice(2).map(([name, type], index) => `${name} = $${index + 3}::${type}`)
  const saved = await tx.change(
    `update cases set ${set.join(', ')} where customer = $1 and id = $2 and revision = $${COLUMNS.length + 1}`,
    [...valuesOf(one), was],
    'save-case',
  )
  return saved === 1
}

/** Appends entries to a case, the first at `position`. */
export async function addEntries(
  tx: Tx,
  { customer, case: id }: Pick<RecoveryCase, 'customer' | 'case'>,
  position: number,
  entries: readonly CaseEntry[],
): Promise<void> {
  await tx.change(
    `insert into case_entries (customer, case_id, position, at, actor, kind, entry)
     select $1, $2, * from unnest($3::int[], $4::timestamptz[], $5::text[], $6::text[], $7::json[])`,
    [
      customer,
      id,
      entries.map((_, index) => position + index),
      entries.map(({ at }) => rfc3339(at)),
      entries.map(({ by }) => by),
      entries.map(({ kind }) => kind),
      entries.map((entry) => JSON.stringify(entry)),
    ],
    'add-case-entries',
  )
}

/** A case as stored. `placedMinor` is what was at stake when its place was last read; null where it may not be known. `wordsGoneAt`: when what was written in it was removed. */
export type StoredCase = Readonly<{ state: RecoveryCase; placedMinor: number | null; wordsGoneAt: Date | null }>

/** What the customer was let down with, in the words that she is told; null while nobody said. */
export async function readAbout(tx: Tx, { customer, case: id }: Pick<RecoveryCase, 'customer' | 'case'>) {
  const [row] = await tx.query<{ about: string | null }>(
    'select about from cases where customer = $1 and id = $2',
    [customer, id],
    'case-about',
  )
  return row?.about ?? null
}

/** Keeps these words. */
export async function saveAbout(
  tx: Tx,
  { customer, case: id }: Pick<RecoveryCase, 'customer' | 'case'>,
  about: string,
): Promise<void> {
  await tx.change('update cases set about = $3 where customer = $1 and id = $2', [customer, id, about])
}

/** Any case by its id, whoever the customer is. */
export async function findCase(tx: Tx, id: string): Promise<StoredCase | undefined> {
  const [row] = await tx.query<StoredCase>(
    'select state, stake_minor as "placedMinor", words_gone_at as "wordsGoneAt" from cases where id = $1',
    [id],
    'find-case',
  )
  return row
}

/** The cases of these failures, each a pair of customer and failure; nobody else can change them for now. */
export async function lockCasesOf(
  tx: Tx,
  pairs: readonly Readonly<{ customer: string; failure: string }>[],
): Promise<readonly RecoveryCase[]> {
  // Few failures have a case. A lock stands on one node, so each is locked where its customer lives, in one order.
  const names = await tx.query<CaseName>(
    `select c.customer, c.id from cases c
       join (select * from unnest($1::text[], $2::text[]) as u (customer, failure)) as k
         on c.customer = k.customer and c.failure = k.failure order by c.customer, c.id`,
    [pairs.map(({ customer }) => customer), pairs.map(({ failure }) => failure)],
    'cases-of-failures',
  )
  const locked: RecoveryCase[] = []
  for (const name of names) {
    const state = await lockCase(tx, name)
    if (state !== undefined) locked.push(state)
  }
  return locked
}

/** All cases of these keys, newest first. */
export async function readCasesOf(tx: Tx, customers: readonly string[]): Promise<readonly RecoveryCase[]> {
  const rows = await tx.query<{ state: RecoveryCase }>(
    'select state from cases where customer = any($1) order by opened_at desc, id',
    [customers],
    'cases-of-customers',
  )
  return rows.map(({ state }) => state)
}

/** An entry with its place in the case. */
export type StoredEntry = Readonly<{ position: number; entry: CaseEntry }>

/** The entries of a case, oldest first. */
export const readEntries = (tx: Tx, customer: string, id: string): Promise<readonly StoredEntry[]> =>
  tx.query<StoredEntry>(
    'select position, entry from case_entries where customer = $1 and case_id = $2 order by position',
    [customer, id],
    'case-entries',
  )

/** Which case: with the customer, so that it is found where the customer lives. */
export type CaseName = Readonly<{ customer: string; id: string }>

/** Cases whose place time has changed, those that wait longest first. */
export const readWoken = (tx: Tx, now: Instant, limit: number): Promise<readonly CaseName[]> =>
  tx.query<CaseName>(
    'select customer, id from cases where wake_at <= $1 order by wake_at limit $2',
    [rfc3339(now), limit],
    'woken-cases',
  )

/** The cases of these keys, in the order in which they are locked. */
export const readCaseNames = (tx: Tx, customers: readonly string[]): Promise<readonly CaseName[]> =>
  tx.query<CaseName>(
    'select customer, id from cases where customer = any($1) order by customer, id',
    [customers],
    'case-names',
  )

/** A woken case, which nobody else can change until the transaction ends; undefined when another has it, or had it. */
export async function takeWoken(tx: Tx, { customer, id }: CaseName, now: Instant): Promise<RecoveryCase | undefined> {
  const [row] = await tx.query<{ state: RecoveryCase }>(
    'select state from cases where customer = $1 and id = $2 and wake_at <= $3 for update skip locked',
    [customer, id, rfc3339(now)],
    'take-woken',
  )
  return row?.state
}

/** Puts a case, which must be locked, where it belongs in the queue. */
export async function placeCase(tx: Tx, { customer, case: id }: RecoveryCase, place: CasePlace): Promise<void> {
  await tx.change(
    `update cases set floor = $3, rank = $4, due_at = $5, next_step = $6, stake_minor = $7, work_minutes = $8,
        is_open = $9, wake_at = $10 where customer = $1 and id = $2`,
    [
      customer,
      id,
      place.floor,
      place.rank,
      time(place.dueAt),
      place.nextStep,
      place.stakeMinor,
      place.workMinutes,
      place.isOpen,
      time(place.wakeAt),
    ],
    'place-case',
  )
}

/** Lets everybody who looks at a case hear that something about it is new, though no entry was made. */
export async function touchCase(
  tx: Tx,
  { customer, case: id }: Readonly<{ customer: string; case: string }>,
  at: Instant,
): Promise<void> {
  await tx.change(
    'update cases set changed_at = $3 where customer = $1 and id = $2',
    [customer, id, rfc3339(at)],
    'touch-case',
  )
}

/** A case, which nobody else can change until the transaction ends. */
export async function lockCase(tx: Tx, { customer, id }: CaseName): Promise<RecoveryCase | undefined> {
  const [row] = await tx.query<{ state: RecoveryCase }>(
    'select state from cases where customer = $1 and id = $2 for update',
    [customer, id],
    'lock-case',
  )
  return row?.state
}

/** What is at stake with a customer; that of the whole person where people were merged. */
export async function readStake(tx: Tx, customer: string): Promise<Stake> {
  const [row] = await tx.query<{ minor: number | null; root: string | null; scored: boolean }>(
    'select at_stake_minor as minor, root, last_at is not null as scored from relationships where customer = $1',
    [customer],
    'case-stake',
  )
  if (row === undefined) return noStake
  if (row.root !== null) return readStake(tx, row.root)
  if (row.minor === null && row.scored) return { minor: null, usualMinor: await readUsualStake(tx) }
  return { minor: row.minor ?? 0, usualMinor: 0 }
}

/** What is usually at stake with a customer with whom anything is. */
export async function readUsualStake(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ minor: number }>(
    'select coalesce(avg(at_stake_minor), 0)::float8 as minor from relationships where root is null and at_stake_minor > 0',
    [],
    'usual-stake',
  )
  return row?.minor ?? 0
}

/** Takes a case away as if it had never been opened; it must be locked. */
export async function dropCase(tx: Tx, { customer, id }: CaseName): Promise<void> {
  await tx.change('delete from case_entries where customer = $1 and case_id = $2', [customer, id], 'drop-case-entries')
  await tx.change('delete from cases where customer = $1 and id = $2', [customer, id], 'drop-case')
}

/** A note, in the words of who wrote it. */
export type CaseNote = Readonly<{ id: string; at: Instant; author: string; body: string }>

/** Keeps a note; the same id again changes nothing. */
export async function addNote(tx: Tx, one: Pick<RecoveryCase, 'customer' | 'case'>, note: CaseNote): Promise<void> {
  await tx.change(
    `insert into case_notes (customer, case_id, id, at, author, body) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing`,
    [one.customer, one.case, note.id, rfc3339(note.at), note.author, note.body],
  )
}

/** The notes of a case, oldest first. */
export async function readNotes(tx: Tx, customer: string, id: string): Promise<readonly CaseNote[]> {
  const rows = await tx.query<Omit<CaseNote, 'at'> & { at: Date }>(
    'select id, at, author, body from case_notes where customer = $1 and case_id = $2 order by at, id',
    [customer, id],
    'case-notes',
  )
  return rows.map((row) => ({ ...row, at: instant(row.at.getTime()) }))
}
