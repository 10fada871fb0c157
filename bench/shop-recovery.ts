import { parseEvent } from '../src/contract/ingest.ts'
import { fitShopLeave, shopCollector, shopCounter } from '../src/core/attrition/shop-leave.ts'
import { announcesLeaving, isShopCustomer } from '../src/core/attrition/shop-life.ts'
import { priorModel } from '../src/core/goodwill/leave-model.ts'
import { customerKey } from '../src/core/ids.ts'
import type { LeaveFit } from '../src/core/learning/fit-leave.ts'
import { type SimulatedFirm, simulatedFirm } from '../src/core/simulated-firm/simulated-firm.ts'
import { instantOf } from '../src/core/time/instant.ts'
import { against, type Bench, FIRST_SEED, type Measure } from './measure.ts'

const FIRMS = 50
const CUSTOMERS = 2_500
const MONTHS = 24
const endAt = instantOf('2026-06-01T00:00:00Z')
/** The 5 % and 95 % points of a standard normal. */
const Z90 = 1.6448536269514722
const FAILURES: readonly string[] = ['fail_minor', 'fail_major', 'fail_critical']

/** From the events of a shop to its fitted model, as the product does it, with the truth's own centres and norms. */
function fitShop(firm: SimulatedFirm): LeaveFit {
  const histories = Array.from({ length: CUSTOMERS }, (_, index) => {
    const { events, truth } = firm.customer(index)
    const parsed = events.map((wire) => {
      const read = parseEvent(wire, { now: endAt, source: 'bench', strict: true })
      if (read.kind === 'refused') throw new Error(read.detail)
      return read.event
    })
    return { customer: customerKey(truth.customer), events: parsed }
  })
  const counter = shopCounter(endAt)
  for (const { events } of histories) counter.add(events, isShopCustomer(events), announcesLeaving(events))
  const { centres, norms, reserve, products } = firm.truth.leave
  const model = { ...priorModel, centres, norms, reserve, products }
  const start = { model, live: priorModel, until: endAt, base: counter.base() }
  const collector = shopCollector(start)
  for (const { customer, events } of histories) collector.add(customer, events)
  const fit = fitShopLeave(collector.shoppers(), start)
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

type Gap = Readonly<{ name: string; off: number }>

// How far each coefficient that the data speak of lies from its truth, in posterior standard deviations.
function gapsOf({ truth }: SimulatedFirm, { report }: LeaveFit): readonly Gap[] {
  return report.coefficients.flatMap(({ name, posterior, rows }) => {
    const value = name === 'intercept' ? truth.leave.intercept.mean : truth.slopes[name]
    return rows === 0 || value === undefined ? [] : [{ name, off: (posterior.mean - value) / posterior.sd }]
  })
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length
const coveredOf = (gaps: readonly Gap[]): number => gaps.filter(({ off }) => Math.abs(off) < Z90).length / gaps.length

function measures(): readonly Measure[] {
  const gaps: Gap[] = []
  const slopes: number[] = []
  const errors: number[] = []
  for (let seed = FIRST_SEED; seed < FIRST_SEED + FIRMS; seed += 1) {
    const firm = simulatedFirm({ customers: CUSTOMERS, months: MONTHS, seed, kind: 'shop', endAt, slopeSpread: 1 })
    const fit = fitShop(firm)
    gaps.push(...gapsOf(firm, fit))
    const { calibration } = fit.report
    if (calibration?.slope != null) slopes.push(calibration.slope)
    if (calibration !== null) errors.push(100 * calibration.expectedCalibrationError)
  }
  const failures = gaps.filter(({ name }) => FAILURES.includes(name))
  const biasOf = (some: readonly Gap[]) => Math.abs(meanOf(some.map(({ off }) => off)))
  return [
    against(
      `leaving learned from buying, ${FIRMS} simulated shops: truths inside 90 % intervals`,
      'share',
      coveredOf(gaps),
      0.9,
    ),
    against('the same: slopes of failures inside 90 % intervals', 'share', coveredOf(failures), 0.9),
    against('the same: bias in posterior standard deviations, at most', 'sd', biasOf(gaps), 0.1),
    against('the same: bias of the intercept', 'sd', biasOf(gaps.filter(({ name }) => name === 'intercept')), 1),
    against('the same: calibration slope of who buys in held-out months, mean', 'slope', meanOf(slopes), 1),
    against('the same: mean error of deciles on held-out months, mean firm', 'points', meanOf(errors), 2),
  ]
}

/** Whether the leave model of a shop finds the truth of simulated shops again, of whose customers nobody says goodbye. */
export const shopRecovery: Bench = {
  key: 'shop-recovery',
  about: 'parameter recovery of leaving learned from buying on 50 simulated shops',
  run: async () => measures(),
}
