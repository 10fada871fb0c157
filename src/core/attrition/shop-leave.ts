/**
 * The leave model of a firm to which nobody says goodbye (trap T7). Silence is not taken as leaving: leaving and buying
 * are learned together, and what is learned of leaving, month by month, is the leave model. The same covariates, the
 * same priors, the intercept among them; rates of buying, and how they follow the year, are found on the way.
 */

import type { LatentAttrition } from '../../stats/attrition/attrition-mixture.ts'
import type { AttritionRows } from '../../stats/attrition/attrition-rows.ts'
import { fitLatentAttrition, type LatentAttritionFit } from '../../stats/attrition/latent-attrition.ts'
import { scoreAttrition } from '../../stats/attrition/score-attrition.ts'
import type { NormalPrior } from '../../stats/logistic.ts'
import { type Refusal, refuse } from '../../stats/refusal.ts'
import { packCovariance } from '../coefficient-spread.ts'
import { covariates, predictorOf } from '../covariates.ts'
import type { CustomerEvent } from '../event.ts'
import type { LeaveFit } from '../fit-leave.ts'
import type { FitReport } from '../fit-report.ts'
import { type Trial, tryOut } from '../held-out.ts'
import type { CustomerKey } from '../ids.ts'
import { type Instant, instant, MONTH_MS } from '../instant.ts'
import type { Buying, LeaveModel, Norm } from '../leave-model.ts'
import { covariateNames } from '../leave-priors.ts'
import { calibrationWarnings, dataWarnings } from '../leave-report.ts'
import { leavingAlone, leavingLearned, leavingPrior, placePeriods } from './attrition-model.ts'
import { isShopCustomer, tellShopPeriods } from './shop-life.ts'

/** Fewer customers, or fewer whom the model expects to have left, and nothing is learned. */
const CUSTOMERS_MIN = 100
const EXITS_MIN = 10
/** 81 MB of covariates, and as much again while they are put in order. */
const PERIODS_MAX = 240_000
const HISTORY_MONTHS_MIN = 6
const HELD_SHARE = 1 / 4
const HELD_MONTHS_MAX = 6
/** So little doubt that a fit cannot move what it stands for: a version that is live keeps its chances to leave. */
const FIXED_SD = 1e-4
/** Buying follows the year: its logarithm swings by a cosine and a sine, each of about so much. */
const SEASON_SD = 0.5
const SEASON_COLUMNS = 2
const YEAR_MS = 12 * MONTH_MS
const YEAR_DAYS = 365
/** A chance to buy of less than this is not told apart from none. */
const SURE = 1e-12

/** Who is at the firm: people who buy and say nothing, people whose leaving is declared, and how long they are seen. */
export type ShopBase = Readonly<{ silent: number; announcing: number; periods: number; historyMonths: number }>

/** Counts who is at the firm, as of `until`. */
export function shopCounter(until: Instant) {
  let silent = 0
  let announcing = 0
  let periods = 0
  let historyMonths = 0
  return {
    add: (events: readonly CustomerEvent[], isSilent: boolean, isAnnouncing: boolean): void => {
      if (isAnnouncing) announcing += 1
      const first = isSilent ? events.find(({ type }) => type === 'order.placed')?.at : undefined
      if (first === undefined || first > until) return
      silent += 1
      const months = (until - first) / MONTH_MS
      periods += Math.ceil(months)
      historyMonths = Math.max(historyMonths, months)
    },
    base: (): ShopBase => ({ silent, announcing, periods, historyMonths: Math.floor(historyMonths) }),
  }
}

/** True where most customers buy and say nothing when they leave: leaving is learned from them, for all. */
export const learnsFromBuying = ({ silent, announcing }: ShopBase): boolean => silent > announcing

/** The last months that the fit does not see; 0 for a history too short to keep any. */
const monthsHeld = ({ historyMonths }: ShopBase): number =>
  historyMonths < HISTORY_MONTHS_MIN ? 0 : Math.min(HELD_MONTHS_MAX, Math.floor(HELD_SHARE * historyMonths))

/** Which share of the customers there is room for. */
export const shareOfShop = ({ periods }: ShopBase): number => Math.min(1, PERIODS_MAX / Math.max(1, periods))

type Period = Readonly<{
  exposure: number
  orders: number
  x: Float64Array
  liveLogOdds: Float64Array
  season: readonly [cosine: number, sine: number]
}>

/** One customer: periods seen, months to come as they looked then, and whether he bought in those. */
type SeenShopper = Readonly<{ periods: readonly Period[]; held: readonly Period[]; bought: boolean }>

