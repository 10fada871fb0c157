import type { LedgerEntryView, ScoredCustomerPage } from '../contract/show.ts'
import { at } from './dates.ts'
import { roundParts, roundTo } from './rounding.ts'

/** The statement of a customer: the ledger newest first, with a running sum from the bottom that ends in the balance. */

export type StatementLine = Readonly<{
  entry: LedgerEntryView
  /** Rounded so that the column adds up to the rounded balance. */
  now: number
  posted: number
  /** Running total of `now` up to and including this line, from the bottom up. */
  sum: number
}>

export type StatementGroup = Readonly<{
  /** The failure that the lines belong to, or null for everything else. */
  group: string | null
  /** When the story of the group began, in milliseconds since 1970. */
  from: number
  total: number
  lines: readonly StatementLine[]
}>

const DECIMALS = 2

/** In what the amounts of a statement are told: their factor from log-odds, and with how many decimals. */
export type Unit = Readonly<{ scale: number; decimals: number }>

/** As the model has them. */
export const logOdds: Unit = { scale: 1, decimals: DECIMALS }

const MONTHS = 12

/**
 * Points of the chance to stay 12 months, if the chance of this month held for all of them. The balance as a whole is
 * worth the chance with it less the chance without it; each entry has its share of that by its log-odds, so that the
 * parts add up.
 */
export function pointsOf({ linearPredictor, entries }: Pick<ScoredCustomerPage, 'linearPredictor' | 'entries'>): Unit {
  const balance = entries.reduce((sum, { now }) => sum + now, 0)
  const scale =
    Math.abs(balance) < 1e-6
      ? // The slope, where there is nothing to divide by.
        pointsWorth(linearPredictor, 1e-6) / 1e-6
      : pointsWorth(linearPredictor + balance, balance) / balance
  return { scale, decimals: 1 }
}

// 1 - 1 / (1 + exp(-x)) is 1 / (1 + exp(x)).
const stayAt = (toLeave: number): number => 100 * (1 + Math.exp(toLeave)) ** -MONTHS

/** What an amount of goodwill adds to the chance to stay, in points, from a level of log-odds to leave. */
export const pointsWorth = (level: number, goodwill: number): number => stayAt(level - goodwill) - stayAt(level)

function grouped(entries: readonly LedgerEntryView[]): Map<string | null, LedgerEntryView[]> {
  const sizes = new Map<string, number>()
  for (const { group } of entries) if (group !== null) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  const groups = new Map<string | null, LedgerEntryView[]>()
  const newestFirst = [...entries].sort((a, b) => at(b.at) - at(a.at) || (a.key < b.key ? -1 : 1))
  for (const entry of newestFirst) {
    // A let-down with one line would only repeat itself as a heading.
    const alone = entry.group === null || sizes.get(entry.group) === 1
    const name = alone ? null : entry.group
    groups.set(name, [...(groups.get(name) ?? []), entry])
  }
  return groups
}

/**
 * Groups the ledger by let-down (newest first, everything else last) and runs the sum from the bottom up. The rounded
 * amounts of all lines add up to the rounded balance.
 */
export function statementOf(entries: readonly LedgerEntryView[], { scale, decimals } = logOdds): StatementGroup[] {
  const groups = grouped(entries)
  const stories = [...groups.entries()].filter(([name]) => name !== null)
  const rest = groups.get(null)
  const ordered = rest === undefined ? stories : [...stories, [null, rest] as const]
  const flat = ordered.flatMap(([, lines]) => lines)
  const rounded = roundParts(
    flat.map(({ now }) => now * scale),
    decimals,
  )
  const sums: number[] = []
  let sum = 0
  for (let index = flat.length - 1; index >= 0; index -= 1) {
    sum = roundTo(sum + (rounded[index] ?? 0), decimals)
    sums[index] = sum
  }
  let index = 0
  return ordered.map(([group, of]) => {
    const lines = of.map((entry) => {
      const line = {
        entry,
        now: rounded[index] ?? 0,
        posted: roundTo(entry.posted * scale, decimals),
        sum: sums[index] ?? 0,
      }
      index += 1
      return line
    })
    const total = roundTo(
      lines.reduce((so, { now }) => so + now, 0),
      decimals,
    )
    return { group, from: Math.min(...of.map((entry) => at(entry.at))), total, lines }
  })
}

/** The sum that turns the balance into the chance to leave; every number rounded, and the rounded ones add up. */
export type Arithmetic = Readonly<{
  intercept: number
  statics: readonly Readonly<{ covariate: string; sentence: string; amount: number }>[]
  staticsTotal: number
  balance: number
  linearPredictor: number
}>

/** Intercept plus statics minus balance, rounded to two decimals so that the sum on the screen is right. */
export function arithmeticOf(
  page: Pick<ScoredCustomerPage, 'intercept' | 'statics' | 'linearPredictor' | 'entries'>,
): Arithmetic {
  const balance = roundTo(
    page.entries.reduce((sum, { now }) => sum + now, 0),
    DECIMALS,
  )
  // The balance is already on the screen, so it may not move: the rest shares what is left.
  const rest = page.linearPredictor + balance
  const parts = [page.intercept, ...page.statics.map(({ amount }) => amount)]
  const drift = rest - parts.reduce((sum, part) => sum + part, 0)
  const rounded = roundParts([page.intercept + drift, ...parts.slice(1)], DECIMALS)
  const statics = page.statics.map((term, index) => ({ ...term, amount: rounded[index + 1] ?? 0 }))
  const staticsTotal = roundTo(
    statics.reduce((sum, { amount }) => sum + amount, 0),
    DECIMALS,
  )
  const intercept = rounded[0] ?? 0
  return { intercept, statics, staticsTotal, balance, linearPredictor: roundTo(intercept + staticsTotal - balance, 2) }
}
