import { rng } from '../../stats/rng.ts'
import { assert } from '../assert.ts'
import { type SimulatedCustomer, simulateCustomer } from './life.ts'
import { drawTruth, type FirmOptions, type SimulatedTruth } from './truth.ts'

/** Limits of what may be asked for; whoever takes options from outside checks them first. */
export const FIRM_CUSTOMERS_MAX = 100_000_000
/** Thirty years. */
export const FIRM_MONTHS_MAX = 360

/** A firm that was made up, with the truth about it. Nothing is kept: each customer is made when asked for. */
export type SimulatedFirm = Readonly<{
  truth: SimulatedTruth
  /** The customer with an index from 0 to customers - 1; the same one however often and in whatever order asked. */
  customer: (index: number) => SimulatedCustomer
}>

/** Makes a firm: same options, same firm, to the last bit; customer i does not depend on how many there are. */
export function simulatedFirm(options: FirmOptions): SimulatedFirm {
  assert(isWhole(options.customers, FIRM_CUSTOMERS_MAX), 'a firm has 1 to 100 million customers')
  assert(isWhole(options.months, FIRM_MONTHS_MAX), 'a firm is simulated for 1 to 360 months')
  assert(Number.isSafeInteger(options.seed) && options.seed >= 0, 'a seed is a whole number')
  const truth = drawTruth(options)
  assert(truth.startAt >= 0, 'the window starts after 1970')
  const root = rng(options.seed).split(options.kind)
  const customer = (index: number) => {
    assert(Number.isInteger(index) && index >= 0 && index < options.customers, 'the firm has this customer')
    return simulateCustomer(truth, root, index)
  }
  return { truth, customer }
}

const isWhole = (value: number, max: number) => Number.isInteger(value) && value >= 1 && value <= max
