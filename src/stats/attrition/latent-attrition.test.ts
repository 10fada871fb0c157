import { describe, expect, test } from 'vitest'
import { answered } from '../../../test/answered.ts'
import { hasReference, readApparel } from '../../../test/reference-data.ts'
import { around, CLASSES, expectSlopes, fitted, TRUTH, wide } from '../../../test/some-attrition.ts'
import { NONE, plainPeriods, somePeriods } from '../../../test/some-periods.ts'
import { logGamma } from '../gamma-function.ts'
import { fitParetoNbd, paretoNbdLogLikelihood, scoreParetoNbd, simulateParetoNbd } from '../purchase/pareto-nbd.ts'
import { rng } from '../rng.ts'
import type { LatentAttrition } from './attrition-mixture.ts'
import { modelOf, vectorOf } from './attrition-posterior.ts'
import type { AttritionRows, Columns, Periods } from './attrition-rows.ts'
import { sweepAttrition } from './attrition-sweep.ts'
import { fitLatentAttrition } from './latent-attrition.ts'
import { scoreAttrition, simulateAttrition } from './score-attrition.ts'

function scored(model: LatentAttrition, past: AttritionRows, future: Periods) {
  const scores = scoreAttrition(model, past, future)
  if (scores.kind === 'refused') throw new Error(scores.say)
  return scores
}

const logLikelihood = (model: LatentAttrition, rows: AttritionRows): number =>
  scored(model, rows, rows).logLikelihood.reduce((a, b) => a + b, 0)

const one = (value: number) => Float64Array.of(value)

/** The definition, in plain products: over classes and over every period after which the customer may have left. */
function byEnumeration(model: LatentAttrition, rows: AttritionRows, i: number): number {
  const from = rows.firstRow[i] ?? 0
  const periods = (rows.firstRow[i + 1] ?? 0) - from
  const dot = (columns: Columns, s: number, by: Float64Array) =>
    by.reduce((sum, value, j) => sum + value * (columns.values[(from + s) * columns.columnCount + j] ?? 0), 0)
  const at = Array.from({ length: periods }, (_, s) => ({
    count: rows.purchases[from + s] ?? 0,
    lean: dot(rows.leave, s, model.leave),
    pace: Math.exp(dot(rows.buy ?? NONE, s, model.buy)),
    length: rows.exposure[from + s] ?? 0,
  }))
  const count = at.reduce((sum, { count: here }) => sum + here, 0)
  const rates = at.reduce((all, { count: here, pace }) => all * pace ** here, 1)
  const buys = (until: number) => {
    const exposure = at.slice(0, until + 1).reduce((sum, { pace, length }) => sum + pace * length, 0)
    const rising = Math.exp(logGamma(model.r + count) - logGamma(model.r))
    return (rising * model.alpha ** model.r * rates) / (model.alpha + exposure) ** (model.r + count)
  }
  let sum = 0
  model.base.forEach((base, c) => {
    let stayed = model.share[c] ?? 0
    for (let s = 0; s < periods; s++) {
      const hazard = s === periods - 1 ? 1 : 1 / (1 + Math.exp(-base - (at[s]?.lean ?? 0)))
      const silent = at.slice(s + 1).every(({ count: here }) => here === 0)
      if (silent) sum += stayed * hazard * buys(s)
      stayed *= 1 - hazard
    }
  })
  return Math.log(sum)
}

