import { compact } from '../relationship/compact.ts'
import type { Relationship } from '../relationship/relationship.ts'
import type { Instant } from '../time/instant.ts'
import type { LeaveModel } from './leave-model.ts'
import type { Score, Unscored } from './score.ts'
import type { Scorer } from './scorer.ts'

/** A state with what it adds up to at an instant. The same state, model, and instant always give the same. */
export type Appraisal = Readonly<{
  state: Relationship
  /** The state as it is stored. */
  stored: string
  score: Score | Unscored
  scoredAt: Instant
  modelVersion: number
}>

/** Adds up a state by a model and its scorer, as of an instant that is not before its last event. */
export function appraise(state: Relationship, model: LeaveModel, scorer: Scorer, at: Instant): Appraisal {
  return {
    state,
    stored: JSON.stringify(compact(state)),
    score: scorer.score(state, at),
    scoredAt: at,
    modelVersion: model.version,
  }
}
