import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answered } from '../../../test/answered.ts'
import { hasReference, readCdnow, readGoldenPurchases, readReference } from '../../../test/reference-data.ts'
import { logHypergeometric } from '../hypergeometric.ts'
import { rng } from '../rng.ts'
import { departureIntegral, logDepartureIntegral, MOMENT } from './departure-integral.ts'
import {
  fitParetoNbd,
  type ParetoNbd,
  type ParetoNbdFit,
  paretoNbdAlive,
  paretoNbdDiscounted,
  paretoNbdExpected,
  paretoNbdExpectedNew,
  paretoNbdLogLikelihood,
  paretoNbdMass,
  scoreParetoNbd,
  simulateParetoNbd,
} from './pareto-nbd.ts'
import { paretoNbdLikelihood } from './pareto-nbd-likelihood.ts'
import { groupHistories, type Histories } from './purchase-history.ts'

const PUBLISHED: ParetoNbd = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }
const KEYS = ['r', 'alpha', 's', 'beta'] as const

function fitted(histories: Histories): ParetoNbdFit {
  const fit = fitParetoNbd(histories)
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

describe('published', () => {
  const skip = !hasReference('cdnow_days.csv')
  test.skipIf(skip)('Fader, Hardie, and Lee (2005), CDNOW in exact weeks (needs ../shared/data)', () => {
    const { parameters, logLikelihood, standardErrors, gradientNorm } = fitted(readCdnow('weeks'))
    expect(parameters.r).toBeCloseTo(0.55327707, 7)
    expect(parameters.alpha).toBeCloseTo(10.57768, 5)
    expect(parameters.s).toBeCloseTo(0.60624, 5)
    expect(parameters.beta).toBeCloseTo(11.66874, 5)
    expect(logLikelihood).toBeCloseTo(-9594.976179, 6)
    expect(gradientNorm).toBeLessThan(1e-12)
    // CLVTools prints .0476264, .8427222, .1872594, 6.2105448 from differences; its own test allows .001.
    const printed = { r: 0.0476264, alpha: 0.8427222, s: 0.1872594, beta: 6.2105448 }
    for (const key of KEYS) expect(Math.abs(standardErrors[key] / printed[key] - 1)).toBeLessThan(1.5e-4)
  })
  test.skipIf(skip)('the same with weeks rounded to two decimals (needs ../shared/data)', () => {
    const { parameters, logLikelihood } = fitted(readCdnow('rounded-weeks'))
    expect(parameters.r).toBeCloseTo(0.55327552, 7)
    expect(parameters.alpha).toBeCloseTo(10.57761, 5)
    expect(parameters.s).toBeCloseTo(0.60621, 5)
    expect(parameters.beta).toBeCloseTo(11.66791, 5)
    expect(logLikelihood).toBeCloseTo(-9594.97393, 6)
  })
  test.skipIf(!hasReference('bgnbd_100k.csv.gz'))(
    '100,000 customers, as every peer finds (needs ../shared/data)',
    () => {
      const { x, t_x, T } = readReference('bgnbd_100k.csv.gz', ['x', 't_x', 'T'])
      expect(fitted({ repeatCount: x, lastAt: t_x, observedFor: T }).logLikelihood).toBeCloseTo(-1392884.578, 3)
    },
  )
  test('answers of the BTYD vignette, at its parameters', () => {
    const model = { r: 0.5533971, alpha: 10.5801985, s: 0.6060625, beta: 11.6562237 }
    const history = { repeatCount: 26, lastAt: 30.86, observedFor: 31 }
    expect(paretoNbdAlive(model, history).toFixed(4)).toBe('0.9979')
    expect(paretoNbdExpected(model, history, 52).toFixed(2)).toBe('25.46')
    expect(paretoNbdExpectedNew(model, 52).toFixed(6)).toBe('1.473113')
    expect(paretoNbdDiscounted(model, history, 0.0027).toFixed(4)).toBe('86.0350')
  })
  test('mpmath at 80 digits, by the hypergeometric form', () => {
    const alive = (repeatCount: number, lastAt: number, observedFor: number) =>
      paretoNbdAlive(PUBLISHED, { repeatCount, lastAt, observedFor })
    expect(Math.abs(alive(200, 38, 40) / 0.0921118448780194 - 1)).toBeLessThan(1e-12)
    expect(Math.abs(alive(1000, 700, 730) / 1.7331982160572507e-15 - 1)).toBeLessThan(1e-12)
    const dert = paretoNbdDiscounted(PUBLISHED, { repeatCount: 26, lastAt: 30.86, observedFor: 31 }, 0.0027)
    expect(Math.abs(dert / 86.0564936 - 1)).toBeLessThan(1e-9)
  })
  test.skipIf(!hasReference('golden_btyd.json'))('golden rows, extreme ones too (needs ../shared/data)', () => {
    for (const { history, horizon, paretoNbd } of readGoldenPurchases()) {
      const found = [
        paretoNbdLogLikelihood(PUBLISHED, history),
        paretoNbdAlive(PUBLISHED, history),
        paretoNbdExpected(PUBLISHED, history, horizon),
      ]
      found.forEach((value, k) => {
        expect(Math.abs(value / (paretoNbd[k] ?? Number.NaN) - 1)).toBeLessThan(1e-9)
      })
    }
  })
})

describe('consistent', () => {
  const source = rng('consistent')
  const some = answered(
    simulateParetoNbd({ r: 0.7, alpha: 9, s: 0.8, beta: 20 }, new Float64Array(500).fill(60), source),
  )
  const positive = (min: number, max: number) =>
    fc.double({ min: Math.log(min), max: Math.log(max), noNaN: true }).map(Math.exp)
  const anyModel = fc.record({
    r: positive(0.1, 5),
    alpha: positive(0.5, 200),
    s: positive(0.1, 4),
    beta: positive(0.5, 500),
  })

  test('the departure integral equals the difference of hypergeometric functions of the papers', () => {
    fc.assert(
      fc.property(
        anyModel,
        fc.integer({ min: 0, max: 300 }),
        fc.double({ min: 0, max: 0.6, noNaN: true }),
        (model, x, share) => {
          const { r, alpha, s, beta } = model
          const from = x === 0 ? 0 : share * 100
          const shape = { alpha, beta, m: r + x, s }
          const total = r + s + x
          const [near, far] = [Math.min(alpha, beta), Math.max(alpha, beta)]
          const second = alpha >= beta ? s + 1 : r + x
          const logF = (t: number) =>
            logHypergeometric(total, second, total + 1, (far - near) / (far + t)) - total * Math.log(far + t)
          const wanted = logF(from) + Math.log1p(-Math.exp(logF(100) - logF(from))) - Math.log(total)
          expect(logDepartureIntegral(shape, from, 100)).toBeCloseTo(wanted, 9)
        },
      ),
      { numRuns: 150, seed: 11 },
    )
  })
  test('a stretch cut anywhere adds up to the whole, whatever the parameters', () => {
    const extreme = fc.record({
      alpha: positive(1e-4, 1e5),
      beta: positive(1e-4, 1e5),
      m: positive(0.01, 2_000),
      s: positive(0.01, 40),
    })
    fc.assert(
      fc.property(
        extreme,
        positive(0.01, 3_000),
        positive(0.001, 3_000),
        positive(0.001, 0.999),
        (shape, from, length, cut) => {
          const middle = from + length * cut
          const whole = logDepartureIntegral(shape, from, from + length)
          const parts = [logDepartureIntegral(shape, from, middle), logDepartureIntegral(shape, middle, from + length)]
          const sum = parts.reduce((total, part) => total + Math.exp(part - whole), 0)
          expect(Math.abs(sum - 1)).toBeLessThan(1e-9)
        },
      ),
      { numRuns: 300, seed: 5 },
    )
  })
  test('its moments are its derivatives', () => {
    for (const [alpha, beta] of [
      [4, 30],
      [30, 4],
    ] as const) {
      const moments = new Float64Array(MOMENT.count)
      const at = (a: number, b: number, m: number) => logDepartureIntegral({ alpha: a, beta: b, m, s: 0.7 }, 3, 50)
      expect(departureIntegral({ alpha, beta, m: 5.5, s: 0.7 }, 3, 50, moments)).toBeCloseTo(at(alpha, beta, 5.5), 13)
      const h = 1e-5
      expect((at(alpha + h, beta, 5.5) - at(alpha - h, beta, 5.5)) / (2 * h)).toBeCloseTo(
        -5.5 * (moments[MOMENT.inverseA] ?? 0),
        7,
      )
      expect((at(alpha, beta + h, 5.5) - at(alpha, beta - h, 5.5)) / (2 * h)).toBeCloseTo(
        -1.7 * (moments[MOMENT.inverseB] ?? 0),
        7,
      )
      expect((at(alpha, beta, 5.5 + h) - at(alpha, beta, 5.5 - h)) / (2 * h)).toBeCloseTo(
        -(moments[MOMENT.logA] ?? 0),
        7,
      )
    }
  })
  test('gradient and Hessian are those of the log-likelihood', () => {
    const grouped = groupHistories(some)
    if ('kind' in grouped) throw new Error(grouped.say)
    const likelihood = paretoNbdLikelihood(grouped)
    const at = Float64Array.of(0.7, 0.2, 0.8, 0.4)
    const here = likelihood(at)
    for (let i = 0; i < 4; i++) {
      const h = 1e-5
      const up = likelihood(at.map((value, k) => (k === i ? value + h : value)))
      const down = likelihood(at.map((value, k) => (k === i ? value - h : value)))
      const slope = (up.logLikelihood - down.logLikelihood) / (2 * h)
      expect(Math.abs(slope - (here.gradient[i] ?? 0))).toBeLessThan(1e-4)
      for (let j = 0; j < 4; j++) {
        const curvature = ((up.gradient[j] ?? 0) - (down.gradient[j] ?? 0)) / (2 * h)
        const exact = here.hessian[i * 4 + j] ?? 0
        expect(Math.abs(curvature - exact)).toBeLessThan(1e-5 * (1 + Math.abs(exact)))
      }
    }
  })
  test('days and weeks give the same model', () => {
    const weeks = fitted(some)
    const days = fitted({
      ...some,
      lastAt: some.lastAt.map((t) => 7 * t),
      observedFor: some.observedFor.map((t) => 7 * t),
    })
    expect(days.parameters.r / weeks.parameters.r).toBeCloseTo(1, 8)
    expect(days.parameters.s / weeks.parameters.s).toBeCloseTo(1, 8)
    expect(days.parameters.alpha / weeks.parameters.alpha).toBeCloseTo(7, 7)
    expect(days.parameters.beta / weeks.parameters.beta).toBeCloseTo(7, 7)
  })
  test('chances of all counts sum to one, and their mean is the expected count', () => {
    let sum = 0
    let mean = 0
    for (let n = 0; n < 300; n++) {
      const chance = paretoNbdMass(PUBLISHED, 39, n)
      sum += chance
      mean += n * chance
    }
    expect(sum).toBeCloseTo(1, 12)
    expect(mean).toBeCloseTo(paretoNbdExpectedNew(PUBLISHED, 39), 10)
  })
  test('s = 1, where the printed formula divides by zero, lies between its neighbours', () => {
    const history = { repeatCount: 3, lastAt: 20, observedFor: 30 }
    const at = (s: number) => paretoNbdExpected({ ...PUBLISHED, s }, history, 10)
    expect(at(1)).toBeCloseTo((at(1 - 1e-6) + at(1 + 1e-6)) / 2, 9)
  })
  test('discounting at nearly nothing over a long stay tends to the expected purchases', () => {
    const model = { ...PUBLISHED, s: 3 }
    const history = { repeatCount: 3, lastAt: 20, observedFor: 30 }
    expect(paretoNbdDiscounted(model, history, 1e-7) / paretoNbdExpected(model, history, 1e9)).toBeCloseTo(1, 4)
  })
  test('with a rate beyond any reason it still answers between 0 and 1', () => {
    fc.assert(
      fc.property(
        anyModel,
        fc.integer({ min: 0, max: 1000 }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        (model, x, share) => {
          const history = { repeatCount: x, lastAt: x === 0 ? 0 : share * 3650, observedFor: 3650 }
          const alive = paretoNbdAlive(model, history)
          expect(alive >= 0 && alive <= 1).toBe(true)
          expect(paretoNbdAlive(model, { ...history, observedFor: 4000 })).toBeLessThanOrEqual(alive + 1e-12)
          expect(Number.isFinite(paretoNbdLogLikelihood(model, history))).toBe(true)
          expect(paretoNbdExpected(model, history, 365)).toBeGreaterThanOrEqual(paretoNbdExpected(model, history, 30))
        },
      ),
      { numRuns: 200, seed: 7 },
    )
  })
  test('scoring many agrees with scoring one', () => {
    const { alive, expected } = scoreParetoNbd(PUBLISHED, some, 26)
    for (const i of [0, 17, 499]) {
      const history = { repeatCount: some.repeatCount[i] ?? 0, lastAt: some.lastAt[i] ?? 0, observedFor: 60 }
      expect(alive[i]).toBe(paretoNbdAlive(PUBLISHED, history))
      expect(expected[i]).toBeCloseTo(paretoNbdExpected(PUBLISHED, history, 26), 12)
    }
  })
})

describe('recovers', () => {
  test('the parameters of 10 simulated firms, 90 % intervals covering about 90 %', () => {
    const truth: ParetoNbd = { r: 0.8, alpha: 8, s: 0.9, beta: 25 }
    let covered = 0
    for (let firm = 0; firm < 10; firm++) {
      const source = rng('firms').split(firm)
      const observedFor = Float64Array.from({ length: 2_500 }, () => 40 + source.int(60))
      const { parameters, standardErrors } = fitted(answered(simulateParetoNbd(truth, observedFor, source)))
      for (const key of KEYS) {
        // Errors are symmetric in the logarithm, so that is where an interval is laid.
        const off = Math.abs(Math.log(parameters[key] / truth[key])) / (standardErrors[key] / parameters[key])
        expect(off).toBeLessThan(4)
        if (off < 1.645) covered += 1
      }
    }
    expect(covered).toBeGreaterThanOrEqual(32)
  })
})

describe('refuses', () => {
  const good = answered(
    simulateParetoNbd({ r: 0.6, alpha: 12, s: 0.9, beta: 20 }, new Float64Array(50).fill(60), rng(3)),
  )
  const poke = (column: Float64Array, value: number) => column.map((was, i) => (i === 4 ? value : was))
  test.each([
    ['a time that is not a number', { ...good, lastAt: poke(good.lastAt, Number.NaN) }, 'not-a-number'],
    ['a last purchase after the end', { ...good, lastAt: poke(good.lastAt, 61) }, 'impossible-row'],
    ['nobody who came back', { ...good, repeatCount: new Float64Array(50), lastAt: new Float64Array(50) }, 'all-zero'],
  ])('%s', (_, histories, because) => expect(fitParetoNbd(histories)).toMatchObject({ kind: 'refused', because }))
  test('customers who never leave: the rate of leaving has no distribution to find', () => {
    const source = rng('forever')
    const end = 1_000
    const past = answered(
      simulateParetoNbd({ r: 2, alpha: 10, s: 1, beta: 1e12 }, new Float64Array(300).fill(end), source),
    )
    expect(fitParetoNbd(past)).toMatchObject({ kind: 'refused', because: 'not-identified' })
  })
})
