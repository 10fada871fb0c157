/**
 * Which of the words that people wrote the firm keeps no longer. Complaints tell of health, faith and crime (trap T22):
 * words are needed while a matter is open and for some months after, what happened is needed for longer.
 */

import { caseRegimes } from '../cases/case-regimes.ts'
import type { RecoveryCase } from '../cases/recovery-case.ts'
import type { Regime } from '../cases/regime-deadlines.ts'
import { LINK_DAYS } from '../relationship/failure-links.ts'
import { DAY_MS, type Instant, instant } from '../time/instant.ts'

/** Something with words about it: a case, or an exit. */
export type Matter = Readonly<{
  /** When what it is about first happened. */
  since: Instant
  /** Null while it is open. */
  endedAt: Instant | null
  /** Until when the law may ask for what was written; null where it does not. */
  heldUntil: Instant | null
}>

/** Whether the words of a matter are kept no longer, at an instant, where those written before another are not. */
export const isWordless = ({ endedAt, heldUntil }: Matter, before: Instant, now: Instant): boolean =>
  endedAt !== null && endedAt < before && (heldUntil === null || heldUntil <= now)

/**
 * From when on the words of a person are kept: as the firm says, and from so long before each matter that still needs
 * them as events may be linked to it. Never later than `before`.
 */
export function wordsKeptFrom(matters: readonly Matter[], before: Instant, now: Instant): Instant {
  const needed = matters.filter((one) => !isWordless(one, before, now))
  return instant(Math.min(before, ...needed.map(({ since }) => since - LINK_DAYS * DAY_MS)))
}

/**
 * The last day that the packs of a case name: until then the firm owes something, the customer may go on elsewhere, or
 * records are to be kept. Null where they name none.
 */
export function heldByLaw(one: RecoveryCase, regimes: ReadonlyMap<string, Regime>, now: Instant): Instant | null {
  const ends = caseRegimes(one, regimes, now).flatMap(({ deadlines }) =>
    deadlines.flatMap(({ standing, dueAt }) =>
      dueAt !== null && (standing === 'open' || standing === 'optional') ? [dueAt] : [],
    ),
  )
  return ends.length === 0 ? null : instant(Math.max(...ends))
}
