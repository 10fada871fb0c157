/**
 * Everything that the liability is made of, gathered customer by customer: what came and went, who was at risk of a
 * use, what is open now, and what was open when each forecast of the backtest was made.
 */

import type { CustomerKey } from '../ids.ts'
import { refusesProfiling } from '../privacy/profiling.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { fold, initial, type Relationship } from '../relationship/relationship.ts'
import { calendarMonthOf, calendarMonthStart, type Instant } from '../time/instant.ts'
import { addOpen, addRisk, batchOf, type OpenCell, type RiskCell } from './redemption-cells.ts'
import { noService, type Outcome, outcomes, type VoucherService, voucherService } from './redemption-rows.ts'
import { noUsedShares, type UsedShares, withShare } from './used-shares.ts'
import { isOpenAt, lifeAsOf, type VoucherLife, voucherLives } from './voucher-life.ts'
import { type RollMonth, voucherRoll } from './voucher-roll.ts'

/** What happened in one month to the vouchers that were open at a cut. */
export type Actual = { minor: number; count: number }

/** The vouchers open at one instant, and what became of them, by calendar month and by batch. */
export type Cut = Readonly<{
  at: Instant
  open: Map<string, OpenCell>
  actual: Map<number, Actual>
  actualByBatch: Map<string, Map<number, Actual>>
}>

/** How much of each use was taken, and how often people were reminded, in one month. */
export type Habits = { shares: UsedShares; expiryMonths: number; reminded: number }

/** What was given out in one calendar month, or for one reason. */
export type Given = { count: number; minor: number }

/** All that was gathered. */
export type VoucherBook = Readonly<{
  vouchers: number
  /** Vouchers in another currency than the firm's: counted, and left out of everything else. */
  elsewhere: number
  roll: readonly RollMonth[]
  risk: ReadonlyMap<string, RiskCell>
  habits: ReadonlyMap<number, Habits>
  issuedByCohort: ReadonlyMap<number, Given>
  issuedByOrigin: ReadonlyMap<string, Given>
  now: Cut
  /** The first of each calendar month of the backtest, the oldest first. */
  past: readonly Cut[]
}>

/** What a book is kept under. `medianMinor` is the median value of the firm's vouchers, 0 when it gives none. */
export type BookOptions = Readonly<{ asOf: Instant; currency: string; medianMinor: number; backtestMonths: number }>

/**
 * Takes the events of one customer, in order and without retracted ones; then `finish`. Each customer once. What is owed
 * to those who refuse to be profiled is owed all the same; but nothing is learned from them, no forecast is tried on
 * them, and how they were treated foretells nothing about them.
 */
export function voucherBook(options: BookOptions) {
  const { asOf } = options
  const lastMonth = calendarMonthOf(asOf)
  const roll = voucherRoll()
  const risk = new Map<string, RiskCell>()
  const habits = new Map<number, Habits>()
  const issuedByCohort = new Map<number, Given>()
  const issuedByOrigin = new Map<string, Given>()
  const now = emptyCut(asOf)
  const past = Array.from({ length: options.backtestMonths }, (_, k) =>
    emptyCut(calendarMonthStart(lastMonth - options.backtestMonths + k)),
  )
  let vouchers = 0
  let elsewhere = 0
  return {
    add: (customer: CustomerKey, events: readonly CustomerEvent[]): void => {
      const all = voucherLives(events, asOf)
      const lives = all.filter(({ currency }) => currency === null || currency === options.currency)
      vouchers += lives.length
      elsewhere += all.length - lives.length
      const refuses = refusesProfiling(events)
      const serviceAt = refuses ? () => noService : serviceReader(customer, events)
      for (const life of lives) {
        roll.add(life)
        give(issuedByCohort, calendarMonthOf(life.issuedAt), life.valueMinor)
        give(issuedByOrigin, life.origin, life.valueMinor)
        if (refuses) {
          noteCut(now, life, [], serviceAt, options.medianMinor)
          continue
        }
        const lived = outcomes(life, asOf)
        for (const outcome of lived) {
          addRisk(risk, life, outcome, serviceAt(outcome.stretch.from), options.medianMinor)
          noteHabits(habits, outcome)
        }
        for (const cut of [...past, now]) noteCut(cut, life, lived, serviceAt, options.medianMinor)
      }
    },
    finish: (): VoucherBook => ({
      vouchers,
      elsewhere,
      roll: roll.finish(lastMonth),
      risk,
      habits,
      issuedByCohort,
      issuedByOrigin,
      now,
      past,
    }),
  }
}

const emptyCut = (at: Instant): Cut => ({ at, open: new Map(), actual: new Map(), actualByBatch: new Map() })

function give<Key>(to: Map<Key, Given>, key: Key, minor: number): void {
  const given = to.get(key) ?? { count: 0, minor: 0 }
  given.count += 1
  given.minor += minor
  to.set(key, given)
}

const MAY_CHANGE_SERVICE = /^(?:failure|survey|post|exit|subscription)\./

// States along the way, each instant asked for once or more; folding starts only where service could matter.
function serviceReader(customer: CustomerKey, events: readonly CustomerEvent[]): (at: Instant) => VoucherService {
  if (!events.some(({ type }) => MAY_CHANGE_SERVICE.test(type))) return () => noService
  const states: Relationship[] = []
  let state = initial(customer)
  for (const event of events) {
    state = fold(state, event)
    states.push(state)
  }
  return (at) => {
    const after = events.findLastIndex((event) => event.at <= at)
    const then = states[after]
    return then === undefined ? noService : voucherService(then, at)
  }
}

function noteHabits(habits: Map<number, Habits>, { stretch, usedShare }: Outcome): void {
  const habit = habits.get(stretch.month) ?? { shares: noUsedShares, expiryMonths: 0, reminded: 0 }
  if (usedShare !== null) habit.shares = withShare(habit.shares, usedShare)
  if (stretch.expiryMonth) {
    habit.expiryMonths += stretch.exposure
    if (stretch.reminded) habit.reminded += stretch.exposure
  }
  habits.set(stretch.month, habit)
}

function noteCut(
  cut: Cut,
  life: VoucherLife,
  lived: readonly Outcome[],
  serviceAt: (at: Instant) => VoucherService,
  medianMinor: number,
): void {
  const then = lifeAsOf(life, cut.at)
  if (!isOpenAt(then, cut.at)) return
  addOpen(cut.open, then, cut.at, serviceAt(cut.at), medianMinor)
  const usedIn = new Map<number, number>()
  for (const { stretch, used } of lived) if (used && stretch.from >= cut.at) usedIn.set(stretch.month, 0)
  for (const { at, kind, minor } of life.moves) {
    const month = calendarMonthOf(at)
    if (kind === 'redeemed' && usedIn.has(month) && at >= cut.at) usedIn.set(month, (usedIn.get(month) ?? 0) + minor)
  }
  if (usedIn.size === 0) return
  const batch = batchOf(life)
  const ofBatch = cut.actualByBatch.get(batch) ?? new Map<number, Actual>()
  cut.actualByBatch.set(batch, ofBatch)
  for (const [month, minor] of usedIn) for (const to of [cut.actual, ofBatch]) happen(to, month, minor)
}

function happen(to: Map<number, Actual>, month: number, minor: number): void {
  const actual = to.get(month) ?? { minor: 0, count: 0 }
  actual.minor += minor
  actual.count += 1
  to.set(month, actual)
}
