import type { Instant } from '../time/instant.ts'
import type { CovariateName } from './leave-priors.ts'

/** When and how the amount of an entry goes away. */
export type Fades =
  | Readonly<{ kind: 'half-life'; days: number }>
  | Readonly<{ kind: 'until'; until: Instant }>
  | Readonly<{ kind: 'while-open' }>
  | Readonly<{ kind: 'moves' }>
  | Readonly<{ kind: 'none' }>

/** What the sentence of an entry is made of. */
export type EntryFacts = Readonly<Record<string, string | number | boolean | null>>

/** An entry in units of its covariate, before the slope of the model makes it an amount. */
export type Draft = Readonly<{
  event: string
  covariate: CovariateName
  group: string | null
  at: Instant
  /** Units when posted, and units now. */
  posted: number
  now: number
  facts: EntryFacts
  fades: Fades
}>

/**
 * Drafts of one covariate held under its cap: in order of time the first keep theirs, what exceeds the cap is cut from
 * the later ones, and what is cut to nothing is left out.
 */
export function underCap(drafts: readonly Draft[], cap: number): readonly Draft[] {
  let room = cap
  const kept: Draft[] = []
  for (const draft of drafts.toSorted((a, b) => a.at - b.at)) {
    const now = Math.min(draft.now, room)
    room -= now
    if (now > 0) kept.push({ ...draft, now, posted: (draft.posted * now) / draft.now })
  }
  return kept
}
