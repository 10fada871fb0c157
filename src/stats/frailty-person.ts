/** Rows of 0 or 1, person after person: person i has the rows from `firstRow[i]` up to `firstRow[i + 1]`. */
export type PersonRows = Readonly<{
  covariates: Float64Array
  columnCount: number
  /** Added to the linear predictor of each row. */
  offset?: Float64Array
  outcome: Uint8Array
  firstRow: Uint32Array
}>

// A mean over a Normal on equal steps. Up to an sd of 1 eleven nodes tell the likelihood of a person of up to 60 rows to
// one part in ten thousand, at 1.5 to one in two hundred, at 2 to three in a hundred, at 3 to thirteen (400 persons,
// 2026-11-29). Priors keep the sd below 1 unless there is much to see.
const NODE_STEP = 0.8
const NODES_EACH_SIDE = 5

/** By how many standard deviations a person may differ. */
export const nodes = Float64Array.from({ length: 2 * NODES_EACH_SIDE + 1 }, (_, q) => NODE_STEP * (q - NODES_EACH_SIDE))
const bells = nodes.map((z) => Math.exp(-0.5 * z * z))
const bellSum = bells.reduce((sum, one) => sum + one, 0)
const weights = bells.map((one) => one / bellSum)

/** What the rows of one person tell. */
export type Person = Readonly<{
  logLikelihood: number
  /** How likely each node is, the rows known; they add up to 1. */
  shares: Float64Array
  /** Row by row and node by node: the outcome less its chance. */
  gaps: Float64Array
}>

/** Looks at the rows from `from` up to `to`; `at` holds the coefficients and then the sd. */
export function lookAtPerson(rows: PersonRows, from: number, to: number, at: Float64Array): Person {
  const sd = at[rows.columnCount] ?? 0
  const gaps = new Float64Array((to - from) * nodes.length)
  const shares = Float64Array.from(weights)
  let logScale = 0
  for (let row = from; row < to; row += 1) {
    const predictor = predict(rows, row, at)
    const sign = rows.outcome[row] === 1 ? 1 : -1
    for (let q = 0; q < nodes.length; q += 1) {
      const signed = sign * (predictor + sd * (nodes[q] ?? 0))
      const small = Math.exp(-Math.abs(signed))
      const [happens, other] = signed > 0 ? [1, small] : [small, 1]
      shares[q] = ((shares[q] ?? 0) * happens) / (1 + small)
      gaps[(row - from) * nodes.length + q] = (sign * other) / (1 + small)
    }
    // Many rows, or unlikely ones, would multiply to nothing.
    if ((shares[NODES_EACH_SIDE] ?? 0) < 1e-100) logScale += Math.log(normalise(shares))
  }
  return { logLikelihood: logScale + Math.log(normalise(shares)), shares, gaps }
}

// Makes numbers add up to 1; answers what they added up to.
function normalise(shares: Float64Array): number {
  const total = shares.reduce((sum, one) => sum + one, 0)
  for (let q = 0; q < shares.length; q += 1) shares[q] = (shares[q] ?? 0) / total
  return total
}

function predict({ covariates, columnCount: p, offset }: PersonRows, row: number, at: Float64Array): number {
  let sum = offset === undefined ? 0 : (offset[row] ?? 0)
  for (let j = 0; j < p; j += 1) sum += (covariates[row * p + j] ?? 0) * (at[j] ?? 0)
  return sum
}

/** Adds minus the slope of one person's log-likelihood, and answers that log-likelihood. */
export function addPerson(
  rows: PersonRows,
  from: number,
  to: number,
  at: Float64Array,
  gradient: Float64Array,
): number {
  const { logLikelihood, shares, gaps } = lookAtPerson(rows, from, to, at)
  for (let row = from; row < to; row += 1) addSlope(rows, row, gaps, (row - from) * nodes.length, shares, gradient)
  return logLikelihood
}

function addSlope(
  { covariates, columnCount: p }: PersonRows,
  row: number,
  gaps: Float64Array,
  place: number,
  shares: Float64Array,
  gradient: Float64Array,
): void {
  let gap = 0
  let sdSlope = 0
  for (let q = 0; q < nodes.length; q += 1) {
    const share = (shares[q] ?? 0) * (gaps[place + q] ?? 0)
    gap += share
    sdSlope += share * (nodes[q] ?? 0)
  }
  for (let j = 0; j < p; j += 1) gradient[j] = (gradient[j] ?? 0) - gap * (covariates[row * p + j] ?? 0)
  gradient[p] = (gradient[p] ?? 0) - sdSlope
}
