import { describe, expect, test } from 'vitest'
import { parseEvent } from '../../contract/ingest.ts'
import { rng } from '../../stats/rng.ts'
import { priorModel } from '../goodwill/leave-model.ts'
import { position } from '../goodwill/leave-priors.ts'
import { customerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { simulatedFirm } from '../simulated-firm/simulated-firm.ts'
import { instantOf, MONTH_MS } from '../time/instant.ts'
import { fitLeave, tooFew } from './fit-leave.ts'
import {
  COLUMNS,
  type MonthCounts,
  type MonthTable,
  monthCollector,
  monthCounter,
  type Shares,
  sharesFor,
} from './month-table.ts'
import { tellMonths } from './person-months.ts'

const endAt = instantOf('2026-06-01T00:00:00Z')

/** A simulated firm as events and months at risk, with its truth. Slopes lie where the priors say that they may. */
function firmOf(seed: number, customers: number, months = 24, outages = 0) {
  const { truth, customer } = simulatedFirm({
    customers,
    months,
    seed,
    kind: 'contract',
    endAt,
    slopeSpread: 1,
    frailtySd: 0,
    outages,
  })
  const histories = Array.from({ length: customers }, (_, index) => {
    const one = customer(index)
    const events = one.events.map((wire): CustomerEvent => {
      const read = parseEvent(wire, { now: endAt, source: 'nobody', strict: true })
      if (read.kind === 'refused') throw new Error(read.detail)
      return read.event
    })
    return { customer: customerKey(one.truth.customer), events }
  })
  const { centres, norms, reserve, products } = truth.leave
  return { truth, histories, model: { ...priorModel, centres, norms, reserve, products } }
}

type Firm = ReturnType<typeof firmOf>

function fitted({ histories, model }: Firm, rowsMax?: number) {
  const counter = monthCounter(endAt)
  for (const { customer, events } of histories) {
    counter.addCustomer()
    tellMonths(customer, events, endAt, counter.addMonth)
  }
  const counts = counter.counts()
  const shares: Shares = sharesFor(counts, rowsMax)
  const collector = monthCollector(model, priorModel, shares)
  for (const { customer, events } of histories) {
    tellMonths(customer, events, endAt, (month) => collector.add(customer, month))
  }
  const fit = fitLeave(collector.table(), counts, { model, live: priorModel, until: endAt })
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

/** Months at risk of as many customers, every second of whom was hit: all by one incident, or each by one of his own. */
function struck(customers: number, incidents: number): Readonly<{ table: MonthTable; counts: MonthCounts }> {
  const chance = rng('struck')
  const lines = Array.from({ length: customers / 2 }, (_, k) => 2 * k)
  const covariates = new Float64Array(customers * COLUMNS)
  for (let row = 0; row < customers; row += 1) {
    covariates[row * COLUMNS] = 1
    if (row % 2 === 0) covariates[row * COLUMNS + 1 + position.fail_major] = 1
  }
  const outcome = Uint8Array.from({ length: customers }, (_, row) =>
    chance.uniform() < (row % 2 === 0 ? 0.2 : 0.1) ? 1 : 0,
  )
  const monthOf = (row: number) => row % 24
  const count = (of: (row: number) => number) =>
    Array.from({ length: 24 }, (_, month) =>
      [...outcome.keys()].reduce((sum, row) => sum + (monthOf(row) === month ? of(row) : 0), 0),
    )
  const ones = new Float64Array(customers).fill(1)
  const table = {
    rows: customers,
    covariates,
    fadingRows: new Uint32Array(),
    fading: new Map(),
    outcome,
    fromAt: Float64Array.from({ length: customers }, (_, row) => endAt - (monthOf(row) + 1) * MONTH_MS),
    liveLogOdds: new Float64Array(customers).fill(-2),
    weight: ones,
    shares: { left: 1, stayed: 1, rows: customers },
    firstRow: Uint32Array.from({ length: customers + 1 }, (_, row) => row),
    incidents: {
      names: Array.from({ length: incidents }, (_, k) => `outage ${k}`),
      row: Float64Array.from(lines),
      incident: Float64Array.from(lines, (_, k) => k % incidents),
      severity: new Float64Array(lines.length).fill(1),
      endedDays: new Float64Array(lines.length),
    },
  }
  return { table, counts: { customers, months: count(() => 1), exits: count((row) => outcome[row] ?? 0) } }
}

const firms = Array.from({ length: 6 }, (_, index) => firmOf(index + 1, 600, 18))
const fits = firms.map((firm) => fitted(firm))
const large = firmOf(101, 1_500)
const whole = fitted(large)

describe('the leave model learned from simulated firms', () => {
  test('covers the truth with its 90 % intervals as often as it says, and is not biased', () => {
    // The whole count, over 50 firms, is in docs/models/leave.md; this is its quick sister.
    const gaps = firms.flatMap(({ truth }, index) =>
      (fits[index]?.report.coefficients ?? []).flatMap(({ name, posterior, rows }) => {
        const value = name === 'intercept' ? truth.leave.intercept.mean : truth.slopes[name]
        return rows === 0 || value === undefined ? [] : [(posterior.mean - value) / posterior.sd]
      }),
    )
    expect(gaps.length).toBeGreaterThan(230)
    const covered = gaps.filter((gap) => Math.abs(gap) < 1.6449).length / gaps.length
    expect(covered).toBeGreaterThan(0.84)
    expect(covered).toBeLessThan(0.96)
    expect(Math.abs(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length)).toBeLessThan(0.2)
  })

  test('foretells held-out months better than the priors, and well', () => {
    const { report, live, reason } = whole
    expect([live, reason]).toEqual([true, 'not-worse'])
    expect(report.against?.difference).toBeLessThan(0)
    expect(report.calibration?.expectedCalibrationError).toBeLessThan(0.02)
    const { slope, slopeError } = report.calibration ?? {}
    expect(Math.abs((slope ?? 0) - 1)).toBeLessThan(3 * (slopeError ?? 0))
    expect(report.backtest.filter(({ heldOut }) => heldOut)).toHaveLength(report.calibration?.months ?? 0)
  })

  test('says where its numbers come from', () => {
    const { model, report } = whole
    expect(model.intercept.from).toBe('own-data')
    expect(report.gradientNorm).toBeLessThan(1e-6)
    expect(report.coefficients.map(({ posterior }) => posterior.mean)).toEqual([model.intercept.mean, ...model.mean])
    for (const { learnedShare, prior, posterior } of report.coefficients.slice(1)) {
      expect(learnedShare).toBeCloseTo(Math.max(0, 1 - (posterior.sd / (prior?.sd ?? 1)) ** 2), 9)
    }
    expect(report.chosen).toMatchObject({ halfLifeDays: expect.any(Number), frailtySd: expect.any(Number) })
  })

  test('a sample of the months gives the same answer within its errors, and the same one each time', () => {
    const sampled = fitted(large, 4_000)
    expect(sampled.report.rowsUsed).toBeLessThan(4_300)
    expect(sampled.report.rows).toBe(whole.report.rows)
    sampled.report.coefficients.forEach(({ posterior }, place) => {
      const full = whole.report.coefficients[place]?.posterior ?? { mean: Number.NaN, sd: 0 }
      expect(Math.abs(posterior.mean - full.mean)).toBeLessThan(3.5 * posterior.sd)
    })
    expect(fitted(large, 4_000)).toEqual(sampled)
  })

  test('customers of one incident are found in their events, and told', () => {
    const { report } = fitted(firmOf(7, 200, 18, 3))
    expect(report.chosen).toMatchObject({ incidents: 3, incidentSd: expect.any(Number) })
    expect(report.warnings).toContainEqual({ code: 'incidents', params: { count: 3, factor: expect.any(Number) } })
    expect(Object.keys(whole.report.chosen)).not.toContain('incidents')
  })

  test('an outage does not teach what thousands of failures would', () => {
    const share = (incidents: number) => {
      const { table, counts } = struck(1_200, incidents)
      const fit = fitLeave(table, counts, { model: priorModel, live: priorModel, until: endAt })
      if (fit.kind === 'refused') throw new Error(fit.say)
      return fit.report.coefficients.find(({ name }) => name === 'fail_major')?.learnedShare
    }
    expect(share(1)).toBeLessThan(0.4)
    expect(share(600)).toBeGreaterThan(0.6)
  })

  test('too little to learn from is refused with what is needed', () => {
    expect(tooFew({ customers: 1, months: [50], exits: [50] })).toMatchObject({ kind: 'refused', because: 'too-few' })
    expect(tooFew({ customers: 9, months: [900], exits: [9] })?.say).toContain('9 exits in 900 months')
    expect(tooFew({ customers: 9, months: [900], exits: [10] })).toBeUndefined()
  })
})
