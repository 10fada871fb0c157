import { describe, expect, test } from 'vitest'
import { hasReference, readReference } from '../../../test/reference-data.ts'
import { heart } from '../golden/heart.ts'
import { lung } from '../golden/lung.ts'
import { rossi } from '../golden/rossi.ts'
import { veteran } from '../golden/veteran.ts'
import { type Rng, rng } from '../rng.ts'
import { concordance } from './concordance.ts'
import { type CoxFit, type CoxRows, fitCox } from './cox.ts'
import { kaplanMeier, type SurvivalCurve, survivalAt } from './kaplan-meier.ts'
import type { Ties } from './partial-likelihood.ts'
import type { Spells } from './risk-sets.ts'

// Weeks of remission of 21 pairs of leukaemia patients, Freireich et al. (1963), Blood 21; negative: still in remission.
const MERCAPTOPURINE = [6, 6, 6, 7, 10, 13, 16, 22, 23, -6, -9, -10, -11, -17, -19, -20, -25, -32, -32, -34, -35]
const PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]

const spellsOf = (weeks: readonly number[]): Spells => ({
  stop: Float64Array.from(weeks, Math.abs),
  event: Uint8Array.from(weeks, (week) => (week > 0 ? 1 : 0)),
})
const REMISSION: CoxRows = {
  ...spellsOf([...MERCAPTOPURINE, ...PLACEBO]),
  covariates: Float64Array.from({ length: 42 }, (_, i) => (i < 21 ? 0 : 1)),
  columnCount: 1,
}

function fitted(rows: CoxRows, ties: Ties = 'efron'): CoxFit {
  const fit = fitCox(rows, ties)
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

function estimated(spells: Spells): SurvivalCurve {
  const found = kaplanMeier(spells)
  if (found.kind === 'refused') throw new Error(found.say)
  return found
}

// Exponential times with log hazard ratios `truth`, cut at a random end.
function draw(truth: readonly number[], count: number, source: Rng): CoxRows {
  const p = truth.length
  const covariates = Float64Array.from({ length: count * p }, source.normal)
  const stop = new Float64Array(count)
  const event = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const predictor = truth.reduce((sum, by, j) => sum + by * (covariates[i * p + j] ?? 0), 0)
    const fails = source.exponential() / Math.exp(predictor)
    const ends = 0.2 + 2 * source.uniform()
    stop[i] = Math.min(fails, ends)
    event[i] = fails <= ends ? 1 : 0
  }
  return { stop, event, covariates, columnCount: p }
}

describe('published', () => {
  test('Kaplan-Meier of the remissions: Cox and Oakes (1984); R survival prints the same', () => {
    const { times, survival, standardError, atRisk } = estimated(spellsOf(MERCAPTOPURINE))
    expect([...times]).toEqual([6, 7, 10, 13, 16, 22, 23])
    expect([...atRisk]).toEqual([21, 17, 15, 12, 11, 7, 6])
    expect(Array.from(survival, (s) => s.toFixed(3))).toEqual([
      '0.857',
      '0.807',
      '0.753',
      '0.690',
      '0.627',
      '0.538',
      '0.448',
    ])
    expect(Array.from(standardError, (s) => s.toFixed(4)).join(' ')).toBe(
      '0.0764 0.0869 0.0963 0.1068 0.1141 0.1282 0.1346',
    )
  })
  test('Cox of the remissions: Breslow 1.509 (.410), Efron 1.572 (.412)', () => {
    const breslow = fitted(REMISSION, 'breslow')
    expect(breslow.coefficients[0]).toBeCloseTo(1.5092, 4)
    expect(breslow.standardErrors[0]).toBeCloseTo(0.4096, 4)
    expect(breslow.logLikelihood).toBeCloseTo(-86.37962, 5)
    expect(breslow.logLikelihoodNull).toBeCloseTo(-93.98505, 5)
    const efron = fitted(REMISSION)
    expect(efron.coefficients[0]).toBeCloseTo(1.5721, 4)
    expect(efron.standardErrors[0]).toBeCloseTo(0.4124, 4)
  })
  test('recidivism (rossi), Efron, as R survival and lifelines', () => {
    const fit = fitted(rossi)
    expect(fit.rows).toBe(432)
    expect(fit.events).toBe(114)
    expect(fit.logLikelihood).toBeCloseTo(-658.7477, 4)
    expect(fit.logLikelihoodNull).toBeCloseTo(-675.3806, 4)
    const printed = [-0.379422, -0.057438, 0.3139, -0.149796, -0.433704, -0.084871, 0.091497]
    printed.forEach((value, j) => {
      expect(fit.coefficients[j]).toBeCloseTo(value, 6)
    })
    expect(concordance(rossi, fit.coefficients).toFixed(3)).toBe('0.640')
  })
  test('lung, Efron and Breslow, as R survival', () => {
    const fit = fitted(lung)
    expect(fit.rows).toBe(227)
    expect(fit.events).toBe(164)
    expect(fit.logLikelihood).toBeCloseTo(-729.2301214, 7)
    // R stops a little earlier and prints -.5526123957 and .4637284754.
    const printed = [0.0110667646, -0.5526123957, 0.4637284754]
    printed.forEach((value, j) => {
      expect(fit.coefficients[j]).toBeCloseTo(value, 8)
    })
    expect(fitted(lung, 'breslow').logLikelihood).toBeCloseTo(-729.4887052, 7)
  })
  test('waiting for a heart, start/stop, as R survival', () => {
    const fit = fitted(heart)
    expect(fit.rows).toBe(172)
    expect(fit.events).toBe(75)
    expect(fit.logLikelihood).toBeCloseTo(-290.5656162, 7)
    expect(Array.from(fit.coefficients, (by) => by.toFixed(7))).toEqual([
      '0.0271666',
      '-0.1463463',
      '-0.6372099',
      '-0.0102508',
    ])
  })
  test('veteran, as R survival', () => {
    const fit = fitted(veteran)
    expect(fit.rows).toBe(137)
    expect(fit.events).toBe(128)
    expect(fit.logLikelihood).toBeCloseTo(-474.3971117, 7)
    expect(fit.logLikelihoodNull).toBeCloseTo(-505.4490549, 7)
    expect(fit.coefficients[4]?.toFixed(7)).toBe('-0.0328153')
  })
  test.skipIf(!hasReference('cox_tv_100k.csv.gz'))('99,985 start/stop rows, as R coxph (needs ../shared/data)', () => {
    const names = ['start', 'stop', 'event', 'fail', 'rec', 'effort', 'tenure', 'seg'] as const
    const data = readReference('cox_tv_100k.csv.gz', names)
    const columns = [data.fail, data.rec, data.effort, data.tenure, data.seg]
    const covariates = new Float64Array(data.stop.length * 5)
    columns.forEach((column, j) => {
      for (let i = 0; i < column.length; i++) covariates[i * 5 + j] = column[i] ?? 0
    })
    const fit = fitted({
      start: data.start,
      stop: data.stop,
      event: Uint8Array.from(data.event),
      covariates,
      columnCount: 5,
    })
    expect(fit.logLikelihood).toBeCloseTo(-26507.88432, 5)
    const printed = [0.359386, -0.492563, 0.260623, -0.261672, 0.239799]
    printed.forEach((value, j) => {
      expect(fit.coefficients[j]).toBeCloseTo(value, 6)
    })
    expect(fit.gradientNorm).toBeLessThan(1e-11)
  })
})

