/**
 * The leave model of a firm to which nobody says goodbye (trap T7). Silence is not taken as leaving: leaving and buying
 * are learned together, and what is learned of leaving, month by month, is the leave model. The same covariates, the
 * same priors, the intercept among them; rates of buying, and how they follow the year, are found on the way.
 */

import type { LatentAttrition } from '../../stats/attrition/attrition-mixture.ts'
import { type AttritionRows, buyColumns, type Columns, waitsBetween } from '../../stats/attrition/attrition-rows.ts'
import { fitLatentAttrition, type LatentAttritionFit } from '../../stats/attrition/latent-attrition.ts'
import { scoreAttrition } from '../../stats/attrition/score-attrition.ts'
import type { NormalPrior } from '../../stats/logistic.ts'
import { type Refusal, refuse } from '../../stats/refusal.ts'
import { packCovariance } from '../goodwill/coefficient-spread.ts'
import { covariates, predictorOf } from '../goodwill/covariates.ts'
import type { Buying, LeaveModel, Norm } from '../goodwill/leave-model.ts'
import { covariateNames } from '../goodwill/leave-priors.ts'
import type { CustomerKey } from '../ids.ts'
import type { LeaveFit } from '../learning/fit-leave.ts'
import type { FitReport } from '../learning/fit-report.ts'
import { growingNumbers } from '../learning/growing-numbers.ts'
import { type Trial, tryOut, untried } from '../learning/held-out.ts'
import { type IncidentLines, incidentCollector } from '../learning/incident-ties.ts'
import { calibrationWarnings, dataWarnings } from '../learning/leave-report.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { type Instant, instant, MONTH_MS } from '../time/instant.ts'
import { leavingAlone, leavingLearned, leavingPrior } from './attrition-model.ts'
import { periodCollector } from './period-collector.ts'
import { isShopCustomer, type ShopPeriod, tellShopPeriods } from './shop-life.ts'
import { type TiedPeriods, tiePeriods } from './tied-periods.ts'
import { waitCollector } from './wait-collector.ts'

/** Fewer customers, or fewer whom the model expects to have left, and nothing is learned. */
const CUSTOMERS_MIN = 100
const EXITS_MIN = 10
/** 81 MB of covariates. */
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
const SCORED_AT_ONCE = 1_000

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

/**
 * Periods with the covariates of the version to come, and beside them what the live version foretold of each; customers
 * stand in the same order, with the same number of rows, in both.
 */
type Told = Readonly<{ own: AttritionRows; live: AttritionRows }>

/**
 * Customers as the fit sees them, the months held out as they looked then, whether each bought in those, and when the
 * first order of all was.
 */
export type Shoppers = Readonly<{
  seen: Told
  /** The incidents behind the periods that are seen. */
  incidents: IncidentLines
  held: Told
  bought: Uint8Array
  since: Instant | null
}>

/** What a fit starts from: `model` has the centres and norms to use, `live` is the version to beat, `until` ends the data. */
export type ShopStart = Readonly<{ model: LeaveModel; live: LeaveModel; until: Instant; base: ShopBase }>

/** Collects shop customers, one by one, up to the months that are held out. */
export function shopCollector({ model, live, until, base }: ShopStart) {
  const months = monthsHeld(base)
  const cut = instant(until - months * MONTH_MS)
  const expected = Math.min(base.periods, PERIODS_MAX)
  const seen = toldCollector(model, live, expected)
  const held = toldCollector(model, live, 0)
  const waits = waitCollector({ columnCount: SEASON_COLUMNS, at: seasonAt })
  const bought: number[] = []
  const incidents = incidentCollector()
  let periods = 0
  return {
    add: (customer: CustomerKey, events: readonly CustomerEvent[]): void => {
      if (!isShopCustomer(events)) return
      let isSeen = false
      const state = tellShopPeriods(customer, events, cut, (period) => {
        isSeen = true
        incidents.add(periods, period.state, period.fromAt)
        periods += 1
        seen.add(period, period.toAt - (period.exposure / 2) * MONTH_MS)
      })
      const firstAt = events.find(({ type }) => type === 'order.placed')?.at
      if (state === null || firstAt === undefined || !isSeen) return
      seen.next()
      waits.add(state.facts.startedAt, firstAt)
      for (let month = 0; month < months; month += 1) {
        const fromAt = instant(cut + month * MONTH_MS)
        held.add({ state, fromAt, exposure: 1, orders: 0 }, fromAt + MONTH_MS / 2)
      }
      held.next()
      bought.push(events.some(({ type, at }) => type === 'order.placed' && at > cut && at <= until) ? 1 : 0)
    },
    shoppers: (): Shoppers => {
      const { own, live: foretold } = seen.told()
      const { since, waits: waited } = waits.told()
      return {
        seen: { own: { ...own, waits: waited }, live: { ...foretold, waits: waited } },
        incidents: incidents.lines(),
        held: held.told(),
        bought: Uint8Array.from(bought),
        since,
      }
    },
  }
}

