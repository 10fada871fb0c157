import { type Refusal, refuse } from '../refusal.ts'

/**
 * Times at risk of many rows: from `start` (exclusive) to `stop` (inclusive), with or without an event there. Without
 * `start` all rows are at risk from the beginning, and an event at time 0 counts.
 */
export type Spells = Readonly<{
  start?: Float64Array
  stop: Float64Array
  event: Uint8Array
  /** How many like it a row stands for; 1 if absent. */
  weight?: Float64Array
  /** Rows with different numbers are never compared; all one stratum if absent. */
  stratum?: Int32Array
}>

/**
 * Who is at risk when, for one stratum, in an order that can be swept from the last event time to the first: `entering`
 * lists rows by the last event time they are at risk for, `leaving` by the first one before which they were not yet.
 * Row k of both begins at `enterFrom[k]`, `leaveFrom[k]`. `failing` lists the rows that have their event at time k.
 */
export type RiskSets = Readonly<{
  times: Float64Array
  entering: Int32Array
  enterFrom: Int32Array
  leaving: Int32Array
  leaveFrom: Int32Array
  failing: Int32Array
  failFrom: Int32Array
}>

/** Refuses uneven lengths, what is not finite, spells that do not last, outcomes beside 0 and 1, and no event at all. */
export function findWrongSpell({ start, stop, event, weight, stratum }: Spells): Refusal | undefined {
  const n = stop.length
  const lengths = [event.length, start?.length ?? n, weight?.length ?? n, stratum?.length ?? n]
  if (lengths.some((length) => length !== n))
    return refuse('lengths-differ', 'the columns of spells have different lengths')
  for (let i = 0; i < n; i++) {
    const wrong = describeWrong(i, start?.[i], stop[i] ?? Number.NaN, weight?.[i] ?? 1, event[i] ?? 2)
    if (wrong !== undefined) return wrong
  }
  if (event.includes(1)) return undefined
  return refuse('all-zero', 'no row has an event, so nothing can be learned about their timing')
}

function describeWrong(
  i: number,
  start: number | undefined,
  to: number,
  weight: number,
  event: number,
): Refusal | undefined {
  const from = start ?? 0
  const lasts = start === undefined ? to >= 0 : to > start
  if (lasts && weight > 0 && event <= 1 && to - from + weight < Number.POSITIVE_INFINITY) return undefined
  if (![from, to, to - from, weight].every(Number.isFinite)) {
    return refuse('not-a-number', `row ${i} holds a value that is not a finite number`)
  }
  return refuse('impossible-row', `row ${i} cannot be: at risk from ${from} to ${to}, event ${event}, weight ${weight}`)
}

/**
 * Whether at any event there was somebody at risk who did not fail at that very time. Otherwise nobody is ever compared
 * with anybody, and a partial likelihood knows nothing, whatever an approximation for ties makes of it.
 */
export function hasSurvivors(strata: readonly RiskSets[]): boolean {
  return strata.some(({ times, enterFrom, leaveFrom, failFrom }) => {
    let atRisk = 0
    for (let k = times.length - 1; k >= 0; k--) {
      atRisk += (enterFrom[k + 1] ?? 0) - (enterFrom[k] ?? 0) - ((leaveFrom[k + 2] ?? 0) - (leaveFrom[k + 1] ?? 0))
      if (atRisk > (failFrom[k + 1] ?? 0) - (failFrom[k] ?? 0)) return true
    }
    return false
  })
}

/** The risk sets of every stratum that has an event. */
export function riskSets(spells: Spells): readonly RiskSets[] {
  const { stop, stratum } = spells
  if (stratum === undefined)
    return [
      riskSetsOf(
        spells,
        Int32Array.from({ length: stop.length }, (_, i) => i),
      ),
    ]
  const members = new Map<number, number[]>()
  for (let i = 0; i < stop.length; i++) {
    const list = members.get(stratum[i] ?? 0)
    if (list === undefined) members.set(stratum[i] ?? 0, [i])
    else list.push(i)
  }
  return [...members.values()]
    .map((rows) => riskSetsOf(spells, Int32Array.from(rows)))
    .filter(({ times }) => times.length > 0)
}

function riskSetsOf({ start, stop, event }: Spells, rows: Int32Array): RiskSets {
  const failed = rows.filter((i) => event[i] === 1)
  const times = Float64Array.from(failed, (i) => stop[i] ?? 0).sort()
  const distinct = times.filter((time, k) => k === 0 || time !== times[k - 1])
  // A row is at risk for the times with ranks from `first` (those up to its start) to `last` (those up to its stop).
  const rank = (value: number) => rankOf(distinct, value)
  const first = start === undefined ? new Int32Array(rows.length) : rows.map((i) => rank(start[i] ?? 0))
  const last = rows.map((i) => rank(stop[i] ?? 0) - 1)
  const enter = bucketSort(rows, last, distinct.length + 1, (at) => (first[at] ?? 0) <= (last[at] ?? 0))
  const leave = bucketSort(rows, first, distinct.length + 1, (at) => (first[at] ?? 0) <= (last[at] ?? 0))
  const fail = bucketSort(rows, last, distinct.length + 1, (at) => event[rows[at] ?? 0] === 1)
  return {
    times: distinct,
    entering: enter.rows,
    enterFrom: enter.from,
    leaving: leave.rows,
    leaveFrom: leave.from,
    failing: fail.rows,
    failFrom: fail.from,
  }
}

// How many of the ascending times are at most `value`.
function rankOf(times: Float64Array, value: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low
}

// Stable counting sort of the rows that are kept by the bucket of their place.
function bucketSort(rows: Int32Array, bucketOf: Int32Array, buckets: number, isKept: (at: number) => boolean) {
  const from = new Int32Array(buckets + 1)
  let kept = 0
  for (let at = 0; at < rows.length; at++) {
    if (!isKept(at)) continue
    const bucket = (bucketOf[at] ?? 0) + 1
    from[bucket] = (from[bucket] ?? 0) + 1
    kept += 1
  }
  for (let k = 0; k < buckets; k++) from[k + 1] = (from[k + 1] ?? 0) + (from[k] ?? 0)
  const next = from.slice()
  const sorted = new Int32Array(kept)
  for (let at = 0; at < rows.length; at++) {
    if (!isKept(at)) continue
    const bucket = bucketOf[at] ?? 0
    const to = next[bucket] ?? 0
    sorted[to] = rows[at] ?? 0
    next[bucket] = to + 1
  }
  return { rows: sorted, from }
}
