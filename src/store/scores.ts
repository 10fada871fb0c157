import { type Instant, rfc3339 } from '../core/instant.ts'
import type { Score, Unscored } from '../core/score.ts'
import { plainArray, textArray } from './array-parameter.ts'
import type { Tx } from './db.ts'

/** What a state adds up to at an instant; `revision` counts the saves of the state that it was computed from. */
export type ScoredRow = Readonly<{ customer: string; revision: number; at: Instant; score: Score | Unscored }>

// PostgreSQL refuses a number too small for `real`, and with it the whole slice; to single precision it is 0.
const single = (chance: number | null): number | null => (chance === null ? null : Math.fround(chance))

const time = (at: Instant | null): string | null => (at === null ? null : rfc3339(at))

const COLUMNS: readonly (readonly [
  name: string,
  type: string,
  value: (row: ScoredRow) => number | string | boolean | null,
])[] = [
  ['goodwill', 'float8', ({ score }) => score.goodwill],
  ['stay', 'real', ({ score }) => single(score.stay)],
  ['stay_low', 'real', ({ score }) => single(score.stayLow)],
  ['stay_high', 'real', ({ score }) => single(score.stayHigh)],
  ['value_minor', 'bigint', ({ score }) => score.valueMinor],
  ['at_stake_minor', 'bigint', ({ score }) => score.atStakeMinor],
  ['open_failures', 'integer', ({ score }) => score.openFailures],
  ['double_deviation', 'boolean', ({ score }) => score.doubleDeviation],
  ['last_failure_at', 'timestamptz', ({ score }) => time(score.lastFailureAt)],
  ['exit_requested_at', 'timestamptz', ({ score }) => time(score.exitRequestedAt)],
  ['left_at', 'timestamptz', ({ score }) => time(score.leftAt)],
  ['scored_at', 'timestamptz', ({ at }) => time(at)],
]
const NAMES = COLUMNS.map(([name]) => name)
const own = NAMES.map((name) => `r.${name}`).join(', ')
const scored = NAMES.map((name) => `n.${name}`).join(', ')

// Who got an event meanwhile has a newer state, and was scored with it. A row that would not change is not written.
const SAVE = `
  with n as materialized (
    select * from unnest($1::text[], $2::bigint[], ${COLUMNS.map(([, type], place) => `$${place + 4}::${type}[]`).join(', ')})
      as n (customer, revision, ${NAMES.join(', ')}))
  update relationships r set ${NAMES.map((name) => `${name} = n.${name}`).join(', ')}, model_version = $3
    from n where r.customer = n.customer and r.revision = n.revision
     and (${own}, r.model_version) is distinct from (${scored}, $3::int)`

/** Stores scores of one model version, where the state is still the one that was scored. Answers how many rows changed. */
export function saveScores(tx: Tx, modelVersion: number, rows: readonly ScoredRow[]): Promise<number> {
  return tx.change(
    SAVE,
    [
      textArray(rows.map(({ customer }) => customer)),
      plainArray(rows.map(({ revision }) => revision)),
      modelVersion,
      ...COLUMNS.map(([, , value]) => plainArray(rows.map(value))),
    ],
    'save-scores',
  )
}
