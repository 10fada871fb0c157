import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answered } from '../../test/answered.ts'
import { calibrate, compareLoss, type Foretold } from './calibration.ts'
import { rng } from './rng.ts'

/** Outcomes drawn from chances that are `slope` times as far apart in log-odds as foretold, and `shift` higher. */
function drawn(rows: number, slope: number, shift: number, seed: number): Foretold {
  const source = rng(seed)
  const logOdds = Float64Array.from({ length: rows }, () => -2 + source.normal())
  const outcome = Uint8Array.from(logOdds, (x) => Number(source.uniform() < 1 / (1 + Math.exp(-slope * x - shift))))
  return { logOdds, outcome, weight: new Float64Array(rows).fill(1) }
}

function calibrated(foretold: Foretold) {
  const found = calibrate(foretold)
  if (found.kind === 'refused') throw new Error(found.say)
  return found
}

describe('calibration', () => {
  test('of true chances is a line of slope 1 through 0, off by no more than chance', () => {
    const found = calibrated(drawn(40_000, 1, 0, 1))
    expect(Math.abs((found.line?.slope ?? 0) - 1)).toBeLessThan(3 * (found.line?.slopeError ?? 0))
    expect(found.line?.intercept).toBeCloseTo(0, 1)
    expect(found.error).toBeLessThan(2 * found.errorByChance)
    expect(found.tenths).toHaveLength(10)
  })

  test('finds chances too far apart, and a level too low', () => {
    expect(calibrated(drawn(40_000, 0.5, 0, 2)).line?.slope).toBeCloseTo(0.5, 1)
    const low = calibrated(drawn(40_000, 1, 1, 3))
    expect(low.line?.intercept).toBeCloseTo(1, 1)
    expect(low.error).toBeGreaterThan(10 * low.errorByChance)
  })

  test('by hand: two rows', () => {
    const found = calibrated({
      logOdds: Float64Array.of(Math.log(0.25 / 0.75), Math.log(0.5 / 0.5)),
      outcome: Uint8Array.of(0, 1),
      weight: Float64Array.of(3, 1),
    })
    expect(found.logLoss).toBeCloseTo((-3 * Math.log(0.75) - Math.log(0.5)) / 4, 12)
    expect(found.brier).toBeCloseTo((3 * 0.25 ** 2 + 0.5 ** 2) / 4, 12)
    expect(found.error).toBeCloseTo((3 * 0.25 + 0.5) / 4, 12)
    expect([found.rows, found.events]).toEqual([4, 1])
  })

  test('counts a row of weight 3 as three rows, whatever their order', () => {
    const few = drawn(60, 1, 0, 4)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 60, maxLength: 60 }), (weights) => {
        const order = weights.flatMap((count, row) => Array.from({ length: count }, () => row)).toReversed()
        const repeated = {
          logOdds: Float64Array.from(order, (row) => few.logOdds[row] ?? 0),
          outcome: Uint8Array.from(order, (row) => few.outcome[row] ?? 0),
          weight: new Float64Array(order.length).fill(1),
        }
        const weighted = calibrated({ ...few, weight: Float64Array.from(weights) })
        const one = calibrated(repeated)
        expect(one.logLoss).toBeCloseTo(weighted.logLoss, 10)
        expect(one.error).toBeCloseTo(weighted.error, 10)
        expect(one.line?.slope).toBeCloseTo(weighted.line?.slope ?? 0, 6)
      }),
      { numRuns: 30 },
    )
  })

  test('a loss is better by what it is lower, and a forecast is no better than itself', () => {
    const rows = drawn(5_000, 1, 0, 5)
    const worse = rows.logOdds.map((x) => x + 1)
    const { difference, error } = answered(compareLoss(rows, worse))
    expect(difference).toBeLessThan(-5 * error)
    expect(difference).toBeCloseTo(calibrated(rows).logLoss - calibrated({ ...rows, logOdds: worse }).logLoss, 10)
    expect(compareLoss(rows, rows.logOdds)).toEqual({ kind: 'compared', difference: 0, error: 0 })
  })

  test('refuses what cannot be compared', () => {
    const rows = drawn(10, 1, 0, 6)
    expect(calibrate({ ...rows, outcome: new Uint8Array(10) })).toMatchObject({ kind: 'refused', because: 'too-few' })
    const broken = { ...rows, logOdds: rows.logOdds.map(() => Number.NaN) }
    expect(calibrate(broken)).toMatchObject({ kind: 'refused', because: 'not-a-number' })
    expect(compareLoss(rows, broken.logOdds)).toMatchObject({ kind: 'refused', because: 'not-a-number' })
    expect(compareLoss(rows, rows.logOdds.subarray(1))).toMatchObject({ kind: 'refused', because: 'lengths-differ' })
    const negative = { ...rows, weight: rows.weight.map(() => -1) }
    expect(compareLoss(negative, rows.logOdds)).toMatchObject({ kind: 'refused', because: 'impossible-row' })
    const impossible = rows.logOdds.map((_, i) => (rows.outcome[i] === 1 ? Number.NEGATIVE_INFINITY : 0))
    expect(compareLoss({ ...rows, logOdds: impossible }, rows.logOdds)).toMatchObject({ because: 'not-a-number' })
  })
})
