import { describe, expect, test } from 'vitest'
import { answered } from '../../../test/answered.ts'
import { rng } from '../rng.ts'
import { bgBbAlive, bgBbDiscounted, bgBbExpected, bgBbLogLikelihood, bgBbMass, fitBgBb, simulateBgBb } from './bg-bb.ts'
import {
  bgNbdAlive,
  bgNbdExpected,
  bgNbdExpectedNew,
  bgNbdLogLikelihood,
  bgNbdMass,
  fitBgNbd,
  scoreBgNbd,
  simulateBgNbd,
} from './bg-nbd.ts'
import { discountedValue } from './discounted-value.ts'
import {
  fitGammaGamma,
  gammaGammaExpected,
  gammaGammaLogLikelihood,
  type Spends,
  simulateGammaGamma,
} from './gamma-gamma.ts'
import {
  fitMbgNbd,
  mbgNbdAlive,
  mbgNbdExpected,
  mbgNbdExpectedNew,
  mbgNbdLogLikelihood,
  mbgNbdMass,
  scoreMbgNbd,
  simulateMbgNbd,
} from './mbg-nbd.ts'
import {
  fitParetoNbd,
  paretoNbdAlive,
  paretoNbdDiscounted,
  paretoNbdExpected,
  paretoNbdExpectedNew,
  paretoNbdLogLikelihood,
  paretoNbdMass,
  scoreParetoNbd,
  simulateParetoNbd,
} from './pareto-nbd.ts'
import type { Histories, History } from './purchase-history.ts'

const BETA_GEOMETRIC = { r: 0.6, alpha: 12, a: 0.9, b: 2 }
const PARETO = { r: 0.8, alpha: 8, s: 0.9, beta: 20 }
const SETS = { alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.8 }
const SPEND = { p: 6, q: 4, v: 15 }
const SIXTY = new Float64Array(600).fill(60)

type Fit = (histories: Histories) => Readonly<{
  kind: string
  because?: string
  logLikelihood?: number
  gradientNorm?: number
  iterations?: number
  hessianCondition?: number
  parameters?: Readonly<Record<string, number>>
  standardErrors?: Readonly<Record<string, number>>
}>

const timed: readonly (readonly [string, Fit, Histories])[] = [
  ['BG/NBD', fitBgNbd, answered(simulateBgNbd(BETA_GEOMETRIC, SIXTY, rng('hostile')))],
  ['MBG/NBD', fitMbgNbd, answered(simulateMbgNbd(BETA_GEOMETRIC, SIXTY, rng('hostile')))],
  ['Pareto/NBD', fitParetoNbd, answered(simulateParetoNbd(PARETO, new Float64Array(1_500).fill(90), rng('hostile')))],
]
const all: typeof timed = [
  ...timed,
  ['BG/BB', fitBgBb, answered(simulateBgBb(SETS, new Float64Array(600).fill(8), rng('hostile')))],
]

const rowsOf = (rows: readonly (readonly [number, number, number])[]): Histories => ({
  repeatCount: Float64Array.from(rows, ([x]) => x),
  lastAt: Float64Array.from(rows, ([, tx]) => tx),
  observedFor: Float64Array.from(rows, ([, , end]) => end),
})
const times = (histories: Histories, by: number): Histories => ({
  ...histories,
  lastAt: histories.lastAt.map((t) => t * by),
  observedFor: histories.observedFor.map((t) => t * by),
})
const rearranged = (histories: Histories, placeOf: (i: number) => number, count: number): Histories => {
  const pick = (column: Float64Array) =>
    Float64Array.from({ length: count }, (_, i) => column[placeOf(i)] ?? Number.NaN)
  return {
    repeatCount: pick(histories.repeatCount),
    lastAt: pick(histories.lastAt),
    observedFor: pick(histories.observedFor),
  }
}

function expectSame(found: ReturnType<Fit>, wanted: ReturnType<Fit>, digits: number): void {
  for (const [name, value] of Object.entries(wanted.parameters ?? {})) {
    expect((found.parameters?.[name] ?? Number.NaN) / value).toBeCloseTo(1, digits)
  }
}

