/** What the data say alone: the same fit under priors so wide that they weigh nothing. It is told and never scores. */
import type { NormalPrior } from '../../stats/logistic.ts'
import type { Refusal } from '../../stats/refusal.ts'
import type { Norm } from '../goodwill/leave-model.ts'

/** What is used of a fit: coefficients in the order of the prior, with their errors. */
export type Estimated = Readonly<{ kind: 'fitted'; coefficients: Float64Array; standardErrors: Float64Array }>

const WIDER = 100
/** Where the data leave a coefficient open (separation, twins, no rows), its error stays near the width of the prior. */
const OPEN_SHARE = 0.1

/** One estimate for each coefficient; null where the data alone cannot tell, which is all of them when the fit is refused. */
export function flatEstimates(
  fitUnder: (prior: NormalPrior) => Estimated | Refusal,
  { mean, sd }: NormalPrior,
): readonly (Norm | null)[] {
  const wide = sd.map((one) => WIDER * one)
  const fit = fitUnder({ mean, sd: wide })
  return Array.from(wide, (width, j) => {
    if (fit.kind === 'refused') return null
    const found = { mean: fit.coefficients[j] ?? Number.NaN, sd: fit.standardErrors[j] ?? Number.NaN }
    return found.sd <= OPEN_SHARE * width ? found : null
  })
}
