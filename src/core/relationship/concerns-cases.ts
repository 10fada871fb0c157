/** Which events cases hear of. */
import { isToldByCase } from '../cases/case-facts.ts'
import { suspicionOf } from '../cases/case-opening.ts'
import { severityAtFirst } from '../cases/severity-proposed.ts'
import { SIMULATED_SOURCE } from '../simulated-firm/life.ts'
import type { CustomerEvent } from './event.ts'

/** The failure that an event names; null for none. */
export const failureIn = (event: CustomerEvent): string | null =>
  'failure' in event.data && typeof event.data.failure === 'string' ? event.data.failure : null

/**
 * Whether an event may say anything to a case. What cases told themselves does not; and a simulated firm stays what its
 * truth says: its failures open cases, but nothing else of it makes a failure of its own.
 */
export const concernsCases = (event: CustomerEvent): boolean =>
  !isToldByCase(event) &&
  (failureIn(event) !== null || (event.source !== SIMULATED_SOURCE && suspicionOf(event, severityAtFirst) !== null))
