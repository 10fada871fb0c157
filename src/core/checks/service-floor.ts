/**
 * The floor of service (trap T34): an acknowledgement in time, somebody who has it and keeps it, a fix by the date that
 * was promised, whatever the customer is worth. It must not differ by value.
 */
import { newcombe } from '../../stats/compare/difference-of-shares.ts'
import { wilson } from '../../stats/compare/share.ts'
import { studentBound } from '../../stats/student.ts'
import type { Failure } from '../relationship/failure.ts'
import { acknowledgeDueAt, fixDueAt, misses } from '../relationship/recovery.ts'
import type { Instant } from '../time/instant.ts'
import { type CheckPart, checkOf, type Finding, tooFew } from './checks.ts'

/** A let-down with what its customer is predicted to be worth if it is put right; null of who is not profiled. */
export type ValuedFailure = Readonly<{ customer: string; valueMinor: number | null; failure: Failure }>

const FIFTHS = 5
/** A fifth with fewer let-downs, or fewer people, is neither told nor compared. */
const FIFTH_MIN = 30
const PEOPLE_MIN = 5
/** So many degrees of freedom make Student's bound a normal one. */
const NORMAL = 1e6

/** Whether every step of the floor was done in time; undefined while one may still come in time. */
function hasFloor(failure: Failure, asOf: Instant): boolean | undefined {
  const due = Math.max(fixDueAt(failure), acknowledgeDueAt(failure))
  if (due > asOf) return undefined
  const missed = misses(failure, asOf)
  const isFixed = failure.fixed !== null && failure.fixed.at <= fixDueAt(failure)
  return missed.miss_ack === 0 && missed.miss_owner === 0 && isFixed
}

/** Compares the share of let-downs with the whole floor between fifths of the customers' predicted value. */
export function serviceFloor(told: readonly ValuedFailure[], asOf: Instant): Finding {
  const judged = told.flatMap(({ customer, valueMinor, failure }) => {
    const floor = hasFloor(failure, asOf)
    return floor === undefined || valueMinor === null ? [] : [{ customer, valueMinor, floor }]
  })
  const fifths = inFifths(judged).flatMap((some, place) => {
    const people = new Set(some.map(({ customer }) => customer)).size
    if (some.length < FIFTH_MIN || people < PEOPLE_MIN) return []
    return [{ name: `${place + 1}`, count: some.filter(({ floor }) => floor).length, of: some.length }]
  })
  const [first, ...others] = fifths
  if (first === undefined || others.length === 0) return tooFew(judged.length, FIFTHS * FIFTH_MIN)
  const share = (one: typeof first) => one.count / one.of
  const best = fifths.reduce((most, one) => (share(one) > share(most) ? one : most))
  const worst = fifths.reduce((least, one) => (share(one) < share(least) ? one : least))
  // The widest of so many gaps is wide by chance alone: its interval makes up for having been chosen (Bonferroni).
  const pairs = (fifths.length * (fifths.length - 1)) / 2
  const gap = newcombe(best, worst, studentBound(1 - 0.05 / pairs, NORMAL))
  const value = share(best) - share(worst)
  const [low, high] = gap?.kind === 'compared' ? [gap.low, gap.high] : [0, 1]
  const isBeyond = value > (checkOf('service-floor').threshold ?? 0)
  return {
    state: isBeyond ? (low > 0 ? 'fails' : 'unsure') : 'holds',
    value,
    low: Math.max(0, low),
    high,
    count: judged.length,
    needed: FIFTHS * FIFTH_MIN,
    parts: fifths.map(partOf),
  }
}

function partOf({ name, count, of }: Readonly<{ name: string; count: number; of: number }>): CheckPart {
  const share = wilson(count, of)
  const [low, high] = share.kind === 'counted' ? [share.low, share.high] : [null, null]
  return { name, value: count / of, low, high, count: of }
}

// Equal values stay together, in the fifth of their middle: no lot decides who is worth less.
function inFifths<One extends Readonly<{ valueMinor: number }>>(all: readonly One[]): readonly (readonly One[])[] {
  const fifths: One[][] = Array.from({ length: FIFTHS }, () => [])
  const byValue = [...Map.groupBy(all, ({ valueMinor }) => valueMinor)].toSorted(([a], [b]) => a - b)
  let before = 0
  for (const [, same] of byValue) {
    const middle = (before + same.length / 2) / all.length
    fifths[Math.min(FIFTHS - 1, Math.floor(FIFTHS * middle))]?.push(...same)
    before += same.length
  }
  return fifths
}
