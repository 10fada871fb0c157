/**
 * Where the firm's own data contradict what was published (trap T32). What is believed now cannot tell: it was drawn
 * towards the prior. The data alone can.
 */
import { studentBound } from '../../stats/student.ts'
import { type FitWarning, isLevel, type Learned } from './fit-report.ts'

/** Beyond so many deviations the data contradict what was published. */
export const CONFLICT_SDS = 2

const CHANCE = 0.05

/**
 * How far from the prior mean the data alone lie, in deviations of what prior and data together leave open (Evans and
 * Moshonov 2006, Bayesian Analysis 1, 893-914, for a Normal); null where one of the two is not known, and of the level.
 */
export function distanceFromPrior({ name, prior, flat }: Pick<Learned, 'name' | 'prior' | 'flat'>): number | null {
  if (prior === null || flat === undefined || flat === null || isLevel(name)) return null
  return (flat.mean - prior.mean) / Math.hypot(prior.sd, flat.sd)
}

/** The distance that the farthest of so many slopes stays within in 95 of 100 firms that are as was published (Bonferroni). */
export const chanceDistance = (slopes: number): number => studentBound(1 - CHANCE / slopes, Number.POSITIVE_INFINITY)

/** A warning for each slope of which the data alone say something else than what was published. */
export function conflictWarnings(coefficients: readonly Learned[]): readonly FitWarning[] {
  return coefficients.flatMap(({ name, prior, flat = null }) => {
    const distance = distanceFromPrior({ name, prior, flat })
    if (distance === null || Math.abs(distance) <= CONFLICT_SDS) return []
    return [{ code: 'prior-conflict' as const, params: { covariate: name, sds: Math.round(10 * distance) / 10 } }]
  })
}
