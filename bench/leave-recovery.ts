import { parseEvent } from '../src/contract/ingest.ts'
import { fitLeave, type LeaveFit } from '../src/core/fit-leave.ts'
import { customerKey } from '../src/core/ids.ts'
import { instantOf } from '../src/core/instant.ts'
import { priorModel } from '../src/core/leave-model.ts'
import { monthCollector, monthCounter, sharesFor } from '../src/core/month-table.ts'
import { tellMonths } from '../src/core/person-months.ts'
import { type SimulatedFirm, simulatedFirm } from '../src/core/simulated-firm/simulated-firm.ts'
import { against, type Bench, type Measure } from './measure.ts'

const FIRMS = 50
const CUSTOMERS = 2_500
const MONTHS = 24
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

/** From the events of a firm to its fitted model, as the product does it, with the truth's own centres and norms. */
function fitFirm(firm: SimulatedFirm): LeaveFit {
  const { centres, norms, reserve, products } = firm.truth.leave
  const model = { ...priorModel, centres, norms, reserve, products }
  const histories = historiesOf(firm)
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
  const fit = fitLeave(collector.table(), counts, { model, live: priorModel, until: endAt })
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

// How far each coefficient that the data speak of lies from its truth, in posterior standard deviations.
function gapsOf({ truth }: SimulatedFirm, { report }: LeaveFit): readonly number[] {
  return report.coefficients.flatMap(({ name, posterior, rows }) => {
    const value = name === 'intercept' ? truth.leave.intercept.mean : truth.slopes[name]
    return rows === 0 || value === undefined ? [] : [(posterior.mean - value) / posterior.sd]
  })
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length

function measures(): readonly Measure[] {
  const gaps: number[] = []
  const slopes: number[] = []
  const errors: number[] = []
  for (let seed = 1; seed <= FIRMS; seed += 1) {
    const firm = simulatedFirm({ customers: CUSTOMERS, months: MONTHS, seed, kind: 'contract', endAt, slopeSpread: 1 })
    const fit = fitFirm(firm)
    gaps.push(...gapsOf(firm, fit))
    const { calibration } = fit.report
    if (calibration?.slope != null) slopes.push(calibration.slope)
    if (calibration !== null) errors.push(100 * calibration.expectedCalibrationError)
  }
  const covered = gaps.filter((gap) => Math.abs(gap) < Z90).length / gaps.length
  return [
    against(`leave model, ${FIRMS} simulated firms: truths inside 90 % intervals`, 'share', covered, 0.9),
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
