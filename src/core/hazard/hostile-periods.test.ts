import { expect, test } from 'vitest'
import { type Instant, instant, MONTH_MS } from '../instant.ts'
import { fitHazard, hazardCells } from './fit-hazard.ts'
import { priorHazard } from './hazard-model.ts'

const until = instant(Date.UTC(2026, 0, 1))
const prior = priorHazard('retaliation')

type Told = Readonly<{ set?: Readonly<Record<string, number>>; happened: boolean; from?: number }>

function fitOf(tell: (i: number) => Told, order: (i: number) => number = (i) => i) {
  const cells = hazardCells(until)
  for (let k = 0; k < 600; k += 1) {
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
