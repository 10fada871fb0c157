/** What is told of a fitted model, whatever its kind: plain JSON, kept beside its version and never changed. */

import type { Norm } from '../goodwill/leave-model.ts'
import type { Instant } from '../time/instant.ts'

/** The models that learn from the firm's own events. */
export const modelKinds = ['leave', 'attrition', 'value', 'retaliation', 'redemption', 'winback'] as const

/** One of the models that learn from the firm's own events. */
export type ModelKind = (typeof modelKinds)[number]

/**
 * What each kind needs to learn from at least: events that it foretells; of attrition customers who buy without a
 * contract, of value customers who ordered twice (which src/stats/purchase/gamma-gamma.ts holds).
 */
export const leastToLearn = {
  leave: 10,
  attrition: 30,
  value: 10,
  retaliation: 10,
  redemption: 10,
  winback: 10,
} as const satisfies Readonly<Record<ModelKind, number>>

/** Why a version is kept without going live. */
export const keptReasons = ['worse-log-loss', 'worse-calibration', 'not-comparable'] as const

/** Why a version is live, or why it is kept without going live. */
export const liveReasons = ['nothing-to-compare', 'not-worse', 'too-few', ...keptReasons] as const

/** Why a version is live, or why it is kept without going live. */
export type LiveReason = (typeof liveReasons)[number]

/** Why nothing is known about months that the fit has not seen. */
export const unheldReasons = [
  'history-too-short',
  'too-few-exits',
  'all-alike',
  'not-a-chance',
  'not-comparable',
] as const

/**
 * Why nothing is known about months that the fit has not seen. 'all-alike': the same happened to everybody in them;
 * 'not-a-chance': the model foretells an amount; 'not-comparable': what was foretold of them is no number, or held to be
 * impossible what happened.
 */
export type UnheldReason = (typeof unheldReasons)[number]

/** A coefficient: what was believed before the data, and what is believed now. */
export type Learned = Readonly<{
  name: string
  /** Null where nothing was believed before. */
  prior: Norm | null
  posterior: Norm
  /** The 80 % interval. */
  low: number
  high: number
  /** 1 - (posterior sd / prior sd)^2, from 0 to 1. */
  learnedShare: number
  /**
   * What the same rows say under priors a hundred times as wide; null where they alone cannot tell. Absent where it is
   * not looked for, and in reports kept before it was.
   */
  flat?: Norm | null
  /** Rows that could say something about it: those in which the covariate is not 0. */
  rows: number
}>

/** Whether a coefficient is the level of all rather than a slope: firms differ in it, whatever was published. */
export const isLevel = (name: string): boolean => name.endsWith('intercept') || name === 'level'

/** A tenth of the held-out rows, by predicted chance: what was foretold and what happened. */
export type Decile = Readonly<{ chance: number; observed: number; rows: number; events: number }>

/** How foretold chances compare with what happened in months that the fit has not seen. */
export type HeldOut = Readonly<{
  /** Length of the held-out time in months. */
  months: number
  rows: number
  events: number
  /** Of a logistic regression of what happened on the foretold log-odds; 1 and 0 are perfect. Null without an answer. */
  slope: number | null
  slopeError: number | null
  intercept: number | null
  /** Mean distance of the deciles, as a chance: 0.01 is one point. */
  expectedCalibrationError: number
  /** The same of a perfect forecast: what chance does to tenths of so many rows. Absent in reports kept before it was told. */
  errorByChance?: number
  logLoss: number
  brier: number
  deciles: readonly Decile[]
}>

/** What one month was foretold and what it brought. */
export type BacktestMonth = Readonly<{
  fromAt: Instant
  rows: number
  /** Expected events, their standard deviation, and those that happened. */
  expected: number
  expectedSd: number
  events: number
  /** True for months that the fit has not seen. */
  heldOut: boolean
}>

/** The version that was live, on the same held-out months. */
export type Against = Readonly<{
  version: number
  logLoss: number
  expectedCalibrationError: number
  /** Mean loss of the new version less that of the live one, with its standard error: below 0 is better. */
  difference: number
  differenceError: number
}>

/** What somebody should know before trusting the model, in the order of weight. */
export const fitWarningCodes = [
  'few-exits',
  'prior-conflict',
  'not-learned',
  'decile-off',
  'calibration-slope',
  'frailty',
  'incidents',
] as const

/** A warning as a code with what its sentence needs. */
export type FitWarning = Readonly<{
  code: (typeof fitWarningCodes)[number]
  params: Readonly<Record<string, number | string>>
}>

/** What tells that somebody left: he said so, or buying that stopped. */
export const leaveEvidence = ['exits', 'buying'] as const

/** What tells that somebody left: he said so, or buying that stopped. */
export type LeaveEvidence = (typeof leaveEvidence)[number]

/** What is told of a fit. */
export type FitReport = Readonly<{
  /**
   * Of the leave model. With 'buying', `exits` are those that the model expects, and what was held out is who bought in
   * the last months. Absent in other kinds, and in reports kept before there was a choice.
   */
  learnedFrom?: LeaveEvidence
  customers: number
  /** Rows at risk in all, and those that were fitted on after sampling. */
  rows: number
  rowsUsed: number
  /** Events that the model foretells, among all rows that it was fitted on. */
  exits: number
  logLikelihood: number
  gradientNorm: number
  iterations: number
  conditionNumber: number
  coefficients: readonly Learned[]
  calibration: HeldOut | null
  /** Why `calibration` is null. */
  calibrationMissing: UnheldReason | null
  backtest: readonly BacktestMonth[]
  against: Against | null
  /** What else the fit chose, by name: a half-life, a share of rows. */
  chosen: Readonly<Record<string, number>>
  warnings: readonly FitWarning[]
}>