function toldCollector(model: LeaveModel, live: LeaveModel, expected: number) {
  const own = periodCollector({ leave: covariateNames.length, buy: SEASON_COLUMNS, expected })
  const foretold = growingNumbers(expected)
  return {
    add: ({ state, fromAt, exposure, orders }: Omit<ShopPeriod, 'toAt'>, middleAt: number): void => {
      own.add(exposure, orders, covariates(state, model, fromAt), seasonAt(middleAt))
      foretold.push([predictorOf(covariates(state, live, fromAt), live)])
    },
    next: own.next,
    told: (): Told => {
      const rows = own.rows()
      return { own: rows, live: { ...rows, leave: { values: foretold.values(), columnCount: 1 } } }
    },
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
export function fitShopLeave(shoppers: Shoppers, start: ShopStart): LeaveFit | Refusal {
  const customers = shoppers.bought.length
  if (customers < CUSTOMERS_MIN) return tooFewShoppers(customers)
  const seen = shoppers.seen.own
  const prior = { ...leavingPrior(covariateNames), buy: seasonPrior }
  const tied = tiePeriods(seen, prior, shoppers.incidents, start.model.halfLifeDays)
  const whole = fitLatentAttrition(tied.rows, tied.prior)
  if (whole.kind === 'refused') return whole
  const scores = scoreAttrition(whole.parameters, tied.rows, tied.rows)
  if (scores.kind === 'refused') return scores
  const exits = Math.round(scores.alive.reduce((sum, alive) => sum + 1 - alive, 0))
  if (!(exits >= EXITS_MIN)) {
    return refuse(
      'too-few',
      `of ${customers} customers who buy and say nothing, ${exits} are expected to have left: the leave model learns from ${EXITS_MIN} on`,
    )
  }
  const fit = withoutIncidents(whole)
  const trial = monthsHeld(start.base) === 0 ? untried('history-too-short') : tryOn(shoppers, fit, start)
  const model: LeaveModel = {
    ...start.model,
    intercept: { mean: fit.parameters.base[0] ?? 0, sd: fit.standardErrors.base[0] ?? 0, from: 'own-data' },
    exits,
    mean: [...fit.parameters.leave],
    sd: [...fit.standardErrors.leave],
    covariance: packCovariance(ofLeaving(fit)),
    buying: buyingOf(fit.parameters, shoppers.since),
  }
  return {
    kind: 'fitted',
    model,
    report: reportOf({
      fit,
      seen,
      flat: leavingAlone(tied.rows, tied.prior, covariateNames.length),
      exits,
      trial,
      start,
      tied,
    }),
    live: trial.live,
    reason: trial.reason,
  }
}

// Incidents stand behind the covariates. What they did is no part of the model: of the next one nothing is known.
function withoutIncidents(fit: LatentAttritionFit): LatentAttritionFit {
  const { parameters, standardErrors, learnedShare } = fit
  const own = <Of extends Readonly<{ leave: Float64Array }>>(of: Of): Of => ({
    ...of,
    leave: of.leave.subarray(0, covariateNames.length),
  })
  return {
    ...fit,
    parameters: own(parameters),
    standardErrors: own(standardErrors),
    learnedShare: own(learnedShare),
  }
}

function buyingOf({ r, alpha, buy }: LatentAttrition, since: Instant | null): Buying {
  const [cosine = 0, sine = 0] = buy
  const days = Array.from({ length: YEAR_DAYS }, (_, day) => {
    const turn = (2 * Math.PI * day) / YEAR_DAYS
    return Math.exp(cosine * Math.cos(turn) + sine * Math.sin(turn))
  })
  const meanSeason = days.reduce((sum, one) => sum + one, 0) / YEAR_DAYS
  return { r, alpha, season: [cosine, sine], meanSeason, ...(since === null ? {} : { since }) }
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

// Who bought in the months held out: a chance that both versions foretell from what was known before. The live one
// keeps its chances to leave and finds the rates of buying that go best with them.
function tryOn(shoppers: Shoppers, fit: LatentAttritionFit, start: ShopStart): Trial {
  const live = fitLatentAttrition(shoppers.seen.live, {
    base: { mean: 0, sd: FIXED_SD },
    leave: { mean: Float64Array.of(1), sd: Float64Array.of(FIXED_SD) },
    buy: seasonPrior,
  })
  if (live.kind === 'refused') return untried('not-comparable')
  const own = boughtLogOdds(shoppers, fit, 'own')
  const other = boughtLogOdds(shoppers, live, 'live')
  if (own === undefined || other === undefined) return untried('not-comparable')
  const foretold = {
    logOdds: own,
    outcome: shoppers.bought,
    weight: new Float64Array(shoppers.bought.length).fill(1),
  }
  return tryOut(foretold, other, { months: monthsHeld(start.base), liveVersion: start.live.version })
}

// Log-odds to buy at least once in the months held out: 1 less the chance of none, which is how much less likely the
// past is with so many empty months behind it.
function boughtLogOdds(
  { seen, held, bought }: Shoppers,
  { parameters }: LatentAttritionFit,
  of: keyof Told,
): Float64Array | undefined {
  const logOdds = new Float64Array(bought.length)
  const before = scoreAttrition(parameters, seen[of], seen[of])
  if (before.kind === 'refused') return undefined
  // Some at a time: past and months held out side by side are as much again as the whole table.
  for (let from = 0; from < bought.length; from += SCORED_AT_ONCE) {
    const silent = joined(seen[of], held[of], from, Math.min(bought.length, from + SCORED_AT_ONCE))
    const after = scoreAttrition(parameters, silent, silent)
    if (after.kind === 'refused') return undefined
    after.logLikelihood.forEach((empty, i) => {
      const known = before.logLikelihood[from + i] ?? Number.NaN
      const silence = Math.max(SURE, known - empty)
      // ln(e^silence - 1), where e^silence may be too large for a number.
      logOdds[from + i] = silence + Math.log(-Math.expm1(-silence))
    })
  }
  return logOdds
}

// Customers from one to another, each with the periods of both tables one after the other.
function joined(first: AttritionRows, second: AttritionRows, from: number, to: number): AttritionRows {
  const collector = periodCollector({ leave: first.leave.columnCount, buy: SEASON_COLUMNS })
  for (let customer = from; customer < to; customer += 1) {
    for (const table of [first, second]) {
      for (let row = table.firstRow[customer] ?? 0; row < (table.firstRow[customer + 1] ?? 0); row += 1) {
        const x = rowOf(table.leave, row)
        collector.add(table.exposure[row] ?? 0, table.purchases[row] ?? 0, x, rowOf(buyColumns(table), row))
      }
    }
    collector.next()
  }
  const rows = collector.rows()
  return first.waits === undefined ? rows : { ...rows, waits: waitsBetween(first.waits, from, to) }
}

const rowOf = ({ values, columnCount }: Columns, row: number): Float64Array =>
  values.subarray(row * columnCount, (row + 1) * columnCount)

type Findings = Readonly<{
  fit: LatentAttritionFit
  seen: AttritionRows
  flat: readonly (Norm | null)[]
  exits: number
  trial: Trial
  start: ShopStart
  tied: TiedPeriods
}>

function reportOf({ fit, seen, flat, exits, trial, start, tied }: Findings): FitReport {
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
    ...trial.told,
    backtest: [],
    chosen: {
      halfLifeDays: start.model.halfLifeDays,
      peopleWhoBuyAndSayNothing: silent,
      peopleWhoDeclareExits: announcing,
      shareOfCustomers: shareOfShop(start.base),
      purchases: seen.purchases.reduce((sum, one) => sum + one, 0),
      r: parameters.r,
      alpha: parameters.alpha,
      seasonSwing: Math.hypot(...parameters.buy),
      ...(tied.incidents === 0 ? {} : { incidents: tied.incidents }),
    },
    warnings: [...dataWarnings(coefficients, exits), ...calibrationWarnings(trial.told.calibration)],
  }
}
