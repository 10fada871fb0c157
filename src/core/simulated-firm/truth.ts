import { rng } from '../../stats/rng.ts'
import { type Centre, type LeaveModel, priorModel } from '../goodwill/leave-model.ts'
import { covariateNames, leavePriors } from '../goodwill/leave-priors.ts'
import { DAY_MS, type Instant, instant, MONTH_MS } from '../time/instant.ts'

/** A firm with contracts says goodbye; customers of a shop just stop buying. */
export type FirmKind = 'contract' | 'shop'

/** What firm to make; the same options give the same firm. */
export type FirmOptions = Readonly<{
  /** Whole numbers of at least 1. Customer i is the same whatever `customers` is. */
  customers: number
  /** Length of the window in months of 30.4375 days. */
  months: number
  seed: number
  kind: FirmKind
  /** End of the window: no event is later. */
  endAt: Instant
  /** How far the true slopes lie from the prior means, in prior standard deviations; 0.5 when not given. */
  slopeSpread?: number
  /** Standard deviation of what makes customers differ for good, in log-odds; 0.3 when not given. */
  frailtySd?: number
  /** How many times many customers are hit at once by one incident; never when not given. */
  outages?: number
  /** Standard deviation of what such incidents do beyond what their failures do, in log-odds for W = 1; 0.5 when not given. */
  outageSd?: number
}>

/** What happened to the whole firm for a while. */
export type Incident = Readonly<{ name: string; fromAt: Instant; toAt: Instant; category: string; factor: number }>

/**
 * One incident that hits a share of the customers at once, who tell of it under its name. `effect` times W of its failure
 * is added to the log-odds to leave of all of them.
 */
export type Outage = Readonly<{ name: string; at: Instant; share: number; effect: number }>

/**
 * The parameters that made the firm. Plain JSON. The monthly chance to leave is
 * logistic(linearPredictor(state, leave, row start) + frailty of the customer + what outages add).
 */
export type SimulatedTruth = Readonly<{
  simulated: true
  seed: number
  kind: FirmKind
  customers: number
  months: number
  startAt: Instant
  endAt: Instant
  /** True intercept and slopes (sd 0), with the centres and norms under which they hold. */
  leave: LeaveModel
  slopes: Readonly<Record<string, number>>
  slopeSpread: number
  frailtySd: number
  /** Monthly chance that a contract ends for unpaid bills, whatever the service. */
  involuntaryMonthly: number
  /** Orders a month of one customer: Poisson(lambda x season), lambda ~ Gamma(r, alpha). Null for contracts. */
  purchases: Readonly<{ r: number; alpha: number; seasonAmplitude: number; seasonPeak: number }> | null
  /** Failures by category: how often, per what, and how grave. */
  failures: readonly FailureRate[]
  incident: Incident
  outages: readonly Outage[]
  /** Monthly chance that a voucher is used, by month of age; the last one stays. */
  voucherMonthly: readonly number[]
  voucherEffects: Readonly<{ v_expiry_month: number; v_reminder: number }>
}>

/** How often a kind of failure happens, and what it is like. */
export type FailureRate = Readonly<{
  category: string
  /** Chance per order, per contact, or expected number per customer and month. */
  per: 'order' | 'contact' | 'month'
  rate: number
  /** Shares of minor, major, and critical. */
  severity: readonly [minor: number, major: number, critical: number]
  /** Median loss of a major failure in minor units; 0 when there is none. */
  lossMinor: number
  rootCauses: readonly string[]
  /** Chance that the customer sees it first. */
  noticed: number
}>

const shopFailures: readonly FailureRate[] = [
  failure('late delivery', 'order', 0.065, [0.62, 0.36, 0.02], 0, ['carrier late', 'packed late', 'depot full'], 0.55),
  failure('lost or damaged', 'order', 0.012, [0.25, 0.72, 0.03], 4_200, ['damaged in transport', 'lost parcel'], 0.85),
  failure('wrong or missing item', 'order', 0.014, [0.55, 0.44, 0.01], 2_600, ['picking error', 'stock error'], 0.97),
  failure('refund late', 'order', 0.008, [0.45, 0.53, 0.02], 3_800, ['refund queue', 'return not scanned'], 0.9),
  failure('no answer in time', 'contact', 0.06, [0.8, 0.2, 0], 0, ['understaffed', 'lost message'], 1),
  failure('billing', 'month', 0.003, [0.5, 0.48, 0.02], 2_000, ['double charge', 'discount not applied'], 0.8),
]

const contractFailures: readonly FailureRate[] = [
  failure('outage', 'month', 0.022, [0.55, 0.4, 0.05], 1_500, ['power at node', 'cable cut', 'software update'], 0.5),
  failure('billing', 'month', 0.014, [0.52, 0.46, 0.02], 2_400, ['double charge', 'wrong tariff'], 0.85),
  failure('installation', 'month', 0.004, [0.3, 0.66, 0.04], 3_500, ['engineer absent', 'wrong part'], 0.9),
  failure('price', 'month', 0.004, [0.7, 0.3, 0], 1_200, ['discount ended early', 'unannounced rise'], 0.95),
  failure('no answer in time', 'contact', 0.07, [0.8, 0.2, 0], 0, ['understaffed', 'lost message'], 1),
]

function failure(
  category: string,
  per: FailureRate['per'],
  rate: number,
  severity: FailureRate['severity'],
  lossMinor: number,
  rootCauses: readonly string[],
  noticed: number,
): FailureRate {
  return { category, per, rate, severity, lossMinor, rootCauses, noticed }
}

