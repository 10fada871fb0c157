import { describe, expect, test } from 'vitest'
import { answered } from '../../../test/answered.ts'
import { around } from '../../../test/some-attrition.ts'
import { NONE, plainPeriods, somePeriods } from '../../../test/some-periods.ts'
import { rng } from '../rng.ts'
import type { AttritionPrior } from './attrition-posterior.ts'
import type { AttritionRows, Periods } from './attrition-rows.ts'
import { fitLatentAttrition, type LatentAttritionFit } from './latent-attrition.ts'
import { scoreAttrition, simulateAttrition } from './score-attrition.ts'

const MODEL = {
  r: 1.5,
  alpha: 2,
  base: Float64Array.of(-3),
  share: Float64Array.of(1),
  leave: Float64Array.of(1, 0.2),
  buy: Float64Array.of(0.3),
}
const FREE = Number.POSITIVE_INFINITY
const prior: AttritionPrior = { base: { mean: -3, sd: 2 }, leave: around(2, 1), buy: around(1, 1) }
const noPrior: AttritionPrior = { base: { mean: -3, sd: FREE }, leave: around(2, FREE), buy: around(1, FREE) }
const data = answered(simulateAttrition(MODEL, somePeriods(300, 6, 18, 'hostile'), rng('hostile periods')))

