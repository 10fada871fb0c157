/**
 * Where the firm's own data contradict what was published (trap T32). What is believed now cannot tell: it was drawn
 * towards the prior. The data alone can.
 */
import { type FitWarning, isLevel, type Learned } from './fit-report.ts'

const CONFLICT_SDS = 2

/**
 * A warning for each slope of which the data alone say something else: further from the prior mean than twice what
 * prior and data together leave open (Evans and Moshonov 2006, Bayesian Analysis 1, 893-914, for a Normal).
 */
export function conflictWarnings(coefficients: readonly Learned[]): readonly FitWarning[] {
  return coefficients.flatMap(({ name, prior, flat }) => {
    if (prior === null || flat === undefined || flat === null || isLevel(name)) return []
    const off = flat.mean - prior.mean
    if (Math.abs(off) <= CONFLICT_SDS * Math.hypot(prior.sd, flat.sd)) return []
    return [
      { code: 'prior-conflict' as const, params: { covariate: name, sds: Math.round((10 * off) / prior.sd) / 10 } },
    ]
  })
}
