import type { LatentAttrition } from '../../stats/attrition/attrition-mixture.ts'
import type { AttritionPrior } from '../../stats/attrition/attrition-posterior.ts'
import type { AttritionRows, Periods } from '../../stats/attrition/attrition-rows.ts'
import { fitLatentAttrition, type LatentAttritionFit } from '../../stats/attrition/latent-attrition.ts'
import { scoreAttrition } from '../../stats/attrition/score-attrition.ts'
import { fitGammaGamma, type GammaGamma, gammaGammaExpected } from '../../stats/purchase/gamma-gamma.ts'
import { type Refusal, refuse } from '../../stats/refusal.ts'
import type { LeaveModel, Norm } from '../goodwill/leave-model.ts'
import { type CovariateName, leavePriors } from '../goodwill/leave-priors.ts'
import { type FitReport, type Learned, leastToLearn } from '../learning/fit-report.ts'
import { flatEstimates } from '../learning/flat-priors.ts'
import { conflictWarnings } from '../learning/prior-conflict.ts'
import { type Instant, instant, MONTH_MS } from '../time/instant.ts'
import { periodCollector } from './period-collector.ts'
import { type ShopLife, shopCovariates, shopRow } from './shop-life.ts'
import { waitCollector } from './wait-collector.ts'

const CUSTOMERS_MIN = leastToLearn.attrition
/** How far an outlook looks. */
export const OUTLOOK_MONTHS = 36
const Z80 = 1.2815515655446004

/** Latent attrition as it is kept: plain JSON. `leave` is in the order of `shopCovariates`. */
export type AttritionModel = Readonly<{
  version: number
  r: number
  alpha: number
  base: readonly number[]
  share: readonly number[]
  leave: readonly number[]
  /** The first order that the log knows of. Absent in versions that took every first order in the log for the first. */
  since?: Instant
}>

/** Spend per order as it is kept; `v` in minor units. */
export type ValueModel = GammaGamma & Readonly<{ version: number }>

/** How many people the log has, and how many of them announce their leaving: the leave model is for those. */
export type ShopCounts = Readonly<{ people: number; declared: number }>

/** A version that was fitted, with what is told of it. It foretells an amount, so there is nothing to hold out. */
export type AmountFit<Model> = Readonly<{ kind: 'fitted'; model: Model; report: FitReport }>

/** Learns leaving and buying of a shop. Refuses a firm whose customers announce their leaving, and too few others. */
export function fitAttrition(
  { rows, since }: ToldLives,
  { people, declared }: ShopCounts,
): AmountFit<Omit<AttritionModel, 'version'>> | Refusal {
  const customers = rows.firstRow.length - 1
  if (customers < CUSTOMERS_MIN) {
    return refuse(
      'too-few',
      `${customers} of ${people} people buy without announcing when they leave, and ${CUSTOMERS_MIN} are needed; for the ${declared} who announce it the leave model holds`,
    )
  }
  const prior = leavingPrior(shopCovariates)
  const fit = fitLatentAttrition(rows, prior)
  if (fit.kind === 'refused') return fit
  const { r, alpha, base, share, leave } = fit.parameters
  return {
    kind: 'fitted',
    model: { r, alpha, base: [...base], share: [...share], leave: [...leave], ...(since === null ? {} : { since }) },
    report: attritionReport(fit, rows, leavingAlone(rows, prior), { people, declared }),
  }
}

/** What was published of the chance to leave and of these covariates on it. */
export function leavingPrior(names: readonly CovariateName[]): AttritionPrior {
  const [mean, sd] = leavePriors.intercept
  const priors = names.map((name) => leavePriors[name])
  return {
    base: { mean, sd },
    leave: { mean: Float64Array.from(priors, ([of]) => of), sd: Float64Array.from(priors, ([, of]) => of) },
  }
}

/**
 * What the data say alone of the base of leaving, and then of each of the first `count` covariates on it; of the others
 * is believed what is.
 */
