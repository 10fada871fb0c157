/** The priors of the retaliation model: [mean, sd] in log-odds of a month; sources on docs/models/retaliation.md. */
export const retaliationPriors = {
  r_intercept: [-4.6, 0.8],
  r_month: [-0.23, 0.12],
  r_month_x_strong: [0.08, 0.06],
  r_double_dev: [1.9, 0.6],
  r_quiet_exit: [-0.8, 0.5],
  r_severity: [0.4, 0.3],
  r_selfrel: [0.35, 0.25],
  r_trust: [-0.2, 0.2],
  r_strong_x_DD: [0.25, 0.25],
  r_greed: [0.6, 0.35],
  r_controllable: [0.25, 0.25],
  r_obstruct: [0.5, 0.4],
  r_repair: [-0.6, 0.35],
  r_winback_extra: [0.2, 0.2],
  r_firm_ended_happy: [0.5, 0.4],
  r_demoted_unhappy: [0.5, 0.4],
  r_prior_post: [0.6, 0.4],
  r_handover: [-0.2, 0.4],
} as const satisfies Readonly<Record<string, readonly [mean: number, sd: number]>>

/** The name of a covariate of the retaliation model, the intercept included. */
export type RetaliationCovariate = keyof typeof retaliationPriors
