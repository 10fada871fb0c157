import type { Instant } from './instant.ts'
import type { LeaveModel } from './leave-model.ts'
import type { CovariateName } from './leave-priors.ts'
import type { Relationship } from './relationship.ts'

export type Fades =
  | Readonly<{ kind: 'half-life'; days: number }>
  | Readonly<{ kind: 'until'; until: Instant }>
  | Readonly<{ kind: 'while-open' }>
  | Readonly<{ kind: 'moves' }>
  | Readonly<{ kind: 'none' }>

/** One line of the statement. Amounts are goodwill: minus log-odds to leave. */
export type LedgerEntry = Readonly<{
  /** Id of the event that caused it. */
  event: string
  covariate: CovariateName
  /** The failure that it belongs to. */
  group: string | null
  at: Instant
  mark: 'let-down' | 'repair' | 'owed'
  /** What the sentence is made of. */
  facts: Readonly<Record<string, string | number | boolean | null>>
  posted: number
  now: number
  fades: Fades
}>

export type StaticCovariate = 'tenure_ln' | 'in_fixed_term' | 'substitutability' | 'competitiveness'

/** intercept + sum of the statics - balance = linearPredictor, to 1e-9. */
export type Ledger = Readonly<{
  intercept: number
  /** In log-odds to leave, like the intercept. */
  statics: readonly Readonly<{ covariate: StaticCovariate; amount: number }>[]
  /** Oldest first. */
  entries: readonly LedgerEntry[]
  /** Goodwill: the sum of `now` over the entries. */
  balance: number
  linearPredictor: number
}>

export declare function ledger(state: Relationship, model: LeaveModel, at: Instant): Ledger
