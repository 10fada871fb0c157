import { type GiftAsked, type Spent, spentOf } from '../core/cases/authority.ts'
import type { RecoveryCase } from '../core/cases/recovery-case.ts'
import { rangeFor } from '../core/cases/remedy.ts'
import { type RemedyRules, remedyRulesAtFirst } from '../core/cases/remedy-rules.ts'
import { customerKey } from '../core/ids.ts'
import { DAY_MS, type Instant, instant } from '../core/time/instant.ts'
import { zoneOrUtc } from '../core/time/zone.ts'
import type { Tx } from '../store/db.ts'
import { readHandGifts } from '../store/gestures.ts'
import { readGifts } from '../store/gifts.ts'
import type { Colleague } from '../store/people.ts'
import { findLivePolicy } from '../store/policies.ts'

/** A month and a day: whatever the zone, a calendar month is in it. */
const MONTH_DAYS = 32

/** The firm's rules on remedies and authority. */
export async function readRemedyRules(tx: Tx): Promise<Readonly<{ rules: RemedyRules; version: number }>> {
  const live = await findLivePolicy<RemedyRules>(tx, 'remedy')
  return { rules: live?.body ?? remedyRulesAtFirst, version: live?.version ?? 0 }
}

/** The team that pays: that of the case, else the first of who gives, else none. */
export const payingTeam = (one: RecoveryCase, { teams }: Pick<Colleague, 'teams'>): string => one.team ?? teams[0] ?? ''

/** What was given already as limits count it, in the zone of the firm. */
export async function readSpent(
  tx: Tx,
  one: RecoveryCase,
  { person, team, at, timeZone }: Readonly<{ person: string; team: string; at: Instant; timeZone: string }>,
): Promise<Spent> {
  const since = instant(at - MONTH_DAYS * DAY_MS)
  const gifts = [
    ...(await readGifts(tx, one, { person, team, since })),
    ...(await readHandGifts(tx, { person, team, since })),
  ]
  return spentOf(gifts, { person, team, case: one.case, at }, zoneOrUtc(timeZone))
}

/** What a person and a team gave already, whatever the case. */
export async function readSpentBy(
  tx: Tx,
  { person, team, at, timeZone }: Readonly<{ person: string; team: string; at: Instant; timeZone: string }>,
): Promise<Spent> {
  const none = { customer: customerKey(''), case: '', failedRounds: 0 }
  const since = instant(at - MONTH_DAYS * DAY_MS)
  const gifts = [
    ...(await readGifts(tx, none, { person, team, since })),
    ...(await readHandGifts(tx, { person, team, since })),
  ]
  return spentOf(gifts, { person, team, case: '', at }, zoneOrUtc(timeZone))
}

/** A gift as authority is asked about it. */
export const giftAsked = (one: RecoveryCase, { remedy }: RemedyRules, asked: Omit<GiftAsked, 'range'>): GiftAsked => ({
  ...asked,
  range: rangeFor(one, remedy),
})
