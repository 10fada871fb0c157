import { describe, expect, test } from 'vitest'
import { rng } from '../rng.ts'
import { concordance } from './concordance.ts'
import { type CoxFit, type CoxRows, fitCox } from './cox.ts'
import { kaplanMeier, survivalAt } from './kaplan-meier.ts'

const COUNT = 400
const source = rng('hostile spells')
const a = Array.from({ length: COUNT }, () => source.normal())
const b = a.map(() => source.normal())
const stop = a.map((value) => source.exponential() * Math.exp(-0.7 * value))
const event = Uint8Array.from(stop, () => (source.uniform() < 0.7 ? 1 : 0))

function rowsOf(
  columns: readonly (readonly number[])[],
  times: readonly number[],
  ended: Uint8Array,
  more: Partial<CoxRows> = {},
): CoxRows {
  const covariates = Float64Array.from(times.flatMap((_, i) => columns.map((column) => column[i] ?? Number.NaN)))
  return { covariates, columnCount: columns.length, stop: Float64Array.from(times), event: ended, ...more }
}

function fitted(rows: CoxRows, ties: 'efron' | 'breslow' = 'efron'): CoxFit {
  const fit = fitCox(rows, ties)
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

const turn = (column: ArrayLike<number>, count: number) =>
  Array.from({ length: count }, (_, i) => column[(i * 7) % COUNT] ?? Number.NaN)

describe('Cox: the same spells told in another way', () => {
  const once = fitted(rowsOf([a, b], stop, event))
  test('every fit tells how it ended', () => {
    expect(once.gradientNorm).toBeLessThan(1e-8)
    expect(once.iterations).toBeGreaterThan(0)
    expect(once.hessianCondition).toBeGreaterThanOrEqual(1)
  })
  test.each([1e-200, 1 / 7, 365.25, 1e200])('times in another unit, by %d: nothing changes', (by) => {
    const found = fitted(
      rowsOf(
        [a, b],
        stop.map((t) => t * by),
        event,
      ),
    )
    expect(found.coefficients).toEqual(once.coefficients)
    expect(found.logLikelihood).toBe(once.logLikelihood)
  })
  test.each([
    [1e-100, 0],
    [1, 2_026],
    [1e100, 0],
    [60, 1e9],
  ])('a column times %d and moved by %d', (by, shift) => {
    const found = fitted(rowsOf([a.map((value) => value * by + shift), b], stop, event))
    expect((found.coefficients[0] ?? 0) * by).toBeCloseTo(once.coefficients[0] ?? 0, 6)
    expect(found.logLikelihood).toBeCloseTo(once.logLikelihood, 5)
  })
  test('in another order: the same', () => {
    const found = fitted(
      rowsOf([turn(a, COUNT), turn(b, COUNT)], turn(stop, COUNT), Uint8Array.from(turn(event, COUNT))),
    )
    expect(found.coefficients[0]).toBeCloseTo(once.coefficients[0] ?? 0, 11)
    expect(found.logLikelihood / once.logLikelihood).toBeCloseTo(1, 12)
  })
  test('in two strata of the same rows: the same estimate, twice the log-likelihood, errors by root 2', () => {
    const double = [a, b].map((column) => turn(column, 2 * COUNT))
    const stratum = Int32Array.from({ length: 2 * COUNT }, (_, i) => Math.floor(i / COUNT))
    const found = fitted(rowsOf(double, turn(stop, 2 * COUNT), Uint8Array.from(turn(event, 2 * COUNT)), { stratum }))
    expect(found.coefficients[0]).toBeCloseTo(once.coefficients[0] ?? 0, 10)
    expect(found.logLikelihood / once.logLikelihood).toBeCloseTo(2, 12)
    expect((once.standardErrors[0] ?? 0) / (found.standardErrors[0] ?? 0)).toBeCloseTo(Math.SQRT2, 9)
  })
  test('two times only, so ties everywhere: the direction is found, Breslow nearer to nothing than Efron', () => {
    const coarse = stop.map((t) => (t < 0.5 ? 1 : 2))
    const efron = fitted(rowsOf([a], coarse, event)).coefficients[0] ?? 0
    const breslow = fitted(rowsOf([a], coarse, event), 'breslow').coefficients[0] ?? 0
    expect(breslow).toBeGreaterThan(0.1)
    expect(efron).toBeGreaterThan(breslow)
  })
  test('a first event at time 0 is the first event, as if the clock had begun before', () => {
    const early = stop.map((t, i) => (i === 0 ? 0 : t))
    const ended = event.map((one, i) => (i === 0 ? 1 : one))
    const before = new Float64Array(COUNT).fill(-1)
    const found = fitted(rowsOf([a, b], early, ended))
    expect(found.coefficients).toEqual(fitted(rowsOf([a, b], early, ended, { start: before })).coefficients)
  })
})

describe('Cox: refused for the right reason', () => {
  const last = stop.indexOf(Math.max(...stop))
  const all = new Uint8Array(COUNT).fill(1)
  test.each<[string, CoxRows, string]>([
    [
      'everybody fails at the same time',
      rowsOf(
        [a],
        stop.map(() => 5),
        all,
      ),
      'not-identified',
    ],
    [
      'a million alike',
      {
        covariates: new Float64Array(1e6).fill(0.1),
        columnCount: 1,
        stop: new Float64Array(1e6).fill(9),
        event: new Uint8Array(1e6).fill(1),
      },
      'not-identified',
    ],
    [
      'only the last one fails',
      rowsOf(
        [a],
        stop,
        all.map((_, i) => (i === last ? 1 : 0)),
      ),
      'not-identified',
    ],
    ['all censored', rowsOf([a], stop, new Uint8Array(COUNT)), 'all-zero'],
    ['nobody', rowsOf([[]], [], new Uint8Array()), 'all-zero'],
    ['one customer', rowsOf([[1]], [3], Uint8Array.of(1)), 'not-identified'],
    ['no column', rowsOf([], stop, event), 'too-few'],
    ['a column of zeros', rowsOf([a, a.map(() => 0)], stop, event), 'not-identified'],
    ['a copied column', rowsOf([a, a], stop, event), 'not-identified'],
    ['whoever fails is the furthest', rowsOf([stop.map((t) => -t)], stop, event), 'separated'],
    [
      'a start at the stop',
      rowsOf([a], stop, event, { start: Float64Array.from(stop, (t, i) => (i === 7 ? t : 0)) }),
      'impossible-row',
    ],
    [
      'a stop below zero',
      rowsOf(
        [a],
        stop.map((t, i) => (i === 7 ? -t : t)),
        event,
      ),
      'impossible-row',
    ],
    [
      'an endless spell',
      rowsOf(
        [a],
        stop.map((t, i) => (i === 7 ? Number.POSITIVE_INFINITY : t)),
        event,
      ),
      'not-a-number',
    ],
    ['a column too large to be squared', rowsOf([a.map((v) => v * 1e160)], stop, event), 'not-a-number'],
    ['a column too small to be squared', rowsOf([a.map((v) => v * 1e-170)], stop, event), 'not-a-number'],
  ])('%s', (_, rows, because) => expect(fitCox(rows)).toMatchObject({ kind: 'refused', because }))
})

describe('Kaplan-Meier', () => {
  const curveOf = (spells: Parameters<typeof kaplanMeier>[0], z?: number) => {
    const found = kaplanMeier(spells, z)
    if (found.kind === 'refused') throw new Error(found.say)
    return found
  }
  test('a million alike who all leave at once: one step to 0, which has no error', () => {
    const found = curveOf({ stop: new Float64Array(1e6).fill(9), event: new Uint8Array(1e6).fill(1) })
    expect([...found.times, ...found.atRisk, ...found.survival, ...found.standardError]).toEqual([9, 1e6, 0, 0])
  })
  test('written twice: the same curve, errors by root 2; in another order: the same', () => {
    const once = curveOf({ stop: Float64Array.from(stop), event })
    const moved = curveOf({ stop: Float64Array.from(turn(stop, COUNT)), event: Uint8Array.from(turn(event, COUNT)) })
    expect(moved).toEqual(once)
    const twice = curveOf({
      stop: Float64Array.from(turn(stop, 2 * COUNT)),
      event: Uint8Array.from(turn(event, 2 * COUNT)),
    })
    once.survival.forEach((share, k) => {
      expect(twice.survival[k]).toBeCloseTo(share, 12)
      expect(twice.standardError[k]).toBeCloseTo((once.standardError[k] ?? 0) / Math.SQRT2, 12)
    })
  })
  test('an event at time 0 counts', () => {
    const found = curveOf({ stop: Float64Array.of(0, 1), event: Uint8Array.of(1, 1) })
    expect([...found.times, ...found.survival]).toEqual([0, 1, 0.5, 0])
  })
  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('bounds at the quantile %d are refused', (z) => {
    const spells = { stop: Float64Array.of(2, 4), event: Uint8Array.of(1, 0) }
    expect(kaplanMeier(spells, z)).toMatchObject({ kind: 'refused', because: 'impossible-parameter' })
  })
})

test('of what cannot be nothing is read off a curve, and no pair is in order', () => {
  const curve = kaplanMeier({ stop: Float64Array.of(2, 4), event: Uint8Array.of(1, 0) })
  if (curve.kind === 'refused') throw new Error(curve.say)
  expect(survivalAt(curve, Number.NaN)).toBeNaN()
  const good = rowsOf([a, b], stop, event)
  const coefficients = Float64Array.of(0.7, 0)
  expect(concordance(good, coefficients)).toBeGreaterThan(0.6)
  for (const broken of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const column = a.map((value, i) => (i === 4 ? broken : value))
    expect(concordance(rowsOf([column, b], stop, event), coefficients)).toBeNaN()
    expect(concordance(good, Float64Array.of(broken, 0))).toBeNaN()
  }
  expect(concordance(good, Float64Array.of(0.7))).toBeNaN()
  expect(concordance(rowsOf([a, b], [-1, ...stop.slice(1)], event), coefficients)).toBeNaN()
})
