// Kaplan and Meier (1958), JASA 53, 457-481: the share still there after each event time, without any assumption on the
// shape of the hazard, only that those no longer watched leave like those who still are.

import { type Refusal, refuse } from '../refusal.ts'
import { findWrongSpell, riskSets, type Spells } from './risk-sets.ts'

/** A survival curve: one entry per event time, ascending. Before the first time the share is 1. */
export type SurvivalCurve = Readonly<{
  kind: 'estimated'
  times: Float64Array
  atRisk: Float64Array
  events: Float64Array
  survival: Float64Array
  /** Standard error of `survival` by Greenwood (1926). */
  standardError: Float64Array
  /** Pointwise bounds on the scale of log(-log survival), which stay within 0 and 1: Kalbfleisch and Prentice (1980). */
  lower: Float64Array
  upper: Float64Array
}>

/**
 * Estimates one curve from spells, late entries included; strata are not told apart. `z` is the Normal quantile of the
 * bounds, 1.96 for 95 %. Where the curve reaches 0 Greenwood's error is not defined: it is given as
 * 0, the lower bound as 0, and the upper one stays where it was. Refuses spells that cannot be, no event at all, and a
 * `z` that is not above 0.
 */
export function kaplanMeier(spells: Spells, z = 1.959963984540054): SurvivalCurve | Refusal {
  const wrong = findWrongSpell(spells)
  if (wrong !== undefined) return wrong
  if (!(z > 0 && z < Number.POSITIVE_INFINITY)) {
    return refuse('impossible-parameter', `the quantile of the bounds, ${z}, is not a number above 0`)
  }
  const { stratum: _, ...together } = spells
  const sets = riskSets(together)[0]
  const n = sets?.times.length ?? 0
  const weigh = (rows: Int32Array | undefined) => {
    let sum = 0
    for (const row of rows ?? []) sum += spells.weight?.[row] ?? 1
    return sum
  }
  const atRisk = new Float64Array(n)
  const events = new Float64Array(n)
  let watched = 0
  for (let k = n - 1; k >= 0; k--) {
    watched += weigh(sets?.entering.subarray(sets.enterFrom[k], sets.enterFrom[k + 1]))
    watched -= weigh(sets?.leaving.subarray(sets.leaveFrom[k + 1], sets.leaveFrom[k + 2]))
    atRisk[k] = watched
    events[k] = weigh(sets?.failing.subarray(sets.failFrom[k], sets.failFrom[k + 1]))
  }
  return { kind: 'estimated', times: sets?.times ?? new Float64Array(), atRisk, events, ...curve(atRisk, events, z) }
}

function curve(atRisk: Float64Array, events: Float64Array, z: number) {
  const n = atRisk.length
  const survival = new Float64Array(n)
  const standardError = new Float64Array(n)
  const lower = new Float64Array(n)
  const upper = new Float64Array(n)
  let share = 1
  let greenwood = 0
  for (let k = 0; k < n; k++) {
    const risk = atRisk[k] ?? 0
    const failed = events[k] ?? 0
    share = risk > failed ? share * (1 - failed / risk) : 0
    survival[k] = share
    if (share === 0) {
      lower[k] = 0
      upper[k] = upper[k - 1] ?? 1
      continue
    }
    greenwood += failed / (risk * (risk - failed))
    standardError[k] = share * Math.sqrt(greenwood)
    const spread = Math.exp((z * Math.sqrt(greenwood)) / Math.abs(Math.log(share)))
    lower[k] = share ** spread
    upper[k] = share ** (1 / spread)
  }
  return { survival, standardError, lower, upper }
}

/** Share still there at a time, read off the curve: a step function, 1 before its first event. NaN for NaN. */
export function survivalAt(estimate: SurvivalCurve, time: number): number {
  if (Number.isNaN(time)) return Number.NaN
  let share = 1
  for (let k = 0; k < estimate.times.length && (estimate.times[k] ?? 0) <= time; k++) share = estimate.survival[k] ?? 0
  return share
}
