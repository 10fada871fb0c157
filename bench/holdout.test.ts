import { describe, expect, test } from 'vitest'
import { rng } from '../src/stats/rng.ts'
import { hasSet, readIranian, readTelco } from './churn-sets.ts'
import { splitOnce } from './hold-out-splits.ts'

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe.each([
  ['telco_churn/telco_churn.csv', readTelco],
  ['iranian_churn/iranian_churn.csv', readIranian],
] as const)('%s (needs ../shared/data)', (file, read) => {
  test.skipIf(!hasSet(file))('with few rows to learn from, priors foretell better and are nearer to calibrated', () => {
    const set = read()
    const splits = Array.from({ length: 8 }, (_, k) => splitOnce(set, 150, rng('few rows').split(k)))
    const of = (which: 'withPriors' | 'plain', what: 'logLoss' | 'error') => mean(splits.map((one) => one[which][what]))
    expect(of('withPriors', 'logLoss')).toBeLessThan(of('plain', 'logLoss'))
    expect(of('withPriors', 'error')).toBeLessThan(of('plain', 'error'))
  })
  // A prior that is off (tenure counts for more among the Iranian customers than it says) costs some thousandths.
  test.skipIf(!hasSet(file))('with all rows, they cost next to nothing', () => {
    const set = read()
    const splits = Array.from({ length: 4 }, (_, k) => splitOnce(set, set.outcome.length, rng('many rows').split(k)))
    for (const { withPriors, plain } of splits) expect(withPriors.logLoss - plain.logLoss).toBeLessThan(0.005)
  })
})
