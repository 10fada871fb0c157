import type { Margins } from './forecast.ts'
import type { Instant } from './instant.ts'
import type { LeaveModel } from './leave-model.ts'
import type { Relationship } from './relationship.ts'

/** One row of the table of scores. */
export type Score = Readonly<{
  goodwill: number
  linearPredictor: number
  /** Chance to stay 12 months with its 80 % interval. */
  stay: number
  stayLow: number
  stayHigh: number
  valueMinor: number
  atStakeMinor: number
  openFailures: number
  doubleDeviation: boolean
  lastFailureAt: Instant | null
  leftAt: Instant | null
  exitRequestedAt: Instant | null
}>

export declare function score(state: Relationship, model: LeaveModel, margins: Margins, at: Instant): Score
