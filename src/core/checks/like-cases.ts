/** Whether like cases receive alike (trap T21): the spread of compensation within severity and band of loss. */
import { quantile } from '../../stats/compare/bands.ts'
import type { Failure } from '../relationship/failure.ts'
import { type CheckPart, checkOf, type Finding, tooFew } from './checks.ts'
import type { ValuedFailure } from './service-floor.ts'

const CASES_MIN = 30
const PEOPLE_MIN = 5
const TENTH = 0.1
/** Standard normal quantile of a two-sided 97.5 % interval. */
const Z_975 = 2.241402727604947
/** Bands of loss begin at 1, 2 and 5 times a power of ten, in minor units. */
const STARTS = [1, 2, 5] as const

/** Where the band of a loss begins and ends; null for a loss that nobody documented. */
function bandOf(lossMinor: number | null): readonly [from: number, to: number] | null {
  if (lossMinor === null || lossMinor < 1) return null
  const power = 10 ** Math.floor(Math.log10(lossMinor))
  const place = STARTS.findLastIndex((start) => lossMinor >= start * power)
  const from = (STARTS[place] ?? 1) * power
  return [from, (STARTS[place + 1] ?? 10) * power]
}

// Within a band a larger loss is paid more for: the share of the loss is what should be alike.
const givenFor = ({ compensatedMinor, lossMinor }: Failure): number =>
  lossMinor === null || lossMinor < 1 ? compensatedMinor : compensatedMinor / lossMinor

/**
 * How many times as much the upper tenth of compensated let-downs received as the lower tenth, within severity and band
 * of loss; the widest spread decides. Let-downs in another currency than the firm's are left out.
 */
export function likeCases(told: readonly ValuedFailure[], currency: string): Finding {
  const paid = told.filter(
    ({ failure }) => failure.compensatedMinor > 0 && (failure.currency === null || failure.currency === currency),
  )
  const groups = Map.groupBy(paid, ({ failure: { severity, lossMinor } }) =>
    [severity, ...(bandOf(lossMinor) ?? [])].join(' '),
  )
  const parts = [...groups]
    .filter(([, some]) => some.length >= CASES_MIN && new Set(some.map(({ customer }) => customer)).size >= PEOPLE_MIN)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, some]) =>
      spreadOf(
        name,
        some.map(({ failure }) => givenFor(failure)),
      ),
    )
  const [first, ...others] = parts
  if (first === undefined) return tooFew(Math.min(CASES_MIN - 1, largest(groups)), CASES_MIN)
  const widest = others.reduce((most, one) => (one.value > most.value ? one : most), first)
  const most = checkOf('like-cases').threshold ?? 0
  const { value, low, high } = widest
  return {
    state: value > most ? ((low ?? 0) > most ? 'fails' : 'unsure') : 'holds',
    value,
    low,
    high,
    count: parts.reduce((sum, { count }) => sum + (count ?? 0), 0),
    needed: CASES_MIN,
    parts,
  }
}

const largest = (groups: ReadonlyMap<string, readonly unknown[]>): number =>
  Math.max(0, ...[...groups.values()].map(({ length }) => length))

/**
 * The spread with its 95 % interval, whatever the values are spread like: each tenth lies between two of the ordered
 * values with 97.5 %, and so both do with 95 %. Conover (1999), Practical Nonparametric Statistics, section 3.2.
 */
function spreadOf(name: string, given: readonly number[]): CheckPart {
  const sorted = Float64Array.from(given).sort()
  const count = sorted.length
  const at = (rank: number): number => sorted[Math.min(count, Math.max(1, rank)) - 1] ?? Number.NaN
  const reach = Z_975 * Math.sqrt(count * TENTH * (1 - TENTH))
  const [lower, upper] = [count * TENTH, count * (1 - TENTH)]
  return {
    name,
    value: quantile(sorted, 1 - TENTH) / quantile(sorted, TENTH),
    low: Math.max(1, at(Math.floor(upper - reach)) / at(Math.ceil(lower + reach) + 1)),
    high: at(Math.ceil(upper + reach) + 1) / at(Math.floor(lower - reach)),
    count,
  }
}
