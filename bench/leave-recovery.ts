import { parseEvent } from '../src/contract/ingest.ts'
import { stay } from '../src/core/goodwill/forecast.ts'
import { priorModel } from '../src/core/goodwill/leave-model.ts'
import { customerKey } from '../src/core/ids.ts'
import { fitLeave, type LeaveFit } from '../src/core/learning/fit-leave.ts'
import { incidentCollector } from '../src/core/learning/incident-ties.ts'
import { monthCollector, monthCounter, sharesFor } from '../src/core/learning/month-table.ts'
import { tellMonths } from '../src/core/learning/person-months.ts'
import { foldAll, type Relationship } from '../src/core/relationship/relationship.ts'
import { type SimulatedFirm, simulatedFirm } from '../src/core/simulated-firm/simulated-firm.ts'
import { instantOf } from '../src/core/time/instant.ts'
import { against, type Bench, FIRST_SEED, type Measure } from './measure.ts'

const FIRMS = 50
const CUSTOMERS = 2_500
const MONTHS = 24
/** Of each firm so many of those still there: their chances to stay, with the intervals that scores have. */
const ASKED = 200
const STAY_MONTHS = 12
const endAt = instantOf('2026-06-01T00:00:00Z')
/** The 5 % and 95 % points of a standard normal. */
const Z90 = 1.6448536269514722

function historiesOf(firm: SimulatedFirm) {
  return Array.from({ length: CUSTOMERS }, (_, index) => {
    const { events, truth } = firm.customer(index)
    const parsed = events.map((wire) => {
      const read = parseEvent(wire, { now: endAt, source: 'bench', strict: true })
      if (read.kind === 'refused') throw new Error(read.detail)
      return read.event
    })
    return { customer: customerKey(truth.customer), events: parsed }
  })
}

type Histories = ReturnType<typeof historiesOf>