describe.each(all)('%s', (_, estimate, histories) => {
  const n = histories.repeatCount.length
  const once = estimate(histories)
  test('every fit tells how it ended', () => {
    expect(once.kind).toBe('fitted')
    expect(once.gradientNorm).toBeLessThan(1e-8)
    expect(once.iterations).toBeGreaterThan(0)
    expect(once.hessianCondition).toBeGreaterThanOrEqual(1)
  })
  test('written twice, row by row: the same estimate, twice the log-likelihood, errors by root 2', () => {
    const twice = estimate(rearranged(histories, (i) => i % n, 2 * n))
    expectSame(twice, once, 9)
    expect((twice.logLikelihood ?? 0) / (once.logLikelihood ?? 0)).toBeCloseTo(2, 12)
    for (const [name, error] of Object.entries(once.standardErrors ?? {})) {
      expect(error / (twice.standardErrors?.[name] ?? 0)).toBeCloseTo(Math.SQRT2, 7)
    }
  })
  test('in any order: the same', () => {
    const moved = estimate(rearranged(histories, (i) => (i * 7 + 3) % n, n))
    expectSame(moved, once, 9)
    expect((moved.logLikelihood ?? 0) / (once.logLikelihood ?? 0)).toBeCloseTo(1, 12)
  })
  test.each<[string, Histories, string]>([
    ['nobody', rowsOf([]), 'too-few'],
    ['one customer', rowsOf([[2, 5, 9]]), 'too-few'],
    ['ten alike', rowsOf(Array.from({ length: 10 }, () => [2, 5, 9] as const)), 'too-few'],
    ['a million alike', rowsOf(Array.from({ length: 1e6 }, () => [2, 5, 9] as const)), 'too-few'],
    ['everybody without a repeat', rowsOf(Array.from({ length: 50 }, (__, i) => [0, 0, 10 + i] as const)), 'all-zero'],
    ['observed for no time at all', rowsOf(Array.from({ length: 50 }, () => [0, 0, 0] as const)), 'all-zero'],
    [
      'one repeat each',
      rowsOf(Array.from({ length: 80 }, (__, i) => [1, 1 + (i % 9), 10 + (i % 5)] as const)),
      'not-identified',
    ],
    [
      'all seen last at the very end',
      rowsOf(Array.from({ length: 50 }, (__, i) => [1 + (i % 7), 10 + i, 10 + i] as const)),
      'not-identified',
    ],
    ['a time below zero', rowsOf(Array.from({ length: 20 }, (__, i) => [1, i - 3, 30] as const)), 'impossible-row'],
  ])('%s is refused', (__, hostile, because) => {
    expect(estimate(hostile)).toMatchObject({ kind: 'refused', because })
  })
  test('nobody without a repeat: an answer inside, or a refusal that says which parameter is open', () => {
    const keep = Array.from({ length: n }, (__, i) => i).filter((i) => (histories.repeatCount[i] ?? 0) > 0)
    const found = estimate(rearranged(histories, (i) => keep[i] ?? 0, keep.length))
    expect(['fitted', 'not-identified']).toContain(found.kind === 'refused' ? found.because : found.kind)
  })
  test('a few with a thousand purchases among many with few', () => {
    const opportunities = estimate === fitBgBb
    const heavy = Array.from({ length: 5 }, (__, i) => {
      return opportunities ? ([900 + i, 990, 1_000] as const) : ([1_000 + i, 3_640 - i, 3_650] as const)
    })
    const some = rearranged(histories, (i) => i, n)
    const more = rowsOf([
      ...heavy,
      ...Array.from({ length: 50 }, (__, i) => [0, 0, (opportunities ? 300 : 3_000) + i] as const),
    ])
    const both = estimate({
      repeatCount: Float64Array.of(...some.repeatCount, ...more.repeatCount),
      lastAt: Float64Array.of(...some.lastAt, ...more.lastAt),
      observedFor: Float64Array.of(...some.observedFor, ...more.observedFor),
    })
    expect(both.kind).toBe('fitted')
    expect(both.gradientNorm).toBeLessThan(1e-8)
  })
})

