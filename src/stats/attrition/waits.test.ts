import { describe, expect, test } from 'vitest'
import { answered } from '../../../test/answered.ts'
import { CLASSES, expectSlopes, fitted, TRUTH, wide } from '../../../test/some-attrition.ts'
import { NONE, somePeriods } from '../../../test/some-periods.ts'
import { rng } from '../rng.ts'
import type { LatentAttrition } from './attrition-mixture.ts'
import type { AttritionRows, Periods, Waits } from './attrition-rows.ts'
import { fitLatentAttrition } from './latent-attrition.ts'
import { scoreAttrition, simulateAttrition } from './score-attrition.ts'

function logLikelihoods(model: LatentAttrition, rows: AttritionRows): Float64Array {
  const scores = scoreAttrition(model, rows, rows)
  if (scores.kind === 'refused') throw new Error(scores.say)
  return scores.logLikelihood
}

/** Two of three customers waited, for one to three periods; the last of those for no time. */
function someWaits(customers: number): Waits {
  const source = rng('waits')
  const firstRow = [0]
  const exposure: number[] = []
  const buy: number[] = []
  for (let i = 0; i < customers; i++) {
    for (let s = 0; s < (i % 3 === 0 ? 0 : 1 + source.int(3)); s++) {
      exposure.push(i === customers - 1 ? 0 : 0.2 + source.uniform())
      buy.push(s % 2)
    }
    firstRow.push(exposure.length)
  }
  return {
    firstRow: Uint32Array.from(firstRow),
    exposure: Float64Array.from(exposure),
    buy: { values: Float64Array.from(buy), columnCount: 1 },
  }
}

const withWaits = (customers: number, most: number): Periods => ({
  ...somePeriods(customers, 1, most, 'waits'),
  waits: someWaits(customers),
})

/** The wait as a period like others, at the end of which nobody leaves, with one purchase in the next one. */
function asPeriods(rows: AttritionRows, i: number, until: 'first purchase' | 'all'): AttritionRows {
  const { waits } = rows
  const own = { from: rows.firstRow[i] ?? 0, to: rows.firstRow[i + 1] ?? 0 }
  const wait = { from: waits?.firstRow[i] ?? 0, to: waits?.firstRow[i + 1] ?? 0 }
  const exposure = [...(waits?.exposure.subarray(wait.from, wait.to) ?? [])]
  const pace = [...(waits?.buy?.values.subarray(wait.from, wait.to) ?? [])]
  const purchases = exposure.map(() => 0)
  const leave = exposure.flatMap(() => [0, 0, 1])
  // The purchase that he waited for falls into a period of no length.
  exposure.push(1e-300)
  pace.push(0)
  purchases.push(1)
  leave.push(0, 0, 1)
  if (until === 'all') {
    exposure.push(...rows.exposure.subarray(own.from, own.to))
    pace.push(...(rows.buy?.values.subarray(own.from, own.to) ?? []))
    purchases.push(...rows.purchases.subarray(own.from, own.to))
    for (let row = own.from; row < own.to; row++) leave.push(...rows.leave.values.subarray(2 * row, 2 * row + 2), 0)
  }
  return {
    firstRow: Uint32Array.of(0, exposure.length),
    exposure: Float64Array.from(exposure),
    purchases: Float64Array.from(purchases),
    leave: { values: Float64Array.from(leave), columnCount: 3 },
    buy: { values: Float64Array.from(pace), columnCount: 1 },
  }
}

describe('customers who were there before they are seen', () => {
  test.each([TRUTH, CLASSES])('the likelihood is that of all they did, given their first purchase', (model) => {
    const rows = answered(simulateAttrition(model, withWaits(60, 6), rng('given')))
    const never = { ...model, leave: Float64Array.of(...model.leave, -1e6) }
    logLikelihoods(model, rows).forEach((value, i) => {
      if ((rows.waits?.firstRow[i + 1] ?? 0) === (rows.waits?.firstRow[i] ?? 0)) return
      const [all = Number.NaN] = logLikelihoods(never, asPeriods(rows, i, 'all'))
      const [first = Number.NaN] = logLikelihoods(never, asPeriods(rows, i, 'first purchase'))
      expect(Math.abs(value - (all - first)) / Math.abs(value)).toBeLessThan(1e-9)
    })
  })

  test.each([1, 2, 3] as const)('slopes and curvature are those of the log-posterior, with %i classes', (classes) => {
    const rows = answered(simulateAttrition(CLASSES, withWaits(40, 8), rng('slopes')))
    expectSlopes(rows, 8, classes)
  })
})