describe('published', () => {
  const skip = !hasReference('apparel_trans.csv.gz') || !hasReference('apparel_dyncov.csv.gz')
  test.skipIf(skip)('600 customers of a clothing retailer, 104 weeks (needs ../shared/data)', () => {
    const { histories, periods } = readApparel()
    const pareto = fitParetoNbd(histories)
    if (pareto.kind === 'refused') throw new Error(pareto.say)
    expect(pareto.logLikelihood).toBeCloseTo(-5848.1, 2)
    const fit = fitted(periods, wide(3, 3, 1))
    // CLVTools finds -5752.94 for its Pareto/NBD with the same covariates: another model, so near and not equal.
    expect(fit.logLikelihood).toBeGreaterThan(-5756)
    expect(fit.logLikelihood).toBeLessThan(-5752)
    expect(fit.gradientNorm).toBeLessThan(1e-8)
    const [season = 0, gender = 0, channel = 0] = fit.parameters.buy
    for (const effect of [season, gender, channel]) expect(effect).toBeGreaterThan(0.2)
    expect(season / (fit.standardErrors.buy[0] ?? 1)).toBeGreaterThan(10)
    const { buy: _, ...without } = periods
    const plain = fitted({ ...without, leave: NONE }, wide(0, 0), 2)
    expect(Math.abs(plain.logLikelihood - pareto.logLikelihood)).toBeLessThan(0.5)
  })
})

