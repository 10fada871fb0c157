import { rng } from '../../stats/rng.ts'
import { assert } from '../assert.ts'
import { type SimulatedCustomer, simulateCustomer } from './life.ts'
import { drawTruth, type FirmOptions, type SimulatedTruth } from './truth.ts'

/** A firm that was made up, with the truth about it. Nothing is kept: each customer is made when asked for. */
export type SimulatedFirm = Readonly<{
  truth: SimulatedTruth
  /** The customer with an index from 0 to customers - 1; the same one however often and in whatever order asked. */
  customer: (index: number) => SimulatedCustomer
}>

/** Makes a firm: same options, same firm, to the last bit; customer i does not depend on how many there are. */
export function simulatedFirm(options: FirmOptions): SimulatedFirm {
  assert(Number.isInteger(options.customers) && options.customers >= 1, 'a firm has at least one customer')
  assert(Number.isInteger(options.months) && options.months >= 1, 'a firm lasts at least one month')
  assert(Number.isSafeInteger(options.seed) && options.seed >= 0, 'a seed is a whole number')
  const truth = drawTruth(options)
  const root = rng(options.seed).split(options.kind)
  const customer = (index: number) => {
    assert(Number.isInteger(index) && index >= 0 && index < options.customers, 'the firm has this customer')
    return simulateCustomer(truth, root, index)
  }
  return { truth, customer }
}
