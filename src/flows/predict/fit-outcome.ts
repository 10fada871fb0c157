import type { FitReport, LiveReason } from '../../core/learning/fit-report.ts'
import type { Instant } from '../../core/time/instant.ts'
import type { Refusal } from '../../stats/refusal.ts'
import type { World } from '../world.ts'

/** How far a fit is, in customers. While it computes (`fitting`) all of them are read. */
export type FitProgress = Readonly<{
  doing: 'counting' | 'collecting' | 'fitting' | 'scoring'
  done: number
  total: number
}>

/** Who hears about progress, and what stops it. */
export type FitOptions = Readonly<{
  progress?: (progress: FitProgress) => void | Promise<void>
  signal?: AbortSignal
}>

/** A version that may be kept: `model` is told the number that it gets. */
export type Fitted = Readonly<{
  kind: 'fitted'
  model: (version: number) => unknown
  report: FitReport
  live: boolean
  reason: LiveReason
  /** No later event was learned from. */
  dataTo: Instant
}>

/**
 * What came of a fit. A refusal may bring a version that can do without what was refused (a firm's own averages
 * around published slopes): it is kept without a report.
 */
export type FitOutcome =
  | Fitted
  | Readonly<{ kind: 'stopped' }>
  | (Refusal & Readonly<{ instead?: Omit<Fitted, 'kind' | 'report'> }>)

/** Learns the model of one kind from the log. */
export type Fit = (world: World, options: FitOptions) => Promise<FitOutcome>
