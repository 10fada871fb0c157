import type { CustomerEvent } from './event.ts'
import type { Exit } from './exit.ts'
import type { Facts } from './facts.ts'
import type { CustomerKey } from './ids.ts'
import type { Instant } from './instant.ts'
import type { Person } from './person.ts'
import type { Consent, Voucher } from './standing.ts'

/**
 * The state of one customer: everything that scoring needs, so that scoring never reads the log. Plain JSON, a few
 * hundred bytes as a rule and a few kilobytes at most; it is never changed, only replaced.
 */
export type Relationship = Readonly<{
  customer: CustomerKey
  eventCount: number
  firstAt: Instant | null
  /** The last event folded: its time, id and source say whether a new event comes after it. */
  lastAt: Instant | null
  lastId: string
  lastSource: string
  /** Events that refer to something never reported (a fix for an unknown failure): kept, counted, never refused. */
  unknownReferences: number
  /** Retractions of events that have not arrived, as `source` newline `id`. */
  awaitedRetractions: readonly string[]
  person: Person
  consents: readonly Consent[]
  vouchers: readonly Voucher[]
  /** What happened, as far as the leave model reads it. It goes on after an exit, for the screen. */
  facts: Facts
  /** The facts as they were at the first intent to leave; while set, features read these (trap T4). */
  factsAtExit: Facts | null
  exit: Exit
}>

export declare function initial(customer: CustomerKey): Relationship
export declare function fold(was: Relationship, event: CustomerEvent): Relationship
export declare function foldAll(customer: CustomerKey, events: readonly CustomerEvent[]): Relationship
export declare function comesAfter(state: Relationship, event: CustomerEvent): boolean
export declare function check(state: Relationship): void