describe('consistent', () => {
  const some = draw([0.5, -0.3], 300, rng('consistent'))

  test('by hand: two at risk, the first fails', () => {
    const rows: CoxRows = {
      stop: Float64Array.of(1, 2, 3),
      event: Uint8Array.of(1, 1, 0),
      covariates: Float64Array.of(0, 1, 0),
      columnCount: 1,
    }
    // The likelihood is 1 / (2 + h) * h / (1 + h) with h = exp(b), at its largest for h = sqrt 2.
    expect(fitted(rows).coefficients[0]).toBeCloseTo(Math.log(2) / 2, 10)
  })
  test('a spell cut in two is the same spell', () => {
    const n = some.stop.length
    const half = some.stop.map((stop) => stop / 2)
    const cut: CoxRows = {
      start: Float64Array.from([...new Float64Array(n), ...half]),
      stop: Float64Array.from([...half, ...some.stop]),
      event: Uint8Array.from([...new Uint8Array(n), ...some.event]),
      covariates: Float64Array.from([...some.covariates, ...some.covariates]),
      columnCount: 2,
    }
    expect(fitted(cut).logLikelihood).toBeCloseTo(fitted(some).logLikelihood, 9)
    const whole = estimated(some)
    const parts = estimated(cut)
    expect(parts.survival).toEqual(whole.survival)
    expect(parts.atRisk).toEqual(whole.atRisk)
  })
  test('Efron is Breslow where no two events meet; order, units and a shift of time change nothing', () => {
    const fit = fitted(some)
    expect(fitted(some, 'breslow').logLikelihood).toBeCloseTo(fit.logLikelihood, 10)
    const other = fitted({
      ...some,
      start: new Float64Array(300).fill(1_000),
      stop: some.stop.map((stop) => 1_000 + 1_000 * stop),
      covariates: some.covariates.map((x, at) => (at % 2 === 0 ? 1e6 + 1e3 * x : x)),
    })
    expect((other.coefficients[0] ?? 0) * 1e3).toBeCloseTo(fit.coefficients[0] ?? 0, 7)
    expect(other.logLikelihood).toBeCloseTo(fit.logLikelihood, 7)
  })
  test('a weight of two is two rows under Breslow', () => {
    const twice = fitted({ ...REMISSION, weight: new Float64Array(42).fill(2) }, 'breslow')
    const written = fitted(
      {
        stop: Float64Array.from([...REMISSION.stop, ...REMISSION.stop]),
        event: Uint8Array.from([...REMISSION.event, ...REMISSION.event]),
        covariates: Float64Array.from([...REMISSION.covariates, ...REMISSION.covariates]),
        columnCount: 1,
      },
      'breslow',
    )
    expect(twice.coefficients[0]).toBeCloseTo(written.coefficients[0] ?? 0, 10)
    expect(twice.logLikelihood).toBeCloseTo(written.logLikelihood, 9)
  })
  test('strata add up: two copies of the data in two strata double the log-likelihood', () => {
    const double: CoxRows = {
      stop: Float64Array.from([...some.stop, ...some.stop.map((stop) => stop * 7)]),
      event: Uint8Array.from([...some.event, ...some.event]),
      covariates: Float64Array.from([...some.covariates, ...some.covariates]),
      columnCount: 2,
      stratum: Int32Array.from({ length: 600 }, (_, i) => (i < 300 ? 4 : -9)),
    }
    const one = fitted(some)
    const both = fitted(double)
    expect(both.logLikelihood).toBeCloseTo(2 * one.logLikelihood, 8)
    expect(both.coefficients[1]).toBeCloseTo(one.coefficients[1] ?? 0, 9)
  })
  test('without censoring the curve is the empirical share, falling from 1 to 0', () => {
    const curve = estimated({ stop: Float64Array.of(3, 1, 4, 2), event: Uint8Array.of(1, 1, 1, 1) })
    expect([0, 1, 2.5, 3, 9].map((time) => survivalAt(curve, time))).toEqual([1, 0.75, 0.5, 0.25, 0])
    for (const bound of [curve.lower, curve.upper]) expect(bound.every((value) => value >= 0 && value <= 1)).toBe(true)
  })
})

