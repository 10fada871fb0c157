import { describe, expect, test } from 'vitest'
import { answered } from '../../../test/answered.ts'
import { type Instant, instant, MONTH_MS } from '../time/instant.ts'
import { fitHazard, hazardCells } from './fit-hazard.ts'
import { priorHazard } from './hazard-model.ts'

const until = instant(Date.UTC(2026, 0, 1))
const prior = priorHazard('retaliation')

type Told = Readonly<{ set?: Readonly<Record<string, number>>; happened: boolean; from?: number }>

function fitOf(tell: (i: number) => Told, order: (i: number) => number = (i) => i, count = 600) {
  const cells = hazardCells(until)
  for (let k = 0; k < count; k += 1) {
    const i = order(k)
    const { set = {}, happened, from = until - ((i % 12) + 1.5) * MONTH_MS } = tell(i)
    const x = prior.names.map((name) => set[name] ?? (name === 'r_intercept' ? 1 : 0))
    // An instant that is none, as no event of the log can tell it.
    cells.add([{ x, fromAt: from as Instant, happened }])
  }
  return fitHazard('retaliation', cells.finish(), prior)
}

test('what priors make of a perfect separation, of columns of zeros and of events everywhere', () => {
  const place = prior.names.indexOf('r_double_dev')
  const apart = fitOf((i) => ({ set: { r_double_dev: i % 4 === 0 ? 1 : 0 }, happened: i % 4 === 0 }))
  const always = fitOf(() => ({ happened: true }))
  if (apart.kind === 'refused' || always.kind === 'refused') throw new Error('a fit was expected')
  expect(apart.model.mean[place]).toBeGreaterThan(3)
  expect(apart.model.mean[place]).toBeLessThan(10)
  expect(always.report.coefficients[place]).toMatchObject({ learnedShare: 0, rows: 0 })
  expect(always.model.mean[place]).toBeCloseTo(prior.mean[place] ?? 0, 9)
  for (const { report } of [apart, always]) {
    expect(report.gradientNorm).toBeLessThan(1e-8)
    expect(report.iterations).toBeGreaterThan(0)
    expect(report.conditionNumber).toBeGreaterThanOrEqual(1)
  }
})

test('in another order the same model', () => {
  const tell = (i: number): Told => ({ set: { r_severity: (i % 5) / 5 }, happened: (i * 7) % 9 < 2 })
  const [once, moved] = [fitOf(tell), fitOf(tell, (k) => (k * 7 + 3) % 600)]
  if (once.kind === 'refused' || moved.kind === 'refused') throw new Error('a fit was expected')
  once.model.mean.forEach((mean, k) => {
    expect(moved.model.mean[k]).toBeCloseTo(mean, 10)
  })
})

test.each<[string, (i: number) => Told, string]>([
  ['nothing that happened', () => ({ happened: false }), 'too-few'],
  ['no number', (i) => ({ set: { r_greed: i === 5 ? Number.NaN : 0 }, happened: i % 9 === 0 }), 'not-a-number'],
  [
    'an instant that is no number',
    (i) => ({ happened: i % 9 === 0, from: i === 5 ? Number.NaN : until }),
    'not-a-number',
  ],
  ['an endless instant', (i) => ({ happened: i % 9 === 0, from: i === 5 ? -1 / 0 : until }), 'not-a-number'],
  ['rows of zeros', (i) => ({ set: { r_intercept: 0 }, happened: i % 9 === 0 }), 'not-identified'],
  ['an endless number', (i) => ({ set: { r_greed: i === 5 ? 1 / 0 : 0 }, happened: i % 9 === 0 }), 'not-a-number'],
])('%s is refused', (_, tell, because) => {
  expect(fitOf(tell)).toMatchObject({ kind: 'refused', because })
})

test.each([Number.NaN, 1 / 0])('with %d in a held-out period the version is kept and does not go live', (wrong) => {
  const told =
    (at: number) =>
    (i: number): Told => ({
      set: { r_greed: i === at ? wrong : 0 },
      happened: (i * 7) % 9 < 2,
    })
  expect(fitOf(told(-1))).toMatchObject({ live: true, reason: 'not-worse' })
  expect(fitOf(told(12))).toMatchObject({
    live: false,
    reason: 'not-comparable',
    report: { calibration: null, calibrationMissing: 'not-comparable', against: null },
  })
})

test('where the same happened in all held-out periods the version goes live, and says why', () => {
  expect(fitOf((i) => ({ happened: i % 12 < 3 || i % 9 === 0 }))).toMatchObject({
    live: true,
    reason: 'nothing-to-compare',
    report: { calibrationMissing: 'all-alike' },
  })
})