export function leavingAlone(
  rows: AttritionRows,
  prior: AttritionPrior,
  count = prior.leave.mean.length,
): readonly (Norm | null)[] {
  const { base, leave } = prior
  const own = { mean: leave.mean.subarray(0, count), sd: leave.sd.subarray(0, count) }
  return flatEstimates(
    ({ sd }) => {
      const fit = fitLatentAttrition(rows, {
        ...prior,
        base: { mean: base.mean, sd: sd[0] ?? Number.NaN },
        leave: {
          mean: leave.mean,
          sd: Float64Array.of(...sd.subarray(1), ...leave.sd.subarray(count)),
        },
      })
      if (fit.kind === 'refused') return fit
      const { parameters, standardErrors } = fit
      return {
        kind: 'fitted',
        coefficients: Float64Array.of(...parameters.base, ...parameters.leave),
        standardErrors: Float64Array.of(...standardErrors.base, ...standardErrors.leave),
      }
    },
    { mean: Float64Array.of(base.mean, ...own.mean), sd: Float64Array.of(base.sd, ...own.sd) },
  )
}

/** Lives as periods, and from when on the log knows of orders. */
export type ToldLives = Readonly<{ rows: AttritionRows; since: Instant | null }>

/** Collects lives as periods for `fitAttrition`; where the log begins they say themselves unless it is known. */
export function lifeCollector(known?: Instant) {
  const collector = periodCollector({ leave: shopCovariates.length })
  const waits = waitCollector(undefined, known)
  return {
    add: ({ periods, state, firstAt }: ShopLife): void => {
      for (const { exposure, orders, x } of periods) collector.add(exposure, orders, x)
      collector.next()
      waits.add(state.facts.startedAt, firstAt)
    },
    told: (): ToldLives => {
      const { since, waits: waited } = waits.told()
      return { rows: { ...collector.rows(), waits: waited }, since }
    },
  }
}

function attritionReport(
  fit: LatentAttritionFit,
  rows: AttritionRows,
  flat: readonly (Norm | null)[],
  { people, declared }: ShopCounts,
): FitReport {
  const coefficients = attritionCoefficients(fit, rows, flat)
  const purchases = rows.purchases.reduce((sum, one) => sum + one, 0)
  return {
    ...noTrial,
    customers: fit.customers,
    rows: fit.rows,
    rowsUsed: fit.rows,
    exits: purchases,
    logLikelihood: fit.logLikelihood,
    gradientNorm: fit.gradientNorm,
    iterations: fit.iterations,
    conditionNumber: fit.hessianCondition,
    coefficients,
    chosen: { peopleInAll: people, peopleWhoDeclareExits: declared },
    warnings: conflictWarnings(coefficients),
  }
}

function attritionCoefficients(
  fit: LatentAttritionFit,
  rows: AttritionRows,
  flat: readonly (Norm | null)[],
): readonly Learned[] {
  const { r, alpha } = fit.parameters
  const own = (name: string, mean: number, sd: number) => learned(name, null, { mean, sd }, 1, fit.rows)
  return [
    own('r', r, fit.standardErrors.r),
    own('alpha', alpha, fit.standardErrors.alpha),
    ...leavingLearned(fit, rows, shopCovariates, flat),
  ]
}

/** The base of leaving and each covariate on it, in the order of `leavingAlone`. */
export function leavingLearned(
  fit: LatentAttritionFit,
  rows: AttritionRows,
  names: readonly CovariateName[],
  flat: readonly (Norm | null)[],
): readonly Learned[] {
  const { parameters, standardErrors, learnedShare } = fit
  const base = { mean: parameters.base[0] ?? 0, sd: standardErrors.base[0] ?? 0 }
  return [
    {
      ...learned('intercept', leavePriors.intercept, base, learnedShare.base[0] ?? 0, fit.rows),
      flat: flat[0] ?? null,
    },
    ...names.map((name, k) => {
      const posterior = { mean: parameters.leave[k] ?? 0, sd: standardErrors.leave[k] ?? 0 }
      return {
        ...learned(name, leavePriors[name], posterior, learnedShare.leave[k] ?? 0, countFilled(rows, k)),
        flat: flat[k + 1] ?? null,
      }
    }),
  ]
}

const noTrial = {
  calibration: null,
  calibrationMissing: 'not-a-chance',
  backtest: [],
  against: null,
  warnings: [],
} as const satisfies Partial<FitReport>

// Rows in which a column is not 0.
function countFilled({ leave: { values, columnCount } }: Periods, column: number): number {
  let count = 0
  for (let at = column; at < values.length; at += columnCount) if (values[at] !== 0) count += 1
  return count
}

