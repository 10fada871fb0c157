import type { Instant } from './instant.ts'

export type ExitBy = 'customer' | 'firm' | 'involuntary'

/** How far leaving has come. All null for a customer who has not spoken of it. */
export type Exit = Readonly<{
  /** The first intent: features are cut here (trap T4). */
  intentAt: Instant | null
  requestedAt: Instant | null
  leftAt: Instant | null
  /** Firm-made and involuntary endings are competing risks, not leaving. */
  leftBy: ExitBy | null
  /** Endings so far by the customer, of which some were taken back. */
  times: number
}>
