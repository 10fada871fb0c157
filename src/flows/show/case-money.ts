import type { CasePage } from '../../contract/cases.ts'
import { giftSentence, type Locale } from '../../contract/words.ts'
import { mayApprove } from '../../core/cases/authority.ts'
import type { RecoveryCase } from '../../core/cases/recovery-case.ts'
import type { Arithmetic } from '../../core/cases/remedy.ts'
import type { RemedyRules } from '../../core/cases/remedy-rules.ts'
import { compareWith, type SimilarCase } from '../../core/cases/similar-cases.ts'
import { roleNamed } from '../../core/people/permissions.ts'
import { instant, rfc3339 } from '../../core/time/instant.ts'
import { type Approval, readApprovals } from '../../store/gifts.ts'
import { readDeskNames } from '../../store/views/case-queue-view.ts'
import type { Caller } from '../caller.ts'
import { giftAsked, payingTeam, readSpent } from '../case-authority.ts'
import type { World } from '../world.ts'
import { timeOf } from './case-row.ts'

/** A round that no case has: nothing is left out of what was given. */
const NO_ROUND = -1

/** What the reader may give without asking, and what was given already; null for a key. */
export async function authorityOf(
  world: World,
  one: RecoveryCase,
  { colleague }: Caller,
  { rules: { authority }, timeZone }: Readonly<{ rules: RemedyRules; timeZone: string }>,
): Promise<CasePage['authority']> {
  if (colleague === undefined) return null
  const team = payingTeam(one, colleague)
  // What may still be agreed in this round replaces what was; once agreed it counts as given.
  const counted = one.round.agreedAt === null ? one : { ...one, failedRounds: NO_ROUND }
  const spent = await readSpent(world.db, counted, { person: colleague.id, team, at: world.now(), timeZone })
  return {
    limits: authority.limits[colleague.role] ?? null,
    spent,
    teamMonthMinor: authority.teamMonthMinor[team] ?? null,
  }
}

/** What answers about remedies are weighed with. `worth`: what an amount is worth with this customer, if that is known. */
export type Weighing = Readonly<{
  caller: Caller
  rules: RemedyRules
  timeZone: string
  locale: Locale
  similar: readonly SimilarCase[]
  worth: (amountMinor: number) => Arithmetic | null
}>

/** Remedies that a second person was asked about, newest first. */
export async function approvalsOf(world: World, one: RecoveryCase, weighing: Weighing): Promise<CasePage['approvals']> {
  const all = await readApprovals(world.db, one.customer, one.case)
  const people = all.flatMap(({ askedBy, answeredBy }) => (answeredBy === null ? [askedBy] : [askedBy, answeredBy]))
  const names = await readDeskNames(world.db, [...new Set(people)])
  const person = (id: string) => ({ id, name: names.get(id) ?? null })
  const told: CasePage['approvals'] = []
  for (const asked of all) {
    told.push({
      id: asked.id,
      askedBy: person(asked.askedBy),
      askedAt: rfc3339(instant(asked.askedAt.getTime())),
      remedy: { ...asked.remedy, fixBy: timeOf(asked.remedy.fixBy) },
      reason: asked.reason,
      passed: [...asked.passed],
      state: asked.state,
      answeredBy: asked.answeredBy === null ? null : person(asked.answeredBy),
      answeredAt: asked.answeredAt === null ? null : rfc3339(instant(asked.answeredAt.getTime())),
      answer: asked.answer,
      weighed: await weigh(world, one, asked, weighing),
    })
  }
  return told
}

async function weigh(
  { db, now }: World,
  one: RecoveryCase,
  { state, askedBy, role: name, team, remedy, reason }: Approval,
  { caller: { colleague }, rules, timeZone, locale, similar, worth }: Weighing,
): Promise<CasePage['approvals'][number]['weighed']> {
  const role = roleNamed(name)
  if (state !== 'asked' || colleague === undefined || role === undefined) return null
  const spent = await readSpent(db, one, { person: askedBy, team, at: now(), timeZone })
  const { valueMinor: amountMinor } = remedy
  const gift = giftAsked(one, rules, { person: askedBy, role, team, amountMinor, reason })
  const answer = mayApprove(gift, { person: colleague.id, role: colleague.role }, spent, rules.authority)
  const isNo = answer.kind === 'refused' && answer.because !== 'not-needed'
  return {
    role,
    authority: {
      limits: rules.authority.limits[role] ?? null,
      spent,
      teamMonthMinor: rules.authority.teamMonthMinor[team] ?? null,
    },
    arithmetic: worth(amountMinor),
    comparison: compareWith(similar, amountMinor),
    refusal: isNo ? giftSentence(locale, answer.because) : null,
  }
}
