import type { ScoreColumns } from '../core/goodwill/scorer.ts'
import { type PlainType, plainArray, textArray } from './array-parameter.ts'
import type { Tx } from './db.ts'

/** What states add up to; `revisions` count the saves of the states that it was computed from. */
export type ScoredRows = Readonly<{
  customers: readonly string[]
  revisions: readonly number[]
  scores: ScoreColumns
}>

const COLUMNS: readonly (readonly [name: string, type: PlainType, figure: keyof ScoreColumns])[] = [
  ['goodwill', 'float8', 'goodwill'],
  ['stay', 'real', 'stay'],
  ['stay_low', 'real', 'stayLow'],
  ['stay_high', 'real', 'stayHigh'],
  ['value_minor', 'bigint', 'valueMinor'],
  ['at_stake_minor', 'bigint', 'atStakeMinor'],
  ['open_failures', 'integer', 'openFailures'],
  ['double_deviation', 'boolean', 'doubleDeviation'],
  ['last_failure_at', 'timestamptz', 'lastFailureAt'],
  ['exit_requested_at', 'timestamptz', 'exitRequestedAt'],
  ['left_at', 'timestamptz', 'leftAt'],
  ['scored_at', 'timestamptz', 'scoredAt'],
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
export function saveScores(
  tx: Tx,
  modelVersion: number,
  { customers, revisions, scores }: ScoredRows,
): Promise<number> {
  return tx.change(
    SAVE,
    [
      textArray(customers),
      plainArray('bigint', revisions),
      modelVersion,
      ...COLUMNS.map(([, type, figure]) => plainArray(type, Array.from(scores[figure], orNull))),
    ],
    'save-scores',
  )
}

const orNull = (figure: number): number | null => (Number.isNaN(figure) ? null : figure)