describe('the same periods told in another way', () => {
  const happened = (i: number) => (i * 7) % 9 < 2 + (i % 5 === 4 ? 2 : 0)
  const told = (by: (severity: number) => number) => (i: number) => ({
    set: { r_severity: by((i % 5) / 5) },
    happened: happened(i),
  })
  const place = prior.names.indexOf('r_severity')
  const plain = answered(fitOf(told((severity) => severity)))
  const alone = plain.report.coefficients[place]?.flat
  test('a covariate times 1,000: its prior says next to nothing then, and the slope is what the data say alone', () => {
    const found = answered(fitOf(told((severity) => 1_000 * severity)))
    expect(1_000 * (found.model.mean[place] ?? 0)).toBeCloseTo(alone?.mean ?? Number.NaN, 0)
  })
  test('a covariate moved by a million: with a level that has a prior too, its slope is held to nothing', () => {
    const found = answered(fitOf(told((severity) => severity + 1e6)))
    expect(found.report.gradientNorm).toBeLessThan(1e-8)
    expect(Math.abs(found.model.mean[place] ?? 1)).toBeLessThan(1e-5)
  })
  test('written twice: what the data say alone stays, with an error by root 2', () => {
    const twice = answered(
      fitOf(
        told((severity) => severity),
        (k) => k % 600,
        1_200,
      ),
    )
    const again = twice.report.coefficients[place]?.flat
    expect(again?.mean).toBeCloseTo(alone?.mean ?? Number.NaN, 3)
    expect((alone?.sd ?? 0) / (again?.sd ?? 1)).toBeCloseTo(Math.SQRT2, 3)
    expect(twice.report.exits).toBe(2 * plain.report.exits)
  })
  test('a covariate of one value is not told apart from the level: both stay near their priors, and have an end', () => {
    const found = answered(fitOf((i) => ({ set: { r_trust: 1 }, happened: happened(i) })))
    const slope = found.report.coefficients[prior.names.indexOf('r_trust')]
    expect(slope?.flat ?? null).toBeNull()
    expect(slope?.posterior.sd).toBeLessThan(slope?.prior?.sd ?? 0)
  })
  test('a hundred thousand alike, ten, and none', () => {
    const alike = answered(fitOf((i) => ({ happened: i % 10 === 0 }), undefined, 100_000))
    expect(Math.max(...alike.report.coefficients.slice(1).map(({ learnedShare }) => learnedShare))).toBeLessThan(1e-9)
    expect(fitOf(() => ({ happened: false }), undefined, 100_000)).toMatchObject({ because: 'too-few' })
    expect(answered(fitOf(() => ({ happened: true }), undefined, 10)).report.exits).toBe(10)
    expect(fitOf(() => ({ happened: true }), undefined, 9)).toMatchObject({ because: 'too-few' })
    expect(fitOf(() => ({ happened: true }), undefined, 0)).toMatchObject({ because: 'too-few' })
  })
})

describe('win-back', () => {
  const back = priorHazard('winback')
  function offers(tell: (i: number) => Told) {
    const cells = hazardCells(until)
    for (let i = 0; i < 400; i += 1) {
      const { set = {}, happened } = tell(i)
      const x = back.names.map((name) => set[name] ?? (name === 'w_intercept' ? 1 : 0))
      cells.add([{ x, fromAt: instant(until - ((i % 12) + 1.5) * MONTH_MS), happened }])
    }
    return fitHazard('winback', cells.finish(), back)
  }
  test('perfect separation has an end, and what is never there keeps its prior', () => {
    const { model, report } = answered(
      offers((i) => ({ set: { w_referred: i % 4 === 0 ? 1 : 0 }, happened: i % 4 === 0 })),
    )
    const place = back.names.indexOf('w_referred')
    expect(model.mean[place]).toBeGreaterThan(1)
    expect(model.mean[place]).toBeLessThan(10)
    expect(report.coefficients[place]?.flat ?? null).toBeNull()
    expect(model.mean[place + 1]).toBeCloseTo(back.mean[place + 1] ?? 0, 9)
  })
  test.each<[string, (i: number) => Told, string]>([
    ['no number', (i) => ({ set: { w_complaints: i === 5 ? Number.NaN : 0 }, happened: i % 9 === 0 }), 'not-a-number'],
    ['rows of zeros', (i) => ({ set: { w_intercept: 0 }, happened: i % 9 === 0 }), 'not-identified'],
    ['nobody who came back', () => ({ happened: false }), 'too-few'],
  ])('%s is refused', (_, tell, because) => {
    expect(offers(tell)).toMatchObject({ kind: 'refused', because })
  })
})
