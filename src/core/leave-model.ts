import { type CovariateName, covariateNames, leavePriors } from './leave-priors.ts'

/** A mean and a standard deviation. */
export type Norm = Readonly<{ mean: number; sd: number }>

/** What a covariate is centred on, in one segment. */
export type Centre = Readonly<{ purchases_ln: number; personal_share: number; effort_ces: number }>

/** The kinds of survey that are read as standing beside others of their kind. */
export type NormKind = 'csat' | 'nps' | 'friendliness' | 'attachment'

/** Everything that turns the covariates of a customer into a chance to leave. Plain JSON; frozen with its version. */
export type LeaveModel = Readonly<{
  version: number
  intercept: Readonly<{ mean: number; sd: number; from: 'prior' | 'own-data' }>
  /** Exits of the firm that this version has learned from. */
  exits: number
  /** Slopes in the order of `covariateNames`. */
  mean: readonly number[]
  sd: readonly number[]
  halfLifeDays: number
  /** By segment; '*' for segments that are not listed. Without either, the centred covariates are 0. */
  centres: Readonly<Record<string, Centre>>
  /** On the 0 to 1 scale of each survey. */
  norms: Readonly<Record<NormKind, Norm>>
  /** Spread of what the goodwill index is made of; null until calibrated, and then the index is 0. */
  reserve: Readonly<{ tenure_ln: Norm; purchases_ln: Norm; pos_contacts: Norm }> | null
  /** 0 to 1 by product; '*' for products that are not listed. */
  products: Readonly<Record<string, Readonly<{ substitutability: number; competitiveness: number }>>>
}>

const slopes = covariateNames.map((name: CovariateName) => leavePriors[name])

/** The model of the first day: published priors, nothing learned. */
export const priorModel: LeaveModel = {
  version: 0,
  intercept: { mean: leavePriors.intercept[0], sd: leavePriors.intercept[1], from: 'prior' },
  exits: 0,
  mean: slopes.map(([mean]) => mean),
  sd: slopes.map(([, sd]) => sd),
  halfLifeDays: 90,
  centres: {},
  norms: {
    csat: { mean: 0.75, sd: 0.25 },
    nps: { mean: 0.75, sd: 0.25 },
    friendliness: { mean: 0.75, sd: 0.2 },
    attachment: { mean: 0.5, sd: 0.25 },
  },
  reserve: null,
  products: {},
}
