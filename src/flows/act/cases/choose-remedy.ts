import type { Accepted } from '../../../contract/ingest.ts'
import { type Locale, moneyInWords } from '../../../contract/words.ts'
import { assert } from '../../../core/assert.ts'
import { nextDueAt } from '../../../core/cases/case-clocks.ts'
import type { Actor } from '../../../core/cases/case-command.ts'
import type { RecoveryCase } from '../../../core/cases/recovery-case.ts'
import { remedyChosen, voucherValue } from '../../../core/cases/remedy-offer.ts'
import { DAY_MS, type Instant, instant, rfc3339 } from '../../../core/time/instant.ts'
import { lockCase } from '../../../store/cases.ts'
import type { Tx } from '../../../store/db.ts'
import { noteGift, saveGift } from '../../../store/gifts.ts'
import { findOffer, type StoredOffer, settleOffer } from '../../../store/offers.ts'
import { readSettings } from '../../../store/settings.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import type { Keeping } from '../../begin-case.ts'
import { queueCaseMail, readAddressee } from '../../case-mail.ts'
import { readKeeping, stepCase } from '../../step-case.ts'
import type { World } from '../../world.ts'
import { issueWithin } from '../vouchers/issue-voucher.ts'

/** The place of "something else" in every offer. */
export const SOMETHING_ELSE = -1
const ANSWER_DAYS_AT_LAST = 2
const customer: Actor = { kind: 'customer' }
const page: Actor = { kind: 'automation', id: 'public-page' }

/** What became of a choice. A code is told this once. */
export type Chosen =
  | Readonly<{ kind: 'chosen'; offer: StoredOffer; code: string | null; mailed: boolean; answerBy: Instant | null }>
  | Readonly<{ kind: 'chosen-before'; offer: StoredOffer }>
  | Readonly<{ kind: 'over' | 'changed' }>

class Undecided extends Error {}

/**
 * The customer chooses: what she takes is agreed with her as it was offered, its voucher is issued, and she is told by
 * mail, in one transaction. Of two answers the first counts. What was offered in a case that has moved on does not.
 */
export async function chooseRemedy(
  world: World,
  place: Readonly<{ customer: string; case: string; offer: string }>,
  choice: number,
  language: Locale,
): Promise<Chosen> {
  try {
    return await appendDecided<Chosen>(world, async (tx) => {
      const was = await lockCase(tx, { customer: place.customer, id: place.case })
      const offer = was === undefined ? undefined : await findOffer(tx, place, place.offer)
      if (was === undefined || offer === undefined) return { events: [], answer: { kind: 'changed' } }
      const standing = offerStanding(was, offer, world.now())
      if (standing === 'chosen') return { events: [], answer: { kind: 'chosen-before', offer } }
      if (standing !== 'open') return { events: [], answer: { kind: standing } }
      const keeping = await readKeeping(world, tx, was)
      return choice === SOMETHING_ELSE
        ? somethingElse(world, tx, was, { offer, keeping })
        : take(world, tx, was, { offer, choice, keeping, language })
    })
  } catch (error) {
    // The protocol does not allow it any more: nothing of the choice was stored.
    if (error instanceof Undecided) return { kind: 'changed' }
    throw error
  }
}

/** Whether an offer can still be answered, in the case as it stands. */
export function offerStanding(
  one: RecoveryCase,
  offer: StoredOffer,
  now: Instant,
): 'open' | 'chosen' | 'over' | 'changed' {
  if (offer.state === 'chosen') return 'chosen'
  const isSame = offer.round === one.failedRounds && one.round.closedAt === null && one.round.agreedAt === null
  if (offer.state === 'withdrawn' || !isSame) return 'changed'
  return offer.state === 'over' || offer.until <= now ? 'over' : 'open'
}

type Answering = Readonly<{ offer: StoredOffer; keeping: Keeping }>

async function take(
  world: World,
  tx: Tx,
  was: RecoveryCase,
  { offer, choice, keeping, language }: Answering & Readonly<{ choice: number; language: Locale }>,
): Promise<Decided<Chosen>> {
  const { now } = keeping
  const remedy = remedyChosen(offer, choice)
  const agreed = await stepCase(
    world,
    tx,
    was,
    [{ actor: customer, command: { kind: 'agree remedy', remedy } }],
    keeping,
  )
  if (agreed.kind === 'refused') throw new Undecided()
  await saveGift(tx, agreed.state, { person: offer.offeredBy, team: offer.team, at: now })
  await settleOffer(tx, offer, { state: 'chosen', chosen: choice, at: now })
  const currency = was.currency ?? (await readSettings(tx)).currency
  const given = await giveVoucher(world, tx, agreed.state, { offer, choice, currency, keeping })
  const mailed = await mailChoice(world, tx, given.state, {
    offer,
    choice,
    currency,
    code: given.code,
    language,
    keeping,
  })
  return {
    events: [...agreed.events, ...given.events],
    answer: {
      kind: 'chosen',
      offer: { ...offer, state: 'chosen', chosen: choice, answeredAt: now },
      code: given.code,
      mailed,
      answerBy: null,
    },
  }
}