describe('consistent', () => {
  test.each([TRUTH, CLASSES])('the likelihood is the sum over all that can have happened', (model) => {
    const rows = answered(simulateAttrition(model, somePeriods(60, 1, 6, 'enumeration'), rng('enumeration')))
    const { logLikelihood: found } = scored(model, rows, rows)
    found.forEach((value, i) => {
      const wanted = byEnumeration(model, rows, i)
      expect(Math.abs(value - wanted) / Math.abs(wanted)).toBeLessThan(1e-12)
    })
    expect(sweepAttrition(model, rows, 6).logLikelihood).toBeCloseTo(
      found.reduce((a, b) => a + b, 0),
      9,
    )
  })
  test('chances of all counts in three periods sum to one', () => {
    const model = { ...CLASSES, r: 0.8, alpha: 4 }
    const periods = somePeriods(1, 3, 3, 'three')
    let sum = 0
    for (let code = 0; code < 40 ** 3; code++) {
      const purchases = Float64Array.of(code % 40, Math.floor(code / 40) % 40, Math.floor(code / 1600))
      let log = byEnumeration(model, { ...periods, purchases }, 0)
      purchases.forEach((count, s) => {
        log += count * Math.log(periods.exposure[s] ?? 0) - logGamma(count + 1)
      })
      sum += Math.exp(log)
    }
    expect(sum).toBeCloseTo(1, 9)
  })
  test.each([1, 2, 3] as const)('slopes and curvature are those of the log-posterior, with %i classes', (classes) => {
    const rows = answered(simulateAttrition(CLASSES, somePeriods(40, 1, 8, 'slopes'), rng('slopes')))
    const { shape, at } = expectSlopes(rows, 8, classes)
    expect(vectorOf(modelOf(at, shape)).every((x, j) => Math.abs(x - (at[j] ?? 0)) < 1e-12)).toBe(true)
  })
  test('when nobody leaves it is the negative binomial', () => {
    const forever = { r: 0.7, alpha: 5, base: one(-60), share: one(1), leave: one(0).slice(1), buy: one(0).slice(1) }
    const purchases = Float64Array.of(0, 3, 0, 2, 0, 0)
    const { r, alpha } = forever
    const wanted = logGamma(r + 5) - logGamma(r) + r * Math.log(alpha) - (r + 5) * Math.log(alpha + 12)
    expect(logLikelihood(forever, { ...plainPeriods(1, 6, 2), purchases })).toBeCloseTo(wanted, 12)
  })
  test('ever shorter periods of one hazard tend to Pareto/NBD with one rate of leaving', () => {
    const rate = 0.04
    const pareto = { r: 0.7, alpha: 5, s: 1e8, beta: 1e8 / rate }
    const wanted = paretoNbdLogLikelihood(pareto, { repeatCount: 4, lastAt: 12.5, observedFor: 50 })
    const off = (periods: number) => {
      const length = 50 / periods
      const base = one(Math.log(Math.expm1(rate * length)))
      const purchases = new Float64Array(periods)
      purchases[Math.floor(12.5 / length)] = 4
      const model = { r: 0.7, alpha: 5, base, share: one(1), leave: new Float64Array(0), buy: new Float64Array(0) }
      return logLikelihood(model, { ...plainPeriods(1, periods, length), purchases }) - wanted
    }
    expect(Math.abs(off(4_000))).toBeLessThan(2e-3)
    expect(off(1_000) / off(4_000)).toBeGreaterThan(3)
    expect(off(1_000) / off(4_000)).toBeLessThan(5)
  })
  test('fitted to Pareto/NBD customers of nearly one rate of leaving, it says what Pareto/NBD says', () => {
    const observedFor = new Float64Array(1_500).fill(52)
    const histories = answered(simulateParetoNbd({ r: 0.9, alpha: 6, s: 40, beta: 1_000 }, observedFor, rng('pareto')))
    const purchases = new Float64Array(1_500 * 52)
    histories.repeatCount.forEach((count, i) => {
      purchases[i * 52 + Math.min(51, Math.floor(histories.lastAt[i] ?? 0))] = count
    })
    const rows = { ...plainPeriods(1_500, 52, 1), purchases }
    const { parameters, logLikelihood: found } = fitted(rows, wide(0, 0))
    const truth = { r: 0.9, alpha: 6, s: 40, beta: 1_000 }
    const theirs = scoreParetoNbd(truth, histories, 26)
    const ours = scored(parameters, rows, plainPeriods(1_500, 26, 1))
    const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0)
    expect(sum(ours.alive) / sum(theirs.alive)).toBeCloseTo(1, 1)
    expect(sum(ours.expected) / sum(theirs.expected)).toBeCloseTo(1, 1)
    const best = histories.repeatCount.reduce(
      (total, repeatCount, i) =>
        total + paretoNbdLogLikelihood(truth, { repeatCount, lastAt: histories.lastAt[i] ?? 0, observedFor: 52 }),
      0,
    )
    // Weeks instead of instants of leaving cost or gain less than one in five hundred.
    expect(Math.abs(found / best - 1)).toBeLessThan(0.002)
  })

  const rows = answered(simulateAttrition(TRUTH, somePeriods(300, 3, 14, 'same'), rng('same')))
  const fit = fitted(rows, wide(2, 1))

  test('the unit of the exposures does not matter', () => {
    const days = fitted({ ...rows, exposure: rows.exposure.map((length) => 30.4375 * length) }, wide(2, 1))
    expect(days.parameters.r / fit.parameters.r).toBeCloseTo(1, 8)
    expect(days.parameters.alpha / fit.parameters.alpha).toBeCloseTo(30.4375, 6)
    expect(days.parameters.base[0]).toBeCloseTo(fit.parameters.base[0] ?? 0, 8)
    const purchases = rows.purchases.reduce((a, b) => a + b, 0)
    expect(days.logLikelihood).toBeCloseTo(fit.logLikelihood - purchases * Math.log(30.4375), 6)
  })
  test('ten thousand purchases of each customer are no trouble', () => {
    const many = answered(simulateAttrition({ ...TRUTH, alpha: 1e-3 }, somePeriods(300, 3, 14, 'same'), rng('many')))
    const { parameters, standardErrors } = fitted(many, wide(2, 1))
    expect(Math.abs(parameters.r - TRUTH.r) / standardErrors.r).toBeLessThan(3)
    expect(Math.abs(parameters.alpha - 1e-3) / standardErrors.alpha).toBeLessThan(3)
  })
  test('the unit of a covariate does not matter if its prior is in the same unit', () => {
    const values = rows.leave.values.map((value, at) => (at % 2 === 0 ? 1e4 * value : value))
    const prior = wide(2, 1)
    const leave = { mean: prior.leave.mean, sd: Float64Array.of(2e-4, 2) }
    const other = fitted({ ...rows, leave: { values, columnCount: 2 } }, { ...prior, leave })
    expect((other.parameters.leave[0] ?? 0) * 1e4).toBeCloseTo(fit.parameters.leave[0] ?? 0, 6)
    expect(other.logLikelihood).toBeCloseTo(fit.logLikelihood, 8)
    expect(other.learnedShare.leave[0]).toBeCloseTo(fit.learnedShare.leave[0] ?? 0, 6)
  })
  test('the order of the customers does not matter', () => {
    const customers = rows.firstRow.length - 1
    const order = Array.from({ length: customers }, (_, i) => (i * 7) % customers).toReversed()
    const places = order.flatMap((i) => {
      const from = rows.firstRow[i] ?? 0
      return Array.from({ length: (rows.firstRow[i + 1] ?? 0) - from }, (_, s) => from + s)
    })
    const pick = (column: Float64Array, width: number) =>
      Float64Array.from(places.flatMap((row) => [...column.subarray(row * width, (row + 1) * width)]))
    const firstRow = [0]
    for (const i of order) firstRow.push((firstRow.at(-1) ?? 0) + (rows.firstRow[i + 1] ?? 0) - (rows.firstRow[i] ?? 0))
    const turned = fitted(
      {
        firstRow: Uint32Array.from(firstRow),
        exposure: pick(rows.exposure, 1),
        purchases: pick(rows.purchases, 1),
        leave: { values: pick(rows.leave.values, 2), columnCount: 2 },
        buy: { values: pick(rows.buy?.values ?? new Float64Array(0), 1), columnCount: 1 },
      },
      wide(2, 1),
    )
    expect(turned.logLikelihood).toBeCloseTo(fit.logLikelihood, 8)
    turned.parameters.leave.forEach((b, j) => {
      expect(b).toBeCloseTo(fit.parameters.leave[j] ?? 0, 7)
    })
  })
  test('where nothing tells of leaving, the prior comes back and the learned share is 0', () => {
    const short = answered(simulateAttrition(TRUTH, somePeriods(400, 1, 1, 'short'), rng('short')))
    const { parameters, learnedShare } = fitted(short, {
      ...wide(2, 1),
      leave: { mean: Float64Array.of(0.5, -1), sd: Float64Array.of(0.3, 0.6) },
    })
    expect(parameters.leave[0]).toBeCloseTo(0.5, 6)
    expect(parameters.leave[1]).toBeCloseTo(-1, 6)
    expect(parameters.base[0]).toBeCloseTo(-3, 6)
    for (const share of [...learnedShare.leave, ...learnedShare.base]) expect(Math.abs(share)).toBeLessThan(1e-6)
  })
})

