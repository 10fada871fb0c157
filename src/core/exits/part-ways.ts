import type { CustomerEvent } from '../relationship/event.ts'
import { DAY_MS, type Instant } from '../time/instant.ts'

/** So many failed recoveries of one let-down: the attempts to repair it are spent. */
const FAILED_ROUNDS_SPENT = 2
/** How colleagues were treated is a reason for so long; nobody is held to one bad day for ever (trap T27). */
const CONDUCT_DAYS = 180

/** Why somebody may think of letting a customer go. Nothing of a score or a value is asked (trap T20). */
export type PartingReason = 'asked to leave' | 'repairs spent' | 'conduct noted'

/** When it was last noted how colleagues were treated. */
export const foldConduct = (was: Instant | null, event: CustomerEvent): Instant | null =>
  event.type === 'conduct.noted' ? event.at : was

/**
 * Whether letting go is proposed, and why. One honest repair comes first, always, and what is owed stays owed; a person
 * decides. `failedRounds` are those of each open case of the customer.
 */
export function partingReason({
  askedToLeave,
  failedRounds,
  conductNotedAt,
  at,
}: Readonly<{
  askedToLeave: boolean
  failedRounds: readonly number[]
  conductNotedAt: Instant | null
  at: Instant
}>): PartingReason | null {
  if (askedToLeave) return 'asked to leave'
  if (failedRounds.some((rounds) => rounds >= FAILED_ROUNDS_SPENT)) return 'repairs spent'
  return conductNotedAt !== null && at - conductNotedAt < CONDUCT_DAYS * DAY_MS ? 'conduct noted' : null
}