/** From the events of a firm to its fitted model, as the product does it, with the truth's own centres and norms. */
function fitFirm(firm: SimulatedFirm, histories: Histories, isTied = true): LeaveFit {
  const { centres, norms, reserve, products } = firm.truth.leave
  const model = { ...priorModel, centres, norms, reserve, products }
  const counter = monthCounter(endAt)
  for (const { customer, events } of histories) {
    counter.addCustomer()
    tellMonths(customer, events, endAt, counter.addMonth)
  }
  const counts = counter.counts()
  const collector = monthCollector(model, priorModel, sharesFor(counts))
  for (const { customer, events } of histories) {
    tellMonths(customer, events, endAt, (month) => collector.add(customer, month))
  }
  const table = collector.table()
  const fit = fitLeave(isTied ? table : { ...table, incidents: incidentCollector().lines() }, counts, {
    model,
    live: priorModel,
    until: endAt,
  })
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

// How far each coefficient that the data speak of lies from its truth, in posterior standard deviations.
function gapsOf({ truth }: SimulatedFirm, { report }: LeaveFit, only?: readonly string[]): readonly number[] {
  return report.coefficients.flatMap(({ name, posterior, rows }) => {
    if (only?.includes(name) === false) return []
    const value = name === 'intercept' ? truth.leave.intercept.mean : truth.slopes[name]
    return rows === 0 || value === undefined ? [] : [(posterior.mean - value) / posterior.sd]
  })
}

/** The mean over a Normal by three nodes, in standard deviations. */
const FRAILTIES = [
  [-Math.sqrt(3), 1 / 6],
  [0, 2 / 3],
  [Math.sqrt(3), 1 / 6],
] as const

// The true chance of a customer of whom it is not known how he differs from others for good.
function trueChance({ leave, frailtySd }: SimulatedFirm['truth'], state: Relationship): number {
  return FRAILTIES.reduce((sum, [sds, weight]) => {
    const intercept = { ...leave.intercept, mean: leave.intercept.mean + sds * frailtySd }
    return sum + weight * stay(state, { ...leave, intercept }, endAt, STAY_MONTHS).value
  }, 0)
}

/** Which share of the 80 % intervals holds the chance to stay that the true slopes give the same customers. */
function chancesHeld({ truth }: SimulatedFirm, histories: Histories, { model }: LeaveFit): number {
  const states = histories.map(({ customer, events }) => foldAll(customer, events))
  const asked = states.filter(({ exit }) => exit.intentAt === null).slice(0, ASKED)
  const held = asked.filter((state) => {
    const { low, high } = stay(state, model, endAt, STAY_MONTHS)
    const chance = trueChance(truth, state)
    return low <= chance && chance <= high
  })
  return held.length / asked.length
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length

function measures(): readonly Measure[] {
  const gaps: number[] = []
  const slopes: number[] = []
  const errors: number[] = []
  const held: number[] = []
  for (let seed = FIRST_SEED; seed < FIRST_SEED + FIRMS; seed += 1) {
    const firm = simulatedFirm({ customers: CUSTOMERS, months: MONTHS, seed, kind: 'contract', endAt, slopeSpread: 1 })
    const histories = historiesOf(firm)
    const fit = fitFirm(firm, histories)
    held.push(chancesHeld(firm, histories, fit))
    gaps.push(...gapsOf(firm, fit))
    const { calibration } = fit.report
    if (calibration?.slope != null) slopes.push(calibration.slope)
    if (calibration !== null) errors.push(100 * calibration.expectedCalibrationError)
  }
  const covered = gaps.filter((gap) => Math.abs(gap) < Z90).length / gaps.length
  return [
    against(`leave model, ${FIRMS} simulated firms: truths inside 90 % intervals`, 'share', covered, 0.9),
    against('the same: chances to stay 12 months inside 80 % intervals', 'share', meanOf(held), 0.8),
    against('the same: bias in posterior standard deviations, at most', 'sd', Math.abs(meanOf(gaps)), 0.1),
    against('the same: calibration slope on held-out months, mean', 'slope', meanOf(slopes), 1),
    against('the same: mean error of deciles on held-out months, worst firm', 'points', Math.max(...errors), 2),
  ]
}

/** Whether the leave model finds the truth of simulated firms again, from their events to the held-out months. */
export const leaveRecovery: Bench = {
  key: 'leave-recovery',
  about: 'parameter recovery and calibration of the leave model on 50 simulated firms',
  run: async () => measures(),
}

const OUTAGES = 12
const OUTAGE_SD = 0.7
const FAILURES = ['fail_minor', 'fail_major', 'fail_critical'] as const

const coveredOf = (gaps: readonly number[]): number => gaps.filter((gap) => Math.abs(gap) < Z90).length / gaps.length

function incidentMeasures(): readonly Measure[] {
  const gaps = { all: [] as number[], failures: [] as number[], untied: [] as number[] }
  const spreads: number[] = []
  for (let seed = FIRST_SEED; seed < FIRST_SEED + FIRMS; seed += 1) {
    const firm = simulatedFirm({
      customers: CUSTOMERS,
      months: MONTHS,
      seed,
      kind: 'contract',
      endAt,
      slopeSpread: 1,
      outages: OUTAGES,
      outageSd: OUTAGE_SD,
    })
    const histories = historiesOf(firm)
    const fit = fitFirm(firm, histories)
    gaps.all.push(...gapsOf(firm, fit))
    gaps.failures.push(...gapsOf(firm, fit, FAILURES))
    gaps.untied.push(...gapsOf(firm, fitFirm(firm, histories, false), FAILURES))
    spreads.push(fit.report.chosen.incidentSd ?? Number.NaN)
  }
  const firms = `leave model, ${FIRMS} simulated firms with ${OUTAGES} outages`
  return [
    against(`${firms}: truths inside 90 % intervals`, 'share', coveredOf(gaps.all), 0.9),
    against('the same: slopes of failures', 'share', coveredOf(gaps.failures), 0.9),
    against('the same without ties between customers of one outage', 'share', coveredOf(gaps.untied), 0.9),
    against('the same: bias in posterior standard deviations, at most', 'sd', Math.abs(meanOf(gaps.all)), 0.1),
    against('the same: how much outages differ, mean', 'sd', meanOf(spreads), OUTAGE_SD),
  ]
}

/** Whether slopes of failures are found, with honest intervals, where outages hit hundreds of customers at once. */
export const incidentRecovery: Bench = {
  key: 'incident-recovery',
  about: 'parameter recovery of the leave model where outages hit hundreds at once, on 50 simulated firms',
  run: async () => incidentMeasures(),
}