// A coefficient with its 80 % interval.
const learned = (
  name: string,
  prior: readonly [number, number] | null,
  posterior: Learned['posterior'],
  share: number,
  rows: number,
): Learned => ({
  name,
  prior: prior === null ? null : { mean: prior[0], sd: prior[1] },
  posterior,
  low: posterior.mean - Z80 * posterior.sd,
  high: posterior.mean + Z80 * posterior.sd,
  learnedShare: Math.max(0, share),
  rows,
})

/** Orders after the first of one customer: how many had a value, and their mean in minor units. */
export type Spend = Readonly<{ count: number; meanMinor: number }>

/** Learns what an order is worth. Refuses fewer than ten customers who ordered twice. */
export function fitValue(spends: readonly Spend[]): AmountFit<GammaGamma> | Refusal {
  const fit = fitGammaGamma({
    repeatCount: Float64Array.from(spends, ({ count }) => count),
    meanSpend: Float64Array.from(spends, ({ meanMinor }) => meanMinor),
  })
  if (fit.kind === 'refused') return fit
  const { parameters, standardErrors, logLikelihood, gradientNorm, iterations, hessianCondition } = fit
  const orders = spends.reduce((sum, { count }) => sum + count, 0)
  const repeaters = spends.filter(({ count }) => count > 0).length
  return {
    kind: 'fitted',
    model: parameters,
    report: {
      ...noTrial,
      customers: spends.length,
      rows: repeaters,
      rowsUsed: repeaters,
      exits: orders,
      logLikelihood,
      gradientNorm,
      iterations,
      conditionNumber: hessianCondition,
      coefficients: (['p', 'q', 'v'] as const).map((name) =>
        learned(name, null, { mean: parameters[name], sd: standardErrors[name] }, 1, repeaters),
      ),
      chosen: {},
    },
  }
}

/** What is foreseen of a shop customer, of whom nobody knows whether he left. */
export type Outlook = Readonly<{
  /** Chance to be there still. */
  alive: number
  /** Orders expected in the coming 36 months, if nothing more happens. */
  orders: number
  /** Mean value of an order to expect, minor units. */
  orderMinor: number
  /** Margin of these orders, discounted by month, minor units. */
  valueMinor: number
}>

/** What the outlook is computed with. */
export type OutlookWith = Readonly<{
  attrition: AttritionModel
  value: ValueModel
  leave: LeaveModel
  marginShare: number
  discountMonthly: number
}>

/** Chance to be there, orders and value of 36 months; refuses what the models refuse. */
export function outlook(life: ShopLife, at: Instant, of: OutlookWith): Outlook | Refusal {
  const { attrition } = of
  const model: LatentAttrition = {
    r: attrition.r,
    alpha: attrition.alpha,
    base: Float64Array.from(attrition.base),
    share: Float64Array.from(attrition.share),
    leave: Float64Array.from(attrition.leave),
    buy: new Float64Array(),
  }
  // To a version that does not say where the log begins, everybody began within it.
  const lives = lifeCollector(attrition.since ?? life.state.facts.startedAt ?? life.firstAt)
  lives.add(life)
  const { rows: past } = lives.told()
  // Orders expected are linear in exposure: a discounted month is a shorter one.
  const future = (weigh: (month: number) => number): Periods => {
    const months = periodCollector({ leave: shopCovariates.length })
    for (let month = 0; month < OUTLOOK_MONTHS; month += 1) {
      months.add(weigh(month), 0, shopRow(life.state, of.leave, instant(at + month * MONTH_MS)))
    }
    months.next()
    return months.rows()
  }
  const plain = scoreAttrition(
    model,
    past,
    future(() => 1),
  )
  const discounted = scoreAttrition(
    model,
    past,
    future((month) => (1 + of.discountMonthly) ** -month),
  )
  if (plain.kind === 'refused') return plain
  if (discounted.kind === 'refused') return discounted
  const orderMinor = gammaGammaExpected(of.value, life.paidCount, life.meanMinor)
  return {
    alive: plain.alive[0] ?? 0,
    orders: plain.expected[0] ?? 0,
    orderMinor,
    valueMinor: (discounted.expected[0] ?? 0) * orderMinor * of.marginShare,
  }
}
