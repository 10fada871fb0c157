/**
 * What a fixed term holds back (trap T12): who stays because he must is not loyal, and leaves when the term ends. What
 * is foretold counts those who are there until then; nothing new happens to them.
 */

import type { Relationship } from '../relationship/relationship.ts'
import { type Instant, instant, MONTH_MS } from '../time/instant.ts'
import { spreadOf, type Unsure, Z80 } from './coefficient-spread.ts'
import { type Estimate, leaveInMonth, pathOf, type Sloped } from './forecast.ts'
import { withFacts } from './if-left-alone.ts'
import { type LeaveModel, unsureOf } from './leave-model.ts'

/** Terms that end in so many months are looked at. */
const WAVE_MONTHS = 12
/** Longer than any month that is looked at. */
const NEVER = instant(8_640_000_000_000_000)

/** One month to come: how many terms end in it, how many of these customers leave in the month after, and how many would if the terms went on. */
export type WaveMonth = Readonly<{
  from: Instant
  to: Instant
  ending: number
  leaving: Estimate
  stillBound: Estimate
}>

/** Customers in a fixed term; how many leave within a month, and how many would if no term held them. */
export type ExitWave = Readonly<{ bound: number; leaving: Estimate; ifFree: Estimate; months: readonly WaveMonth[] }>

/** Gathers customers one by one; each stands for `weight` customers, where a sample is looked at. */
export function exitWave(model: LeaveModel, at: Instant, weight = 1) {
  const expected = () => leavers(weight, unsureOf(model))
  const leaveIn = (state: Relationship, month: number): Sloped =>
    leaveInMonth(pathOf(state, model, at, month + 1), month)
  const [leaving, ifFree] = [expected(), expected()]
  const months = Array.from({ length: WAVE_MONTHS }, () => ({ ending: 0, leaving: expected(), stillBound: expected() }))
  let bound = 0
  const add = (state: Relationship): void => {
    const end = termEnd(state, at)
    if (end === null) return
    bound += weight
    leaving.add(leaveIn(state, 0))
    ifFree.add(leaveIn(bindUntil(state, null), 0))
    // The covariate is read when a month begins: the first month without the term is the one after it ended.
    const place = Math.ceil((end - at) / MONTH_MS)
    const month = months[place - 1]
    if (month === undefined) return
    month.ending += weight
    month.leaving.add(leaveIn(state, place))
    month.stillBound.add(leaveIn(bindUntil(state, NEVER), place))
  }
  const told = (): ExitWave => ({
    ...{ bound, leaving: leaving.told(), ifFree: ifFree.told() },
    months: months.map((month, place) => ({
      from: instant(at + place * MONTH_MS),
      to: instant(at + (place + 1) * MONTH_MS),
      ending: month.ending,
      leaving: month.leaving.told(),
      stillBound: month.stillBound.told(),
    })),
  })
  return { add, told } as const
}

/** When the last fixed term of a customer ends who is there and bound at an instant; null for all others. */
export function termEnd({ facts, exit }: Relationship, at: Instant): Instant | null {
  if (exit.leftAt !== null || exit.intentAt !== null) return null
  const ends = facts.subscriptions.flatMap(({ fixedUntil }) =>
    fixedUntil !== null && fixedUntil > at ? [fixedUntil] : [],
  )
  return ends.length === 0 ? null : instant(Math.max(...ends))
}

const bindUntil = (state: Relationship, fixedUntil: Instant | null): Relationship =>
  withFacts(state, (facts) => ({
    ...facts,
    subscriptions: facts.subscriptions.map((one) => (one.fixedUntil === null ? one : { ...one, fixedUntil })),
  }))

// Expected leavers. What the model is unsure of they share; who of them leaves is chance for each alone.
function leavers(weight: number, unsure: Unsure) {
  let [value, chance] = [0, 0]
  let slopes = new Float64Array(0)
  const add = (one: Sloped): void => {
    value += one.value
    chance += one.value * (1 - one.value)
    slopes = one.slopes.map((slope, k) => slope + (slopes[k] ?? 0))
  }
  const told = (): Estimate => {
    const sd = weight * Math.hypot(spreadOf(slopes, unsure), Math.sqrt(chance))
    const mean = weight * value
    return { value: mean, low: Math.max(0, mean - Z80 * sd), high: mean + Z80 * sd }
  }
  return { add, told } as const
}
