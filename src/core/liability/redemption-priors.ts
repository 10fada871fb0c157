/**
 * The priors of the redemption model as data: [mean, sd] in log-odds of a month. The nine of the published table come
 * first; where each comes from, and which are ours, is on the page docs/models/redemption.md.
 */
export const redemptionPriors = {
  v_bad_open: [0.1, 0.4],
  v_bad_recent: [0.1, 0.35],
  v_good_recent: [0.05, 0.25],
  v_exit_announced: [0.7, 0.5],
  v_double_dev: [0.15, 0.45],
  v_expiry_month: [0.7, 0.4],
  v_reminder: [0.3, 0.3],
  v_ln_amount: [0.1, 0.2],
  v_single_merchant: [-0.15, 0.25],
} as const satisfies Readonly<Record<string, readonly [mean: number, sd: number]>>

/** The name of a slope of the redemption model. */
export type RedemptionCovariate = keyof typeof redemptionPriors

/** The fixed order of the covariates in every array of the redemption model. */
export const redemptionCovariates = [
  'v_bad_open',
  'v_bad_recent',
  'v_good_recent',
  'v_exit_announced',
  'v_double_dev',
  'v_expiry_month',
  'v_reminder',
  'v_ln_amount',
  'v_single_merchant',
] as const satisfies readonly RedemptionCovariate[]

/** Monthly chance to be used by month of age, in bands: month 1, 2-3, 4-6, 7-12, 13-23, and 24 (the usual last one). */
export const baseHazard = [0.15, 0.13, 0.11, 0.09, 0.07, 0.14] as const

/** Belief about the level of all bands together, in log-odds. */
export const LEVEL_SD = 0.5
/** Not in the published table: room for each band, and for each origin, to be learned; as wide as the level. */
export const APART_SD = 0.5

/** The band of a month of age, counted from 0. Vouchers older than two years go on as in their second year. */
export function bandOf(ageMonth: number): number {
  if (ageMonth < 1) return 0
  if (ageMonth < 3) return 1
  if (ageMonth < 6) return 2
  if (ageMonth < 12) return 3
  return ageMonth === 23 ? 5 : 4
}
