import { randomUUID } from 'node:crypto'
import { type LimitName, mayGive } from '../../../core/cases/authority.ts'
import { decide } from '../../../core/cases/decide-case.ts'
import type { RecoveryCase } from '../../../core/cases/recovery-case.ts'
import { type OfferDraft, offerValueMax, remedyChosen, wrongOffer } from '../../../core/cases/remedy-offer.ts'
import type { Tx } from '../../../store/db.ts'
import { lockGivers, noteGift } from '../../../store/gifts.ts'
import { enqueue } from '../../../store/jobs.ts'
import { addOffer, type StoredOffer } from '../../../store/offers.ts'
import type { Keeping } from '../../begin-case.ts'
import type { Caller } from '../../caller.ts'
import { caseActor } from '../../case-actor.ts'
import { giftAsked, payingTeam, readRemedyRules, readSpent } from '../../case-authority.ts'

/** Why nothing is offered: which field is wrong, or whose authority it passes. */
export type OfferRefusal =
  | Readonly<{ kind: 'offer-wrong'; field: string }>
  | Readonly<{ kind: 'beyond-authority'; passed: readonly LimitName[] }>
  | Readonly<{ kind: 'people-only' }>

type Offering = Readonly<{ caller: Caller; draft: OfferDraft; keeping: Keeping }>

/**
 * Offers remedies: what the dearest comes to is held against the limits of who offers until it was chosen or is over, so
 * that nothing is promised that may not be given. What was open before is open no more.
 */
export async function makeOffer(
  tx: Tx,
  one: RecoveryCase,
  { caller, draft, keeping }: Offering,
): Promise<OfferRefusal | Readonly<{ kind: 'offered'; offer: StoredOffer }>> {
  const amountMinor = offerValueMax(draft)
  const { colleague } = caller
  if (amountMinor > 0 && colleague !== undefined) await lockGivers(tx, colleague.id, payingTeam(one, colleague))
  const refusal = await refuseOffer(tx, one, { caller, draft, keeping })
  if (refusal !== null || colleague === undefined) return refusal ?? { kind: 'people-only' }
  const { now } = keeping
  const [person, team] = [colleague.id, payingTeam(one, colleague)]
  const offer: StoredOffer = {
    customer: one.customer,
    case: one.case,
    id: randomUUID(),
    round: one.failedRounds,
    offeredBy: person,
    team,
    offeredAt: now,
    ...draft,
    state: 'open',
    chosen: null,
    answeredAt: null,
  }
  await addOffer(tx, offer)
  await noteGift(tx, one, { person, team, at: now, amountMinor })
  const { customer, case: id } = one
  await enqueue(tx, 'offer.end', { customer, case: id, id: offer.id }, { after: new Date(offer.until) })
  return { kind: 'offered', offer }
}

/** Why these remedies are not offered as things stand; null when they can be. Looks, and holds nothing. */
export async function refuseOffer(
  tx: Tx,
  one: RecoveryCase,
  { caller, draft, keeping }: Offering,
): Promise<OfferRefusal | null> {
  const { colleague } = caller
  if (colleague === undefined) return { kind: 'people-only' }
  const wrong = wrongOffer(draft, keeping.now) ?? refusedByProtocol(one, { caller, draft, keeping })
  if (wrong !== null) return { kind: 'offer-wrong', field: wrong }
  const amountMinor = offerValueMax(draft)
  if (amountMinor === 0) return null
  const [person, team, role] = [colleague.id, payingTeam(one, colleague), colleague.role]
  const { rules } = await readRemedyRules(tx)
  const spent = await readSpent(tx, one, { person, team, at: keeping.now, timeZone: keeping.standards.timeZone })
  // Several amounts to choose from are the reason for each: the range asks for one only where a single one is set.
  const asked = giftAsked(one, rules, { person, role, team, amountMinor, reason: 'offered to choose from' })
  const answer = mayGive(asked, spent, rules.authority)
  if (answer.kind === 'allowed') return null
  return { kind: 'beyond-authority', passed: answer.kind === 'refused' ? [] : answer.passed }
}

// What the customer may choose is what could be agreed with her now.
function refusedByProtocol(one: RecoveryCase, { caller, draft, keeping }: Offering): string | null {
  const command = { kind: 'agree remedy', remedy: remedyChosen(draft, 0) } as const
  const ask = { id: '', actor: caseActor(caller), command, revision: null, now: keeping.now }
  const answer = decide(one, ask, keeping.standards.policy)
  return answer.kind === 'refused' || one.round.agreedAt !== null ? 'step' : null
}
