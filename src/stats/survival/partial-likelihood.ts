import type { RiskSets } from './risk-sets.ts'

/** How to count events at one time: Efron's approximation, nearly exact, or Breslow's, which is rougher. */
export type Ties = 'efron' | 'breslow'

/** Covariates row after row, their case weights, and how the rows meet in time. */
export type CoxData = Readonly<{
  covariates: Float64Array
  columnCount: number
  weight: Float64Array
  strata: readonly RiskSets[]
}>

/** The log partial likelihood with its gradient and minus its second derivative (row by row). */
export type PartialLikelihood = Readonly<{ logLikelihood: number; gradient: Float64Array; information: Float64Array }>

// Sums over a set of rows of score, score * x, and score * x x' (lower triangle), where score = weight * exp(x beta).
type Sums = { score: number; first: Float64Array; second: Float64Array }

/**
 * The log partial likelihood, swept once from the last event time to the first: each row enters and leaves the running
 * sums once. Efron (1977), JASA 72; Breslow (1974), Biometrics 30.
 */
export function partialLikelihood(data: CoxData, coefficients: Float64Array, ties: Ties): PartialLikelihood {
  const p = data.columnCount
  const predictor = predictorsOf(data, coefficients)
  const scores = predictor.map((value, i) => (data.weight[i] ?? 0) * Math.exp(value))
  const out = { logLikelihood: 0, gradient: new Float64Array(p), information: new Float64Array(p * p) }
  for (const sets of data.strata) addStratum(out, data, sets, { predictor, scores }, ties)
  for (let j = 0; j < p; j++) {
    for (let k = 0; k < j; k++) out.information[k * p + j] = out.information[j * p + k] ?? 0
  }
  return out
}

function predictorsOf({ covariates, columnCount: p, weight }: CoxData, coefficients: Float64Array): Float64Array {
  const out = new Float64Array(weight.length)
  for (let i = 0; i < out.length; i++) {
    let sum = 0
    for (let j = 0; j < p; j++) sum += (covariates[i * p + j] ?? 0) * (coefficients[j] ?? 0)
    out[i] = sum
  }
  return out
}

type Out = { logLikelihood: number; gradient: Float64Array; information: Float64Array }

function emptySums(p: number): Sums {
  return { score: 0, first: new Float64Array(p), second: new Float64Array(p * p) }
}

type Scored = Readonly<{ predictor: Float64Array; scores: Float64Array }>

function addStratum(out: Out, data: CoxData, sets: RiskSets, scored: Scored, ties: Ties): void {
  const { entering, enterFrom, leaving, leaveFrom } = sets
  const atRisk = emptySums(data.columnCount)
  const failed = emptySums(data.columnCount)
  let count = 0
  for (let k = sets.times.length - 1; k >= 0; k--) {
    count -= addRows(atRisk, data, leaving.subarray(leaveFrom[k + 1], leaveFrom[k + 2]), scored.scores, -1)
    // What is left of an empty set is rounding.
    if (count === 0) clear(atRisk)
    count += addRows(atRisk, data, entering.subarray(enterFrom[k], enterFrom[k + 1]), scored.scores, 1)
    const failing = sets.failing.subarray(sets.failFrom[k], sets.failFrom[k + 1])
    clear(failed)
    if (failing.length > 1 && ties === 'efron') addRows(failed, data, failing, scored.scores, 1)
    const weight = addFailing(out, data, failing, scored.predictor)
    subtractTime(out, atRisk, failed, failing.length, weight / failing.length)
  }
}

function clear(sums: Sums): void {
  sums.score = 0
  sums.first.fill(0)
  sums.second.fill(0)
}

function addFailing(out: Out, data: CoxData, failing: Int32Array, predictor: Float64Array): number {
  const p = data.columnCount
  let weight = 0
  for (const row of failing) {
    const w = data.weight[row] ?? 0
    weight += w
    out.logLikelihood += w * (predictor[row] ?? 0)
    for (let j = 0; j < p; j++) out.gradient[j] = (out.gradient[j] ?? 0) + w * (data.covariates[row * p + j] ?? 0)
  }
  return weight
}

// Adds (sign 1) or takes out (sign -1) rows; answers how many.
function addRows(sums: Sums, data: CoxData, rows: Int32Array, scores: Float64Array, sign: number): number {
  const { covariates: x, columnCount: p } = data
  const { first, second } = sums
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0
    const score = sign * (scores[row] ?? 0)
    sums.score += score
    for (let j = 0; j < p; j++) {
      const sx = score * (x[row * p + j] ?? 0)
      first[j] = (first[j] ?? 0) + sx
      for (let k = 0; k <= j; k++) second[j * p + k] = (second[j * p + k] ?? 0) + sx * (x[row * p + k] ?? 0)
    }
  }
  return rows.length
}

// The l-th of d events at one time is compared with the risk set less the share l / d of those that fail (Efron); with
// no share at all for Breslow, for whom `failed` is empty. Each of the sums over l is a number; the vectors come once.
function subtractTime(out: Out, atRisk: Sums, failed: Sums, deaths: number, weight: number): void {
  let [a, b, aa, ab, bb] = [0, 0, 0, 0, 0]
  for (let l = 0; l < deaths; l++) {
    const share = l / deaths
    const left = atRisk.score - share * failed.score
    out.logLikelihood -= weight * Math.log(left)
    a += 1 / left
    b += share / left
    aa += 1 / (left * left)
    ab += share / (left * left)
    bb += (share * share) / (left * left)
  }
  const p = atRisk.first.length
  for (let j = 0; j < p; j++) {
    const rj = atRisk.first[j] ?? 0
    const fj = failed.first[j] ?? 0
    out.gradient[j] = (out.gradient[j] ?? 0) - weight * (a * rj - b * fj)
    for (let k = 0; k <= j; k++) {
      const rk = atRisk.first[k] ?? 0
      const fk = failed.first[k] ?? 0
      const second = a * (atRisk.second[j * p + k] ?? 0) - b * (failed.second[j * p + k] ?? 0)
      const outer = aa * rj * rk - ab * (rj * fk + fj * rk) + bb * fj * fk
      out.information[j * p + k] = (out.information[j * p + k] ?? 0) + weight * (second - outer)
    }
  }
}