type Giving = Answering & Readonly<{ choice: number; currency: string }>

// What is given as a voucher is given at once; other money is owed from here on, with its clock.
async function giveVoucher(
  world: World,
  tx: Tx,
  state: RecoveryCase,
  { offer, choice, currency, keeping }: Giving,
): Promise<Readonly<{ state: RecoveryCase; events: readonly Accepted[]; code: string | null }>> {
  const valueMinor = voucherValue(offer, choice)
  if (valueMinor === 0) return { state, events: [], code: null }
  const wish = {
    customer: state.customer,
    movement: `offer ${offer.id}`,
    origin: 'goodwill',
    currency,
    valueMinor,
    expiresAt: null,
    reference: state.case,
  } as const
  const { events, answer } = await issueWithin(world, tx, { kind: 'system', part: 'public-page' }, wish)
  if (answer.kind !== 'issued') throw new Undecided()
  const command = { kind: 'compensate', valueMinor, form: 'voucher' } as const
  const paid = await stepCase(world, tx, state, [{ actor: page, command }], keeping)
  if (paid.kind === 'refused') throw new Undecided()
  return { state: paid.state, events: [...events, ...paid.events], code: answer.code }
}

async function mailChoice(
  world: World,
  tx: Tx,
  state: RecoveryCase,
  { offer, choice, currency, code, language, keeping }: Giving & Readonly<{ code: string | null; language: Locale }>,
): Promise<boolean> {
  const addressee = await readAddressee(world, tx, state)
  const taken = offer.choices[choice]
  if (addressee.way !== 'open' || taken === undefined) return false
  const shown = code === null ? null : `····-${code.slice(-4)}`
  const mail = {
    about: 'remedy.chosen',
    language,
    timeZone: keeping.standards.timeZone,
    cause: `chosen ${offer.id}`,
    values: {
      remedy: taken.what,
      happens: taken.happens,
      until: rfc3339(taken.fixBy),
      ...(shown === null ? {} : { code: shown, worth: moneyInWords(language, voucherValue(offer, choice), currency) }),
    },
    ...(shown === null || code === null ? {} : { secret: { shown, told: code } }),
  } as const
  const queued = await queueCaseMail(world, tx, state, mail, addressee)
  assert(queued.kind !== 'refused', 'what was offered was checked when it was')
  return queued.kind === 'queued'
}

// Nothing is agreed: the case goes on, and somebody owes an answer.
async function somethingElse(
  world: World,
  tx: Tx,
  was: RecoveryCase,
  { offer, keeping }: Answering,
): Promise<Decided<Chosen>> {
  const { now, standards } = keeping
  await settleOffer(tx, offer, { state: 'chosen', chosen: SOMETHING_ELSE, at: now })
  await noteGift(tx, was, { person: offer.offeredBy, team: offer.team, at: now, amountMinor: 0 })
  const resume = was.waitingFor === null ? [] : [{ actor: page, command: { kind: 'resume' } } as const]
  const resumed = await stepCase(world, tx, was, resume, keeping)
  if (resumed.kind === 'refused') throw new Undecided()
  const due = nextDueAt(resumed.state, standards.policy, now)
  const answerBy = due !== null && due > now ? due : instant(now + ANSWER_DAYS_AT_LAST * DAY_MS)
  const owner = was.assignee ?? offer.offeredBy
  const command = { kind: 'promise', promise: 'answer', what: '', due: answerBy, owner } as const
  const promised = await stepCase(world, tx, resumed.state, [{ actor: page, command }], keeping)
  if (promised.kind === 'refused') throw new Undecided()
  return {
    events: [...resumed.events, ...promised.events],
    answer: {
      kind: 'chosen',
      offer: { ...offer, state: 'chosen', chosen: SOMETHING_ELSE, answeredAt: now },
      code: null,
      mailed: false,
      answerBy,
    },
  }
}

/** Ends an offer whose time is over without an answer: the case goes on by itself. Nothing happens a second time. */
export async function endOffer(
  world: World,
  place: Readonly<{ customer: string; case: string; id: string }>,
): Promise<void> {
  await appendDecided<undefined>(world, async (tx) => {
    const was = await lockCase(tx, { customer: place.customer, id: place.case })
    const offer = was === undefined ? undefined : await findOffer(tx, place, place.id)
    const now = world.now()
    if (was === undefined || offer === undefined || offer.until > now) return { events: [], answer: undefined }
    if (!(await settleOffer(tx, offer, { state: 'over', chosen: null, at: now })))
      return { events: [], answer: undefined }
    if (was.failedRounds === offer.round && was.round.agreedAt === null) {
      await noteGift(tx, was, { person: offer.offeredBy, team: offer.team, at: now, amountMinor: 0 })
    }
    if (was.waitingFor !== 'remedy') return { events: [], answer: undefined }
    const keeping = await readKeeping(world, tx, was)
    const clock: Actor = { kind: 'automation', id: 'clock' }
    const resumed = await stepCase(world, tx, was, [{ actor: clock, command: { kind: 'resume' } }], keeping)
    return { events: resumed.kind === 'stepped' ? resumed.events : [], answer: undefined }
  })
}
