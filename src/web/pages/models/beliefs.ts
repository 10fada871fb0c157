import type { ModelPage } from '../../../contract/models.ts'
import { isLevel, keptReasons } from '../../../core/learning/fit-report.ts'

/** A coefficient as the server tells it. */
export type Coefficient = ModelPage['coefficients'][number]
/** One of which something was believed before the data. */
export type Driver = Coefficient & Readonly<{ prior: NonNullable<Coefficient['prior']> }>

const Z80 = 1.2815515655446004
/** Beyond this factor a bar ends at the edge of the axis: one wide belief would leave no room for the others. */
const FACTOR_MAX = 8
const FACTOR_TICKS = [0.125, 0.25, 0.5, 1, 2, 4, 8] as const

/** Which coefficients have a place on the axis of factors: those with a prior, but for the level itself. */
export const driversOf = (coefficients: readonly Coefficient[]): readonly Driver[] =>
  coefficients.flatMap((one) => (one.prior === null || isLevel(one.name) ? [] : [{ ...one, prior: one.prior }]))

/** Whether the data said anything: without a row the posterior is the prior. */
export const isPriorOnly = ({ rows, learnedShare }: Coefficient): boolean => rows === 0 && learnedShare === 0

/** The 80 % interval of a belief, in log-odds. */
export const ends80 = ({ mean, sd }: Readonly<{ mean: number; sd: number }>) => ({
  low: mean - Z80 * sd,
  high: mean + Z80 * sd,
})

/** The ends of the axis that all bars share, in log-odds. */
export function axisOf(drivers: readonly Driver[]): readonly [number, number] {
  const ends = drivers.flatMap((one) => [one.low, one.high, ends80(one.prior).low, ends80(one.prior).high])
  const most = Math.log(FACTOR_MAX)
  return [Math.max(-most, Math.min(0, ...ends)), Math.min(most, Math.max(0, ...ends))]
}

/** Factors that are written at the axis. */
export const factorTicks = ([low, high]: readonly [number, number]): readonly number[] =>
  FACTOR_TICKS.filter((factor) => Math.log(factor) >= low - 1e-9 && Math.log(factor) <= high + 1e-9)

/** The orders of the list; the first is the usual one. */
export const driverSorts = ['learned', 'strong', 'moved', 'size'] as const
/** One of the orders. */
export type DriverSort = (typeof driverSorts)[number]

const weightOf: Readonly<Record<DriverSort, (driver: Driver) => number>> = {
  learned: ({ learnedShare }) => learnedShare,
  strong: ({ posterior }) => Math.abs(posterior.mean) / posterior.sd,
  moved: ({ posterior, prior }) => Math.abs(posterior.mean - prior.mean) / prior.sd,
  size: ({ posterior }) => Math.abs(posterior.mean),
}

/** The drivers in an order, those that fit the words typed; what nothing is known of comes last. */
export function chosenDrivers(drivers: readonly Driver[], sort: DriverSort, search: string): readonly Driver[] {
  const words = search.trim().toLocaleLowerCase()
  const weight = weightOf[sort]
  return drivers
    .filter(({ label, name }) => label.toLocaleLowerCase().includes(words) || name.toLowerCase().includes(words))
    .toSorted((a, b) => Number(isPriorOnly(a)) - Number(isPriorOnly(b)) || weight(b) - weight(a))
}

/** How a version stands: in use, in use once, or kept without ever being in use. */
export function standing({ live, reason }: ModelPage['versions'][number]): 'live' | 'was' | 'kept' {
  if (live) return 'live'
  return keptReasons.some((one) => one === reason.code) ? 'kept' : 'was'
}

/** What a slope says of the differences between customers; `right` while 1 lies within its 80 % interval. */
export function slopeSays(slope: number, error: number | null): 'right' | 'over' | 'under' {
  if (Math.abs(slope - 1) <= Z80 * (error ?? 0)) return 'right'
  return slope < 1 ? 'over' : 'under'
}

const Z90 = 1.6448536269514722

/** What may happen in rows that each have this chance: the 90 % band of the share, by the Normal. */
export function shareBand90(chance: number, rows: number): Readonly<{ low: number; high: number }> {
  const half = Z90 * Math.sqrt((chance * (1 - chance)) / Math.max(1, rows))
  return { low: Math.max(0, chance - half), high: Math.min(1, chance + half) }
}

/** The 80 % band of a count with this mean and standard deviation. */
export const countBand80 = (mean: number, sd: number): Readonly<{ low: number; high: number }> => ({
  low: Math.max(0, mean - Z80 * sd),
  high: mean + Z80 * sd,
})
