/** What each kind of model believes before it has learned anything. */
import { shopCovariates } from '../attrition/shop-life.ts'
import type { Norm } from '../goodwill/leave-model.ts'
import { covariateNames, leavePriors } from '../goodwill/leave-priors.ts'
import { priorHazard } from '../hazard/hazard-model.ts'
import { redemptionPriorNorms } from '../liability/redemption-report.ts'
import type { Learned, ModelKind } from './fit-report.ts'

const Z80 = 1.2815515655446004

/** The published priors as coefficients of which nothing was learned; none for a kind that begins without a belief. */
export const priorCoefficients = (kind: ModelKind): readonly Learned[] =>
  priorsOf(kind).map(({ name, mean, sd }) => {
    const prior = { mean, sd }
    return { name, prior, posterior: prior, low: mean - Z80 * sd, high: mean + Z80 * sd, learnedShare: 0, rows: 0 }
  })

type Named = Norm & Readonly<{ name: string }>

function priorsOf(kind: ModelKind): readonly Named[] {
  switch (kind) {
    case 'leave':
      return leaveNorms(['intercept', ...covariateNames])
    case 'attrition':
      return leaveNorms(['intercept', ...shopCovariates])
    case 'retaliation':
    case 'winback': {
      const { names, mean, sd } = priorHazard(kind)
      return names.map((name, k) => ({ name, mean: mean[k] ?? 0, sd: sd[k] ?? 0 }))
    }
    case 'redemption':
      return redemptionPriorNorms
    case 'value':
      return []
  }
}

const leaveNorms = (names: readonly (keyof typeof leavePriors)[]): readonly Named[] =>
  names.map((name) => ({ name, mean: leavePriors[name][0], sd: leavePriors[name][1] }))
