import { describe, expect, test } from 'vitest'
import { answered } from '../../../test/answered.ts'
import { parseEvent } from '../../contract/ingest.ts'
import type { AttritionRows } from '../../stats/attrition/attrition-rows.ts'
import { ledger } from '../goodwill/goodwill.ts'
import { type LeaveModel, priorModel } from '../goodwill/leave-model.ts'
import { covariateNames, position } from '../goodwill/leave-priors.ts'
import { customerKey } from '../ids.ts'
import type { FitReport } from '../learning/fit-report.ts'
import { incidentCollector } from '../learning/incident-ties.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { fold, initial } from '../relationship/relationship.ts'
import { type SimulatedFirm, simulatedFirm } from '../simulated-firm/simulated-firm.ts'
import { instantOf, MONTH_MS } from '../time/instant.ts'
import { fitShopLeave, learnsFromBuying, type ShopStart, shopCollector, shopCounter } from './shop-leave.ts'
import { announcesLeaving, isShopCustomer } from './shop-life.ts'
import { stillThere } from './still-there.ts'

const endAt = instantOf('2026-06-01T00:00:00Z')
const Z90 = 1.6448536269514722

function firmOf(seed: number, customers: number, slopeSpread = 1, outages = 0) {
  const firm = simulatedFirm({ customers, months: 18, seed, kind: 'shop', endAt, slopeSpread, outages })
  const histories = Array.from({ length: customers }, (_, index) => {
    const { events, truth } = firm.customer(index)
    const parsed = events.map((wire): CustomerEvent => {
      const read = parseEvent(wire, { now: endAt, source: 'nobody', strict: true })
      if (read.kind === 'refused') throw new Error(read.detail)
      return read.event
    })
    return { customer: customerKey(truth.customer), events: parsed }
  })
  return { firm, histories }
}

type Firm = ReturnType<typeof firmOf>

function startOf({ firm, histories }: Firm, live: LeaveModel = priorModel): ShopStart {
  const counter = shopCounter(endAt)
  for (const { events } of histories) counter.add(events, isShopCustomer(events), announcesLeaving(events))
  const { centres, norms, reserve } = firm.truth.leave
  return { model: { ...priorModel, centres, norms, reserve }, live, until: endAt, base: counter.base() }
}

function fitOf(firm: Firm, live?: LeaveModel) {
  const start = startOf(firm, live)
  const collector = shopCollector(start)
  for (const { customer, events } of firm.histories) collector.add(customer, events)
  return fitShopLeave(collector.shoppers(), start)
}

