/**
 * A chance within a period as log-odds that add up: the form that retaliation and win-back share. Coefficients begin as
 * published priors and learn from the firm's own periods.
 */
import { chanceAt, type PackedCovariance, spreadOf, Z80 } from '../goodwill/coefficient-spread.ts'
import { retaliationPriors } from './retaliation-priors.ts'
import { winBackPriors } from './win-back-priors.ts'

/** What is foretold by a model of this form. */
export type HazardKind = 'retaliation' | 'winback'

/** Coefficients in the order of `names`, the first of which is the intercept. Plain JSON; frozen with its version. */
export type HazardModel = Readonly<{
  version: number
  kind: HazardKind
  /** Events of the firm that it learned from. */
  exits: number
  names: readonly string[]
  mean: readonly number[]
  sd: readonly number[]
  /** Absent where the coefficients are independent: in the published priors; and in versions that were kept without. */
  covariance?: PackedCovariance
}>

/** A published [mean, sd] for each coefficient, the intercept first. */
const hazardPriors = { retaliation: retaliationPriors, winback: winBackPriors } as const

/** The model of the first day: published priors, nothing learned. */
export function priorHazard(kind: HazardKind): HazardModel {
  const priors = Object.entries(hazardPriors[kind])
  return {
    version: 0,
    kind,
    exits: 0,
    names: priors.map(([name]) => name),
    mean: priors.map(([, [mean]]) => mean),
    sd: priors.map(([, [, sd]]) => sd),
  }
}

/** What one covariate adds to the log-odds. */
export type HazardPart = Readonly<{ covariate: string; units: number; amount: number }>

/** A chance with its 80 % interval, and what it is made of: parts that weigh something, the intercept first. */
export type HazardChance = Readonly<{ value: number; low: number; high: number; parts: readonly HazardPart[] }>

/** Covariates of one period, the intercept's 1 first. */
export type HazardRow = readonly number[]

/** Log-odds of a row. */
export const hazardLogOdds = ({ mean }: HazardModel, x: HazardRow): number =>
  mean.reduce((sum, one, k) => sum + one * (x[k] ?? 0), 0)

/**
 * The chance that it happens in at least one of these periods, one after the other. The interval comes from the slopes
 * of -ln(chance of none) by each coefficient and their covariance (the delta method).
 */
export function chanceWithin(model: HazardModel, periods: readonly HazardRow[]): HazardChance {
  const first = periods[0] ?? []
  const slopes = new Float64Array(model.names.length)
  let hazard = 0
  for (const x of periods) {
    const odds = Math.exp(hazardLogOdds(model, x))
    hazard += Math.log1p(odds)
    for (let k = 0; k < slopes.length; k += 1) slopes[k] = (slopes[k] ?? 0) + (odds / (1 + odds)) * (x[k] ?? 0)
  }
  const sd = spreadOf(slopes, model)
  return {
    value: 1 - chanceAt(hazard, sd, 0),
    low: 1 - chanceAt(hazard, sd, -Z80),
    high: 1 - chanceAt(hazard, sd, Z80),
    parts: model.names.flatMap((covariate, k) => {
      const units = first[k] ?? 0
      return units === 0 ? [] : [{ covariate, units, amount: units * (model.mean[k] ?? 0) }]
    }),
  }
}
