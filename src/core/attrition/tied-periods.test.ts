import { expect, test } from 'vitest'
import { fitLatentAttrition } from '../../stats/attrition/latent-attrition.ts'
import { type Rng, rng } from '../../stats/rng.ts'
import { tiePeriods } from './tied-periods.ts'

const PERIODS = 6
const HIT_FROM = 2

/** How many purchases each period of a customer saw; who was hit leaves sooner afterwards. */
function life(chance: Rng, isHit: boolean): readonly number[] {
  const rate = 2 * chance.exponential()
  let isThere = true
  return Array.from({ length: PERIODS }, (_, period) => {
    const bought = isThere ? chance.poisson(rate) : 0
    if (chance.uniform() < 1 / (1 + Math.exp(isHit && period >= HIT_FROM ? 1.5 : 2.5))) isThere = false
    return bought
  })
}

/** Customers of whom every second one is hit; all by as many incidents in turn. */
function shop(customers: number, incidents: number) {
  const chance = rng('tied periods')
  const isHit = (row: number) => Math.floor(row / PERIODS) % 2 === 0 && row % PERIODS >= HIT_FROM
  const purchases = Array.from({ length: customers }, (_, customer) => life(chance, customer % 2 === 0)).flat()
  const hit = [...purchases.keys()].filter(isHit)
  const rows = {
    firstRow: Uint32Array.from({ length: customers + 1 }, (_, customer) => PERIODS * customer),
    exposure: new Float64Array(purchases.length).fill(1),
    purchases: Float64Array.from(purchases),
    leave: { values: Float64Array.from(purchases, (_, row) => (isHit(row) ? 1 : 0)), columnCount: 1 },
  }
  const lines = {
    names: Array.from({ length: incidents }, (_, k) => `strike ${k}`),
    row: Float64Array.from(hit),
    incident: Float64Array.from(hit, (row) => Math.floor(row / PERIODS / 2) % incidents),
    severity: new Float64Array(hit.length).fill(1),
    endedDays: new Float64Array(hit.length).fill(90),
  }
  return { rows, lines }
}

const prior = { base: { mean: -3, sd: 1 }, leave: { mean: Float64Array.of(0.3), sd: Float64Array.of(0.28) } }

test('each incident has a column behind the others, with what is left of it', () => {
  const { rows, lines } = shop(8, 1)
  const tied = tiePeriods(rows, prior, lines, 90)
  expect(tied.incidents).toBe(1)
  expect(tied.rows.leave.columnCount).toBe(2)
  expect([...tied.rows.leave.values.subarray(0, 14)]).toEqual([0, 0, 0, 0, 1, 0.5, 1, 0.5, 1, 0.5, 1, 0.5, 0, 0])
  expect([...tied.prior.leave.mean]).toEqual([0.3, 0])
  expect([...tied.prior.leave.sd]).toEqual([0.28, 0.5])
})

test('without incidents that hit several the periods stay as they are', () => {
  const { rows, lines } = shop(8, 4)
  expect(tiePeriods(rows, prior, lines, 90)).toEqual({ rows, prior, incidents: 0 })
})

test('no more than twelve incidents have a column', () => {
  const { rows, lines } = shop(120, 30)
  expect(tiePeriods(rows, prior, lines, 90).incidents).toBe(12)
})

test('a strike teaches less of what failures do than as many failures of their own', () => {
  const { rows, lines } = shop(1_000, 1)
  const learned = (of: typeof lines) => {
    const tied = tiePeriods(rows, prior, of, 1e9)
    const fit = fitLatentAttrition(tied.rows, tied.prior)
    if (fit.kind === 'refused') throw new Error(fit.say)
    return fit.learnedShare.leave[0]
  }
  expect(learned(lines)).toBeLessThan(0.35)
  expect(learned({ ...lines, row: new Float64Array(), incident: new Float64Array() })).toBeGreaterThan(0.6)
})
