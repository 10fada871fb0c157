import type { CustomerEvent } from '../relationship/event.ts'
import type { Instant } from '../time/instant.ts'

/**
 * The purpose of a `consent.changed` that objects to profiling (GDPR art. 21, trap T25). It speaks of no channel: what
 * the event names is where it was said.
 */
export const PROFILING = 'profiling'

/** Since when a customer refuses to be profiled, after an event; null where nothing was said, or it was taken back. */
export function foldProfiling(was: Instant | null, event: CustomerEvent): Instant | null {
  if (event.type !== 'consent.changed' || event.data.purpose !== PROFILING) return was
  return event.data.granted ? null : (was ?? event.at)
}

/** Whether these events, in force and in order, end in an objection: then nothing is learned from them. */
export const refusesProfiling = (events: readonly CustomerEvent[]): boolean =>
  events.reduce<Instant | null>(foldProfiling, null) !== null
