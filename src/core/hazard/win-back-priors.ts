/** The priors of the win-back model: [mean, sd] in log-odds of an offer; sources on docs/models/win-back.md. */
export const winBackPriors = {
  w_intercept: [-2.2, 0.8],
  w_left_over_service: [-0.35, 0.3],
  w_had_recovery: [0.3, 0.25],
  w_complaints: [-0.15, 0.12],
  w_referred: [0.4, 0.25],
  w_double_dev_60d: [-0.8, 0.4],
  w_discount_and_upgrade: [0.5, 0.25],
} as const satisfies Readonly<Record<string, readonly [mean: number, sd: number]>>

/** The name of a covariate of the win-back model, the intercept included. */
export type WinBackCovariate = keyof typeof winBackPriors
