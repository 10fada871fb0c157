import { describe, expect, test } from 'vitest'
import { answered } from '../../../test/answered.ts'
import { rng } from '../../stats/rng.ts'
import { priorModel } from '../goodwill/leave-model.ts'
import { covariateNames, position } from '../goodwill/leave-priors.ts'
import { instant, MONTH_MS } from '../time/instant.ts'
import { fitLeave } from './fit-leave.ts'
import { incidentCollector } from './incident-ties.ts'
import { COLUMNS, type MonthCounts, type MonthTable } from './month-table.ts'

const until = instant(Date.UTC(2026, 0, 1))
const ROWS = 1_000
const MONTHS = 20
const HELD = 11

/** One month at risk; what is not told is 0, and the intercept 1. */
type Month = Readonly<{
  set?: Readonly<Record<string, number>>
  left: boolean
  age: number
  from?: number
  weight?: number
  live?: number
}>

const source = rng('hostile months')
const NAMED = ['tenure_ln', 'fail_major', 'sat_z'] as const
const plain: readonly Month[] = Array.from({ length: ROWS }, (_, i) => {
  const [tenure, failures, satisfaction] = [source.normal(), source.uniform() < 0.2 ? 1 : 0, source.normal()]
  const chance = 1 / (1 + Math.exp(1.7 + 0.4 * tenure - 0.8 * failures + 0.2 * satisfaction))
  const set = { tenure_ln: tenure, fail_major: failures, sat_z: satisfaction }
  return { set, left: source.uniform() < chance, age: i % MONTHS }
})

function tableOf(months: readonly Month[]): MonthTable {
  const covariates = new Float64Array(months.length * COLUMNS)
  // Those that are alike are told once.
  const rows = new Map<Month['set'], Float64Array>()
  months.forEach(({ set }, row) => {
    const known =
      rows.get(set) ?? Float64Array.of(set?.intercept ?? 1, ...covariateNames.map((name) => set?.[name] ?? 0))
    rows.set(set, known)
    covariates.set(known, row * COLUMNS)
  })
  return {
    rows: months.length,
    covariates,
    fadingRows: new Uint32Array(),
    fading: new Map(),
    outcome: Uint8Array.from(months, ({ left }) => (left ? 1 : 0)),
    fromAt: Float64Array.from(months, ({ age, from }) => from ?? until - (age + 1) * MONTH_MS),
    liveLogOdds: Float64Array.from(months, ({ live }) => live ?? -2),
    weight: Float64Array.from(months, ({ weight }) => weight ?? 1),
    shares: { left: 1, stayed: 1, rows: months.length },
    firstRow: Uint32Array.from({ length: months.length + 1 }, (_, i) => i),
    incidents: incidentCollector().lines(),
  }
}

function countsOf(months: readonly Month[]): MonthCounts {
  const length = Math.max(0, ...months.map(({ age }) => age + 1))
  const counted = (of: readonly Month[]) =>
    Array.from({ length }, (_, age) => of.filter((month) => month.age === age).length)
  return { customers: months.length, months: counted(months), exits: counted(months.filter(({ left }) => left)) }
}

const fitOf = (months: readonly Month[]) =>
  fitLeave(tableOf(months), countsOf(months), { model: priorModel, live: priorModel, until })
const fitted = (months: readonly Month[]) => answered(fitOf(months))

/** The month at a place, changed. */
const spoilt = (at: number, change: Partial<Month>): readonly Month[] =>
  plain.map((month, i) => (i === at ? { ...month, ...change } : month))
const withColumn = (name: string, value: (was: number) => number): readonly Month[] =>
  plain.map((month) => ({ ...month, set: { ...month.set, [name]: value(month.set?.[name as 'sat_z'] ?? 0) } }))

const once = fitted(plain)
const mean = (fit: typeof once, name: (typeof NAMED)[number]) => fit.model.mean[position[name]] ?? Number.NaN
const sd = (fit: typeof once, name: (typeof NAMED)[number]) => fit.model.sd[position[name]] ?? Number.NaN

describe('a version that could not be tried does not go live', () => {
  test('and says so', () => {
    expect([once.live, once.reason]).toEqual([true, 'not-worse'])
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(fitOf(spoilt(0, { weight: wrong }))).toMatchObject({
        live: false,
        reason: 'not-comparable',
        report: { calibration: null, calibrationMissing: 'not-comparable', against: null },
      })
      const other = fitted(spoilt(0, { live: wrong, left: false }))
      expect(other).toMatchObject({ live: false, reason: 'not-comparable', report: { against: null } })
      expect(other.report.calibration?.logLoss).toBeGreaterThan(0)
    }
  })
  test('one for which no months could be held out goes live, and says so', () => {
    const recent = plain.map((month) => ({ ...month, age: month.age % 5 }))
    expect(fitOf(recent)).toMatchObject({
      live: true,
      reason: 'nothing-to-compare',
      report: { calibrationMissing: 'history-too-short' },
    })
  })
})

