import { describe, expect, test } from 'vitest'
import { rng } from '../../stats/rng.ts'
import { priorModel } from '../goodwill/leave-model.ts'
import { customerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { foldAll } from '../relationship/relationship.ts'
import { DAY_MS, type Instant, instant, MONTH_MS } from '../time/instant.ts'
import { fitHazard, hazardCells } from './fit-hazard.ts'
import { chanceWithin, type HazardKind, hazardLogOdds, priorHazard } from './hazard-model.ts'
import { retaliationChance, retaliationMonths } from './retaliation.ts'
import { winBackChance, winBackOffers } from './win-back.ts'

const START = Date.UTC(2025, 0, 10)
const at = (days: number): Instant => instant(START + days * DAY_MS)
const customer = customerKey('c')
let count = 0
const event = (days: number, type: string, data: Readonly<Record<string, unknown>> = {}): CustomerEvent => {
  count += 1
  const id = String(count).padStart(6, '0')
  return { id, source: 'test', customer, at: at(days), type, data } as unknown as CustomerEvent
}
const failed = (days: number, more: Readonly<Record<string, unknown>> = {}) =>
  event(days, 'failure.occurred', { failure: 'f', severity: 'major', ...more })

// A row with these covariates, month after month of the episode.
function months(set: Readonly<Record<string, number>>, count: number) {
  const { names } = priorHazard('retaliation')
  return Array.from({ length: count }, (_, month) =>
    names.map((name) => (name === 'r_intercept' ? 1 : name === 'r_month' ? month : (set[name] ?? 0))),
  )
}

describe('published', () => {
  const dd = { r_double_dev: 1 }
  test.each([
    ['ordinary closed failure', {}, 1.0, 3.6],
    ['quiet exit', { r_quiet_exit: 1 }, 0.4, 1.6],
    ['double deviation', dd, 6.3, 21],
    ['double deviation, repaired within 28 days', { ...dd, r_repair: 1 }, 3.6, 12],
    ['double deviation with a money motive', { ...dd, r_greed: 1 }, 11, 35],
    ['double deviation, self-relevance +2 SD', { ...dd, r_selfrel: 2 }, 12, 38],
    ['the same with money motive and obstructed exit', { ...dd, r_selfrel: 2, r_greed: 1, r_obstruct: 1 }, 29, 73],
  ])('%s', (_name, set, first, half) => {
    const model = priorHazard('retaliation')
    const percent = (length: number) => 100 * chanceWithin(model, months(set, length)).value
    const digits = (value: number, printed: number) =>
      Number.isInteger(printed) ? Math.round(value) : Math.round(10 * value) / 10
    expect(digits(percent(1), first)).toBe(first)
    expect(digits(percent(6), half)).toBe(half)
  })

  test('a first offer is accepted by 10 %, 3 to 29 % being plausible at 1.6 sds', () => {
    const model = priorHazard('winback')
    const { value, low, high } = chanceWithin(model, [model.names.map((_, k) => (k === 0 ? 1 : 0))])
    expect(Math.round(100 * value)).toBe(10)
    expect([low > 0.03, high < 0.29]).toEqual([true, true])
  })
})

describe('consistent', () => {
  test('the parts add up to the log-odds of the first month', () => {
    const model = priorHazard('retaliation')
    const [row = []] = months({ r_double_dev: 1, r_severity: 0.5 }, 1)
    const { parts, value, low, high } = chanceWithin(model, [row])
    expect(parts.map(({ covariate }) => covariate)).toEqual(['r_intercept', 'r_double_dev', 'r_severity'])
    expect(parts.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(hazardLogOdds(model, row), 12)
    expect(low < value && value < high).toBe(true)
  })
})

describe('retaliation', () => {
  const chanceAt = (days: number, ...events: readonly CustomerEvent[]) =>
    retaliationChance(foldAll(customer, events), priorHazard('retaliation'), priorModel, at(days))

  test('is told only while a failure is open (trap T27)', () => {
    const closed = [failed(0), event(5, 'failure.closed', { failure: 'f' })]
    expect(chanceAt(3, failed(0))?.value).toBeCloseTo(0.036, 2)
    expect(chanceAt(10, ...closed)).toBeNull()
    expect(chanceAt(10, event(0, 'order.placed', { order: 'o' }))).toBeNull()
  })

  test('rises with a recovery that failed, and falls with apology and compensation within 28 days', () => {
    const again = [
      failed(0),
      event(5, 'failure.fixed', { failure: 'f' }),
      event(8, 'failure.reopened', { failure: 'f' }),
    ]
    const repaired = [
      ...again,
      event(10, 'failure.apologised', { failure: 'f' }),
      event(12, 'failure.compensated', { failure: 'f', value: 1_000 }),
    ]
    const [plain, double, mended] = [chanceAt(20, failed(0)), chanceAt(20, ...again), chanceAt(20, ...repaired)]
    expect(double?.parts.map(({ covariate }) => covariate)).toContain('r_double_dev')
    expect(double?.value).toBeGreaterThan(4 * (plain?.value ?? 1))
    expect(mended?.value).toBeLessThan(double?.value ?? 0)
  })

  test('a documented loss that nobody pays counts as a money motive only when it is due', () => {
    const loss = failed(0, { loss: 5_000 })
    const names = (days: number) => chanceAt(days, loss)?.parts.map(({ covariate }) => covariate) ?? []
    expect(names(3)).not.toContain('r_greed')
    expect(names(20)).toContain('r_greed')
  })

  test('only acts that the customer linked himself are his', () => {
    const happened = (linkedBy: string) =>
      retaliationMonths(
        customer,
        [failed(0), event(10, 'post.published', { negative: true, linkedBy })],
        at(100),
        priorModel,
      ).filter((one) => one.happened).length
    expect([happened('customer'), happened('reference'), happened('firm')]).toEqual([1, 1, 0])
  })

  test('months are told for a year after the newest end, and none before the first failure', () => {
    const rows = retaliationMonths(
      customer,
      [event(0, 'order.placed', { order: 'o' }), failed(50), event(60, 'failure.closed', { failure: 'f' })],
      at(1_000),
      priorModel,
    )
    expect(rows[0]?.fromAt).toBeGreaterThan(at(50))
    expect(rows.at(-1)?.fromAt).toBeLessThan(at(60) + 12 * MONTH_MS)
    // The month in which it was open, and twelve after its end.
    expect(rows.length).toBe(13)
  })

  test('a month that is not over, and an act after it, are not told', () => {
    const rows = retaliationMonths(
      customer,
      [failed(0), event(40, 'dispute.opened', { kind: 'chargeback' })],
      at(45),
      priorModel,
    )
    expect(rows.map(({ happened }) => happened)).toEqual([false])
  })
})

describe('win-back', () => {
  const left = [event(0, 'subscription.started', { subscription: 's' }), event(100, 'exit.ended', { by: 'customer' })]

  test('each exit has one row, of the first offer, and coming back within 90 days counts', () => {
    const offers = (...more: readonly CustomerEvent[]) =>
      winBackOffers(customer, [...left, ...more], at(600)).map(({ happened }) => happened)
    expect(offers(event(110, 'winback.contacted'), event(130, 'winback.contacted'))).toEqual([false])
    expect(offers(event(110, 'winback.contacted'), event(150, 'winback.accepted'))).toEqual([true])
    expect(offers(event(110, 'winback.contacted'), event(250, 'winback.accepted'))).toEqual([false])
    expect(offers()).toEqual([])
  })

  test('nobody who stayed, or was put out, has a chance to be won back', () => {
    const model = priorHazard('winback')
    const chance = (...events: readonly CustomerEvent[]) => winBackChance(foldAll(customer, events), model)
    expect(chance(...left)?.value).toBeCloseTo(0.1, 2)
    expect(chance(left[0] ?? failed(0))).toBeNull()
    expect(chance(left[0] ?? failed(0), event(100, 'exit.ended', { by: 'firm' }))).toBeNull()
  })

  test('what the firm did before the exit is what counts', () => {
    const model = priorHazard('winback')
    const [start = failed(0), end = failed(0)] = left
    const let_down = [
      start,
      failed(80),
      event(85, 'failure.fixed', { failure: 'f' }),
      event(90, 'failure.reopened', { failure: 'f' }),
      end,
    ]
    const parts = winBackChance(foldAll(customer, let_down), model)?.parts.map(({ covariate }) => covariate)
    expect(parts).toEqual(['w_intercept', 'w_left_over_service', 'w_complaints', 'w_double_dev_60d'])
  })
})

// Simulated periods with known coefficients; covariates 0 or 1.
function simulated(kind: HazardKind, truth: Readonly<Record<string, number>>, rows: number, seed: string) {
  const chance = rng(seed)
  const model = priorHazard(kind)
  const mean = model.names.map((name, k) => truth[name] ?? model.mean[k] ?? 0)
  const until = at(0)
  const cells = hazardCells(until)
  for (let k = 0; k < rows; k += 1) {
    const x = model.names.map((_, j) => (j === 0 || chance.uniform() < 0.3 ? 1 : 0))
    const odds = hazardLogOdds({ ...model, mean }, x)
    const fromAt = instant(until - (1 + chance.uniform() * 30) * MONTH_MS)
    cells.add([{ x, fromAt, happened: chance.uniform() < 1 / (1 + Math.exp(-odds)) }])
  }
  return cells.finish()
}

describe('recovers', () => {
  test.each([
    ['retaliation', { r_intercept: -2.5, r_double_dev: 1, r_greed: 1.2 }],
    ['winback', { w_intercept: -1, w_double_dev_60d: 0.3 }],
  ] as const)('%s: true coefficients lie within 3 posterior sds, and a better version goes live', (kind, truth) => {
    const fit = fitHazard(kind, simulated(kind, truth, 20_000, kind), priorHazard(kind))
    if (fit.kind === 'refused') throw new Error(fit.say)
    for (const [name, value] of Object.entries(truth)) {
      const { posterior, learnedShare } = fit.report.coefficients.find((one) => one.name === name) ?? {}
      if (posterior === undefined) throw new Error(`${name} has no posterior`)
      expect([name, Math.abs(posterior.mean - value) < 3 * posterior.sd]).toEqual([name, true])
      expect(learnedShare).toBeGreaterThan(0.5)
    }
    expect(fit).toMatchObject({ live: true, reason: 'not-worse' })
    expect(fit.report.gradientNorm).toBeLessThan(1e-8)
    expect(fit.report.calibration?.slope).toBeGreaterThan(0.8)
  })

  test('a version that foretells worse than the live one is kept and not live', () => {
    const cells = simulated('winback', { w_intercept: -1 }, 3_000, 'drift')
    const [old, recent] = [cells.cells.filter(({ age }) => age >= 8), cells.cells.filter(({ age }) => age < 8)]
    // In the months held out nearly nobody comes back, as the live version foretells.
    const few = recent.map((cell, k) => ({ ...cell, events: k % 12 === 0 ? Math.min(1, cell.count) : 0 }))
    const prior = priorHazard('winback')
    const live = { ...prior, version: 3, mean: prior.mean.map((mean, k) => (k === 0 ? -3.6 : mean)) }
    const fit = fitHazard('winback', { customers: 9, cells: [...old, ...few] }, live)
    expect(fit).toMatchObject({ kind: 'fitted', live: false, reason: 'worse-log-loss' })
  })
})

describe('refuses', () => {
  test('to learn from fewer than ten events', () => {
    const cells = hazardCells(at(0))
    cells.add([{ x: priorHazard('winback').mean.map(() => 1), fromAt: at(-100), happened: true }])
    expect(fitHazard('winback', cells.finish(), priorHazard('winback'))).toMatchObject({
      kind: 'refused',
      because: 'too-few',
    })
  })

  test('numbers that are none', () => {
    const cells = simulated('winback', { w_intercept: 0 }, 200, 'nan')
    const broken = cells.cells.map((cell) => ({ ...cell, x: cell.x.map(() => Number.NaN) }))
    expect(fitHazard('winback', { ...cells, cells: broken }, priorHazard('winback'))).toMatchObject({
      kind: 'refused',
      because: 'not-a-number',
    })
  })
})