describe.each(timed)('%s in other units', (_, estimate, histories) => {
  const repeats = histories.repeatCount.reduce((sum, x) => sum + x, 0)
  const once = estimate(histories)
  test.each([1 / 7, 7, 1 / 365.25, 86_400, 1e-200, 1e200])(
    'times %d: the log-likelihood moves by its constant',
    (by) => {
      const found = estimate(times(histories, by))
      const constant = -repeats * Math.log(by)
      const moved = (once.logLikelihood ?? 0) + constant
      expect(Math.abs((found.logLikelihood ?? 0) - moved)).toBeLessThan(1e-12 * Math.abs(constant) + 1e-8)
      expectSame(
        { ...found, parameters: { r: found.parameters?.r ?? 0 } },
        { kind: '', parameters: { r: once.parameters?.r ?? 0 } },
        9,
      )
    },
  )
  test('beyond what a number can hold is refused as such', () => {
    expect(estimate(times(histories, 2e306))).toMatchObject({ kind: 'refused', because: 'not-a-number' })
  })
})

test('predictions are the same in days, weeks and years', () => {
  const history = { repeatCount: 5, lastAt: 40, observedFor: 60 }
  for (const by of [1 / 7, 1 / 365.25, 24]) {
    const other = { repeatCount: 5, lastAt: 40 * by, observedFor: 60 * by }
    const geometric = { ...BETA_GEOMETRIC, alpha: 12 * by }
    const pareto = { ...PARETO, alpha: 8 * by, beta: 20 * by }
    expect(bgNbdExpected(geometric, other, 90 * by) / bgNbdExpected(BETA_GEOMETRIC, history, 90)).toBeCloseTo(1, 12)
    expect(mbgNbdExpected(geometric, other, 90 * by) / mbgNbdExpected(BETA_GEOMETRIC, history, 90)).toBeCloseTo(1, 12)
    expect(paretoNbdExpected(pareto, other, 90 * by) / paretoNbdExpected(PARETO, history, 90)).toBeCloseTo(1, 12)
    expect(paretoNbdMass(pareto, 90 * by, 3) / paretoNbdMass(PARETO, 90, 3)).toBeCloseTo(1, 11)
  }
})

