/** Something that hit many customers at once: an outage, a lost batch, a wrong bill run. */

import type { Severity } from '../relationship/failure.ts'
import type { Instant } from '../time/instant.ts'
import { type Authority, type AuthorityPolicy, type GiftAsked, mayGive, type Spent } from './authority.ts'
import type { CaseStep } from './case-clocks.ts'

/** What is known of it. `team`: who gets the cases, null for the one of the category. */
export type Incident = Readonly<{
  id: string
  title: string
  category: string
  severity: Severity
  atFault: 'firm' | 'third party'
  beganAt: Instant
  endedAt: Instant | null
  known: string
  rootCause: string | null
  team: string | null
  openedAt: Instant
  revision: number
}>

/** Steps that can be done for all cases of an incident at once, in the order of the protocol. */
export const bulkSteps = [
  'acknowledge',
  'own',
  'apologise',
  'agree remedy',
  'fix',
  'compensate',
  'try to reach',
  'confirm',
  'close',
] as const
/** One of them. */
export type BulkStep = (typeof bulkSteps)[number]

/** Steps that only people take, for many as for one. */
export const bulkStepsOfPeople: readonly BulkStep[] = ['own', 'apologise', 'agree remedy', 'try to reach', 'close']

/** Which cases a step is for: those whose next step is one of these. Two tries to reach stand in for a confirmation. */
export const casesAt = (step: BulkStep): readonly CaseStep[] => {
  if (step === 'try to reach') return ['confirm']
  return step === 'close' ? ['confirm', 'close'] : [step]
}

/** A step for many can be taken back for so long where nobody worked on the case since. */
export const BULK_UNDO_MS = 600_000

/** The same amount for many cases, by the team that pays, and what each team gave this month. */
export type ManyGifts = Readonly<{
  asked: Omit<GiftAsked, 'team' | 'range'>
  spent: Omit<Spent, 'teamMonthMinor' | 'caseMinor'>
  teams: readonly Readonly<{ team: string; cases: number; spentMinor: number }>[]
}>

/**
 * Whether somebody may give the same to all of them, counted in total: the day, the month and the budget of each team
 * must hold the sum. Whether the amount lies in the range of each case is asked case by case.
 */
export function mayGiveMany({ asked, spent, teams }: ManyGifts, policy: AuthorityPolicy): Authority {
  const others = teams.reduce((sum, { cases }) => sum + cases, 0) - 1
  const range = { lowMinor: 0, highMinor: asked.amountMinor }
  const answers = teams.map(({ team, cases, spentMinor }) =>
    mayGive(
      { ...asked, team, range },
      {
        caseMinor: 0,
        dayMinor: spent.dayMinor + others * asked.amountMinor,
        monthMinor: spent.monthMinor + others * asked.amountMinor,
        teamMonthMinor: spentMinor + (cases - 1) * asked.amountMinor,
      },
      policy,
    ),
  )
  const refused = answers.find(({ kind }) => kind === 'refused')
  if (refused !== undefined) return refused
  const asking = answers.flatMap((one) => (one.kind === 'four eyes' ? [one] : []))
  const [first] = asking
  if (first === undefined) return answers[0] ?? { kind: 'refused', because: 'nobody-may' }
  return { kind: 'four eyes', passed: [...new Set(asking.flatMap(({ passed }) => passed))], roles: first.roles }
}