function fitted(rows: AttritionRows, by: AttritionPrior): LatentAttritionFit {
  const fit = fitLatentAttrition(rows, by)
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

/** The customers at the given places, in that order. */
function pickCustomers(rows: AttritionRows, places: readonly number[]): AttritionRows {
  const kept: number[] = []
  const firstRow = [0]
  for (const i of places) {
    for (let row = rows.firstRow[i] ?? 0; row < (rows.firstRow[i + 1] ?? 0); row++) kept.push(row)
    firstRow.push(kept.length)
  }
  const pick = (values: Float64Array, width: number) =>
    Float64Array.from(kept.flatMap((row) => [...values.subarray(row * width, (row + 1) * width)]))
  const { leave, buy = NONE } = rows
  return {
    firstRow: Uint32Array.from(firstRow),
    exposure: pick(rows.exposure, 1),
    purchases: pick(rows.purchases, 1),
    leave: { values: pick(leave.values, leave.columnCount), columnCount: leave.columnCount },
    buy: { values: pick(buy.values, buy.columnCount), columnCount: buy.columnCount },
  }
}

const everybody = Array.from({ length: 300 }, (_, i) => i)
const withColumn = (value: (was: number) => number): AttritionRows => ({
  ...data,
  leave: { columnCount: 2, values: data.leave.values.map((was, at) => (at % 2 === 0 ? value(was) : was)) },
})

describe('the same periods told in another way', () => {
  const once = fitted(data, noPrior)
  const coefficients = ({ parameters: { r, base, leave, buy } }: LatentAttritionFit) => [r, ...base, ...leave, ...buy]
  const expectSame = (found: LatentAttritionFit) => {
    coefficients(once).forEach((value, k) => {
      expect(Math.abs((coefficients(found)[k] ?? Number.NaN) - value)).toBeLessThan(1e-8)
    })
  }
  test('every fit tells how it ended', () => {
    expect(once.gradientNorm).toBeLessThan(1e-6)
    expect(once.iterations).toBeGreaterThan(0)
    expect(once.hessianCondition).toBeGreaterThanOrEqual(1)
  })
  test('written twice: the same estimate, twice the log-likelihood, errors by root 2', () => {
    const twice = fitted(pickCustomers(data, [...everybody, ...everybody]), noPrior)
    expectSame(twice)
    expect(twice.logLikelihood / once.logLikelihood).toBeCloseTo(2, 9)
    expect((once.standardErrors.leave[0] ?? 0) / (twice.standardErrors.leave[0] ?? 0)).toBeCloseTo(Math.SQRT2, 5)
  })
  test('in another order', () => {
    expectSame(
      fitted(
        pickCustomers(
          data,
          everybody.map((i) => (i * 7) % 300),
        ),
        noPrior,
      ),
    )
  })
  test('a covariate times 1,000: a thousandth of the slope', () => {
    const { parameters, logLikelihood } = fitted(
      withColumn((was) => 1_000 * was),
      noPrior,
    )
    expect(1_000 * (parameters.leave[0] ?? 0)).toBeCloseTo(once.parameters.leave[0] ?? 0, 7)
    expect(logLikelihood).toBeCloseTo(once.logLikelihood, 7)
  })
  test.each([1e-250, 1 / 7, 1e200])('exposures times %d: the log-likelihood moves by its constant', (by) => {
    const found = fitted({ ...data, exposure: data.exposure.map((length) => length * by) }, noPrior)
    expectSame(found)
    const constant = data.purchases.reduce((sum, count) => sum + count, 0) * Math.log(by)
    // The density is of instants in the unit of the exposures, of which the covariates know nothing.
    expect((found.logLikelihood + constant) / once.logLikelihood).toBeCloseTo(1, 6)
  })
})

describe('refused, or answered by the prior', () => {
  const plain: AttritionPrior = { base: { mean: -3, sd: 2 }, leave: around(0, 1) }
  const alike = (customers: number): AttritionRows => ({
    ...plainPeriods(customers, 6, 1),
    purchases: Float64Array.from({ length: customers * 6 }, (_, row) => [1, 0, 2, 1, 0, 0][row % 6] ?? 0),
  })
  const nobody = {
    firstRow: Uint32Array.of(0),
    exposure: new Float64Array(),
    purchases: new Float64Array(),
    leave: NONE,
  }
  test.each<[string, AttritionRows, AttritionPrior, string]>([
    ['nobody', nobody, plain, 'too-few'],
    ['one customer', alike(1), plain, 'too-few'],
    ['ten alike', alike(10), plain, 'not-identified'],
    ['many alike', alike(100_000), plain, 'not-identified'],
    ['nobody bought again', { ...data, purchases: data.purchases.map(() => 0) }, prior, 'all-zero'],
    [
      'everybody buys the same in every period',
      { ...data, purchases: data.purchases.map(() => 3) },
      prior,
      'not-identified',
    ],
    ['a column of zeros without a prior', withColumn(() => 0), noPrior, 'not-identified'],
    ['a column that never changes, without priors', withColumn(() => 3), noPrior, 'not-identified'],
    [
      'a covariate on leaving far from 0, beside a base without a prior',
      withColumn((was) => was + 1e6),
      noPrior,
      'not-identified',
    ],
    ['a covariate that cannot be squared', withColumn((was) => was * 1e160), prior, 'not-a-number'],
    ['a prior mean that is none', data, { ...prior, base: { mean: Number.NaN, sd: 1 } }, 'impossible-parameter'],
    ['a prior sd that is none', data, { ...prior, leave: around(2, Number.NaN) }, 'impossible-parameter'],
    [
      'an endless prior mean',
      data,
      { ...prior, buy: { mean: Float64Array.of(1 / 0), sd: Float64Array.of(1) } },
      'impossible-parameter',
    ],
    [
      'an exposure that is no number',
      { ...data, exposure: data.exposure.map((e, row) => (row === 3 ? Number.NaN : e)) },
      prior,
      'not-a-number',
    ],
    [
      'endless purchases',
      { ...data, purchases: data.purchases.map((n, row) => (row === 3 ? 1 / 0 : n)) },
      prior,
      'not-a-number',
    ],
    ['a covariate that is no number', withColumn(() => Number.NaN), prior, 'not-a-number'],
    [
      'exposures beyond what a number can hold',
      { ...data, exposure: data.exposure.map((e) => e * 1e308) },
      prior,
      'not-a-number',
    ],
    [
      'a purchase below zero',
      { ...data, purchases: data.purchases.map((n, row) => (row === 3 ? -1 : n)) },
      prior,
      'impossible-row',
    ],
  ])('%s', (_, rows, by, because) => {
    expect(fitLatentAttrition(rows, by)).toMatchObject({ kind: 'refused', because })
  })
  test.each<[string, AttritionRows, AttritionPrior]>([
    ['leaving', withColumn((was) => was + 1e6), noPrior],
    ['buying', { ...data, buy: { columnCount: 1, values: (data.buy ?? NONE).values.map((was) => was + 1e6) } }, prior],
  ])('a covariate on %s far from 0 is named as the reason', (what, rows, by) => {
    const found = fitLatentAttrition(rows, by)
    expect(found).toMatchObject({ say: expect.stringContaining(`covariate 0 on ${what} lies`) })
  })
  test('a covariate moved by a million beside a base that has a prior: its slope is held to nothing', () => {
    const found = fitted(
      withColumn((was) => was + 1e6),
      prior,
    )
    expect(Math.abs(found.parameters.leave[0] ?? 1)).toBeLessThan(1e-5)
    expect(found.gradientNorm).toBeLessThan(1e-6)
  })
  test('whoever is silent has the flag, and nobody else: a slope with an end, for it has a prior', () => {
    const silentFrom = (row: number, i: number) => {
      const bought = [...data.purchases.subarray(row, data.firstRow[i + 1])].some((count) => count > 0)
      return bought ? 0 : 1
    }
    const flags = [...data.firstRow.subarray(0, -1)].flatMap((from, i) =>
      Array.from({ length: (data.firstRow[i + 1] ?? 0) - from }, (_, s) => [silentFrom(from + s, i), 0]),
    )
    const found = fitted({ ...data, leave: { columnCount: 2, values: Float64Array.from(flags.flat()) } }, prior)
    expect(found.parameters.leave[0]).toBeGreaterThan(1)
    expect(found.parameters.leave[0]).toBeLessThan(10)
  })
  test('a column of zeros with a prior gives the prior back', () => {
    const { parameters, standardErrors, learnedShare } = fitted(
      withColumn(() => 0),
      prior,
    )
    expect([parameters.leave[0], standardErrors.leave[0]]).toEqual([0, 1])
    expect(learnedShare.leave[0]).toBeCloseTo(0, 12)
  })
  test('a thousand purchases in a period, beside customers with few', () => {
    const heavy = { ...data, purchases: data.purchases.map((count, row) => (row < 40 ? 1_000 : count)) }
    const found = fitted(heavy, prior)
    expect(found.gradientNorm).toBeLessThan(1e-6)
    const scores = scoreAttrition(found.parameters, heavy, data)
    expect(scores.kind === 'scored' && scores.alive.every((chance) => chance >= 0 && chance <= 1)).toBe(true)
  })
})

describe('a simulation of what cannot be is refused', () => {
  test.each<[string, Partial<typeof MODEL>, Partial<Periods>, string]>([
    ['r below 0', { r: -1 }, {}, 'impossible-parameter'],
    ['alpha that is not a number', { alpha: Number.NaN }, {}, 'impossible-parameter'],
    ['shares that do not add up', { share: Float64Array.of(0.5) }, {}, 'impossible-parameter'],
    ['a coefficient without end', { leave: Float64Array.of(1, Number.POSITIVE_INFINITY) }, {}, 'impossible-parameter'],
    ['a coefficient too many', { leave: Float64Array.of(1, 0.2, 3) }, {}, 'lengths-differ'],
    ['an exposure below 0', {}, { exposure: data.exposure.map((e, row) => (row === 3 ? -1 : e)) }, 'impossible-row'],
    ['an exposure that is none', {}, { exposure: data.exposure.map(() => Number.NaN) }, 'not-a-number'],
  ])('%s', (_, model, part, because) => {
    const found = simulateAttrition({ ...MODEL, ...model }, { ...data, ...part }, rng('broken'))
    expect(found).toMatchObject({ kind: 'refused', because })
  })
})
