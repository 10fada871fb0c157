import { describe, expect, test } from 'vitest'
import {
  axisOf,
  chosenDrivers,
  type Driver,
  driversOf,
  factorTicks,
  shareBand90,
  slopeSays,
  standing,
} from './beliefs.ts'

const driver = (name: string, over: Partial<Driver> = {}): Driver => ({
  name,
  label: name.replaceAll('_', ' '),
  prior: { mean: 0.2, sd: 0.2 },
  posterior: { mean: 0.2, sd: 0.1 },
  low: 0.07,
  high: 0.33,
  learnedShare: 0.75,
  from: 'mixed',
  raises: 0.97,
  raisesPrior: 0.84,
  rows: 100,
  ...over,
})

describe('drivers', () => {
  const learned = driver('lateness', { learnedShare: 0.9 })
  const moved = driver('transfers', { posterior: { mean: -0.6, sd: 0.15 }, learnedShare: 0.4 })
  const unknown = driver('competitiveness', {
    rows: 0,
    learnedShare: 0,
    prior: { mean: 2, sd: 0.1 },
    posterior: { mean: 2, sd: 0.1 },
  })
  const names = (drivers: readonly Driver[]) => drivers.map(({ name }) => name)

  test('leave out the level and what had no prior', () => {
    const all = [driver('intercept'), driver('r_intercept'), driver('level'), { ...learned, prior: null }, moved]
    expect(names(driversOf(all))).toEqual(['transfers'])
  })

  test('come in the order asked for, and what no row speaks of comes last in each', () => {
    const all = [unknown, moved, learned]
    expect(names(chosenDrivers(all, 'learned', ''))).toEqual(['lateness', 'transfers', 'competitiveness'])
    for (const sort of ['strong', 'moved', 'size'] as const)
      expect(names(chosenDrivers(all, sort, ''))).toEqual(['transfers', 'lateness', 'competitiveness'])
  })

  test('are found by their words in any case, and by their name in the data', () => {
    expect(names(chosenDrivers([learned, moved], 'learned', ' TRANS '))).toEqual(['transfers'])
    expect(chosenDrivers([learned, moved], 'learned', 'nothing like it')).toEqual([])
  })
})

describe('the axis of factors', () => {
  test('always holds no effect, and never more than a factor of eight', () => {
    const [low, high] = axisOf([driver('wide', { high: 9 })])
    expect(low).toBeLessThanOrEqual(0)
    expect(Math.exp(high)).toBeCloseTo(8, 9)
    expect(axisOf([])).toEqual([0, 0])
  })

  test('is written at factors inside of it', () => {
    expect(factorTicks([Math.log(0.4), Math.log(2.1)])).toEqual([0.5, 1, 2])
  })
})

describe('what a version foretold', () => {
  test('is right while one lies within the interval of its slope', () => {
    expect(slopeSays(1.1, 0.1)).toBe('right')
    expect(slopeSays(1.4, 0.1)).toBe('under')
    expect(slopeSays(0.7, null)).toBe('over')
  })

  test('has a band that narrows with rows and stays a share', () => {
    const few = shareBand90(0.02, 50)
    const many = shareBand90(0.02, 5_000)
    expect(few.low).toBe(0)
    expect(many.high - many.low).toBeLessThan(few.high - few.low)
    // 1.645 standard deviations of a binomial share.
    expect(many.high).toBeCloseTo(0.02 + 1.644854 * Math.sqrt((0.02 * 0.98) / 5_000), 7)
  })

  test('stands as kept only where it was found worse, or could not be tried', () => {
    const version = (live: boolean, code: 'not-worse' | 'worse-log-loss' | 'not-comparable') =>
      standing({
        version: 1,
        live,
        reason: { code, sentence: '' },
        createdAt: '',
        dataTo: null,
        exits: null,
        learnedFrom: null,
        rows: null,
        learnedShare: null,
        slope: null,
        expectedCalibrationError: null,
        logLoss: null,
      })
    expect([version(true, 'not-worse'), version(false, 'not-worse')]).toEqual(['live', 'was'])
    expect([version(false, 'worse-log-loss'), version(false, 'not-comparable')]).toEqual(['kept', 'kept'])
  })
})
