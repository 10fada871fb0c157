import { describe, expect, test } from 'vitest'
import { answered } from '../../../test/answered.ts'
import { rng } from '../../stats/rng.ts'
import type { RiskCell } from './redemption-cells.ts'
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

const fitOf = (cells: readonly RiskCell[]) =>
  reportRedemption(cells, { vouchers: 1_000, lastMonth: FIRST + MONTHS, live: priorRedemption })
/** The cell at a place, changed: that of the last month, which is held out, stands at `MONTHS - 1`. */
const spoilt = (at: number, change: Partial<RiskCell>) =>
  plain.map((cell, i) => (i === at ? { ...cell, ...change } : cell))
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