/** What a fit starts from: `model` has the centres and norms to use, `live` is the version to beat, `until` ends the data. */
export type ShopStart = Readonly<{ model: LeaveModel; live: LeaveModel; until: Instant; base: ShopBase }>

/** Collects shop customers, one by one, up to the months that are held out. */
export function shopCollector({ model, live, until, base }: ShopStart) {
  const months = monthsHeld(base)
  const cut = instant(until - months * MONTH_MS)
  const shoppers: SeenShopper[] = []
  return {
    add: (customer: CustomerKey, events: readonly CustomerEvent[]): void => {
      if (!isShopCustomer(events)) return
      const periods: Period[] = []
      const state = tellShopPeriods(customer, events, cut, ({ state: known, fromAt, toAt, exposure, orders }) => {
        const liveLogOdds = Float64Array.of(predictorOf(covariates(known, live, fromAt), live))
        const season = seasonAt(toAt - (exposure / 2) * MONTH_MS)
        periods.push({ exposure, orders, x: covariates(known, model, fromAt), liveLogOdds, season })
      })
      if (state === null || periods.length === 0) return
      const held = Array.from({ length: months }, (_, month) => {
        const at = instant(cut + month * MONTH_MS)
        const liveLogOdds = Float64Array.of(predictorOf(covariates(state, live, at), live))
        const season = seasonAt(at + MONTH_MS / 2)
        return { exposure: 1, orders: 0, x: covariates(state, model, at), liveLogOdds, season }
      })
      const bought = events.some(({ type, at }) => type === 'order.placed' && at > cut && at <= until)
      shoppers.push({ periods, held, bought })
    },
    shoppers: (): readonly SeenShopper[] => shoppers,
  }
}

function seasonAt(at: number): readonly [number, number] {
  const turn = (2 * Math.PI * at) / YEAR_MS
  return [Math.cos(turn), Math.sin(turn)]
}

const seasonPrior: NormalPrior = {
  mean: new Float64Array(SEASON_COLUMNS),
  sd: new Float64Array(SEASON_COLUMNS).fill(SEASON_SD),
}

/**
 * Learns the leave model from buying, tries it on the months held out, and reports. Refuses too few customers, too few
 * who can have left, and what the fit refuses.
 */
export function fitShopLeave(shoppers: readonly SeenShopper[], start: ShopStart): LeaveFit | Refusal {
  if (shoppers.length < CUSTOMERS_MIN) return tooFewShoppers(shoppers.length)
  const seen = rowsOf(shoppers, 'x', false)
  const prior = { ...leavingPrior(covariateNames), buy: seasonPrior }
  const fit = fitLatentAttrition(seen, prior)
  if (fit.kind === 'refused') return fit
  const scores = scoreAttrition(fit.parameters, seen, seen)
  if (scores.kind === 'refused') return scores
  const exits = Math.round(scores.alive.reduce((sum, alive) => sum + 1 - alive, 0))
  if (exits < EXITS_MIN) {
    return refuse(
      'too-few',
      `of ${shoppers.length} customers who buy and say nothing, ${exits} are expected to have left: the leave model learns from ${EXITS_MIN} on`,
    )
  }
  const trial = monthsHeld(start.base) === 0 ? undefined : tryOn(shoppers, fit, start)
  const model: LeaveModel = {
    ...start.model,
    intercept: { mean: fit.parameters.base[0] ?? 0, sd: fit.standardErrors.base[0] ?? 0, from: 'own-data' },
    exits,
    mean: [...fit.parameters.leave],
    sd: [...fit.standardErrors.leave],
    covariance: packCovariance(ofLeaving(fit)),
    buying: buyingOf(fit.parameters),
  }
  return {
    kind: 'fitted',
    model,
    report: reportOf({ fit, seen, flat: leavingAlone(seen, prior), exits, trial, start }),
    live: trial?.live ?? true,
    reason: trial?.reason ?? 'nothing-to-compare',
  }
}

function buyingOf({ r, alpha, buy }: LatentAttrition): Buying {
  const [cosine = 0, sine = 0] = buy
  const days = Array.from({ length: YEAR_DAYS }, (_, day) => {
    const turn = (2 * Math.PI * day) / YEAR_DAYS
    return Math.exp(cosine * Math.cos(turn) + sine * Math.sin(turn))
  })
  return { r, alpha, season: [cosine, sine], meanSeason: days.reduce((sum, one) => sum + one, 0) / YEAR_DAYS }
}

// Of the intercept and the slopes on leaving, whatever the rates of buying are: one class, and none between the two.
function ofLeaving({ covariance, parameters }: LatentAttritionFit): Float64Array {
  const [base, kept] = [2, 1 + parameters.leave.length]
  const size = Math.sqrt(covariance.length)
  return Float64Array.from(
    { length: kept * kept },
    (_, k) => covariance[(base + Math.floor(k / kept)) * size + base + (k % kept)] ?? Number.NaN,
  )
}

