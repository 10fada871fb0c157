import { describe, expect, test } from 'vitest'
import { answered } from '../../test/answered.ts'
import { rng } from '../stats/rng.ts'
import { fitLeave } from './fit-leave.ts'
import { incidentCollector } from './incident-ties.ts'
import { instant, MONTH_MS } from './instant.ts'
import { priorModel } from './leave-model.ts'
import { covariateNames, position } from './leave-priors.ts'
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
  months.forEach(({ set = {} }, row) => {
    covariates[row * COLUMNS] = set.intercept ?? 1
    covariateNames.forEach((name) => {
      covariates[row * COLUMNS + 1 + position[name]] = set[name] ?? 0
    })
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
})