describe('a month at risk that cannot be', () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%d is refused', (wrong) => {
    for (const change of [{ set: { sat_z: wrong } }, { set: { intercept: wrong } }, { from: wrong }]) {
      // The first is held out, the other learned from.
      for (const at of [0, HELD]) {
        expect(fitOf(spoilt(at, change))).toMatchObject({ kind: 'refused', because: 'not-a-number' })
      }
    }
  })
})

describe('the same months told in another way', () => {
  test.each([1e6, -1e6, 1e9])('a column moved by %d: the same slopes, though they have priors', (by) => {
    const moved = fitted(withColumn('sat_z', (was) => was + by))
    for (const name of NAMED) {
      expect(mean(moved, name)).toBeCloseTo(mean(once, name), 6)
      expect(sd(moved, name)).toBeCloseTo(sd(once, name), 6)
    }
    expect([moved.live, moved.reason]).toEqual([true, 'not-worse'])
  })
  test('a column times 1,000: its prior says next to nothing then, and the slope is what the data say alone', () => {
    const found = fitted(withColumn('sat_z', (was) => 1_000 * was))
    const alone = once.report.coefficients.find(({ name }) => name === 'sat_z')?.flat
    expect(1_000 * mean(found, 'sat_z')).toBeCloseTo(alone?.mean ?? Number.NaN, 1)
    expect(1_000 * sd(found, 'sat_z')).toBeCloseTo(alone?.sd ?? Number.NaN, 1)
  })
  test('in another order the same model, trial and report', () => {
    const moved = fitted(plain.map((_, i) => plain[(i * 7 + 3) % ROWS] ?? { left: false, age: 0 }))
    once.model.mean.forEach((value, k) => {
      expect(Math.abs((moved.model.mean[k] ?? Number.NaN) - value)).toBeLessThan(1e-9)
      expect(Math.abs((moved.model.sd[k] ?? Number.NaN) - (once.model.sd[k] ?? 0))).toBeLessThan(1e-9)
    })
    expect(Math.abs((moved.report.against?.difference ?? 9) - (once.report.against?.difference ?? 0))).toBeLessThan(
      1e-9,
    )
    expect(moved.report.logLikelihood / once.report.logLikelihood).toBeCloseTo(1, 12)
  })
  test('written twice: what the data say alone stays, with errors by root 2', () => {
    const twice = fitted([...plain, ...plain])
    once.report.coefficients.forEach(({ flat, rows }, k) => {
      const again = twice.report.coefficients[k]?.flat
      if (flat === null || flat === undefined || rows === 0) return
      expect(again?.mean).toBeCloseTo(flat.mean, 3)
      expect(flat.sd / (again?.sd ?? Number.NaN)).toBeCloseTo(Math.SQRT2, 3)
    })
  })
})

describe('columns that say nothing, and rows that say too much', () => {
  test('of zeros, or of one value beside the level: the prior comes back, and nothing else moves', () => {
    for (const value of [0, 3, 1e6]) {
      const found = fitted(withColumn('miss_fix', () => value))
      const [was, own] = [once, found].map(({ report }) => report.coefficients.find(({ name }) => name === 'miss_fix'))
      expect(own?.posterior.mean).toBeCloseTo(was?.prior?.mean ?? Number.NaN, 9)
      expect(own?.posterior.sd).toBeCloseTo(was?.prior?.sd ?? Number.NaN, 9)
      expect([own?.learnedShare, own?.flat ?? null]).toEqual([expect.closeTo(0, 9), null])
      for (const name of NAMED) expect(mean(found, name)).toBeCloseTo(mean(once, name), 7)
    }
  })
  test('whoever leaves has the flag, and nobody else: a slope with an end, for it has a prior', () => {
    const found = fitted(plain.map((month) => ({ ...month, set: { ...month.set, disrespect: month.left ? 1 : 0 } })))
    const slope = found.report.coefficients.find(({ name }) => name === 'disrespect')
    expect(slope?.posterior.mean).toBeGreaterThan(1)
    expect(slope?.posterior.mean).toBeLessThan(10)
    expect(slope?.flat ?? null).toBeNull()
    expect(found.report.gradientNorm).toBeLessThan(1e-6)
  })
  test('a hundred thousand months alike, ten customers, and none are refused in so many words', () => {
    const alike = (count: number, left: boolean): readonly Month[] => new Array<Month>(count).fill({ left, age: 3 })
    expect(fitOf(alike(100_000, true))).toMatchObject({ kind: 'refused', because: 'all-zero' })
    expect(fitOf(alike(100_000, false))).toMatchObject({ kind: 'refused', because: 'too-few' })
    expect(fitOf(plain.slice(0, 10))).toMatchObject({ kind: 'refused', because: 'too-few' })
    expect(fitOf([])).toMatchObject({ kind: 'refused', because: 'too-few' })
  })
  test('a hundred thousand months alike of which one in a thousand end: the level is that share, and every prior comes back', () => {
    const found = fitted(Array.from({ length: 100_000 }, (_, i) => ({ left: i % 1_000 === 0, age: 3 })))
    expect(found.model.intercept.mean).toBeCloseTo(-Math.log(999), 6)
    expect(Math.max(...found.report.coefficients.slice(1).map(({ learnedShare }) => learnedShare))).toBeLessThan(1e-9)
  })
})
