import { describe, expect, test } from 'vitest'
import { type Rng, rng } from '../../stats/rng.ts'
import { customerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { calendarMonthOf, DAY_MS, type Instant, instant, MONTH_MS, rfc3339 } from '../time/instant.ts'
import { liability } from './liability.ts'
import { forecastRedemption } from './redemption-forecast.ts'
import { columns, fitRedemption, offsetOf, redemptionAlone } from './redemption-model.ts'
import { bandOf, baseHazard } from './redemption-priors.ts'
import { outcomes, stretches } from './redemption-rows.ts'
import { noUsedShares } from './used-shares.ts'
import { type VoucherBook, voucherBook } from './voucher-book.ts'
import type { VoucherLife } from './voucher-life.ts'

const START = instant(Date.UTC(2023, 0, 1))
const ASOF = instant(Date.UTC(2025, 0, 1))

const plain: VoucherLife = {
  issuedAt: START,
  valueMinor: 5_000,
  currency: 'EUR',
  origin: 'paid',
  expiresAt: null,
  singleMerchant: null,
  moves: [],
  remindedAt: [],
  ended: null,
}

describe('stretches', () => {
  test('cover the life without gaps, each in one calendar month and one month of age', () => {
    const found = stretches({ ...plain, expiresAt: instant(START + 300 * DAY_MS) }, START, ASOF)
    expect(found[0]?.from).toBe(START)
    expect(found.at(-1)?.to).toBe(START + 300 * DAY_MS)
    found.forEach((one, k) => {
      if (k > 0) expect(one.from).toBe(found[k - 1]?.to)
      expect(one.exposure).toBeLessThanOrEqual(1)
      expect(bandOf(Math.floor((one.from - START) / MONTH_MS + 1e-9))).toBe(one.band)
    })
    expect(found.filter(({ expiryMonth }) => expiryMonth).reduce((sum, one) => sum + one.exposure, 0)).toBeCloseTo(1, 0)
  })

  test('a reminder cuts a stretch, and counts from then on for a month', () => {
    const reminder = instant(START + 40 * DAY_MS)
    const found = stretches({ ...plain, remindedAt: [reminder] }, START, ASOF)
    expect(found.find(({ reminded }) => reminded)?.from).toBe(reminder)
    expect(found.filter((one) => one.reminded).every((one) => one.from < reminder + MONTH_MS)).toBe(true)
  })

  test('a use in part is an event, and the voucher goes on with the rest', () => {
    const move = { at: instant(START + 35 * DAY_MS), kind: 'redeemed', minor: 2_000 } as const
    const lived = outcomes({ ...plain, moves: [move] }, ASOF)
    const used = lived.filter((one) => one.used)
    expect(used.map(({ usedShare }) => usedShare)).toEqual([0.4])
    expect(lived.at(-1)?.leftMinor).toBe(3_000)
    expect(lived.at(-1)?.stretch.to).toBe(ASOF)
  })
})

describe('published', () => {
  test('the base hazard redeems 55 % by month 6, 74 % by 12, and 90 % by 24', () => {
    let left = 1
    const redeemed = new Map<number, number>()
    for (let age = 0; age < 24; age += 1) {
      left *= 1 - (baseHazard[bandOf(age)] ?? 0)
      redeemed.set(age + 1, Math.round(100 * (1 - left)))
    }
    expect([redeemed.get(6), redeemed.get(12), redeemed.get(24)]).toEqual([55, 74, 90])
  })

  test('two halves of a month are a month', () => {
    const chance = (exposure: number) => 1 / (1 + Math.exp(-offsetOf(0, exposure)))
    expect(chance(1)).toBeCloseTo(0.15, 12)
    expect(1 - (1 - chance(0.5)) ** 2).toBeCloseTo(0.15, 12)
  })

  test('without any voucher the model is its prior, and nothing was learned', () => {
    const model = fitRedemption([])
    if (model.kind === 'refused') throw new Error(model.say)
    const { coefficients, learnedShare } = model.shared.best.fit
    expect(coefficients[columns.covariate + 3]).toBeCloseTo(0.7, 12)
    expect(coefficients[columns.level]).toBe(0)
    expect(Math.max(...learnedShare.map(Math.abs))).toBeLessThan(1e-12)
  })
})

// Simulated vouchers of a year, issued all the time, used by the base hazard shifted by `level`; some in part.
function simulatedBook(seed: string, level: number, partly: number, backtestMonths = 0): VoucherBook {
  const chance = rng(seed)
  const book = voucherBook({ asOf: ASOF, currency: 'EUR', medianMinor: 5_000, backtestMonths })
  for (let k = 0; k < 1_200; k += 1) {
    const issuedAt = instant(START + chance.uniform() * (ASOF - START))
    book.add(customerKey(`c${k}`), simulatedVoucher(k, issuedAt, level, partly, chance))
  }
  return book.finish()
}

function simulatedVoucher(k: number, issuedAt: Instant, level: number, partly: number, chance: Rng): CustomerEvent[] {
  const customer = customerKey(`c${k}`)
  const expiresAt = instant(issuedAt + 12 * MONTH_MS)
  const issued = { voucher: 'v', value: 5_000, currency: 'EUR', expiresAt: rfc3339(expiresAt) }
  const base = { source: 'simulated', customer }
  const events: CustomerEvent[] = [{ ...base, id: '0', at: issuedAt, type: 'voucher.issued', data: issued }]
  let left = 5_000
  for (let age = 0; age < 12 && left > 0; age += 1) {
    const hazard = baseHazard[bandOf(age)] ?? 0
    const predictor = Math.log(hazard / (1 - hazard)) + level + (age === 11 ? 0.7 : 0)
    if (chance.uniform() >= 1 / (1 + Math.exp(-predictor))) continue
    const value = chance.uniform() < partly ? Math.round(left * 0.45) : left
    const at = instant(Math.floor(issuedAt + (age + chance.uniform()) * MONTH_MS))
    left -= value
    const data = { voucher: 'v', value, currency: 'EUR' }
    if (at <= ASOF) events.push({ ...base, id: `${age + 1}`, at, type: 'voucher.redeemed', data })
  }
  return events
}

describe('recovers', () => {
  test('the level of a firm whose vouchers are used less than usual', () => {
    const book = simulatedBook('level', -0.8, 0)
    const model = fitRedemption([...book.risk.values()])
    if (model.kind === 'refused') throw new Error(model.say)
    const { coefficients, standardErrors } = model.shared.best.fit
    // Level, bands and origins share what the firm adds to the published base.
    const shift = (band: number) =>
      (coefficients[columns.level] ?? 0) +
      (coefficients[columns.band + band] ?? 0) +
      (coefficients[columns.origin] ?? 0)
    for (const band of [0, 1, 2, 3]) expect(Math.abs(shift(band) + 0.8)).toBeLessThan(0.25)
    expect(standardErrors[columns.covariate + 5]).toBeLessThan(0.25)
    // Alone the data tell what a last month adds, but not how level and bands share what they add up to.
    const alone = redemptionAlone([...book.risk.values()], model)
    const lastMonth = alone[columns.covariate + 5]
    expect(Math.abs((lastMonth?.mean ?? 0) - 0.7)).toBeLessThan(3 * (lastMonth?.sd ?? 0))
    expect([alone[columns.level], alone[columns.band]]).toEqual([null, null])
    expect(alone).toHaveLength(columns.shared)
  })

  test('the money of months to come, within the bands of a backtest', () => {
    const told = liability(simulatedBook('backtest', -0.3, 0.3, 6), { seed: 7, draws: 300 })
    if (told.kind === 'refused') throw new Error(told.say)
    const all = told.backtest.made
    expect(all.length).toBeGreaterThan(15)
    const inside = all.filter(({ minor }) => {
      const [low, high] = minor?.forecast.band95 ?? [0, 0]
      return minor !== null && low <= minor.actual && minor.actual <= high
    })
    expect(inside.length / all.length).toBeGreaterThan(0.85)
    const month = told.backtest.horizons.find(({ months }) => months === 1)?.minor
    expect(month).toMatchObject({ kind: 'checked', forecasts: 6 })
  })
})

describe('consistent', () => {
  test('the same seed gives the same forecast, and another one nearly so', () => {
    const book = simulatedBook('seed', 0, 0.3)
    const bands = (seed: number) => {
      const told = liability(book, { seed, draws: 500 })
      if (told.kind === 'refused') throw new Error(told.say)
      return told.forecast
    }
    const first = bands(1)
    expect(bands(1)).toEqual(first)
    const other = bands(2).total.redeemedMinor.mean
    expect(Math.abs(other / first.total.redeemedMinor.mean - 1)).toBeLessThan(0.05)
  })

  test('what is used, lapses and stays open is what is open now; cohorts and origins add up to all', () => {
    const told = liability(simulatedBook('adds up', 0, 0.3), { seed: 3, draws: 200 })
    if (told.kind === 'refused') throw new Error(told.say)
    const { total, cohorts, origins } = told.forecast
    const open = told.book.roll.at(-1)?.closingMinor ?? Number.NaN
    expect(total.redeemedMinor.mean + total.expiredMinor.mean + total.stillOpenMinor.mean).toBeCloseTo(open, 3)
    for (const parts of [cohorts, origins]) {
      const sum = [...parts.values()].reduce((minor, one) => minor + one.redeemedMinor.mean, 0)
      expect(sum).toBeCloseTo(total.redeemedMinor.mean, 3)
      expect([...parts.values()].reduce((minor, one) => minor + one.openMinor, 0)).toBe(open)
    }
  })

  test('a forecast of the past knows nothing of later events', () => {
    const book = simulatedBook('past', 0, 0, 1)
    const [cut] = book.past
    if (cut === undefined) throw new Error('a cut was asked for')
    const told = liability(book, { seed: 5, draws: 100 })
    // Everything at risk from the cut on is used at once: a forecast that looked would be far higher.
    const month = calendarMonthOf(cut.at)
    const altered = (from: number) => {
      const risk = [...book.risk].map(
        ([key, cell]) => [key, cell.month >= from ? { ...cell, used: cell.count } : cell] as const,
      )
      return liability({ ...book, risk: new Map(risk) }, { seed: 5, draws: 100 })
    }
    const made = (of: typeof told) =>
      of.kind === 'refused' ? null : of.backtest.made.find(({ madeAt }) => madeAt === cut.at)?.minor?.forecast
    expect(made(told)).toBeDefined()
    expect(made(altered(month))).toEqual(made(told))
    expect(made(altered(month - 1))).not.toEqual(made(told))
  })
})

describe('refuses', () => {
  test('nothing: a firm without vouchers gets an empty forecast from the priors', () => {
    const told = liability(voucherBook({ asOf: ASOF, currency: 'EUR', medianMinor: 0, backtestMonths: 12 }).finish(), {
      seed: 1,
      draws: 50,
    })
    if (told.kind === 'refused') throw new Error(told.say)
    expect(told.forecast.total.redeemedMinor.mean).toBe(0)
    expect(told.backtest.made).toEqual([])
    expect(told.backtest.horizons[0]?.count).toMatchObject({ kind: 'too-few' })
  })

  test('what the regression refuses', () => {
    const cell = {
      batch: 'b',
      month: 0,
      band: 0,
      origin: 'paid',
      exposure: 1,
      x: [Number.NaN],
      count: 1,
      used: 0,
    } as const
    expect(fitRedemption([cell])).toMatchObject({ kind: 'refused', because: 'not-a-number' })
  })
})

test('what is owed to who refuses to be profiled is owed all the same, and teaches nothing', () => {
  const bookOf = (...more: readonly CustomerEvent[]) => {
    const book = voucherBook({ asOf: ASOF, currency: 'EUR', medianMinor: 5_000, backtestMonths: 3 })
    const told = simulatedVoucher(0, instant(ASOF - 5 * MONTH_MS), -9, 0, rng('owed'))
    book.add(customerKey('c0'), [...told, ...more])
    return book.finish()
  }
  const consent = { channel: 'web', purpose: 'profiling', granted: false } as const
  const base = { id: 'no', source: 'simulated', customer: customerKey('c0'), at: ASOF }
  const [before, after] = [bookOf(), bookOf({ ...base, type: 'consent.changed', data: consent })]
  expect([before.risk.size > 0, before.past.every(({ open }) => open.size > 0)]).toEqual([true, true])
  expect([after.risk.size, after.habits.size, after.past.map(({ open }) => open.size)]).toEqual([0, 0, [0, 0, 0]])
  expect([after.roll, after.vouchers]).toEqual([before.roll, before.vouchers])
  expect([...after.now.open.values()]).toMatchObject([{ balanceMinor: 5_000 }])
})

test('without vouchers of value a use is a count, and no money is owed', () => {
  const model = fitRedemption([])
  if (model.kind === 'refused') throw new Error(model.say)
  const { lnAmount, service } = {
    lnAmount: 0,
    service: { badOpen: 0, badRecent: 0, goodRecent: 0, exitAnnounced: 0, doubleDeviation: 0 },
  }
  const told = forecastRedemption({
    at: START,
    model,
    cells: [
      { batch: 'b', cohort: 636, origin: 'earned', first: plain, lnAmount, service, count: 100, balanceMinor: 0 },
    ],
    shares: noUsedShares,
    reminderShare: 0.5,
    draws: 300,
    months: 12,
    soonMonths: 3,
    horizons: [1],
    source: rng(1),
  })
  if (told.kind === 'refused') throw new Error(told.say)
  expect(told.total.redeemedMinor.mean).toBe(0)
  expect(told.total.redeemedCount.mean).toBeGreaterThan(55)
  expect(told.total.redeemedCount.mean).toBeLessThan(85)
  expect(told.months).toHaveLength(3)
})
