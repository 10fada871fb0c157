/**
 * Whether customers differ for good beyond what is known of them. If they do, part of what tenure seems to do is that
 * those who would leave are gone (trap T1). Scores do not use it: of a customer who has not left yet, the slopes
 * without frailty foretell what the rest of his kind did; see docs/decisions/0009-leave-fit.md.
 */
import { type FrailtyStart, fitFrailty } from '../../stats/frailty.ts'
import type { NormalPrior } from '../../stats/logistic.ts'
import { position } from '../goodwill/leave-priors.ts'
import { COLUMNS, type MonthTable } from './month-table.ts'

/** Scale of the half-normal prior of the standard deviation, from the published priors. */
const SD_SCALE = 0.5
/** Rows to look at; beyond them customers are left out evenly. A second or two. */
const ROWS_MAX = 60_000

/** What frailty was found, and what it does to the slope of tenure. */
export type Frailty = Readonly<{ sd: number; gain: number; tenureWith: number; tenureWithout: number }>

/** The fit without frailty; `shift` is what was found beside its coefficients, and is added to each row. */
export type WithoutFrailty = FrailtyStart & Readonly<{ shift?: Float64Array }>

/** Looks for frailty; null where months were sampled, for then no customer's life is whole, or the search failed. */
export function frailtyOf(
  table: MonthTable,
  training: Float64Array,
  { fit, prior }: Readonly<{ fit: WithoutFrailty; prior: NormalPrior }>,
): Frailty | null {
  if (table.shares.left < 1 || table.shares.stayed < 1) return null
  const found = fitFrailty(livesOf(table, training, fit.shift), prior, SD_SCALE, fit)
  if (found.kind === 'refused') return null
  const tenure = 1 + position.tenure_ln
  return {
    sd: found.sd,
    gain: found.gain,
    tenureWith: found.coefficients[tenure] ?? 0,
    tenureWithout: fit.coefficients[tenure] ?? 0,
  }
}

// The training rows of every n-th customer, so that there are few enough.
function livesOf(
  { rows, covariates, outcome, firstRow }: MonthTable,
  training: Float64Array,
  shift: Float64Array | undefined,
) {
  const stride = Math.ceil(rows / ROWS_MAX)
  const chosen: number[] = []
  const starts = [0]
  for (let person = 0; person + 1 < firstRow.length; person += stride) {
    for (let row = firstRow[person] ?? 0; row < (firstRow[person + 1] ?? 0); row += 1) {
      if (training[row] === 1) chosen.push(row)
    }
    starts.push(chosen.length)
  }
  const lives = new Float64Array(chosen.length * COLUMNS)
  chosen.forEach((row, place) => {
    lives.set(covariates.subarray(row * COLUMNS, (row + 1) * COLUMNS), place * COLUMNS)
  })
  return {
    covariates: lives,
    columnCount: COLUMNS,
    ...(shift !== undefined && { offset: Float64Array.from(chosen, (row) => shift[row] ?? 0) }),
    outcome: Uint8Array.from(chosen, (row) => outcome[row] ?? 0),
    firstRow: Uint32Array.from(starts),
  }
}
