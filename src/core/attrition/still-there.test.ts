import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyHistory, day, event } from '../../../test/arbitrary-history.ts'
import { scoreAttrition } from '../../stats/attrition/score-attrition.ts'
import { rng } from '../../stats/rng.ts'
import { covariates } from '../goodwill/covariates.ts'
import { expectedMargin } from '../goodwill/forecast.ts'
import { type LeaveModel, priorModel } from '../goodwill/leave-model.ts'
import { customerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { foldAll } from '../relationship/relationship.ts'
import { DAY_MS, type Instant, instant, MONTH_MS, rfc3339 } from '../time/instant.ts'
import { periodCollector } from './period-collector.ts'
import { tellShopPeriods } from './shop-life.ts'
import { stillThere, stillThereTeller } from './still-there.ts'
import { waitCollector } from './wait-collector.ts'

const customer = customerKey('c')
const buying = { r: 1.4, alpha: 2.7, season: [0, 0], meanSeason: 1 } as const
const model: LeaveModel = { ...priorModel, buying }
const order = (days: number) => event(days, 'order.placed', { order: `o${days}`, value: 2_000 })
const told = (at: Instant, ...events: readonly CustomerEvent[]) => toldBy(model, at, events)
function toldBy(by: LeaveModel, at: Instant, events: readonly CustomerEvent[]) {
  const found = stillThere(foldAll(customer, events), by, at, 'EUR')
  if (found === null) throw new Error('something was expected to be told')
  return found
}

// The same by the whole history and the statistics, at the end of a month.
function fromHistory(at: Instant, events: readonly CustomerEvent[], since?: Instant): number {
  const collector = periodCollector({ leave: priorModel.mean.length })
  const waits = waitCollector(undefined, since)
  const state = tellShopPeriods(customer, events, at, ({ state, fromAt, exposure, orders }) => {
    collector.add(exposure, orders, covariates(state, model, fromAt))
  })
  collector.next()
  const firstAt = events.find(({ type }) => type === 'order.placed')?.at
  if (state === null || firstAt === undefined) throw new Error('an order was expected')
  waits.add(since === undefined ? null : state.facts.startedAt, firstAt)
  const past = { ...collector.rows(), waits: waits.told().waits }
  const { r, alpha } = buying
  const parameters = {
    r,
    alpha,
    base: Float64Array.of(model.intercept.mean),
    share: Float64Array.of(1),
    leave: Float64Array.from(model.mean),
    buy: new Float64Array(),
  }
  const scores = scoreAttrition(parameters, past, past)
  if (scores.kind === 'refused') throw new Error(scores.say)
  return scores.alive[0] ?? Number.NaN
}

describe('consistent', () => {
  test.each([
    ['one order', [order(0)]],
    ['some orders', [order(0), order(10), order(40), order(77)]],
    [
      'a failure in the silence',
      [order(0), order(20), event(95, 'failure.occurred', { failure: 'f', severity: 'major' })],
    ],
  ])('%s: what the whole history says, to the end of a month', (_, events) => {
    for (const months of [4, 5, 11]) {
      const at = instant(day(0) + months * MONTH_MS)
      expect(told(at, ...events).alive).toBeCloseTo(fromHistory(at, events), 9)
    }
  })
  test.each([
    ['long before', -300],
    ['on the day before', 29],
  ])('of a customer who was there before the log begins, %s his first order in it: the same', (_, began) => {
    const events = [order(30), order(70), order(85)]
    const since = day(began + 1)
    const before = event(30, 'customer.profiled', { startedAt: rfc3339(day(began)) })
    // The months of the relationship begin on the day of its start.
    const at = instant(day(began) + 14 * MONTH_MS)
    const whole = fromHistory(at, [before, ...events], since)
    expect(toldBy({ ...model, buying: { ...buying, since } }, at, [before, ...events]).alive).toBeCloseTo(whole, 9)
    expect(told(at, before, ...events).alive).not.toBeCloseTo(whole, 3)
  })
  test('it falls with silence without a jump, and an order brings it back', () => {
    const orders = [order(0), order(30), order(55)]
    const path = Array.from({ length: 400 }, (_, days) => told(day(56 + days), ...orders).alive)
    path.forEach((alive, days) => {
      expect(alive).toBeLessThanOrEqual(path[days - 1] ?? 1)
      expect((path[days - 1] ?? 1) - alive).toBeLessThan(0.03)
    })
    expect(path.at(-1)).toBeLessThan(0.2)
    expect(told(day(456), ...orders, order(455)).alive).toBeGreaterThan(0.95)
  })
  test('for any history: a chance, a rate and an amount that are numbers', () => {
    fc.assert(
      fc.property(anyHistory, fc.nat(4_000), (history, days) => {
        const state = foldAll(customer, history)
        const found = stillThere(state, model, instant((state.lastAt ?? 0) + days * DAY_MS), 'EUR')
        if (found === null) return
        expect(found.alive >= 0 && found.alive <= 1).toBe(true)
        expect(found.ordersMonthly > 0 && Number.isFinite(found.orderMinor)).toBe(true)
      }),
    )
  })
})

// Customers made exactly as the model says, with the true parameters: nothing is left to be off but the formula.
test.each([
  ['a year, all orders known', 12],
  ['three years, of which the state keeps the orders of one', 36],
])('recovers: by tenths of the chance, as many are there as foretold (%s)', (_, months) => {
  const [customers, intercept] = [8_000, -3.2]
  const exact: LeaveModel = {
    ...model,
    intercept: { mean: intercept, sd: 0, from: 'own-data' },
    mean: priorModel.mean.map(() => 0),
  }
  const tell = stillThereTeller(exact)
  const source = rng(`there for ${months}`)
  const tenths = Array.from({ length: 10 }, () => ({ foretold: 0, there: 0, variance: 0 }))
  for (let i = 0; i < customers; i += 1) {
    const rate = source.gamma(buying.r) / buying.alpha
    let stayed = 0
    while (stayed < months && source.uniform() * (1 + Math.exp(intercept)) < 1) stayed += 1
    // Who leaves does so at the end of a month.
    const seen = stayed === months ? months : stayed + 1
    const orders = [order(0)]
    for (let at = source.exponential() / rate; at < seen; at += source.exponential() / rate) {
      orders.push(order((at * MONTH_MS) / DAY_MS))
    }
    const { alive } = tell(foldAll(customer, orders), instant(day(0) + months * MONTH_MS), 'EUR') ?? {
      alive: Number.NaN,
    }
    const tenth = tenths[Math.min(9, Math.floor(10 * alive))]
    if (tenth === undefined) throw new Error('a chance is no number')
    tenth.foretold += alive
    tenth.there += stayed === months ? 1 : 0
    tenth.variance += alive * (1 - alive)
  }
  const offs = tenths.map(({ foretold, there, variance }) => (there - foretold) / Math.sqrt(variance))
  // The sum of ten squares of standard normals passes 29.6 once in a thousand times.
  expect(offs.reduce((sum, off) => sum + off * off, 0)).toBeLessThan(29.6)
})

test('what is expected in a month is chance, rate, amount and share of margin', () => {
  const margins = { marginShare: 0.3, discountMonthly: 0.008, currency: 'EUR' }
  const state = foldAll(customer, [order(0), order(40)])
  const { alive, ordersMonthly, orderMinor } = told(day(200), order(0), order(40))
  expect(orderMinor).toBe(2_000)
  expect(expectedMargin(state, model, margins, day(200))).toBeCloseTo(0.3 * alive * ordersMonthly * orderMinor, 9)
})

test('nothing is told of those whose leaving is declared, or where buying was not learned', () => {
  const declared = foldAll(customer, [order(0), event(5, 'subscription.started', { subscription: 's' })])
  expect(stillThere(declared, model, day(90), 'EUR')).toBeNull()
  expect(stillThere(foldAll(customer, [order(0)]), priorModel, day(90), 'EUR')).toBeNull()
})
