import { randomUUID } from 'node:crypto'
import type { GesturePreview, GestureWish } from '../../../contract/gestures.ts'
import type { Locale } from '../../../contract/words.ts'
import { mayGive } from '../../../core/cases/authority.ts'
import { type GestureRules, isTask } from '../../../core/gestures/gesture-rules.ts'
import { type GestureFault, gestureFault } from '../../../core/gestures/gesture-words.ts'
import { type GestureBar, mayMakeGesture } from '../../../core/gestures/may-make-gesture.ts'
import type { Instant } from '../../../core/time/instant.ts'
import { audit } from '../../../store/audit.ts'
import type { Tx } from '../../../store/db.ts'
import { addGesture, type GestureState } from '../../../store/gestures.ts'
import { lockGivers } from '../../../store/gifts.ts'
import type { Colleague } from '../../../store/people.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import type { Caller } from '../../caller.ts'
import { readRemedyRules, readSpentBy } from '../../case-authority.ts'
import { readGestureRules } from '../../gesture-rules.ts'
import { personOf } from '../../person-of.ts'
import { spokenBy } from '../../spoken-by.ts'
import { readSurroundings } from '../../surroundings.ts'
import type { World } from '../../world.ts'
import { budgetBar, hasRest, holdPerson, makeGesture, previewGesture, type Receiver, wayBar } from './make-gesture.ts'

/** What keeps a person from making a gesture beside what keeps a rule. */
export const handBars = ['too-large', 'worth-missing', 'words-missing', 'role-may-not', 'limit'] as const
/** Why somebody of the firm may not make a gesture now. */
export type HandBar = GestureBar | GestureFault | (typeof handBars)[number]

/** What came of it; `phrase` is what the words say that a gesture must not. */
export type GivenByHand =
  | Readonly<{ kind: 'given'; id: string; state: GestureState }>
  | Readonly<{ kind: 'refused'; because: HandBar; phrase: string | null }>
  | Readonly<{ kind: 'customer-unknown' }>

type Giver = Readonly<{ caller: Caller; colleague: Colleague }>

/**
 * Makes a gesture because a person wants to: within what one gesture may cost, her limits, and the budgets, and only where
 * rules would be allowed to as well; the lot has no say. Of two at once the second sees the first.
 */
export async function giveByHand(world: World, giver: Giver, key: string, wish: GestureWish): Promise<GivenByHand> {
  const id = randomUUID()
  return appendDecided(world, async (tx): Promise<Decided<GivenByHand>> => {
    const looked = await lookAtHand(world, tx, giver, key, wish)
    if (looked.kind !== 'open') return { events: [], answer: looked }
    const { receiver, rules, team } = looked
    const { caller, colleague } = giver
    const { gesture, costMinor, reason, about = null } = wish
    const at = world.now()
    const making = { id, gesture, costMinor, team, words: { text: wish.text ?? '' }, who: caller.actor }
    const made = await makeGesture(world, tx, receiver, { ...making, voucherMonths: rules.voucherMonths })
    const { state, voucher, currency, events } = made
    const { customer } = receiver.person
    await addGesture(tx, customer, id, {
      ...{ gesture, state, at, because: null, probability: 0, costMinor, currency, team },
      ...{ by: colleague.id, reason, about, voucher },
    })
    await audit(tx, caller.actor, 'gesture.given', { kind: 'customer', id: customer }, { gesture, costMinor })
    return { events, answer: { kind: 'given', id, state } }
  })
}

/** What would be sent, once it was asked whether the gesture may be made; nothing is stored, sent or counted. */
export async function previewByHand(
  world: World,
  giver: Giver,
  key: string,
  wish: GestureWish,
): Promise<Readonly<{ kind: 'seen'; preview: GesturePreview }> | Exclude<GivenByHand, { kind: 'given' }>> {
  return world.db.transaction(async (tx) => {
    const looked = await lookAtHand(world, tx, giver, key, wish)
    if (looked.kind !== 'open') return looked
    const { gesture, costMinor, text = '' } = wish
    const { voucherMonths } = looked.rules
    const mail = await previewGesture(world, tx, looked.receiver, {
      gesture,
      costMinor,
      words: { text },
      voucherMonths,
    })
    return { kind: 'seen', preview: { mail } }
  })
}

