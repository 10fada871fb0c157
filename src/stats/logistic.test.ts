import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasReference, readReference } from '../../test/reference-data.ts'
import { type BinaryRows, chanceOf } from './binary-rows.ts'
import { sweep } from './binary-sweep.ts'
import { type BinaryFit, fitLogistic, type NormalPrior } from './logistic.ts'
import { type Rng, rng } from './rng.ts'

const noPrior = (p: number): NormalPrior => ({
  mean: new Float64Array(p),
  sd: new Float64Array(p).fill(Number.POSITIVE_INFINITY),
})
const wide = (p: number, sd: number): NormalPrior => ({ mean: new Float64Array(p), sd: new Float64Array(p).fill(sd) })

function fitted(rows: BinaryRows, prior: NormalPrior, link: 'logit' | 'cloglog' = 'logit'): BinaryFit {
  const fit = fitLogistic(rows, prior, link)
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

function rowsOf(
  columns: readonly ArrayLike<number>[],
  outcome: ArrayLike<number>,
  more: Partial<BinaryRows> = {},
): BinaryRows {
  const p = columns.length
  const covariates = new Float64Array(outcome.length * p)
  columns.forEach((column, j) => {
    for (let i = 0; i < outcome.length; i++) covariates[i * p + j] = column[i] ?? Number.NaN
  })
  return { covariates, columnCount: p, outcome: Uint8Array.from(outcome), ...more }
}

function drawRows(truth: Float64Array, count: number, source: Rng, link: 'logit' | 'cloglog' = 'logit'): BinaryRows {
  const p = truth.length
  const covariates = new Float64Array(count * p)
  const outcome = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    let predictor = 0
    for (let j = 0; j < p; j++) {
      const x = j === 0 ? 1 : source.normal()
      covariates[i * p + j] = x
      predictor += x * (truth[j] ?? 0)
    }
    outcome[i] = source.uniform() < chanceOf(link, predictor) ? 1 : 0
  }
  return { covariates, columnCount: p, outcome }
}

describe('published', () => {
  test('the Challenger O-rings: Dalal, Fowlkes, and Hoadley (1989), 15.04 - 0.232 temperature', () => {
    const temperature = [66, 70, 69, 68, 67, 72, 73, 70, 57, 63, 70, 78, 67, 53, 67, 75, 70, 81, 76, 79, 75, 76, 58]
    const distress = [0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1]
    const fit = fitted(rowsOf([temperature.map(() => 1), temperature], distress), noPrior(2))
    expect(fit.coefficients[0]).toBeCloseTo(15.0429, 4)
    expect(fit.coefficients[1]).toBeCloseTo(-0.2322, 4)
    // R 4, glm(family = binomial): standard errors 7.3786 and 0.1082, residual deviance 20.315.
    expect(fit.standardErrors[0]).toBeCloseTo(7.3786, 3)
    expect(fit.standardErrors[1]).toBeCloseTo(0.1082, 4)
    expect(-2 * fit.logLikelihood).toBeCloseTo(20.315, 3)
    expect(fit.gradientNorm).toBeLessThan(1e-8)
  })
  test.skipIf(!hasReference('cox_tv_100k.csv.gz'))(
    '99,985 rows in discrete time, as R glm (needs ../shared/data)',
    () => {
      const names = ['start', 'stop', 'event', 'fail', 'rec', 'effort', 'tenure', 'seg'] as const
      const data = readReference('cox_tv_100k.csv.gz', names)
      const starts = [...new Set(data.start)].sort((a, b) => a - b)
      const periods = starts.map((start) => data.start.map((value) => (value === start ? 1 : 0)))
      const rows = rowsOf([...periods, data.fail, data.rec, data.effort, data.tenure, data.seg], data.event, {
        offset: data.start.map((start, i) => Math.log((data.stop[i] ?? 0) - start)),
      })
      expect(fitted(rows, noPrior(rows.columnCount), 'cloglog').logLikelihood).toBeCloseTo(-16481.05212, 5)
    },
  )
})