describe('recovers', () => {
  test('the parameters of 50 simulated firms, 90 % intervals covering 85 to 95 %', () => {
    let covered = 0
    for (let firm = 0; firm < 50; firm++) {
      const source = rng('firms').split(firm)
      const rows = answered(simulateAttrition(TRUTH, somePeriods(500, 6, 24, `firm ${firm}`), source))
      const { parameters, standardErrors } = fitted(rows, wide(2, 1))
      const offs = [
        (Math.log(parameters.r / TRUTH.r) * parameters.r) / standardErrors.r,
        (Math.log(parameters.alpha / TRUTH.alpha) * parameters.alpha) / standardErrors.alpha,
        ...(['base', 'leave', 'buy'] as const).flatMap((part) =>
          [...TRUTH[part]].map((value, j) => ((parameters[part][j] ?? 0) - value) / (standardErrors[part][j] ?? 0)),
        ),
      ]
      for (const off of offs) {
        expect(Math.abs(off)).toBeLessThan(4)
        if (Math.abs(off) < 1.645) covered += 1
      }
    }
    expect(covered / 300).toBeGreaterThan(0.85)
    expect(covered / 300).toBeLessThan(0.95)
  })
  test('two classes: how easily each leaves, and how many belong to it', () => {
    const rows = answered(simulateAttrition(CLASSES, somePeriods(3_000, 12, 30, 'classes'), rng('classes')))
    const { parameters, standardErrors, logLikelihood: two } = fitted(rows, wide(2, 1), 2)
    for (const part of ['base', 'share', 'leave', 'buy'] as const) {
      parameters[part].forEach((value, j) => {
        expect(Math.abs(value - (CLASSES[part][j] ?? 0)) / (standardErrors[part][j] ?? 0)).toBeLessThan(3)
      })
    }
    expect(two).toBeGreaterThan(fitted(rows, wide(2, 1)).logLikelihood + 20)
  })
})