const tooFewShoppers = (count: number): Refusal =>
  refuse(
    'too-few',
    `${count} customers buy and say nothing when they leave: the leave model learns from ${CUSTOMERS_MIN} on`,
  )

// Periods as the statistics read them; with `held`, the months held out follow as months without a purchase.
function rowsOf(shoppers: readonly SeenShopper[], of: 'x' | 'liveLogOdds', held: boolean): AttritionRows {
  const lives = shoppers.map((one) => (held ? [...one.periods, ...one.held] : one.periods))
  const told = lives.map((periods) => periods.map((one) => ({ exposure: one.exposure, x: one[of] })))
  return {
    ...placePeriods(told, of === 'x' ? covariateNames.length : 1),
    buy: { values: Float64Array.from(lives.flat().flatMap(({ season }) => season)), columnCount: SEASON_COLUMNS },
    purchases: Float64Array.from(lives.flat(), ({ orders }) => orders),
  }
}

// Who bought in the months held out: a chance that both versions foretell from what was known before. The live one
// keeps its chances to leave and finds the rates of buying that go best with them.
function tryOn(shoppers: readonly SeenShopper[], fit: LatentAttritionFit, start: ShopStart): Trial | undefined {
  const live = fitLatentAttrition(rowsOf(shoppers, 'liveLogOdds', false), {
    base: { mean: 0, sd: FIXED_SD },
    leave: { mean: Float64Array.of(1), sd: Float64Array.of(FIXED_SD) },
    buy: seasonPrior,
  })
  if (live.kind === 'refused') return undefined
  const own = boughtLogOdds(shoppers, fit, 'x')
  const other = boughtLogOdds(shoppers, live, 'liveLogOdds')
  if (own === undefined || other === undefined) return undefined
  const foretold = {
    logOdds: own,
    outcome: Uint8Array.from(shoppers, ({ bought }) => (bought ? 1 : 0)),
    weight: new Float64Array(shoppers.length).fill(1),
  }
  return tryOut(foretold, other, { months: monthsHeld(start.base), liveVersion: start.live.version })
}

// Log-odds to buy at least once in the months held out: 1 less the chance of none, which is how much less likely the
// past is with so many empty months behind it.
function boughtLogOdds(
  shoppers: readonly SeenShopper[],
  { parameters }: LatentAttritionFit,
  of: 'x' | 'liveLogOdds',
): Float64Array | undefined {
  const past = rowsOf(shoppers, of, false)
  const silent = rowsOf(shoppers, of, true)
  const before = scoreAttrition(parameters, past, past)
  const after = scoreAttrition(parameters, silent, silent)
  if (before.kind === 'refused' || after.kind === 'refused') return undefined
  return before.logLikelihood.map((known, i) =>
    Math.log(Math.expm1(Math.max(SURE, known - (after.logLikelihood[i] ?? Number.NaN)))),
  )
}

type Findings = Readonly<{
  fit: LatentAttritionFit
  seen: AttritionRows
  flat: readonly (Norm | null)[]
  exits: number
  trial: Trial | undefined
  start: ShopStart
}>

function reportOf({ fit, seen, flat, exits, trial, start }: Findings): FitReport {
  const { parameters } = fit
  const coefficients = leavingLearned(fit, seen, covariateNames, flat)
  const { silent, announcing } = start.base
  return {
    learnedFrom: 'buying',
    customers: fit.customers,
    rows: fit.rows,
    rowsUsed: fit.rows,
    exits,
    logLikelihood: fit.logLikelihood,
    gradientNorm: fit.gradientNorm,
    iterations: fit.iterations,
    conditionNumber: fit.hessianCondition,
    coefficients,
    calibration: trial?.calibration ?? null,
    calibrationMissing: trial !== undefined ? null : 'history-too-short',
    backtest: [],
    against: trial?.against ?? null,
    chosen: {
      halfLifeDays: start.model.halfLifeDays,
      peopleWhoBuyAndSayNothing: silent,
      peopleWhoDeclareExits: announcing,
      shareOfCustomers: shareOfShop(start.base),
      purchases: seen.purchases.reduce((sum, one) => sum + one, 0),
      r: parameters.r,
      alpha: parameters.alpha,
      seasonSwing: Math.hypot(...parameters.buy),
    },
    warnings: [...dataWarnings(coefficients, exits), ...calibrationWarnings(trial?.calibration ?? null)],
  }
}