describe('what cannot be asked has no answer', () => {
  const good = { repeatCount: 2, lastAt: 5, observedFor: 9 }
  const answers = (history: History, horizon: number, broken: Readonly<Record<string, number>> = {}) => {
    const [geometric, pareto, sets] = [
      { ...BETA_GEOMETRIC, ...broken },
      { ...PARETO, ...broken },
      { ...SETS, ...broken },
    ]
    return [
      bgNbdExpected(geometric, history, horizon),
      mbgNbdExpected(geometric, history, horizon),
      paretoNbdExpected(pareto, history, horizon),
      bgBbExpected(sets, history, horizon),
    ]
  }
  const ofHistory = (history: History) => [
    ...answers(history, 10),
    bgNbdLogLikelihood(BETA_GEOMETRIC, history),
    bgNbdAlive(BETA_GEOMETRIC, history),
    mbgNbdLogLikelihood(BETA_GEOMETRIC, history),
    mbgNbdAlive(BETA_GEOMETRIC, history),
    paretoNbdLogLikelihood(PARETO, history),
    paretoNbdAlive(PARETO, history),
    paretoNbdDiscounted(PARETO, history, 0.01),
    bgBbLogLikelihood(SETS, history),
    bgBbAlive(SETS, history),
    bgBbDiscounted(SETS, history, 0.01),
  ]
  test.each<[string, History]>([
    ['a count below zero', { repeatCount: -1, lastAt: 3, observedFor: 9 }],
    ['half a purchase', { repeatCount: 1.5, lastAt: 3, observedFor: 9 }],
    ['a last purchase after the end', { repeatCount: 2, lastAt: 12, observedFor: 9 }],
    ['a repeat at time 0', { repeatCount: 2, lastAt: 0, observedFor: 9 }],
    ['a last purchase without a repeat', { repeatCount: 0, lastAt: 3, observedFor: 9 }],
    ['an end before the start', { repeatCount: 0, lastAt: 0, observedFor: -2 }],
    ['no number', { repeatCount: Number.NaN, lastAt: 0, observedFor: 9 }],
    ['an endless observation', { repeatCount: 1, lastAt: 3, observedFor: Number.POSITIVE_INFINITY }],
  ])('%s', (_, history) => {
    for (const value of ofHistory(history)) expect(value).toBeNaN()
    const row = rowsOf([[history.repeatCount, history.lastAt, history.observedFor]])
    for (const scores of [
      scoreBgNbd(BETA_GEOMETRIC, row, 9),
      scoreMbgNbd(BETA_GEOMETRIC, row, 9),
      scoreParetoNbd(PARETO, row, 9),
    ]) {
      expect([scores.alive[0], scores.expected[0]]).toEqual([Number.NaN, Number.NaN])
    }
  })
  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('a horizon of %d', (horizon) => {
    const rest = [
      bgNbdExpectedNew(BETA_GEOMETRIC, horizon),
      mbgNbdExpectedNew(BETA_GEOMETRIC, horizon),
      paretoNbdExpectedNew(PARETO, horizon),
      bgNbdMass(BETA_GEOMETRIC, horizon, 2),
      mbgNbdMass(BETA_GEOMETRIC, horizon, 2),
      paretoNbdMass(PARETO, horizon, 2),
      bgBbMass(SETS, horizon, 2),
    ]
    for (const value of [...answers(good, horizon), ...rest]) expect(value).toBeNaN()
    expect(scoreBgNbd(BETA_GEOMETRIC, rowsOf([[2, 5, 9]]), horizon).expected[0]).toBeNaN()
  })
  test.each([{ alpha: 0 }, { alpha: -1 }, { alpha: Number.NaN }])('a parameter that cannot be: %o', (broken) => {
    for (const value of answers(good, 10, broken)) expect(value).toBeNaN()
  })
  test('nobody buys minus once or half a time: chance 0', () => {
    for (const count of [-1, 0.5]) {
      expect(bgNbdMass(BETA_GEOMETRIC, 10, count)).toBe(0)
      expect(mbgNbdMass(BETA_GEOMETRIC, 10, count)).toBe(0)
      expect(paretoNbdMass(PARETO, 10, count)).toBe(0)
      expect(bgBbMass(SETS, 10, count)).toBe(0)
    }
  })
  test('a spend below zero, for nothing, of no number', () => {
    for (const spend of [-20, 0, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(gammaGammaExpected(SPEND, 2, spend)).toBeNaN()
      expect(gammaGammaLogLikelihood(SPEND, 2, spend)).toBeNaN()
    }
    expect(gammaGammaExpected(SPEND, -1, 20)).toBeNaN()
    expect(gammaGammaExpected({ ...SPEND, p: -1 }, 2, 20)).toBeNaN()
    expect(gammaGammaExpected(SPEND, 0, Number.NaN)).toBe(30)
  })
})

describe('spends, huge and tiny', () => {
  const counts = Float64Array.from({ length: 400 }, (_, i) => i % 7)
  const some = answered(simulateGammaGamma(SPEND, counts, rng('spends')))
  const fitted = (spends: Spends) => {
    const fit = fitGammaGamma(spends)
    if (fit.kind === 'refused') throw new Error(fit.say)
    return fit
  }
  const once = fitted(some)
  test.each([0.01, 1e6, 1e-250, 1e250])('times %d: the same model, the log-likelihood moves by its constant', (by) => {
    const found = fitted({ ...some, meanSpend: some.meanSpend.map((z) => z * by) })
    expect(found.parameters.p / once.parameters.p).toBeCloseTo(1, 8)
    expect(found.parameters.v / by / once.parameters.v).toBeCloseTo(1, 8)
    const moved = once.logLikelihood - once.customers * Math.log(by)
    expect(found.logLikelihood / moved).toBeCloseTo(1, 11)
  })
  test('in another order, and twice', () => {
    const pick = (column: Float64Array) => Float64Array.from({ length: 800 }, (_, i) => column[(i * 7) % 400] ?? 0)
    const twice = fitted({ repeatCount: pick(some.repeatCount), meanSpend: pick(some.meanSpend) })
    expect(twice.parameters.q / once.parameters.q).toBeCloseTo(1, 9)
    expect(twice.logLikelihood / once.logLikelihood).toBeCloseTo(2, 12)
    expect(once.standardErrors.p / twice.standardErrors.p).toBeCloseTo(Math.SQRT2, 7)
  })
  test('beyond what a number can hold, a million alike, ten customers: refused in so many words', () => {
    const huge = fitGammaGamma({ ...some, meanSpend: some.meanSpend.map((z) => (z > 0 ? 1e308 : 0)) })
    expect(huge).toMatchObject({ kind: 'refused', because: 'not-a-number' })
    const alike = { repeatCount: new Float64Array(1e6).fill(3), meanSpend: new Float64Array(1e6).fill(20) }
    expect(fitGammaGamma(alike)).toMatchObject({ kind: 'refused', because: 'not-identified' })
    const ten = {
      repeatCount: Float64Array.of(1, 2, 3, 4, 5, 1, 2, 3, 4, 5),
      meanSpend: Float64Array.of(3, 4, 9, 12, 2, 5, 7, 1, 8, 20),
    }
    expect(fitGammaGamma(ten)).toMatchObject({ kind: 'refused', because: 'not-identified' })
  })
})

describe('a simulation of what cannot be is refused', () => {
  const draw: readonly ((broken: number) => unknown)[] = [
    (broken) => simulateBgNbd({ ...BETA_GEOMETRIC, a: broken }, SIXTY, rng('broken')),
    (broken) => simulateMbgNbd({ ...BETA_GEOMETRIC, r: broken }, SIXTY, rng('broken')),
    (broken) => simulateParetoNbd({ ...PARETO, beta: broken }, SIXTY, rng('broken')),
    (broken) => simulateBgBb({ ...SETS, delta: broken }, SIXTY, rng('broken')),
    (broken) => simulateGammaGamma({ ...SPEND, q: broken }, SIXTY, rng('broken')),
  ]
  const observed: readonly ((broken: number) => unknown)[] = [
    (broken) => simulateBgNbd(BETA_GEOMETRIC, Float64Array.of(60, broken), rng('broken')),
    (broken) => simulateMbgNbd(BETA_GEOMETRIC, Float64Array.of(60, broken), rng('broken')),
    (broken) => simulateParetoNbd(PARETO, Float64Array.of(60, broken), rng('broken')),
    (broken) => simulateBgBb(SETS, Float64Array.of(8, broken), rng('broken')),
    (broken) => simulateGammaGamma(SPEND, Float64Array.of(2, broken), rng('broken')),
  ]
  const numbers = [Number.NaN, Number.POSITIVE_INFINITY, -1]
  test.each(numbers)('%d', (broken) => {
    for (const model of draw) {
      expect(model(broken)).toMatchObject({ kind: 'refused', because: 'impossible-parameter' })
    }
    for (const model of observed) {
      expect(model(broken)).toMatchObject({ kind: 'refused', because: 'impossible-row' })
    }
  })
  test('half an opportunity, and rates beyond counting', () => {
    expect(simulateBgBb(SETS, Float64Array.of(2.5), rng(1))).toMatchObject({ because: 'impossible-row' })
    const fast = { because: 'impossible-parameter' }
    expect(simulateParetoNbd({ ...PARETO, alpha: 1e-300 }, SIXTY, rng(1))).toMatchObject(fast)
    expect(simulateBgNbd({ ...BETA_GEOMETRIC, alpha: 1e-300, a: 1e-9, b: 1e9 }, SIXTY, rng(1))).toMatchObject(fast)
    expect(simulateBgBb(SETS, Float64Array.of(1e9), rng(1))).toMatchObject(fast)
  })
})

describe('a value of what cannot be is NaN', () => {
  test.each([
    [-5, 1, 0.01],
    [2.5, 1, 0.01],
    [Number.NaN, 1, 0.01],
    [5, 0, 0.01],
    [5, -1, 0.01],
    [5, Number.POSITIVE_INFINITY, 0.01],
    [5, 1, -1],
    [5, 1, Number.POSITIVE_INFINITY],
  ])('%d periods of %d at %d', (periodCount, periodLength, ratePerPeriod) => {
    const horizon = { periodCount, periodLength, ratePerPeriod }
    expect(discountedValue((time) => bgNbdExpectedNew(BETA_GEOMETRIC, time), 10, horizon)).toBeNaN()
  })
  test('of purchases without a value', () => {
    const horizon = { periodCount: 5, periodLength: 1, ratePerPeriod: 0.01 }
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(discountedValue((time) => time, value, horizon)).toBeNaN()
    }
  })
})