describe('refuses', () => {
  const good = answered(simulateAttrition(TRUTH, somePeriods(80, 3, 8, 'good'), rng('good')))
  const prior = wide(2, 1)
  const poke = (column: Float64Array, at: number, value: number) => column.map((was, i) => (i === at ? value : was))
  const leave = (values: Float64Array) => ({ ...good, leave: { values, columnCount: 2 } })
  const firstZero = good.purchases.indexOf(0)
  const none = around(2, Number.POSITIVE_INFINITY)
  test.each([
    ['a covariate that is not a number', leave(poke(good.leave.values, 5, Number.NaN)), prior, 'not-a-number'],
    ['an exposure without end', { ...good, exposure: poke(good.exposure, 3, Infinity) }, prior, 'not-a-number'],
    ['an exposure below 0', { ...good, exposure: poke(good.exposure, 3, -1) }, prior, 'impossible-row'],
    ['half a purchase', { ...good, purchases: poke(good.purchases, 3, 0.5) }, prior, 'impossible-row'],
    [
      'a purchase without an occasion',
      { ...good, purchases: good.purchases.map(() => 1), exposure: poke(good.exposure, firstZero, 0) },
      prior,
      'impossible-row',
    ],
    [
      'a customer without a period',
      { ...good, firstRow: good.firstRow.map((r, i) => (i === 1 ? 0 : r)) },
      prior,
      'impossible-row',
    ],
    ['covariates that are too few', leave(good.leave.values.slice(2)), prior, 'lengths-differ'],
    ['first rows that end early', { ...good, firstRow: good.firstRow.slice(0, 50) }, prior, 'lengths-differ'],
    ['no purchase at all', { ...good, purchases: new Float64Array(good.purchases.length) }, prior, 'all-zero'],
    ['nine customers', answered(simulateAttrition(TRUTH, somePeriods(9, 3, 8, 'nine'), rng(9))), prior, 'too-few'],
    ['a prior without spread', good, { ...prior, leave: around(2, 0) }, 'impossible-parameter'],
    ['a prior for other covariates', good, wide(3, 1), 'lengths-differ'],
    [
      'zeros without a prior',
      leave(good.leave.values.map((v, k) => (k % 2 ? v : 0))),
      { ...prior, leave: none },
      'not-identified',
    ],
    [
      'twice the same without a prior',
      leave(good.leave.values.map((_, k, all) => all[k - (k % 2)] ?? 0)),
      { ...prior, leave: none },
      'not-identified',
    ],
  ])('%s', (_, rows, belief, because) => {
    expect(fitLatentAttrition(rows, belief)).toMatchObject({ kind: 'refused', because })
  })
  test('customers who are all alike: how rates differ cannot be learned', () => {
    const purchases = Float64Array.from({ length: 50 * 6 }, () => 2)
    const alike = fitLatentAttrition({ ...plainPeriods(50, 6, 1), purchases }, wide(0, 0))
    expect(alike).toMatchObject({ kind: 'refused', because: 'not-identified' })
  })
  test('more classes than there are', () => {
    expect(fitLatentAttrition(good, prior, 2)).toMatchObject({ kind: 'refused', because: 'not-identified' })
  })
  test('a sign after which nobody ever bought again, unless a prior holds its effect', () => {
    const sign = new Float64Array(good.purchases.length)
    for (let i = 0; i + 1 < good.firstRow.length; i++) {
      const [from = 0, to = 0] = good.firstRow.subarray(i, i + 2)
      let last = from
      for (let row = from; row < to; row++) if ((good.purchases[row] ?? 0) > 0) last = row
      if (last < to - 1) sign[last] = 1
    }
    const rows = { ...good, leave: { values: sign, columnCount: 1 } }
    const free = { ...wide(1, 1), leave: around(1, Number.POSITIVE_INFINITY) }
    expect(fitLatentAttrition(rows, free)).toMatchObject({ kind: 'refused', because: 'not-identified' })
    expect(fitLatentAttrition(rows, wide(1, 1)).kind).toBe('fitted')
  })
})
