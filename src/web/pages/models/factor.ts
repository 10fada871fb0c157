import { range } from '../../numbers.ts'
import type { Speech } from '../../words.ts'

const FACTOR_DECIMALS = 2

/** A factor from log-odds: `×1.40`. */
export const factor = (speech: Speech, logOdds: number): string =>
  `×${speech.decimal(Math.exp(logOdds), FACTOR_DECIMALS)}`

/** The ends of a factor from log-odds: `1.19–1.66`. */
export const factorRange = (speech: Speech, { low, high }: Readonly<{ low: number; high: number }>): string =>
  range(speech.decimal(Math.exp(low), FACTOR_DECIMALS), speech.decimal(Math.exp(high), FACTOR_DECIMALS), speech.w.to)
