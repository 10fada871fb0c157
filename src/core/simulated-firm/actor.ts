import type { Rng } from '../../stats/rng.ts'
import type { Diary } from './diary.ts'
import type { SimulatedTruth } from './truth.ts'

/** One customer while his story is told. */
export type Actor = Readonly<{
  chance: Rng
  diary: Diary
  truth: SimulatedTruth
  locale: 'nl' | 'en' | 'ru'
  /** Agreed to hear of offers by e-mail. */
  mailsAllowed: boolean
  /** A new name for a thing of this customer: 'f' a failure, 'o' an order. */
  name: (letter: string) => string
}>

/** True with the given chance. */
export const happens = (chance: Rng, probability: number): boolean => chance.uniform() < probability

/** A number between two bounds, each equally likely. */
export const between = (chance: Rng, low: number, high: number): number => low + (high - low) * chance.uniform()

/** A span in milliseconds around a median, log-normal. */
export const around = (chance: Rng, medianMs: number, spread = 0.6): number =>
  medianMs * Math.exp(spread * chance.normal())

/** One of a list of pairs of item and share; shares add up to 1. */
export function pickByShare<const Item>(
  chance: Rng,
  list: readonly (readonly [Item, number])[],
  otherwise: Item,
): Item {
  let left = chance.uniform()
  for (const [item, share] of list) {
    left -= share
    if (left < 0) return item
  }
  return otherwise
}

/** A whole score on a scale around a mean share of it. */
export function scored(chance: Rng, mean: number, spread: number, low: number, high: number): number {
  const raw = low + (high - low) * (mean + spread * chance.normal())
  return Math.round(Math.min(high, Math.max(low, raw)))
}