/** Segments of a firm, with their shares; for contracts the segment is the product as well. */
export const segments = {
  contract: [
    ['mobile', 0.45],
    ['fibre', 0.3],
    ['bundle', 0.17],
    ['business', 0.08],
  ],
  shop: [
    ['home', 0.4],
    ['garden', 0.25],
    ['gifts', 0.25],
    ['business', 0.1],
  ],
} as const

const contractProducts = {
  mobile: { substitutability: 0.8, competitiveness: 0.75 },
  fibre: { substitutability: 0.5, competitiveness: 0.45 },
  bundle: { substitutability: 0.4, competitiveness: 0.5 },
  business: { substitutability: 0.35, competitiveness: 0.6 },
} as const

// Close to what the product finds when it calibrates on such a firm (5,000 customers, 24 months, seed 7), so that
// slopes fitted with its own centres and norms mean the same as the true ones.
const contractCentre: Centre = { purchases_ln: 2.4, personal_share: 0.68, effort_ces: 2.4 }
const shopCentre: Centre = { purchases_ln: 1.5, personal_share: 0.71, effort_ces: 2.1 }

const contractReserve = {
  tenure_ln: { mean: 0.6, sd: 1 },
  purchases_ln: { mean: 2.4, sd: 0.4 },
  pos_contacts: { mean: 0.08, sd: 0.28 },
}
const shopReserve = {
  tenure_ln: { mean: 0.53, sd: 1.04 },
  purchases_ln: { mean: 1.5, sd: 0.85 },
  pos_contacts: { mean: 0.19, sd: 0.47 },
}
const norms = {
  csat: { mean: 0.69, sd: 0.24 },
  nps: { mean: 0.67, sd: 0.19 },
  friendliness: { mean: 0.65, sd: 0.26 },
  attachment: { mean: 0.6, sd: 0.2 },
}

/** Log-odds to leave in a month of the reference customer of each kind. */
const intercepts = { contract: -4.3, shop: -3.7 } as const

const VOUCHER_MONTHLY = [0.15, 0.13, 0.13, 0.11, 0.11, 0.11, 0.09, 0.09, 0.09, 0.09, 0.09, 0.09, 0.07]

/** The parameters of a firm: a pure function of its options. Slopes are drawn around the prior means. */
export function drawTruth(options: FirmOptions): SimulatedTruth {
  const { seed, kind, endAt, months, slopeSpread = 0.5, frailtySd = 0.3 } = options
  const chance = rng(seed).split('truth').split(kind)
  const mean = covariateNames.map((name) => {
    const [prior, sd] = leavePriors[name]
    return prior + slopeSpread * sd * chance.split(name).normal()
  })
  const shop = kind === 'shop'
  const leave: LeaveModel = {
    ...priorModel,
    intercept: { mean: intercepts[kind], sd: 0, from: 'own-data' },
    mean,
    sd: mean.map(() => 0),
    centres: { '*': shop ? shopCentre : contractCentre },
    norms,
    reserve: shop ? shopReserve : contractReserve,
    products: shop ? {} : contractProducts,
  }
  return {
    simulated: true,
    seed,
    kind,
    customers: options.customers,
    months,
    startAt: instant(endAt - months * MONTH_MS),
    endAt,
    leave,
    slopes: Object.fromEntries(covariateNames.map((name, index) => [name, mean[index] ?? 0])),
    slopeSpread,
    frailtySd,
    involuntaryMonthly: shop ? 0 : 0.0012,
    purchases: shop ? { r: 1.2, alpha: 2.4, seasonAmplitude: 0.3, seasonPeak: 0.92 } : null,
    failures: shop ? shopFailures : contractFailures,
    incident: incidentBefore(endAt, shop),
    outages: drawOutages(options),
    voucherMonthly: VOUCHER_MONTHLY,
    voucherEffects: { v_expiry_month: 0.7, v_reminder: 0.3 },
  }
}

/** None in the first and the last of so many parts of the window: before and after each there is time to see. */
const OUTAGE_PARTS = 8
const OUTAGE_SHARES = [0.1, 0.4] as const

function drawOutages({ seed, kind, endAt, months, outages = 0, outageSd = 0.5 }: FirmOptions): readonly Outage[] {
  const chance = rng(seed).split('outages').split(kind)
  const part = (months * MONTH_MS) / OUTAGE_PARTS
  const [least, most] = OUTAGE_SHARES
  return Array.from({ length: outages }, (_, index) => ({
    name: `outage-${index + 1}`,
    at: instant(Math.round(endAt - part * (1 + (OUTAGE_PARTS - 2) * chance.uniform()))),
    share: least + (most - least) * chance.uniform(),
    effect: outageSd * chance.normal(),
  }))
}

// Late enough that many of its failures are still open, early enough that some were put right.
const INCIDENT_DAYS_BEFORE_END = 26

function incidentBefore(endAt: Instant, shop: boolean): Incident {
  const fromAt = instant(endAt - INCIDENT_DAYS_BEFORE_END * DAY_MS)
  return shop
    ? { name: 'depot strike', fromAt, toAt: instant(fromAt + 14 * DAY_MS), category: 'late delivery', factor: 7 }
    : { name: 'network outage', fromAt, toAt: instant(fromAt + 10 * DAY_MS), category: 'outage', factor: 9 }
}
