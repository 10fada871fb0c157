import type { Instant } from '../time/instant.ts'
import type { PackedCovariance, Unsure } from './coefficient-spread.ts'
import { type CovariateName, covariateNames, leavePriors } from './leave-priors.ts'

/** A mean and a standard deviation. */
export type Norm = Readonly<{ mean: number; sd: number }>

/** What a covariate is centred on, in one segment. */
export type Centre = Readonly<{ purchases_ln: number; personal_share: number; effort_ces: number }>

/** The kinds of survey that are read as standing beside others of their kind. */
export type NormKind = 'csat' | 'nps' | 'friendliness' | 'attachment'

/** How customers buy while they are there, as it was learned together with their leaving. */
export type Buying = Readonly<{
  /** Rates are gamma distributed, in orders a month of mean season. */
  r: number
  alpha: number
  /** The logarithm of buying swings by a cosine and a sine of the year, and is multiplied by so much on average. */
  season: readonly [cosine: number, sine: number]
  meanSeason: number
  /** The first order that the log knows of. Absent in versions that took every first order in the log for the first. */
  since?: Instant
}>

/** Everything that turns the covariates of a customer into a chance to leave. Plain JSON; frozen with its version. */
export type LeaveModel = Readonly<{
  version: number
  intercept: Readonly<{ mean: number; sd: number; from: 'prior' | 'own-data' }>
  /** Exits of the firm that this version has learned from. */
  exits: number
  /** Slopes in the order of `covariateNames`. */
  mean: readonly number[]
  sd: readonly number[]
  /**
   * Of the intercept and the slopes, in this order. Absent where they are independent: in the published priors; and in
   * versions that were kept without.
   */
  covariance?: PackedCovariance
  /** Where leaving was learned from buying. */
  buying?: Buying
  halfLifeDays: number
  /** By segment; '*' for segments that are not listed. Without either, the centred covariates are 0. */
  centres: Readonly<Record<string, Centre>>
  /** On the 0 to 1 scale of each survey. */
  norms: Readonly<Record<NormKind, Norm>>
  /** Spread of what the goodwill index is made of; null until counted, and then the index is 0. */
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

/** How unsure the intercept and the slopes are, in this order. */
export function unsureOf(model: LeaveModel): Unsure {
  const known = unsureOfModel.get(model)
  if (known !== undefined) return known
  const { intercept, sd, covariance } = model
  const unsure: Unsure = {
    sd: Float64Array.of(intercept.sd, ...sd),
    covariance: covariance === undefined ? undefined : Float64Array.from(covariance),
  }
  unsureOfModel.set(model, unsure)
  return unsure
}
const unsureOfModel = new WeakMap<LeaveModel, Unsure>()

/** What the covariates of a segment are centred on; null where nothing was counted, and they are 0. */
export function centreOf(model: LeaveModel, segment: string | null): Centre | null {
  // A segment is a free text: it must not find what every object inherits.
  if (segment !== null && Object.hasOwn(model.centres, segment)) return model.centres[segment] ?? null
  return model.centres['*'] ?? null
}

/** Substitutability and competitiveness of a product less 0.5; 0 where the firm has not said. */
export function marketOf(model: LeaveModel, product: string | null) {
  const named = product !== null && Object.hasOwn(model.products, product) ? model.products[product] : undefined
  const market = named ?? model.products['*']
  if (market === undefined) return { substitutability: 0, competitiveness: 0 }
  return { substitutability: market.substitutability - 0.5, competitiveness: market.competitiveness - 0.5 }
}

/** Standing of an answer (0 to 1) beside others of its kind, in standard deviations. */
export function standing(model: LeaveModel, kind: NormKind, score: number): number {
  const { mean, sd } = model.norms[kind]
  return sd > 0 ? (score - mean) / sd : 0
}

/**
 * The goodwill index of a failure: the mean standing of what the customer had built up before it. 0 until the firm's
 * own spread is known. Each part is held within 3 standard deviations.
 */
export function goodwillIndex(model: LeaveModel, months: number, purchases: number, positives: number): number {
  return model.reserve === null
    ? 0
    : reserveIndex(model, Math.log((1 + months) / 13), Math.log(1 + purchases), positives)
}

/** The same from the logarithms that it reads. */
export function reserveIndex(
  { reserve }: LeaveModel,
  tenureLn: number,
  purchasesLn: number,
  positives: number,
): number {
  if (reserve === null) return 0
  const { tenure_ln, purchases_ln, pos_contacts } = reserve
  return (clipped(tenureLn, tenure_ln) + clipped(purchasesLn, purchases_ln) + clipped(positives, pos_contacts)) / 3
}

const clipped = (value: number, { mean, sd }: Norm): number =>
  sd > 0 ? Math.min(3, Math.max(-3, (value - mean) / sd)) : 0
