import type { Instant } from '../core/instant.ts'
import type { Score, Unscored } from '../core/score.ts'
import { type PlainType, plainArray, textArray } from './array-parameter.ts'
import type { Tx } from './db.ts'

/** What a state adds up to at an instant; `revision` counts the saves of the state that it was computed from. */
export type ScoredRow = Readonly<{ customer: string; revision: number; at: Instant; score: Score | Unscored }>

const COLUMNS: readonly (readonly [
  name: string,
  type: PlainType,
  value: (row: ScoredRow) => number | boolean | null,
])[] = [
  ['goodwill', 'float8', ({ score }) => score.goodwill],
  ['stay', 'real', ({ score }) => score.stay],
  ['stay_low', 'real', ({ score }) => score.stayLow],
  ['stay_high', 'real', ({ score }) => score.stayHigh],
  ['value_minor', 'bigint', ({ score }) => score.valueMinor],
  ['at_stake_minor', 'bigint', ({ score }) => score.atStakeMinor],
  ['open_failures', 'integer', ({ score }) => score.openFailures],
  ['double_deviation', 'boolean', ({ score }) => score.doubleDeviation],
  ['last_failure_at', 'timestamptz', ({ score }) => score.lastFailureAt],
  ['exit_requested_at', 'timestamptz', ({ score }) => score.exitRequestedAt],
  ['left_at', 'timestamptz', ({ score }) => score.leftAt],
  ['scored_at', 'timestamptz', ({ at }) => at],
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
      plainArray(
        'bigint',
        rows.map(({ revision }) => revision),
      ),
      modelVersion,
      ...COLUMNS.map(([, type, value]) => plainArray(type, rows.map(value))),
    ],
    'save-scores',
  )
}
