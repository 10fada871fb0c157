import { leaving } from '../relationship/exit.ts'
import { newestFailure } from '../relationship/failure.ts'
import { isOpen } from '../relationship/recovery.ts'
import { type Relationship, readable } from '../relationship/relationship.ts'
import { DAY_MS, type Instant } from '../time/instant.ts'
import { covariates, predictorOf } from './covariates.ts'
import {
  expectedMargin,
  goodwillOf,
  leftAlonePath,
  type Margins,
  type Path,
  repairedPath,
  stayOn,
  VALUE_MONTHS,
  valueOn,
} from './forecast.ts'
import { isRepairable } from './if-left-alone.ts'
import type { LeaveModel } from './leave-model.ts'
import { windowDays } from './leave-priors.ts'

/** What a row says of everybody: what happened, and nothing that is foretold. */
export type Standing = Readonly<{
  openFailures: number
  /** A recovery failed in the last 180 days. */
  doubleDeviation: boolean
  lastFailureAt: Instant | null
  leftAt: Instant | null
  exitRequestedAt: Instant | null
}>

/** What is foretold of a customer. */
export type Figures = Readonly<{
  goodwill: number
  linearPredictor: number
  /** Chance to stay 12 months with its 80 % interval. */
  stay: number
  stayLow: number
  stayHigh: number
  /** Expected margin of 36 months, whole minor units. */
  valueMinor: number
  /** Value if put right less value if left alone, whole minor units; 0 when there is nothing to put right. */
  atStakeMinor: number
}>

/** One row of the table of scores. */
export type Score = Standing & Figures

/** The row of somebody who refuses to be profiled: nothing is foretold. */
export type Unscored = Standing & Readonly<{ [Figure in keyof Figures]: null }>

/** The figures of somebody who refuses to be profiled. */
export const unforetold = {
  goodwill: null,
  linearPredictor: null,
  stay: null,
  stayLow: null,
  stayHigh: null,
  valueMinor: null,
  atStakeMinor: null,
} as const satisfies Omit<Unscored, keyof Standing>

/** What stands in the row of a customer at an instant. Silence is taken for leaving only where one may be profiled. */
export const standing = (state: Relationship, at: Instant): Standing => ({
  openFailures: openFailures(state, at),
  doubleDeviation: hasDoubleDeviation(state, at),
  lastFailureAt: newestFailure(state.facts)?.at ?? null,
  leftAt: state.profilingRefusedAt === null ? (leaving(state.exit, state.facts, at)?.at ?? null) : state.exit.leftAt,
  exitRequestedAt: state.exit.requestedAt,
})

/** The row of somebody who refuses to be profiled. */
export const unscored = (state: Relationship, at: Instant): Unscored => ({ ...unforetold, ...standing(state, at) })

/**
 * All figures of a list row from one state, at an instant not before the last event. Pure: may be verified later. That
 * the customer allows it is for the caller to have asked.
 */
export function score(state: Relationship, model: LeaveModel, margins: Margins, at: Instant): Score {
  const x = covariates(state, model, at)
  const logOdds = predictorOf(x, model)
  const path = leftAlonePath(state, model, at, VALUE_MONTHS)
  const { value: stay, low: stayLow, high: stayHigh } = stayOn(path, 12)
  const monthly = expectedMargin(state, model, margins, at)
  const value = valueOn(path, monthly, margins).value
  return {
    goodwill: goodwillOf(x, model).value,
    linearPredictor: logOdds,
    stay,
    stayLow,
    stayHigh,
    valueMinor: Math.round(value),
    atStakeMinor:
      monthly > 0 && isRepairable(state, at)
        ? stakeMinor(repairedPath(state, model, at, VALUE_MONTHS), monthly, margins, value)
        : 0,
    ...standing(state, at),
  }
}

// The middle of `atStake` alone: a list needs no interval.
function stakeMinor(repaired: Path, monthly: number, margins: Margins, leftAlone: number): number {
  return Math.max(0, Math.round(valueOn(repaired, monthly, margins).value - leftAlone))
}

/** Failures not ended at an instant. */
export function openFailures(state: Relationship, at: Instant): number {
  let count = 0
  for (const failure of state.facts.failures) if (isOpen(failure, at)) count += 1
  return count
}

/** True when a recovery failed in the last 180 days; after an intent to leave, as it stood then. */
export function hasDoubleDeviation(state: Relationship, at: Instant): boolean {
  const { facts, at: now } = readable(state, at)
  return facts.doubleDeviation !== null && facts.doubleDeviation.at > now - windowDays.attachment_x_DD * DAY_MS
}