function fitted(firm: Firm, live?: LeaveModel) {
  const fit = fitOf(firm, live)
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

// How far what the data speak of lies from the truth, in posterior standard deviations.
const gapsOf = ({ truth }: SimulatedFirm, { coefficients }: FitReport) =>
  coefficients.flatMap(({ name, posterior, rows }) => {
    const value = name === 'intercept' ? truth.leave.intercept.mean : truth.slopes[name]
    return rows === 0 || value === undefined ? [] : [(posterior.mean - value) / posterior.sd]
  })

const firms = [1, 2, 3, 4].map((seed) => firmOf(seed, 900))
const fits = firms.map((firm) => fitted(firm))
const [one] = firms
const [first] = fits
if (one === undefined || first === undefined) throw new Error('firms were expected')

describe('the leave model of a shop', () => {
  test('finds the truth of simulated shops again', () => {
    const gaps = firms.flatMap(({ firm }, k) => gapsOf(firm, fits[k]?.report ?? first.report))
    const covered = gaps.filter((gap) => Math.abs(gap) < Z90).length / gaps.length
    expect(covered).toBeGreaterThan(0.83)
    expect(covered).toBeLessThan(0.97)
    expect(Math.abs(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length)).toBeLessThan(0.2)
  })

  test('expects about as many to have left as did, without being told of any', () => {
    for (const [k, { firm, histories }] of firms.entries()) {
      const { report } = fits[k] ?? first
      const heldFrom = endAt - (report.calibration?.months ?? 0) * MONTH_MS
      const left = histories.filter(({ events }, index) => {
        const { leftAt } = firm.customer(index).truth
        return leftAt !== null && leftAt < heldFrom && events.some(({ type }) => type === 'order.placed')
      }).length
      expect(report.exits).toBeGreaterThan(0.7 * left)
      expect(report.exits).toBeLessThan(1.3 * left)
    }
  })

  test('knows how often people buy, though half of them bought before the log begins', () => {
    const rates = fits.flatMap(({ model: { buying } }) => (buying === undefined ? [] : [buying.r]))
    // 1.4 to 1.5 where their first order in the log is taken for the first of all.
    expect(Math.abs(rates.reduce((sum, r) => sum + r, 0) / rates.length - 1.2)).toBeLessThan(0.1)
    expect(first.model.buying?.since).toBeLessThan(endAt - 17 * MONTH_MS)
  })

  test('is tried on who buys in months that it has not seen, beside the version that is live', () => {
    const { calibration, against, learnedFrom } = first.report
    expect([learnedFrom, calibration?.months, against?.version]).toEqual(['buying', 4, 0])
    expect(calibration?.rows).toBeGreaterThan(500)
    expect(calibration?.slope).toBeGreaterThan(0.8)
    expect(calibration?.slope).toBeLessThan(1.2)
    expect(calibration?.expectedCalibrationError).toBeLessThan(0.06)
    expect([first.live, first.reason]).toEqual([true, 'not-worse'])
  })

  test('does not go live where it takes a pause for leaving, and those who paused buy again', () => {
    const cut = endAt - (first.report.calibration?.months ?? 0) * MONTH_MS
    const paused = one.histories.map(({ customer, events }) => {
      const returns = events.some(({ type, at }) => type === 'order.placed' && at > cut)
      return { customer, events: returns ? events.filter(({ at }) => at > cut || at < cut - 7 * MONTH_MS) : events }
    })
    const patient = { ...one.firm.truth.leave, intercept: { mean: -7, sd: 0, from: 'prior' as const } }
    expect(fitted({ ...one, histories: paused }, patient)).toMatchObject({ live: false, reason: 'worse-log-loss' })
  })

  test('ties customers of one incident, and incidents are no part of the model', () => {
    const firm = firmOf(9, 200, 1, 3)
    const start = startOf(firm)
    const collector = shopCollector(start)
    for (const { customer, events } of firm.histories) collector.add(customer, events)
    const shoppers = collector.shoppers()
    const tied = answered(fitShopLeave(shoppers, start))
    const loose = answered(fitShopLeave({ ...shoppers, incidents: incidentCollector().lines() }, start))
    expect(tied.model.mean).not.toEqual(loose.model.mean)
    expect([tied.report.chosen.incidents, loose.report.chosen.incidents]).toEqual([3, undefined])
    expect(tied.model.mean).toHaveLength(covariateNames.length)
    expect(tied.model.covariance).toHaveLength(loose.model.covariance?.length ?? 0)
    const [intercept, failure] = [0, 1 + position.fail_major]
    const variance = (place: number) => tied.model.covariance?.[(place * (place + 3)) / 2]
    expect(variance(intercept)).toBeCloseTo(tied.model.intercept.sd ** 2, 5)
    expect(variance(failure)).toBeCloseTo((tied.model.sd[position.fail_major] ?? 0) ** 2, 5)
  })

  describe('that could not be tried', () => {
    const small = firmOf(9, 200)
    const start = startOf(small)
    const collector = shopCollector(start)
    for (const { customer, events } of small.histories) collector.add(customer, events)
    const shoppers = collector.shoppers()
    const spoilt = ({ leave, ...rows }: AttritionRows): AttritionRows => ({
      ...rows,
      leave: { ...leave, values: leave.values.map((value, at) => (at === 0 ? Number.NaN : value)) },
    })
    const kept = { live: false, reason: 'not-comparable', report: { calibration: null, against: null } }

    test('does not go live: a held-out month, or what the live version foretold, is no number', () => {
      const { seen, held } = shoppers
      expect(fitShopLeave({ ...shoppers, held: { ...held, own: spoilt(held.own) } }, start)).toMatchObject(kept)
      expect(fitShopLeave({ ...shoppers, held: { ...held, live: spoilt(held.live) } }, start)).toMatchObject(kept)
      expect(fitShopLeave({ ...shoppers, seen: { ...seen, live: spoilt(seen.live) } }, start)).toMatchObject(kept)
    })

    test('goes live where the same happened to everybody, and says so', () => {
      expect(fitShopLeave({ ...shoppers, bought: shoppers.bought.map(() => 1) }, start)).toMatchObject({
        live: true,
        reason: 'nothing-to-compare',
        report: { calibrationMissing: 'all-alike' },
      })
    })
  })

  test('takes a let-down for a loss: the ledger of everybody who had one says so', () => {
    let failures = 0
    for (const { customer, events } of one.histories) {
      const state = events.reduce(fold, initial(customer))
      for (const { covariate, mark, posted } of ledger(state, first.model, endAt).entries) {
        if (covariate !== 'fail_minor' && covariate !== 'fail_major' && covariate !== 'fail_critical') continue
        failures += 1
        expect([covariate, mark, posted < 0]).toEqual([covariate, 'let-down', true])
      }
    }
    expect(failures).toBeGreaterThan(100)
  })
})

describe('who is there still, told from the state alone', () => {
  test('of simulated shops as many as foretold, high chances and low ones', () => {
    const told = firms.slice(0, 2).flatMap(({ firm, histories }, k) =>
      histories.flatMap(({ customer, events }, index) => {
        const { leftAt } = firm.customer(index).truth
        const found = stillThere(events.reduce(fold, initial(customer)), fits[k]?.model ?? first.model, endAt, 'EUR')
        return found === null ? [] : [{ alive: found.alive, there: leftAt === null || leftAt > endAt ? 1 : 0 }]
      }),
    )
    expect(told.length).toBeGreaterThan(800)
    const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length
    for (const [low, high] of [
      [0, 0.3],
      [0.3, 0.7],
      [0.7, 0.9],
      [0.9, 1.01],
    ] as const) {
      const some = told.filter(({ alive }) => alive >= low && alive < high)
      const foretold = mean(some.map(({ alive }) => alive))
      const error = Math.sqrt((foretold * (1 - foretold)) / some.length)
      expect(Math.abs(mean(some.map(({ there }) => there)) - foretold)).toBeLessThan(0.04 + 3 * error)
    }
  })
})

describe('who learns from what', () => {
  test('most customers decide, and those who said nothing are not counted as leaving', () => {
    expect(learnsFromBuying(startOf(one).base)).toBe(true)
    const base = { silent: 10, announcing: 11, periods: 100, historyMonths: 12 }
    expect(learnsFromBuying(base)).toBe(false)
    expect(learnsFromBuying({ ...base, silent: 12 })).toBe(true)
  })

  test('too few customers are refused', () => {
    expect(fitOf(firmOf(9, 60))).toMatchObject({ kind: 'refused', because: 'too-few' })
  })
})
