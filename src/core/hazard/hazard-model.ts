/**
 * A chance within a period as log-odds that add up: the form that retaliation and win-back share. Coefficients begin as
 * published priors and learn from the firm's own periods.
 */
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

const Z80 = 1.2815515655446004

/** Covariates of one period, the intercept's 1 first. */
export type HazardRow = readonly number[]

/** Log-odds of a row. */
export const hazardLogOdds = ({ mean }: HazardModel, x: HazardRow): number =>
  mean.reduce((sum, one, k) => sum + one * (x[k] ?? 0), 0)

/**
 * The chance that it happens in at least one of these periods, one after the other. The interval comes from the
 * standard deviations of the coefficients, taken as independent and moved together for all periods.
 */
export function chanceWithin(model: HazardModel, periods: readonly HazardRow[]): HazardChance {
  const first = periods[0] ?? []
  const sd = Math.sqrt(model.sd.reduce((sum, one, k) => sum + (one * (first[k] ?? 0)) ** 2, 0))
  const within = (shift: number) =>
    1 - periods.reduce((none, x) => none / (1 + Math.exp(hazardLogOdds(model, x) + shift)), 1)
  return {
    value: within(0),
    low: within(-Z80 * sd),
    high: within(Z80 * sd),
    parts: model.names.flatMap((covariate, k) => {
      const units = first[k] ?? 0
      return units === 0 ? [] : [{ covariate, units, amount: units * (model.mean[k] ?? 0) }]
    }),
  }
}