const MONTHS = 24
const LEAVES = 0.03

/** Customers with rates of their own at the beginning of a log, of whom those are known who ordered in it. */
function seenFromFirstOrder(customers: number, seed: string): AttritionRows & Readonly<{ waits: Waits }> {
  const source = rng(seed)
  const firstRow = [0]
  const waitRow = [0]
  const [exposure, purchases, wait]: [number[], number[], number[]] = [[], [], []]
  while (wait.length < customers) {
    const rate = source.gamma(TRUTH.r) / TRUTH.alpha
    let there = 1
    while (there < MONTHS && source.uniform() > LEAVES) there += 1
    const at: number[] = []
    for (let now = source.exponential() / rate; now < there; now += source.exponential() / rate) at.push(now)
    const [first, ...others] = at
    if (first === undefined) continue
    wait.push(first)
    for (let month = Math.floor(first); month < MONTHS; month += 1) {
      exposure.push(month + 1 - Math.max(month, first))
      purchases.push(others.filter((now) => Math.floor(now) === month).length)
    }
    firstRow.push(exposure.length)
    waitRow.push(wait.length)
  }
  return {
    firstRow: Uint32Array.from(firstRow),
    exposure: Float64Array.from(exposure),
    purchases: Float64Array.from(purchases),
    leave: NONE,
    waits: { firstRow: Uint32Array.from(waitRow), exposure: Float64Array.from(wait) },
  }
}

describe('recovers', () => {
  test('rates and leaving of customers of whom those are known who ordered; not where that is taken for the first', () => {
    const { waits, ...taken } = seenFromFirstOrder(4_000, 'log')
    const { parameters, standardErrors } = fitted({ ...taken, waits }, wide(0, 0))
    const off = (found: number, truth: number, error: number) => Math.abs(found - truth) / error
    expect(off(parameters.r, TRUTH.r, standardErrors.r)).toBeLessThan(3)
    expect(off(parameters.alpha, TRUTH.alpha, standardErrors.alpha)).toBeLessThan(3)
    const base = Math.log(LEAVES / (1 - LEAVES))
    expect(off(parameters.base[0] ?? 0, base, standardErrors.base[0] ?? 0)).toBeLessThan(3)
    const asFirst = fitted(taken, wide(0, 0))
    expect(off(asFirst.parameters.r, TRUTH.r, asFirst.standardErrors.r)).toBeGreaterThan(3)
  })

  test('the unit of the waits is that of the exposures', () => {
    const rows = seenFromFirstOrder(500, 'unit')
    const inDays = (months: Float64Array) => months.map((length) => 30 * length)
    const days = {
      ...rows,
      exposure: inDays(rows.exposure),
      waits: { ...rows.waits, exposure: inDays(rows.waits.exposure) },
    }
    const [one, other] = [fitted(rows, wide(0, 0)), fitted(days, wide(0, 0))]
    expect(other.parameters.r).toBeCloseTo(one.parameters.r, 6)
    expect(other.parameters.alpha / 30).toBeCloseTo(one.parameters.alpha, 6)
  })
})

describe('refuses', () => {
  const rows = seenFromFirstOrder(20, 'refuses')
  test.each<[string, Partial<Waits>]>([
    ['waits of other customers', { firstRow: rows.waits.firstRow.subarray(1) }],
    ['rows that go back', { firstRow: rows.waits.firstRow.map((row, i) => (i === 3 ? 7 : row)) }],
    ['covariates on buying that the periods do not have', { buy: { values: rows.waits.exposure, columnCount: 1 } }],
    ['a wait below 0', { exposure: rows.waits.exposure.map((wait) => -wait) }],
    ['a wait without end', { exposure: rows.waits.exposure.map((wait) => wait / 0) }],
  ])('%s', (_, wrong) => {
    const fit = fitLatentAttrition({ ...rows, waits: { ...rows.waits, ...wrong } }, wide(0, 0))
    expect(fit.kind).toBe('refused')
  })
})
