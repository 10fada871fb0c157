import { describe, expect, test } from 'vitest'
import { answered } from '../../../test/answered.ts'
import { rng } from '../../stats/rng.ts'
import type { RiskCell } from './redemption-cells.ts'
import { columns } from './redemption-model.ts'
import { redemptionCovariates } from './redemption-priors.ts'
import { priorRedemption, reportRedemption } from './redemption-report.ts'

const MONTHS = 8
const FIRST = 24_000

const source = rng('hostile stretches')
const plain: readonly RiskCell[] = Array.from({ length: 24 * MONTHS }, (_, k) => {
  const month = FIRST + (k % MONTHS)
  const origin = (['paid', 'earned', 'goodwill'] as const)[k % 3] ?? 'paid'
  const x = redemptionCovariates.map((name) =>
    name === 'v_ln_amount' ? source.normal() : source.uniform() < 0.2 ? 1 : 0,
  )
  const count = 6 + source.int(20)
  const used = Array.from({ length: count }, () => source.uniform()).filter((one) => one < 0.12).length
  return { batch: origin, month, band: k % 6, origin, exposure: 1, x, count, used }
})

const [some] = plain
if (some === undefined) throw new Error('cells were expected')

const fitOf = (cells: readonly RiskCell[]) =>
  reportRedemption(cells, { vouchers: 1_000, lastMonth: FIRST + MONTHS, live: priorRedemption })
/** The cell at a place, changed: that of the last month, which is held out, stands at `MONTHS - 1`. */
const spoilt = (at: number, change: Partial<RiskCell>) =>
  plain.map((cell, i) => (i === at ? { ...cell, ...change } : cell))
const oneCell: RiskCell = { ...some, x: some.x.map(() => 0), exposure: 1, band: 1 }
const endless = (cell: RiskCell | undefined, wrong: number) => (cell?.x ?? []).map((one, k) => (k === 7 ? wrong : one))

describe('stretches that cannot be', () => {
  test.each<[string, Partial<RiskCell>, string]>([
    ['a month that is no number', { month: Number.NaN }, 'not-a-number'],
    ['an endless month', { month: Number.NEGATIVE_INFINITY }, 'not-a-number'],
    ['a length that is no number', { exposure: Number.NaN }, 'not-a-number'],
    ['no length', { exposure: 0 }, 'impossible-row'],
    ['a count that is no number', { count: Number.NaN }, 'not-a-number'],
    ['uses that are no number', { used: Number.NaN }, 'not-a-number'],
    ['more uses than stretches', { count: 3, used: 4 }, 'impossible-row'],
    ['a covariate that is no number', { x: endless(plain[0], Number.NaN) }, 'not-a-number'],
    ['an endless covariate', { x: endless(plain[0], Number.POSITIVE_INFINITY) }, 'not-a-number'],
  ])('%s', (_, change, because) => {
    expect(fitOf(spoilt(0, change))).toMatchObject({ kind: 'refused', because })
  })
  test('none, and none that was used', () => {
    expect(fitOf([])).toMatchObject({ kind: 'refused', because: 'too-few' })
    expect(fitOf(plain.map((cell) => ({ ...cell, used: 0 })))).toMatchObject({ kind: 'refused', because: 'too-few' })
  })
})

describe('a version that could not be tried', () => {
  test('does not go live, and says so', () => {
    expect(fitOf(plain)).toMatchObject({ live: true, reason: 'not-worse' })
    const last = MONTHS - 1
    expect(fitOf(spoilt(last, { x: endless(plain[last], Number.NaN) }))).toMatchObject({
      live: false,
      reason: 'not-comparable',
      report: { calibration: null, calibrationMissing: 'not-comparable', against: null },
    })
  })
  test('goes live where no months could be held out, and says so', () => {
    const recent = plain.map((cell) => ({ ...cell, month: FIRST + MONTHS - 2 }))
    expect(answered(fitOf(recent))).toMatchObject({ live: true, reason: 'nothing-to-compare' })
  })
})

describe('the same stretches told in another way', () => {
  const plainFit = answered(fitOf(plain))
  const near = (found: typeof plainFit, by: number) => {
    plainFit.model.mean.forEach((value, k) => {
      expect(Math.abs((found.model.mean[k] ?? Number.NaN) - value)).toBeLessThan(by)
      expect(Math.abs((found.model.sd[k] ?? Number.NaN) - (plainFit.model.sd[k] ?? 0))).toBeLessThan(by)
    })
  }
  test('in another order: the same model', () => {
    near(answered(fitOf(plain.map((_, i) => plain[(i * 7 + 3) % plain.length] ?? oneCell))), 1e-9)
  })
  test('each cell in two halves: the same model, for a count is a weight', () => {
    const halves = plain.flatMap((cell) => {
      const [count, used] = [Math.floor(cell.count / 2), Math.min(cell.used, Math.floor(cell.count / 2))]
      return [
        { ...cell, count, used },
        { ...cell, count: cell.count - count, used: cell.used - used },
      ]
    })
    near(answered(fitOf(halves)), 1e-8)
  })
  test('an amount moved by a million: with a level that has a prior too, its slope is held to nothing', () => {
    const far = plain.map((cell) => ({ ...cell, x: cell.x.map((one, k) => (k === 7 ? one + 1e6 : one)) }))
    const found = answered(fitOf(far))
    expect(Math.abs(found.model.mean[columns.covariate + 7] ?? 1)).toBeLessThan(1e-5)
    expect(found.report.gradientNorm).toBeLessThan(1e-6)
  })
  test('a covariate of zeros keeps its prior; one that tells all uses has a slope with an end', () => {
    const told = (of: (cell: RiskCell) => number) =>
      plain.flatMap((cell) => {
        const part = (count: number, used: number) => ({
          ...cell,
          count,
          used,
          x: cell.x.map((one, k) => (k === 6 ? of({ ...cell, used }) : one)),
        })
        return [part(cell.used, cell.used), part(cell.count - cell.used, 0)].filter(({ count }) => count > 0)
      })
    const silent = answered(fitOf(told(() => 0))).report.coefficients[columns.covariate + 6]
    expect(silent).toMatchObject({ name: 'v_reminder', rows: 0, learnedShare: expect.closeTo(0, 9), flat: null })
    expect(silent?.posterior.mean).toBeCloseTo(0.3, 9)
    const apart = answered(fitOf(told(({ used }) => (used > 0 ? 1 : 0)))).report.coefficients[columns.covariate + 6]
    expect(apart?.posterior.mean).toBeGreaterThan(1)
    expect(apart?.posterior.mean).toBeLessThan(10)
  })
  test('a hundred thousand alike, and ten, all used', () => {
    for (const count of [100_000, 10]) {
      const found = answered(fitOf([{ ...oneCell, count, used: count }]))
      expect(found.model.mean.every(Number.isFinite)).toBe(true)
      expect(found.model.exits).toBe(count)
    }
    expect(fitOf([{ ...oneCell, count: 9, used: 9 }])).toMatchObject({ because: 'too-few' })
  })
})