describe('recovers', () => {
  test('log hazard ratios of 20 simulated firms: 90 % intervals cover about 90 %', () => {
    const truth = [0.6, -0.4, 0.2, 0]
    let covered = 0
    for (let firm = 0; firm < 20; firm++) {
      const fit = fitted(draw(truth, 500, rng('firms').split(firm)))
      truth.forEach((value, j) => {
        if (Math.abs((fit.coefficients[j] ?? 0) - value) < 1.645 * (fit.standardErrors[j] ?? 0)) covered += 1
      })
    }
    expect(covered).toBeGreaterThanOrEqual(66)
    expect(covered).toBeLessThanOrEqual(78)
  })
  test('the median of an exponential, by its curve', () => {
    const curve = estimated(draw([], 4_000, rng('curve')))
    expect(survivalAt(curve, Math.LN2)).toBeGreaterThan(0.5 - 3 * 0.01)
    expect(survivalAt(curve, Math.LN2)).toBeLessThan(0.5 + 3 * 0.01)
  })
})

describe('refuses', () => {
  const good = draw([0.5], 30, rng(2))
  const poke = (column: Float64Array, value: number) => column.map((was, i) => (i === 4 ? value : was))
  test.each<[string, CoxRows, string]>([
    ['a time that is not a number', { ...good, stop: poke(good.stop, Number.NaN) }, 'not-a-number'],
    ['a covariate that is not a number', { ...good, covariates: poke(good.covariates, Number.NaN) }, 'not-a-number'],
    ['a spell that ends before it starts', { ...good, start: poke(new Float64Array(30), 99) }, 'impossible-row'],
    ['an outcome of 2', { ...good, event: Uint8Array.from(good.event, (e, i) => (i === 4 ? 2 : e)) }, 'impossible-row'],
    ['columns that do not fit', { ...good, columnCount: 2 }, 'lengths-differ'],
    ['no event', { ...good, event: new Uint8Array(30) }, 'all-zero'],
    ['a column that is the same everywhere', { ...good, covariates: new Float64Array(30).fill(3) }, 'not-identified'],
    [
      'a copied column',
      {
        ...good,
        columnCount: 2,
        covariates: Float64Array.from({ length: 60 }, (_, at) => good.covariates[at >> 1] ?? 0),
      },
      'not-identified',
    ],
    [
      'those who fail being always the furthest: a likelihood without an end',
      {
        stop: Float64Array.of(1, 2, 3, 4, 5),
        event: Uint8Array.of(1, 1, 1, 1, 1),
        covariates: Float64Array.of(5, 4, 3, 2, 1),
        columnCount: 1,
      },
      'separated',
    ],
  ])('%s', (_, rows, because) => expect(fitCox(rows)).toMatchObject({ kind: 'refused', because }))
  test('a rare flag of whom nobody fails, among many', () => {
    const many = draw([], 5_000, rng('rare flag'))
    const flag = Float64Array.from({ length: 5_000 }, (_, i) => (i < 3 ? 1 : 0))
    const event = many.event.map((e, i) => (i < 3 ? 0 : e))
    expect(fitCox({ ...many, event, covariates: flag, columnCount: 1 })).toMatchObject({
      kind: 'refused',
      because: 'separated',
    })
  })
  test('a curve of nobody, or of no event', () => {
    expect(kaplanMeier({ stop: new Float64Array(), event: new Uint8Array() })).toMatchObject({ because: 'all-zero' })
    expect(kaplanMeier({ stop: Float64Array.of(1), event: Uint8Array.of(0) })).toMatchObject({ because: 'all-zero' })
  })
})
