import type { Appraisal } from '../core/goodwill/appraise.ts'
import { restored, type StoredState } from '../core/relationship/compact.ts'
import type { Relationship } from '../core/relationship/relationship.ts'
import { jsonArray, type PlainType, plainArray, textArray } from './array-parameter.ts'
import type { Tx } from './db.ts'

/**
 * One customer as stored. Only the root of a group of merged people holds a state; `members` are all the others
 * of the group, and stand with the root.
 */
export type Saved = Readonly<{
  customer: string
  revision: number
  mergedInto: string | null
  members: readonly string[]
  root: string | null
  state: Relationship | null
}>

/** The saved rows of these customers; who is missing has no row. */
export async function readSaved(tx: Tx, customers: readonly string[]): Promise<Map<string, Saved>> {
  const rows = await tx.query<Omit<Saved, 'state'> & { merged_into: string | null; state: StoredState | null }>(
    `select r.customer, r.revision, r.merged_into, r.members, r.root, s.state
       from relationships r left join states s on s.customer = r.customer where r.customer = any($1)`,
    [textArray(customers)],
    'read-saved',
  )
  return new Map(
    rows.map(({ merged_into: mergedInto, state, ...row }) => [
      row.customer,
      { ...row, mergedInto, state: state === null ? null : restored(state) },
    ]),
  )
}

/** What one customer becomes. `was` is the revision it was computed from, 0 when there was no row. */
export type Save = Readonly<{
  customer: string
  was: number
  mergedInto: string | null
  members: readonly string[]
  root: string | null
  of: Appraisal | null
}>

const TEXT_COLUMNS: readonly (readonly [name: string, value: (save: Save) => string | null])[] = [
  ['customer', (save) => save.customer],
  ['merged_into', (save) => save.mergedInto],
  ['root', (save) => save.root],
  ['name', (save) => save.of?.state.person.name ?? null],
  ['segment', (save) => save.of?.state.person.segment ?? null],
]

const PLAIN_COLUMNS: readonly (readonly [
  name: string,
  type: PlainType,
  value: (save: Save) => number | boolean | null,
])[] = [
  ['revision', 'bigint', (save) => save.was + 1],
  ['event_count', 'integer', (save) => save.of?.state.eventCount ?? 0],
  ['first_at', 'timestamptz', (save) => save.of?.state.firstAt ?? null],
  ['last_at', 'timestamptz', (save) => save.of?.state.lastAt ?? null],
  ['since', 'timestamptz', (save) => save.of?.state.facts.startedAt ?? null],
  ['goodwill', 'float8', (save) => save.of?.score.goodwill ?? null],
  ['stay', 'real', (save) => save.of?.score.stay ?? null],
  ['stay_low', 'real', (save) => save.of?.score.stayLow ?? null],
  ['stay_high', 'real', (save) => save.of?.score.stayHigh ?? null],
  ['value_minor', 'bigint', (save) => save.of?.score.valueMinor ?? null],
  ['at_stake_minor', 'bigint', (save) => save.of?.score.atStakeMinor ?? null],
  ['open_failures', 'integer', (save) => save.of?.score.openFailures ?? null],
  ['double_deviation', 'boolean', (save) => save.of?.score.doubleDeviation ?? null],
  ['last_failure_at', 'timestamptz', (save) => save.of?.score.lastFailureAt ?? null],
  ['exit_requested_at', 'timestamptz', (save) => save.of?.score.exitRequestedAt ?? null],
  ['left_at', 'timestamptz', (save) => save.of?.score.leftAt ?? null],
  ['scored_at', 'timestamptz', (save) => save.of?.scoredAt ?? null],
  ['model_version', 'integer', (save) => save.of?.modelVersion ?? null],
]

const NAMES = [...TEXT_COLUMNS, ...PLAIN_COLUMNS].map(([name]) => name)
const TYPES = [...TEXT_COLUMNS.map(() => 'text'), ...PLAIN_COLUMNS.map(([, type]) => type), 'text']

// A statement prepared from an older revision finds the row changed, and changes nothing: the count tells.
const SAVE = `
  insert into relationships as r (${NAMES.join(', ')}, members)
  select ${NAMES.map((name) => `n.${name}`).join(', ')},
         case when n.members = '' then '{}'::text[] else string_to_array(n.members, chr(1)) end
    from unnest(${TYPES.map((type, index) => `$${index + 1}::${type}[]`).join(', ')}) as n (${NAMES.join(', ')}, members)
  on conflict (customer) do update
    set ${NAMES.slice(1)
      .map((name) => `${name} = excluded.${name}`)
      .join(', ')}, members = excluded.members
    where r.revision = excluded.revision - 1`

/** Saves all, or answers false when another transaction was faster with one of them: then roll back and start again. */
export async function save(tx: Tx, saves: readonly Save[]): Promise<boolean> {
  const columns = [
    ...TEXT_COLUMNS.map(([, value]) => textArray(saves.map(value))),
    ...PLAIN_COLUMNS.map(([, type, value]) => plainArray(type, saves.map(value))),
    // An array of arrays of different lengths is no PostgreSQL value: members travel joined.
    textArray(saves.map((one) => one.members.join('\u0001'))),
  ]
  const [saved] = await Promise.all([tx.change(SAVE, columns, 'save-relationships'), saveStates(tx, saves)])
  return saved === saves.length
}

/** Nobody else saves this customer until the transaction ends: what is read after this still stands when it is decided on. */
export async function lockRelationship(tx: Tx, customer: string): Promise<void> {
  await tx.query('select 1 from relationships where customer = $1 for update', [customer], 'lock-relationship')
}

// Comes after the rows of the relationships: they are ours by then, or the transaction is rolled back.
async function saveStates(tx: Tx, saves: readonly Save[]): Promise<void> {
  const held = saves.flatMap(({ customer, was, of }) => (of === null ? [] : [{ customer, revision: was + 1, of }]))
  const without = saves.flatMap(({ customer, was, of }) => (of === null && was > 0 ? [customer] : []))
  const written = tx.change(
    `insert into states (customer, revision, state) select * from unnest($1::text[], $2::bigint[], $3::json[])
     on conflict (customer) do update set revision = excluded.revision, state = excluded.state`,
    [
      textArray(held.map(({ customer }) => customer)),
      plainArray(
        'bigint',
        held.map(({ revision }) => revision),
      ),
      jsonArray(held.map(({ of }) => of.stored)),
    ],
    'save-states',
  )
  const forgotten =
    without.length === 0
      ? undefined
      : tx.change('delete from states where customer = any($1)', [textArray(without)], 'forget-states')
  await Promise.all([written, forgotten])
}

/** Replaces what these customers can be found by. */
export async function saveSearchTerms(tx: Tx, terms: ReadonlyMap<string, readonly string[]>): Promise<void> {
  if (terms.size === 0) return
  const pairs = [...terms].flatMap(([customer, all]) => all.map((term) => [customer, term] as const))
  await Promise.all([
    tx.change('delete from search_terms where customer = any($1)', [textArray([...terms.keys()])], 'forget-terms'),
    tx.change(
      'insert into search_terms (customer, term) select * from unnest($1::text[], $2::text[]) on conflict do nothing',
      [textArray(pairs.map(([customer]) => customer)), textArray(pairs.map(([, term]) => term))],
      'save-terms',
    ),
  ])
}
