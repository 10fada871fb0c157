import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answered } from '../../test/answered.ts'
import type { BinaryRows } from './binary-rows.ts'
import { calibrate } from './calibration.ts'
import { type BinaryFit, fitLogistic, type NormalPrior } from './logistic.ts'
import { rng } from './rng.ts'

const COUNT = 500
const source = rng('hostile rows')
const ones = Array.from({ length: COUNT }, () => 1)
const a = ones.map(() => source.normal())
const b = ones.map(() => source.normal())
const outcome = a.map((value, i) => (source.uniform() < 1 / (1 + Math.exp(1 - value - 0.5 * (b[i] ?? 0))) ? 1 : 0))

const around = (count: number, sd: number): NormalPrior => ({
  mean: new Float64Array(count),
  sd: new Float64Array(count).fill(sd),
})
const free = (count: number) => around(count, Number.POSITIVE_INFINITY)

function rowsOf(
  columns: readonly (readonly number[])[],
  of: readonly number[],
  more: Partial<BinaryRows> = {},
): BinaryRows {
  const covariates = Float64Array.from(of.flatMap((_, i) => columns.map((column) => column[i] ?? Number.NaN)))
  return { covariates, columnCount: columns.length, outcome: Uint8Array.from(of), ...more }
}

function fitted(rows: BinaryRows, prior: NormalPrior): BinaryFit {
  const fit = fitLogistic(rows, prior)
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

describe('the same rows told in another way', () => {
  const once = fitted(rowsOf([ones, a, b], outcome), free(3))
  test('every fit tells how it ended', () => {
    expect(once.gradientNorm).toBeLessThan(1e-8)
    expect(once.iterations).toBeGreaterThan(0)
    expect(once.hessianCondition).toBeGreaterThanOrEqual(1)
  })
  test.each([1e-150, 1 / 7, 365.25, 1e150])('a column times %d', (by) => {
    const found = fitted(rowsOf([ones, a.map((value) => value * by), b], outcome), free(3))
    expect((found.coefficients[1] ?? 0) * by).toBeCloseTo(once.coefficients[1] ?? 0, 9)
    expect((found.standardErrors[1] ?? 0) * by).toBeCloseTo(once.standardErrors[1] ?? 0, 9)
    expect(found.logLikelihood).toBeCloseTo(once.logLikelihood, 8)
  })
  const told: NormalPrior = { mean: Float64Array.of(0, 0.2, 0), sd: Float64Array.of(Number.POSITIVE_INFINITY, 0.3, 1) }
  test.each([
    [2_026, 'none', free(3)],
    [-40, 'none', free(3)],
    [1e6, 'none', free(3)],
    [1e6, 'priors of its slopes', told],
    [-1e8, 'priors of its slopes', told],
  ])('a column moved by %d, as calendar years are, with %s: the same slope and the same fit', (by, _, prior) => {
    const here = fitted(rowsOf([ones, a, b], outcome), prior)
    const moved = rowsOf([ones, a.map((value) => value + by), b], outcome)
    const found = fitted(moved, prior)
    for (const j of [1, 2]) {
      expect(found.coefficients[j]).toBeCloseTo(here.coefficients[j] ?? 0, 7)
      expect(found.standardErrors[j]).toBeCloseTo(here.standardErrors[j] ?? 0, 7)
    }
    const [level = 0, slope = 0] = found.coefficients
    expect(level + by * slope).toBeCloseTo(here.coefficients[0] ?? 0, 5)
    expect(found.logLikelihood).toBeCloseTo(here.logLikelihood, 7)
    const again = answered(fitLogistic(moved, prior, 'logit', found.coefficients))
    expect(again.iterations).toBeLessThan(2)
  })
  test('columns that never change, far away or not, beside a level without a prior: their priors come back', () => {
    for (const value of [3, 0.1, -1e9]) {
      const found = fitted(rowsOf([ones, a, ones.map(() => value)], outcome), told)
      const here = fitted(rowsOf([ones, a, ones.map(() => 0)], outcome), told)
      expect(found.coefficients[1]).toBeCloseTo(here.coefficients[1] ?? 0, 9)
      expect([found.coefficients[2], found.standardErrors[2], found.learnedShare[2]]).toEqual([0, 1, 0])
    }
  })
  test('written twice, and in another order', () => {
    const turn = (column: readonly number[], count: number) =>
      Array.from({ length: count }, (_, i) => column[(i * 7) % COUNT] ?? 0)
    const twice = fitted(
      rowsOf(
        [ones, a, b].map((column) => turn(column, 2 * COUNT)),
        turn(outcome, 2 * COUNT),
      ),
      free(3),
    )
    const moved = fitted(
      rowsOf(
        [ones, a, b].map((column) => turn(column, COUNT)),
        turn(outcome, COUNT),
      ),
      free(3),
    )
    for (let j = 0; j < 3; j++) {
      expect(twice.coefficients[j]).toBeCloseTo(once.coefficients[j] ?? 0, 9)
      expect((once.standardErrors[j] ?? 0) / (twice.standardErrors[j] ?? 0)).toBeCloseTo(Math.SQRT2, 8)
      expect(moved.coefficients[j]).toBeCloseTo(once.coefficients[j] ?? 0, 9)
    }
    expect(twice.logLikelihood / once.logLikelihood).toBeCloseTo(2, 12)
    expect(moved.logLikelihood / once.logLikelihood).toBeCloseTo(1, 12)
  })
})

describe('any rows under any priors', () => {
  // In hundredths: what differs beyond the twelfth digit once moved is refused.
  const number = fc.integer({ min: -300, max: 300 }).map((hundredths) => hundredths / 100)
  const anyRows = fc.array(fc.tuple(number, number, fc.integer({ min: 0, max: 1 }), fc.integer({ min: 1, max: 4 })), {
    minLength: 1,
    maxLength: 40,
  })
  const anyPrior = fc.array(fc.tuple(number, fc.double({ min: 0.05, max: 5, noNaN: true })), {
    minLength: 3,
    maxLength: 3,
  })
  type Row = readonly [number, number, number, number]
  const told = (all: readonly Row[], more: Partial<BinaryRows> = {}) =>
    rowsOf(
      [all.map(() => 1), all.map(([x]) => x), all.map(([, z]) => z)],
      all.map(([, , y]) => y),
      more,
    )
  const priorOf = (all: readonly (readonly [number, number])[]): NormalPrior => ({
    mean: Float64Array.from(all, ([mean]) => mean),
    sd: Float64Array.from(all, ([, sd]) => sd),
  })
  const expectSame = (one: BinaryFit, other: BinaryFit) => {
    for (let j = 0; j < 3; j++) {
      expect(Math.abs((one.coefficients[j] ?? Number.NaN) - (other.coefficients[j] ?? 0))).toBeLessThan(
        1e-7 * (one.standardErrors[j] ?? 0) + 1e-9,
      )
      expect((one.standardErrors[j] ?? 0) / (other.standardErrors[j] ?? 1)).toBeCloseTo(1, 7)
    }
    expect(one.logPosterior).toBeCloseTo(other.logPosterior, 8)
  }
  test('a row written n times weighs n, and the order of rows is nothing', () => {
    fc.assert(
      fc.property(anyRows, anyPrior, (all, belief) => {
        const prior = priorOf(belief)
        const weighed = fitted(told(all, { weight: Float64Array.from(all, ([, , , count]) => count) }), prior)
        const written = all.flatMap((row) => new Array<Row>(row[3]).fill(row))
        expectSame(fitted(told(written), prior), weighed)
        expectSame(fitted(told(written.toReversed()), prior), weighed)
      }),
      { numRuns: 60 },
    )
  })
  test('a slope and its prior follow the unit of the column, and a level without a prior its move', () => {
    fc.assert(
      fc.property(
        anyRows,
        anyPrior,
        fc.constantFrom(1e-3, 1_000, 1e6),
        fc.constantFrom(-1e6, 40, 1e6),
        (all, belief, by, move) => {
          fc.pre(new Set(all.map(([, , y]) => y)).size === 2 && all.some(([x]) => Math.abs(x) > 1e-3))
          // Priors that rows may contradict, but not so far that nothing bounds the level.
          const [slope, other] = [belief[1], belief[2]].map(
            ([middle, wide] = [0, 1]) => [middle / 3, Math.max(0.3, wide)] as const,
          )
          if (slope === undefined || other === undefined) return
          const flat = {
            mean: Float64Array.of(0, slope[0], other[0]),
            sd: Float64Array.of(Number.POSITIVE_INFINITY, slope[1], other[1]),
          }
          const once = fitted(told(all), flat)
          const scaled = {
            mean: Float64Array.of(0, slope[0] / by, other[0]),
            sd: Float64Array.of(Number.POSITIVE_INFINITY, slope[1] / by, other[1]),
          }
          const inUnits = fitted(told(all.map(([x, z, y, n]) => [x * by, z, y, n])), scaled)
          expect(Math.abs((inUnits.coefficients[1] ?? 0) * by - (once.coefficients[1] ?? 0))).toBeLessThan(1e-7)
          const moved = fitted(told(all.map(([x, z, y, n]) => [x + move, z, y, n])), flat)
          for (const j of [1, 2])
            expect(Math.abs((moved.coefficients[j] ?? 0) - (once.coefficients[j] ?? 0))).toBeLessThan(1e-6)
        },
      ),
      { numRuns: 60 },
    )
  })
  test.each<[string, NormalPrior]>([
    ['a mean that is no number', { mean: Float64Array.of(0, Number.NaN, 0), sd: new Float64Array(3).fill(1) }],
    ['an endless mean', { mean: Float64Array.of(0, 1 / 0, 0), sd: new Float64Array(3).fill(1) }],
    ['an sd that is no number', { mean: new Float64Array(3), sd: Float64Array.of(1, Number.NaN, 1) }],
    ['an sd below 0', { mean: new Float64Array(3), sd: Float64Array.of(1, -1, 1) }],
  ])('a prior with %s is refused', (_, prior) => {
    expect(fitLogistic(rowsOf([ones, a, b], outcome), prior)).toMatchObject({ because: 'impossible-parameter' })
  })
})

describe('refused for the right reason', () => {
  const rule = a.map((value) => (value > 0.3 ? 1 : 0))
  // Whoever has the event has the flag; others have it sometimes.
  const flag = outcome.map((event, i) => (event === 1 || i % 3 === 0 ? 1 : 0))
  const half = outcome.map((event, i) => (event === 1 ? Math.max(0, a[i] ?? 0) : Math.min(0, a[i] ?? 0)))
  test.each<[string, BinaryRows, NormalPrior, string]>([
    ['perfect separation', rowsOf([ones, a], rule), free(2), 'separated'],
    [
      'separation by a sum of columns',
      rowsOf(
        [ones, a, b],
        a.map((v, i) => (v + 2 * (b[i] ?? 0) > 0.3 ? 1 : 0)),
      ),
      free(3),
      'separated',
    ],
    ['a group without any event, among many rows', rowsOf([ones, flag], outcome), free(2), 'separated'],
    ['separation but for ties', rowsOf([ones, half], outcome), free(2), 'separated'],
    [
      'a column that never changes, beside an intercept',
      rowsOf([ones, ones.map(() => 3)], outcome),
      free(2),
      'not-identified',
    ],
    [
      'a column that is the same to 16 digits',
      rowsOf([ones, a.map((v) => v * 1e-3 + 1e12)], outcome),
      free(2),
      'not-identified',
    ],
    ['a column of zeros', rowsOf([ones, ones.map(() => 0)], outcome), free(2), 'not-identified'],
    [
      'rows that contradict the priors so far that any level does',
      rowsOf(
        [
          [1, 1],
          [0.4, -0.7],
          [2.9, -2.8],
        ],
        [1, 0],
      ),
      { mean: Float64Array.of(0, -3, -2.3), sd: Float64Array.of(Number.POSITIVE_INFINITY, 0.05, 0.05) },
      'not-identified',
    ],
    ['nothing but events', rowsOf([ones, a], ones), free(2), 'all-zero'],
    ['no rows', rowsOf([[]], []), free(1), 'all-zero'],
    ['no columns', rowsOf([], outcome), free(0), 'too-few'],
    [
      'weights that add up to nothing',
      rowsOf([ones, a], outcome, { weight: new Float64Array(COUNT).fill(1e-300) }),
      free(2),
      'too-few',
    ],
    ['a column too large to be squared', rowsOf([ones, a.map((v) => v * 1e160)], outcome), free(2), 'not-a-number'],
    ['a prior sd too small to be squared', rowsOf([ones, a], outcome), around(2, 1e-300), 'impossible-parameter'],
    [
      'an offset that leaves no chance to begin with',
      rowsOf([ones, a], outcome, { offset: new Float64Array(COUNT).fill(1e3) }),
      free(2),
      'not-converged',
    ],
  ])('%s', (_, rows, prior, because) => expect(fitLogistic(rows, prior)).toMatchObject({ kind: 'refused', because }))
  test('the column that separates is named', () => {
    const found = fitLogistic(rowsOf([ones, b, a], rule), free(3))
    expect(found).toMatchObject({ because: 'separated', say: expect.stringContaining('column 2') })
  })
  test('a million alike: refused if all have the event, the share if half have', () => {
    const rows = { covariates: new Float64Array(1e6).fill(1), columnCount: 1, outcome: new Uint8Array(1e6).fill(1) }
    expect(fitLogistic(rows, free(1))).toMatchObject({ kind: 'refused', because: 'all-zero' })
    const found = fitted({ ...rows, outcome: rows.outcome.map((_, i) => i % 2) }, free(1))
    expect(found.coefficients[0]).toBeCloseTo(0, 12)
    expect(found.standardErrors[0]).toBeCloseTo(0.002, 12)
  })
})

test.each<[string, Parameters<typeof calibrate>[0], string]>([
  [
    'uneven lengths',
    { logOdds: Float64Array.of(1), outcome: Uint8Array.of(1, 0), weight: Float64Array.of(1, 1) },
    'lengths-differ',
  ],
  [
    'a chance that is no number',
    { logOdds: Float64Array.of(1, Number.NaN), outcome: Uint8Array.of(1, 0), weight: Float64Array.of(1, 1) },
    'not-a-number',
  ],
  [
    'an outcome of 2',
    { logOdds: Float64Array.of(1, 2, 1), outcome: Uint8Array.of(2, 0, 1), weight: Float64Array.of(1, 1, 1) },
    'impossible-row',
  ],
  [
    'a weight below 0',
    { logOdds: Float64Array.of(1, 2, 1), outcome: Uint8Array.of(1, 0, 1), weight: Float64Array.of(1, 1, -1) },
    'impossible-row',
  ],
  [
    'what happened was impossible',
    {
      logOdds: Float64Array.of(Number.NEGATIVE_INFINITY, 0),
      outcome: Uint8Array.of(1, 0),
      weight: Float64Array.of(1, 1),
    },
    'not-a-number',
  ],
  [
    'nothing foretold',
    { logOdds: new Float64Array(), outcome: new Uint8Array(), weight: new Float64Array() },
    'too-few',
  ],
])('a calibration of %s is refused', (_, foretold, because) => {
  expect(calibrate(foretold)).toMatchObject({ kind: 'refused', because })
})