describe('consistent', () => {
  const truth = Float64Array.of(-2, 0.8, -0.5)
  const some = drawRows(truth, 800, rng('consistent'))

  test('the information is minus the slope of the slope, for both links', () => {
    for (const link of ['logit', 'cloglog'] as const) {
      const { gradient, information } = sweep(some, link, truth, true)
      for (let j = 0; j < 3; j++) {
        const h = 1e-5
        const moved = (by: number) =>
          sweep(
            some,
            link,
            truth.map((value, k) => (k === j ? value + by : value)),
            false,
          )
        const slope = (moved(h).logLikelihood - moved(-h).logLikelihood) / (2 * h)
        expect(Math.abs(slope - (gradient[j] ?? 0))).toBeLessThan(1e-5)
        for (let k = 0; k < 3; k++) {
          const curvature = ((moved(h).gradient[k] ?? 0) - (moved(-h).gradient[k] ?? 0)) / (2 * h)
          expect(Math.abs(curvature + (information?.[j * 3 + k] ?? 0))).toBeLessThan(1e-5)
        }
      }
    }
  })
  test('without rows, or with columns of zeros, the posterior is the prior', () => {
    const prior = { mean: Float64Array.of(-3, 0.4), sd: Float64Array.of(0.5, 0.2) }
    const none = fitted({ covariates: new Float64Array(), columnCount: 2, outcome: new Uint8Array() }, prior)
    expect([...none.coefficients]).toEqual([-3, 0.4])
    expect(none.standardErrors[1]).toBeCloseTo(0.2, 14)
    expect(none.learnedShare[1]).toBeCloseTo(0, 12)
    const empty = fitted(rowsOf([new Float64Array(9).fill(1), new Float64Array(9)], new Uint8Array(9)), prior)
    expect(empty.coefficients[1]).toBeCloseTo(0.4, 12)
    expect(empty.learnedShare[1]).toBeCloseTo(0, 12)
    expect(empty.learnedShare[0]).toBeGreaterThan(0)
  })
  test('a weight of three equals three rows, and an offset equals a coefficient held', () => {
    const prior = wide(3, 2)
    const thrice = fitted({ ...some, weight: new Float64Array(800).fill(3) }, prior)
    const covariates = new Float64Array(some.covariates.length * 3)
    for (let k = 0; k < 3; k++) covariates.set(some.covariates, k * some.covariates.length)
    const written = fitted(
      { covariates, columnCount: 3, outcome: Uint8Array.from([...some.outcome, ...some.outcome, ...some.outcome]) },
      prior,
    )
    thrice.coefficients.forEach((value, j) => {
      expect(value).toBeCloseTo(written.coefficients[j] ?? 0, 10)
    })
    const held = { mean: Float64Array.of(0, 0.7, 0), sd: Float64Array.of(2, 1e-9, 2) }
    const column = (j: number) => Float64Array.from({ length: 800 }, (_, i) => some.covariates[i * 3 + j] ?? 0)
    const shifted = fitted(
      rowsOf([column(0), column(2)], some.outcome, { offset: column(1).map((x) => 0.7 * x) }),
      wide(2, 2),
    )
    expect(fitted(some, held).coefficients[2]).toBeCloseTo(shifted.coefficients[1] ?? 0, 8)
  })
  test('a column in other units gives the same chances, with its prior in those units', () => {
    const scaled = { ...some, covariates: some.covariates.map((x, at) => (at % 3 === 1 ? x * 1e6 : x)) }
    const prior = wide(3, 2)
    const other = fitted(scaled, { mean: prior.mean, sd: Float64Array.of(2, 2e-6, 2) })
    const same = fitted(some, prior)
    expect((other.coefficients[1] ?? 0) * 1e6).toBeCloseTo(same.coefficients[1] ?? 0, 9)
    expect(other.logLikelihood).toBeCloseTo(same.logLikelihood, 9)
    expect(other.hessianCondition).toBeCloseTo(same.hessianCondition, 5)
  })
  test('a narrower prior pulls harder towards its mean and learns less', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 5, noNaN: true }), (sd) => {
        const narrow = fitted(some, wide(3, sd))
        const broad = fitted(some, wide(3, sd * 2))
        expect(Math.abs(narrow.coefficients[1] ?? 0)).toBeLessThanOrEqual(Math.abs(broad.coefficients[1] ?? 0) + 1e-9)
        narrow.learnedShare.forEach((share, j) => {
          expect(share >= 0 && share <= (broad.learnedShare[j] ?? 0)).toBe(true)
        })
      }),
      { numRuns: 20, seed: 1 },
    )
  })
  test('the way by a sample first ends at the same mode', () => {
    const many = drawRows(Float64Array.of(-2.5, 0.4), 120_000, rng('many'))
    const fit = fitted(many, wide(2, 1))
    const { gradient } = sweep(many, 'logit', fit.coefficients, false)
    gradient.forEach((slope, j) => {
      expect(Math.abs(slope - (fit.coefficients[j] ?? 0))).toBeLessThan(1e-7)
    })
  })
})

