/** So many failed recoveries of one let-down: the attempts to repair it are spent. */
const FAILED_ROUNDS_SPENT = 2

/** Why somebody may think of letting a customer go. Nothing of a score or a value is asked (trap T20). */
export type PartingReason = 'asked to leave' | 'repairs spent'

/**
 * Whether letting go is proposed, and why. One honest repair comes first, always; a person decides. `failedRounds` are
 * those of each open case of the customer.
 */
export function partingReason({
  askedToLeave,
  failedRounds,
}: Readonly<{ askedToLeave: boolean; failedRounds: readonly number[] }>): PartingReason | null {
  if (askedToLeave) return 'asked to leave'
  return failedRounds.some((rounds) => rounds >= FAILED_ROUNDS_SPENT) ? 'repairs spent' : null
}