/** Whether a gesture could be made by hand; everything that counts towards it is held until the transaction ends. */
async function lookAtHand(
  world: World,
  tx: Tx,
  { colleague }: Giver,
  key: string,
  wish: GestureWish,
): Promise<
  | Readonly<{ kind: 'open'; receiver: Receiver; rules: GestureRules; team: string | null }>
  | Exclude<GivenByHand, { kind: 'given' }>
> {
  const person = await personOf(tx, key)
  if (person === undefined) return { kind: 'customer-unknown' }
  const refused = (because: HandBar, phrase: string | null = null) => ({ kind: 'refused', because, phrase }) as const
  const { rules } = await readGestureRules(tx)
  const { gesture, costMinor, about = null } = wish
  const wrong = wishBar(wish, rules, spokenBy(person.state))
  if (wrong !== null) return refused(wrong.because, wrong.phrase)
  const receiver = await holdPerson(tx, person, await readSurroundings(tx))
  const now = world.now()
  const may = mayMakeGesture(receiver.surroundings.policy, receiver.around, { gesture, byHand: true, about, now })
  // Of whom had one lately a cap would speak as well: what lasts longer is the better answer.
  const isResting = await hasRest(tx, receiver, { rules, now, byHand: true })
  if (isResting && (may.because === null || may.because === 'cap')) return refused('rest')
  if (may.because !== null) return refused(may.because)
  const way = wayBar(world, receiver, gesture)
  if (way !== null) return refused(way)
  const team = colleague.teams[0] ?? null
  const limit = await limitBar(tx, { colleague, team, wish, rules, now, timeZone: receiver.surroundings.zone })
  if (limit !== null) return refused(limit)
  const budget = await budgetBar(tx, receiver, { rules, now, costMinor, team })
  return budget === null ? { kind: 'open', receiver, rules, team } : refused(budget)
}

/** What is wrong with a wish whoever it is for. */
function wishBar(
  { gesture, costMinor, text = '' }: GestureWish,
  { mostMinor }: GestureRules,
  language: Locale,
): Readonly<{ because: HandBar; phrase: string | null }> | null {
  if (costMinor > mostMinor) return { because: 'too-large', phrase: null }
  if (gesture === 'voucher' && costMinor === 0) return { because: 'worth-missing', phrase: null }
  if (isTask(gesture)) return null
  if (text.trim() === '') return { because: 'words-missing', phrase: null }
  const found = gestureFault(text, language)
  return found === null ? null : { because: found.fault, phrase: found.phrase }
}

type Limited = Readonly<{
  colleague: Colleague
  team: string | null
  wish: GestureWish
  rules: GestureRules
  now: Instant
  timeZone: string
}>

// The same limits as for remedies, counted together. A gesture is small or none: no second person is asked.
async function limitBar(tx: Tx, { colleague, team, wish, rules, now, timeZone }: Limited): Promise<HandBar | null> {
  if (wish.costMinor === 0) return null
  const [person, paying] = [colleague.id, team ?? '']
  await lockGivers(tx, person, paying)
  const spent = await readSpentBy(tx, { person, team: paying, at: now, timeZone })
  const { authority } = (await readRemedyRules(tx)).rules
  const range = { lowMinor: 0, highMinor: rules.mostMinor }
  const asked = { person, role: colleague.role, team: paying, amountMinor: wish.costMinor, range, reason: wish.reason }
  const answer = mayGive(asked, spent, authority)
  if (answer.kind === 'allowed') return null
  return answer.kind === 'refused' && answer.because === 'role-may-not' ? 'role-may-not' : 'limit'
}
