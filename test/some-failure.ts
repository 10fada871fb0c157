import { type Failure, noRecovery } from '../src/core/relationship/failure.ts'
import type { Instant } from '../src/core/time/instant.ts'

/** A minor let-down of the firm's doing, of which nothing was put right, with what is changed. */
export const someFailure = (at: Instant, change: Partial<Failure> = {}): Failure => ({
  failure: 'f',
  also: [],
  links: [],
  isInferred: false,
  event: 'e',
  at,
  severity: 'minor',
  category: null,
  rootCause: null,
  lossMinor: null,
  currency: null,
  atFault: 'firm',
  disrespect: false,
  fixBy: null,
  acknowledgeBy: null,
  ...noRecovery,
  monthsBefore: 0,
  purchasesBefore: 0,
  positivesBefore: 0,
  ...change,
})
