import type { Instant } from './instant.ts'

export type Severity = 'minor' | 'major' | 'critical'

/** Something that happened at an instant, with the event that said it. */
export type Mark = Readonly<{ at: Instant; event: string }>

/** A let-down and how it was put right so far. Null: not (yet) said. */
export type Failure = Readonly<{
  failure: string
  /** Id of the event that reported it. */
  event: string
  at: Instant
  severity: Severity
  category: string | null
  rootCause: string | null
  lossMinor: number | null
  atFault: 'firm' | 'customer' | 'third party'
  disrespect: boolean
  fixBy: Instant | null
  acknowledgeBy: Instant | null
  acknowledged: Mark | null
  owners: readonly string[]
  secondOwner: Mark | null
  repeatedStory: Mark | null
  apologised: Mark | null
  furtherApologies: readonly Mark[]
  fixed: Mark | null
  compensatedMinor: number
  compensated: Mark | null
  confirmed: Mark | null
  followedUp: Mark | null
  /** A recovery that failed after it was said to be done: with it the failure is a double deviation. */
  failedRecovery: Mark | null
  closed: Mark | null
  closedFixed: boolean
  /** The reserve as it was just before the failure: months of tenure, purchases and positive contacts in 12 months. */
  monthsBefore: number
  purchasesBefore: number
  positivesBefore: number
}>
