import { describe, expect, test } from 'vitest'
import { answered } from '../../../test/answered.ts'
import { simulateGammaGamma } from '../../stats/purchase/gamma-gamma.ts'
import { rng } from '../../stats/rng.ts'
import { priorModel } from '../goodwill/leave-model.ts'
import { customerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { DAY_MS, type Instant, instant, MONTH_MS, rfc3339 } from '../time/instant.ts'
import { type AttritionModel, fitAttrition, fitValue, lifeCollector, outlook } from './attrition-model.ts'
import { type ShopLife, shopCovariates, shopLife } from './shop-life.ts'

const START = Date.UTC(2024, 0, 10)
const at = (days: number): Instant => instant(START + days * DAY_MS)
const customer = customerKey('c')
const event = (days: number, type: string, data: Readonly<Record<string, unknown>> = {}): CustomerEvent =>
  ({ id: `${type}${days}`, source: 'test', customer, at: at(days), type, data }) as unknown as CustomerEvent
const order = (days: number, value = 2_000) => event(days, 'order.placed', { order: `o${days}`, value })

describe('the life of a shop customer', () => {
  test('counts orders after the first, month by month, and the last month as long as it was', () => {
    const life = shopLife(customer, [order(0), order(10, 3_000), order(70, 5_000)], at(76), priorModel)
    expect(life?.periods.map(({ orders }) => orders)).toEqual([1, 0, 1])
    expect(life?.periods.reduce((sum, { exposure }) => sum + exposure, 0)).toBeCloseTo((76 * DAY_MS) / MONTH_MS, 9)
    expect([life?.paidCount, life?.meanMinor]).toEqual([2, 4_000])
  })

  test('whoever announces leaving has none: the leave model is for him (trap T7)', () => {
    expect(shopLife(customer, [order(0), event(5, 'subscription.started')], at(90), priorModel)).toBeNull()
    expect(shopLife(customer, [event(5, 'contact.opened', { contact: 'x' })], at(90), priorModel)).toBeNull()
  })

  test('service is read when it is known at the beginning of a period, and what is made of purchases is not', () => {
    const failed = event(20, 'failure.occurred', { failure: 'f', severity: 'major' })
    const life = shopLife(customer, [order(0), failed], at(61), priorModel)
    expect(life?.periods[1]?.x[shopCovariates.indexOf('fail_major')]).toBe(1)
    expect(life?.periods[0]?.x[shopCovariates.indexOf('fail_major')]).toBe(0)
    expect(shopCovariates).not.toContain('purchases_ln')
  })
})

// Simulated customers: buy at a rate of their own, leave with a monthly chance of their own covariate.
function simulated(count: number, seed: string): readonly ShopLife[] {
  const chance = rng(seed)
  const failMajor = shopCovariates.indexOf('fail_major')
  const state = shopLife(customer, [order(0)], at(61), priorModel)?.state
  if (state === undefined) throw new Error('a life was expected')
  return Array.from({ length: count }, () => {
    const rate = chance.gamma(1.5) / 1.5
    let there = true
    const periods = Array.from({ length: 18 }, () => {
      const x = new Float64Array(shopCovariates.length)
      x[failMajor] = chance.uniform() < 0.3 ? 1 : 0
      const orders = there ? chance.poisson(rate) : 0
      if (chance.uniform() < 1 / (1 + Math.exp(3 - 1 * (x[failMajor] ?? 0)))) there = false
      return { exposure: 1, orders, x }
    })
    return { periods, paidCount: 3, meanMinor: 2_500, firstAt: at(0), state }
  })
}

function rowsOf(lives: readonly ShopLife[]) {
  const collector = lifeCollector()
  for (const life of lives) collector.add(life)
  return collector.told()
}

const fitted = () => {
  const fit = fitAttrition(rowsOf(simulated(1_500, 'shop')), { people: 1_500, declared: 0 })
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

describe('recovers', () => {
  test('the rate of leaving and what a failure adds to it', () => {
    const { report } = fitted()
    const of = (name: string) => report.coefficients.find((one) => one.name === name)?.posterior
    const [intercept, fail] = [of('intercept'), of('fail_major')]
    expect(Math.abs((intercept?.mean ?? 0) + 3)).toBeLessThan(3 * (intercept?.sd ?? 0))
    expect(fail?.mean).toBeGreaterThan(0.3)
    expect(report).toMatchObject({ calibration: null, calibrationMissing: 'not-a-chance' })
    expect(report.chosen).toEqual({ peopleInAll: 1_500, peopleWhoDeclareExits: 0 })
  })

  test('what the data say alone of a failure, of what never happens nothing, and of rates nothing else', () => {
    const { coefficients } = fitted().report
    const of = (name: string) => coefficients.find((one) => one.name === name)
    const [fail, rate] = [of('fail_major'), of('r')]
    expect(Math.abs((fail?.flat?.mean ?? 0) - 1)).toBeLessThan(3 * (fail?.flat?.sd ?? 0))
    expect(fail?.flat?.sd).toBeGreaterThan(fail?.posterior.sd ?? Number.NaN)
    expect([of('fail_minor')?.flat, rate?.flat]).toEqual([null, undefined])
  })

  test('the spend of simulated customers', () => {
    const chance = rng('spend')
    const repeatCount = Float64Array.from({ length: 4_000 }, () => chance.poisson(2))
    const { meanSpend } = answered(simulateGammaGamma({ p: 6, q: 4, v: 1_500 }, repeatCount, chance))
    const fit = fitValue(Array.from(repeatCount, (count, k) => ({ count, meanMinor: meanSpend[k] ?? 0 })))
    if (fit.kind === 'refused') throw new Error(fit.say)
    for (const [name, truth] of [
      ['p', 6],
      ['q', 4],
      ['v', 1_500],
    ] as const) {
      const sd = fit.report.coefficients.find((one) => one.name === name)?.posterior.sd ?? 0
      expect([name, Math.abs(fit.model[name] - truth) < 3 * sd]).toEqual([name, true])
    }
  })
})

describe('the outlook', () => {
  const model: AttritionModel = {
    version: 1,
    r: 1.5,
    alpha: 1.5,
    base: [-3],
    share: [1],
    leave: shopCovariates.map(() => 0),
  }
  const of = {
    attrition: model,
    value: { version: 1, p: 6, q: 4, v: 1_500 },
    leave: priorModel,
    marginShare: 0.3,
    discountMonthly: 0.008,
  }
  const seen = (orders: readonly number[], discountMonthly = 0.008) => {
    const life = shopLife(
      customer,
      orders.map((days) => order(days)),
      at(365),
      priorModel,
    )
    const found = life === null ? undefined : outlook(life, at(365), { ...of, discountMonthly })
    if (found === undefined || 'kind' in found) throw new Error('an outlook was expected')
    return found
  }

  test('a year of silence after many orders is a sign of having left', () => {
    const busy = Array.from({ length: 12 }, (_, k) => k * 30)
    const gone = Array.from({ length: 12 }, (_, k) => k * 10)
    expect(seen(busy).alive).toBeGreaterThan(0.75)
    expect(seen(gone).alive).toBeLessThan(0.2)
    expect(seen(busy).orders).toBeGreaterThan(5 * seen(gone).orders)
  })

  test('without discount the value is margin of the orders expected, and less with one', () => {
    const plain = seen([0, 100, 300], 0)
    expect(plain.valueMinor).toBeCloseTo(0.3 * plain.orders * plain.orderMinor, 6)
    expect(seen([0, 100, 300]).valueMinor).toBeLessThan(plain.valueMinor)
  })

  test('who was a customer before the log begins has a wait and an order more to tell by', () => {
    const began = event(100, 'customer.profiled', { startedAt: rfc3339(at(-200)) })
    const life = shopLife(customer, [began, order(100), order(130)], at(365), priorModel)
    const alive = (attrition: AttritionModel) => {
      const found = life === null ? undefined : outlook(life, at(365), { ...of, attrition })
      if (found === undefined || 'kind' in found) throw new Error('an outlook was expected')
      return found.alive
    }
    const [unknown, soon, late] = [model, { ...model, since: at(99) }, { ...model, since: at(-150) }].map(alive)
    // An order more makes his silence longer for him, and a long wait for it makes it usual.
    expect(soon).toBeLessThan(unknown ?? 0)
    expect(late).toBeGreaterThan(soon ?? 1)
    expect(alive({ ...model, since: at(-300) })).toBe(unknown)
  })

  test('the mean order to expect lies between his own and that of all', () => {
    const { orderMinor } = seen([0, 100, 300])
    const all = (6 * 1_500) / 3
    expect(orderMinor).toBeGreaterThan(2_000)
    expect(orderMinor).toBeLessThan(all)
  })
})

describe('refuses', () => {
  test('a firm whose customers announce their leaving', () => {
    expect(fitAttrition(rowsOf([]), { people: 500, declared: 480 })).toMatchObject({
      kind: 'refused',
      because: 'too-few',
      say: expect.stringContaining('leave model'),
    })
  })

  test('spend of nobody who bought again', () => {
    expect(fitValue([{ count: 0, meanMinor: 0 }])).toMatchObject({ kind: 'refused', because: 'too-few' })
  })
})
