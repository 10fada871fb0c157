/** Where a case stands, in the few words that its customer needs. */
import { isDoubleDeviation, isOwedMoney, type RecoveryCase } from './recovery-case.ts'

/** The places, in their order. */
export const caseStandings = ['received', 'seen', 'choice', 'agreed', 'money', 'fixed', 'confirmed', 'closed'] as const
/** One of the places. */
export type CaseStanding = (typeof caseStandings)[number]

/** Where it stands. */
export function caseStanding(one: RecoveryCase): CaseStanding {
  const { round } = one
  if (round.closedAt !== null) return 'closed'
  if (round.confirmedAt !== null) return 'confirmed'
  if (round.fixedAt !== null) return isOwedMoney(round) ? 'money' : 'fixed'
  if (round.agreedAt !== null) return 'agreed'
  if (one.waitingFor === 'remedy') return 'choice'
  // Whoever was let down twice has been read: nothing begins as if she were new.
  return round.acknowledgedAt !== null || isDoubleDeviation(one) ? 'seen' : 'received'
}

/** True while she may still add something: afterwards nobody would look here. */
export const mayAdd = (one: RecoveryCase): boolean => one.round.followedUpAt === null