describe('recovers', () => {
  test.each(['logit', 'cloglog'] as const)(
    'the coefficients of 20 simulated firms, %s: 90 %% intervals cover 85 to 95 %%',
    (link) => {
      const truth = Float64Array.of(-2.5, 0.6, -0.4, 0.2, 0)
      let covered = 0
      for (let firm = 0; firm < 20; firm++) {
        const fit = fitted(drawRows(truth, 3_000, rng(link).split(firm), link), wide(5, 3), link)
        fit.coefficients.forEach((value, j) => {
          if (Math.abs(value - (truth[j] ?? 0)) < 1.645 * (fit.standardErrors[j] ?? 0)) covered += 1
        })
      }
      expect(covered).toBeGreaterThanOrEqual(85)
      expect(covered).toBeLessThanOrEqual(97)
    },
  )
  test('rows kept with chance q and given the offset -ln q find the same hazard', () => {
    const truth = Float64Array.of(-4, 0.8)
    const all = drawRows(truth, 60_000, rng('sampled'))
    const source = rng('kept')
    const kept = Array.from(all.outcome, (y, i) => ({ i, y })).filter(({ y }) => y === 1 || source.uniform() < 0.1)
    const rows = rowsOf(
      [kept.map(() => 1), kept.map(({ i }) => all.covariates[2 * i + 1] ?? 0)],
      kept.map(({ y }) => y),
      { offset: Float64Array.from(kept, () => -Math.log(0.1)) },
    )
    const fit = fitted(rows, noPrior(2))
    truth.forEach((value, j) => {
      expect(Math.abs((fit.coefficients[j] ?? 0) - value)).toBeLessThan(3 * (fit.standardErrors[j] ?? 0))
    })
  })
})

describe('refuses', () => {
  const ones = [1, 1, 1, 1, 1, 1]
  const x = [1, 2, 3, 4, 5, 6]
  const mixed = [0, 1, 0, 1, 0, 1]
  test.each([
    [
      'a covariate that is not a number',
      rowsOf([ones, [1, 2, Number.NaN, 4, 5, 6]], mixed),
      noPrior(2),
      'not-a-number',
    ],
    [
      'an offset that is endless',
      rowsOf([ones, x], mixed, { offset: Float64Array.of(0, 0, 0, Number.POSITIVE_INFINITY, 0, 0) }),
      noPrior(2),
      'not-a-number',
    ],
    [
      'a weight below zero',
      rowsOf([ones, x], mixed, { weight: Float64Array.of(1, 1, -1, 1, 1, 1) }),
      noPrior(2),
      'not-a-number',
    ],
    ['an outcome of 2', rowsOf([ones, x], [0, 1, 0, 2, 0, 1]), noPrior(2), 'impossible-row'],
    ['columns that do not fit', { ...rowsOf([ones, x], mixed), columnCount: 3 }, noPrior(3), 'lengths-differ'],
    ['a prior of another length', rowsOf([ones, x], mixed), noPrior(3), 'lengths-differ'],
    [
      'a prior sd of 0',
      rowsOf([ones, x], mixed),
      { mean: new Float64Array(2), sd: Float64Array.of(1, 0) },
      'impossible-parameter',
    ],
    ['no event and no prior', rowsOf([ones, x], [0, 0, 0, 0, 0, 0]), noPrior(2), 'all-zero'],
    ['perfect separation', rowsOf([ones, x], [0, 0, 0, 1, 1, 1]), noPrior(2), 'separated'],
    ['a group without any event', rowsOf([ones, [0, 0, 0, 0, 1, 1]], [0, 1, 0, 1, 0, 0]), noPrior(2), 'separated'],
    ['a copied column', rowsOf([ones, x, x], mixed), noPrior(3), 'not-identified'],
    [
      'a column whose spread is lost beside its size, even with a prior',
      rowsOf([ones, x.map((value) => 1e12 + 1e-3 * value)], mixed),
      { mean: new Float64Array(2), sd: Float64Array.of(Number.POSITIVE_INFINITY, 1) },
      'not-identified',
    ],
    [
      'an offset beyond any chance',
      rowsOf([ones, x], mixed, { offset: new Float64Array(6).fill(1e308) }),
      { mean: Float64Array.of(1e308, 0), sd: Float64Array.of(1, 1) },
      'not-converged',
    ],
    ['a column of zeros', rowsOf([ones, [0, 0, 0, 0, 0, 0]], mixed), noPrior(2), 'not-identified'],
  ])('%s', (_, rows, prior, because) => expect(fitLogistic(rows, prior)).toMatchObject({ kind: 'refused', because }))
  test('a rare flag without any event, among many rows', () => {
    const source = rng('rare flag')
    const flag = Float64Array.from({ length: 20_000 }, (_, i) => (i < 4 ? 1 : 0))
    const outcome = Uint8Array.from(flag, (f) => (f === 0 && source.uniform() < 0.05 ? 1 : 0))
    const rows = rowsOf([new Float64Array(20_000).fill(1), flag], outcome)
    expect(fitLogistic(rows, noPrior(2))).toMatchObject({ kind: 'refused', because: 'separated' })
    expect(fitted(rows, wide(2, 1)).learnedShare[1]).toBeLessThan(0.2)
  })
  test('but a prior answers separation, copies and empty columns', () => {
    for (const rows of [
      rowsOf([ones, x], [0, 0, 0, 1, 1, 1]),
      rowsOf([ones, x, x], mixed),
      rowsOf([ones, x], [0, 0, 0, 0, 0, 0]),
    ]) {
      expect(fitted(rows, wide(rows.columnCount, 2)).gradientNorm).toBeLessThan(1e-8)
    }
  })
})
