import type { CustomerKey } from '../ids.ts'
import type { Instant } from '../time/instant.ts'
import { type EventData, type EventType, vocabulary } from './vocabulary.ts'

type Envelope = Readonly<{
  /** Unique within its source; the pair makes delivery idempotent. */
  id: string
  source: string
  customer: CustomerKey
  at: Instant
}>

type Known = { [Type in EventType]: Envelope & Readonly<{ type: Type; data: EventData<Type> }> }[EventType]

/** An event of a type that we do not know: kept and shown, never used by the fold. */
export type CustomEvent = Envelope & Readonly<{ type: `custom.${string}`; data: Readonly<Record<string, unknown>> }>

/** A fact about one customer, with a time. It is never changed; a correction is another event (`event.retracted`). */
export type CustomerEvent = Known | CustomEvent

/** True for the types of the vocabulary. */
export const isEventType = (type: string): type is EventType => Object.hasOwn(vocabulary, type)

/**
 * The order in which events define the relationship: by time, then id, then source. Negative when `a` comes first.
 * Texts are compared by code unit, so that every machine and the database (collation "C") agree.
 */
export function compareEvents(a: CustomerEvent, b: CustomerEvent): number {
  if (a.at !== b.at) return a.at - b.at
  if (a.id !== b.id) return a.id < b.id ? -1 : 1
  if (a.source !== b.source) return a.source < b.source ? -1 : 1
  return 0
}
