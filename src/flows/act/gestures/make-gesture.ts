import { randomUUID } from 'node:crypto'
import { type Accepted, ownEvent } from '../../../contract/ingest.ts'
import { amountInWords } from '../../../contract/money-words.ts'
import type { Locale } from '../../../contract/words.ts'
import type { MessageValues } from '../../../contract/write-message.ts'
import { assert } from '../../../core/assert.ts'
import type { Circumstances } from '../../../core/contact/may-contact.ts'
import type { MessageKind } from '../../../core/contact/outbox.ts'
import {
  channelOfGesture,
  type GestureKind,
  type GestureRules,
  isReached,
  isTask,
} from '../../../core/gestures/gesture-rules.ts'
import type { GestureBar } from '../../../core/gestures/may-make-gesture.ts'
import type { Moment } from '../../../core/gestures/told-moment.ts'
import type { Actor } from '../../../core/people/actor.ts'
import type { Relationship } from '../../../core/relationship/relationship.ts'
import { DAY_MS, type Instant, instant, rfc3339 } from '../../../core/time/instant.ts'
import { monthsAfter } from '../../../core/time/local-date.ts'
import { dateAt, startOfDate, zoneOrUtc } from '../../../core/time/zone.ts'
import { lockSlots, saveSlots } from '../../../store/contact-slots.ts'
import type { Tx } from '../../../store/db.ts'
import { hadGestureSince, lockBudget, readSpentOnGestures } from '../../../store/gestures.ts'
import type { MessageSecret } from '../../../store/messages.ts'
import { readSaved } from '../../../store/relationships.ts'
import { readSettings } from '../../../store/settings.ts'
import { emit } from '../../emit.ts'
import { budgetMonth, restBegan } from '../../gesture-rules.ts'
import { linkAhead } from '../../link-ahead.ts'
import type { KnownPerson } from '../../person-of.ts'
import { preferencePath } from '../../preference-link.ts'
import { previewMessage, queueMessage } from '../../queue-message.ts'
import { spokenBy } from '../../spoken-by.ts'
import { circumstancesOf, type Surroundings } from '../../surroundings.ts'
import type { World } from '../../world.ts'
import { issueWithin } from '../vouchers/issue-voucher.ts'

/** So long a gesture counts under the caps of the contact policy, whose longest window is a month. */
const SLOT_DAYS = 31

/** Whom a gesture is for, held until the transaction ends: nobody else reserves a slot, or makes one, meanwhile. */
export type Receiver = Readonly<{
  person: KnownPerson
  around: Circumstances
  surroundings: Surroundings
}>

/** Holds a person as she stands now. */
export async function holdPerson(tx: Tx, person: KnownPerson, surroundings: Surroundings): Promise<Receiver> {
  const held = await lockSlots(tx, person.customer)
  // Whoever wrote meanwhile has let go by now: who waited for that sees it.
  const state = (await readSaved(tx, [person.customer])).get(person.customer)?.state ?? person.state
  return { person: { ...person, state }, around: circumstancesOf(state, held, surroundings), surroundings }
}

type Asked = Readonly<{ rules: GestureRules; now: Instant }>

/** Whether a person had a gesture so lately that there is none. */
export async function hasRest(
  tx: Tx,
  { person, surroundings }: Receiver,
  { rules, now, byHand }: Asked & Readonly<{ byHand: boolean }>,
): Promise<boolean> {
  const since = restBegan(zoneOrUtc(surroundings.zone), now, rules)
  return hadGestureSince(tx, person.keys, { since, byHand })
}

/** Whether nothing reaches the customer; a mail nobody can say no to with one click does not go. */
export function wayBar(world: World, { person: { state } }: Receiver, gesture: GestureKind): 'no-way' | null {
  const isSendable = isTask(gesture) || (world.mail !== undefined && world.publicUrl !== undefined)
  return isSendable && isReached(state.person, gesture) ? null : 'no-way'
}

/** Which budget of the month an amount would pass; nobody else spends of them until the transaction ends. */
export async function budgetBar(
  tx: Tx,
  { surroundings }: Pick<Receiver, 'surroundings'>,
  { rules, now, costMinor, team }: Asked & Readonly<{ costMinor: number; team: string | null }>,
): Promise<Extract<GestureBar, 'budget' | 'team-budget'> | null> {
  if (costMinor === 0) return null
  await lockBudget(tx)
  const { currency } = await readSettings(tx)
  const spent = await readSpentOnGestures(tx, { since: budgetMonth(surroundings.zone, now), currency })
  const all = spent.reduce((sum, one) => sum + one.costMinor, 0)
  if (all + costMinor > rules.firmMonthMinor) return 'budget'
  const budget = team === null ? undefined : rules.teamMonthMinor[team]
  const own = spent.find((one) => one.team === team)?.costMinor ?? 0
  return budget !== undefined && own + costMinor > budget ? 'team-budget' : null
}

/** What is made: for a moment, in our words or those of the firm, or in words that somebody typed. */
export type Making = Readonly<{
  id: string
  gesture: GestureKind
  costMinor: number
  words: Readonly<{ moment: Moment } | { text: string }>
  who: Actor
  voucherMonths: number
  team: string | null
}>

/** What was made: the events that follow, and the voucher if it is one. A task is still to be done. */
export type Made = Readonly<{
  state: 'made' | 'to-do'
  voucher: string | null
  currency: string
  events: readonly Accepted[]
}>

/** Makes a gesture to a person who is held, or has a person of the firm do it. Nothing of it asks anything in return. */
export async function makeGesture(world: World, tx: Tx, receiver: Receiver, making: Making): Promise<Made> {
  const { id, gesture, costMinor, team } = making
  const { customer } = receiver.person
  const now = world.now()
  const { currency } = await readSettings(tx)
  await keepSlot(tx, receiver, { id, gesture, now })
  if (isTask(gesture)) {
    await emit(world, tx, { type: 'gesture.to_do', customer, data: { gesture: id, kind: gesture, team } })
    return { state: 'to-do', voucher: null, currency, events: [] }
  }
  const given = gesture === 'voucher' ? await giveVoucher(world, tx, receiver, { ...making, currency }) : noVoucher
  await mail(world, tx, receiver, { ...making, ...given })
  const told = await tellMade(world, tx, { customer, id, gesture, costMinor, currency })
  return { state: 'made', voucher: given.voucher, currency, events: [...given.events, told] }
}

/** The event of a gesture that was made; other systems are told. */
export async function tellMade(
  world: World,
  tx: Tx,
  one: Readonly<{ customer: string; id: string; gesture: GestureKind; costMinor: number; currency: string | null }>,
): Promise<Accepted> {
  const { customer, id, gesture: kind, costMinor, currency } = one
  await emit(world, tx, { type: 'gesture.made', customer, data: { gesture: id, kind, costMinor, currency } })
  const data = { kind, cost: costMinor, ...(currency === null ? {} : { currency }), gesture: id }
  return ownEvent({ id: `gesture ${randomUUID()}`, customer, type: 'gesture.made', at: world.now(), data })
}

async function keepSlot(
  tx: Tx,
  { person: { customer }, around }: Receiver,
  { id, gesture, now }: Readonly<{ id: string; gesture: GestureKind; now: Instant }>,
): Promise<void> {
  const slot = { id, channel: channelOfGesture[gesture], at: now, until: instant(now + SLOT_DAYS * DAY_MS) }
  await saveSlots(tx, customer, [...around.reservations, slot], now)
}

type Given = Readonly<{
  voucher: string | null
  values: MessageValues
  secret: MessageSecret | null
  events: readonly Accepted[]
}>
const noVoucher: Given = { voucher: null, values: {}, secret: null, events: [] }

async function giveVoucher(
  world: World,
  tx: Tx,
  { person: { customer, state }, surroundings }: Receiver,
  { id, costMinor, currency, voucherMonths, who }: Making & Readonly<{ currency: string }>,
): Promise<Given> {
  const expiresAt = endOfVoucher(world, surroundings, voucherMonths)
  const { events, answer } = await issueWithin(world, tx, who, {
    ...{ customer, movement: `gesture ${id}`, origin: 'goodwill', currency, valueMinor: costMinor, expiresAt },
    reference: null,
  })
  assert(answer.kind === 'issued' && answer.code !== null, 'a voucher of a new gesture is a new one')
  const { code, voucher } = answer
  const shown = `····-${code.slice(-4)}`
  return {
    voucher: voucher.voucher,
    values: voucherValues(state, { costMinor, currency, shown, expiresAt }),
    secret: { shown, told: code },
    events,
  }
}

function endOfVoucher(world: World, { zone }: Surroundings, months: number): Instant {
  const wall = zoneOrUtc(zone)
  return startOfDate(wall, monthsAfter(dateAt(wall, world.now()), months) + 1)
}

const voucherValues = (
  state: Relationship,
  of: Readonly<{ costMinor: number; currency: string; shown: string; expiresAt: Instant }>,
): MessageValues => ({
  gift: amountInWords(spokenBy(state), of.costMinor, of.currency),
  code: of.shown,
  until: rfc3339(of.expiresAt),
})

const kindOf = (words: Making['words']): MessageKind => ('moment' in words ? `gesture.${words.moment}` : 'gesture.hand')

const toldBy = ({ person: { name } }: Relationship, words: Making['words']): MessageValues => ({
  ...(name === null ? {} : { name }),
  ...('text' in words ? { text: words.text } : {}),
})

/** The mail of a gesture as it will be sent, but for its code and its links. Nothing is stored. */
export async function previewGesture(
  world: World,
  tx: Tx,
  { person: { state }, surroundings }: Receiver,
  { gesture, costMinor, words, voucherMonths }: Pick<Making, 'gesture' | 'costMinor' | 'words' | 'voucherMonths'>,
): Promise<Readonly<{ to: string; language: Locale; subject: string; body: string }> | null> {
  const { email } = state.person
  if (isTask(gesture) || email === null) return null
  const [language, { currency }] = [spokenBy(state), await readSettings(tx)]
  const expiresAt = endOfVoucher(world, surroundings, voucherMonths)
  const written = await previewMessage(tx, {
    kind: kindOf(words),
    language,
    timeZone: surroundings.zone,
    values: {
      ...toldBy(state, words),
      ...(gesture === 'voucher' ? voucherValues(state, { costMinor, currency, shown: '\u2026', expiresAt }) : {}),
      preferences: linkAhead(world, 'preferences', language),
    },
  })
  assert(written.kind !== 'refused', 'a gesture is written in words that were checked')
  return { to: email, language, subject: written.subject, body: written.body }
}

async function mail(
  world: World,
  tx: Tx,
  { person: { customer, state }, surroundings }: Receiver,
  { id, words, values, secret }: Making & Given,
): Promise<void> {
  const { email } = state.person
  assert(email !== null && world.publicUrl !== undefined, 'who gets a mail was reachable a moment ago')
  const language = spokenBy(state)
  const preferences = await preferencePath(tx, { customer, purpose: 'marketing', now: world.now() })
  const queued = await queueMessage(world, tx, {
    customer,
    to: email,
    kind: kindOf(words),
    language,
    timeZone: surroundings.zone,
    values: { ...toldBy(state, words), ...values, preferences: `${world.publicUrl}${preferences}?lang=${language}` },
    ...(secret === null ? {} : { secret }),
    cause: `gesture ${id}`,
  })
  assert(queued.kind === 'queued', 'a gesture is mailed once, in words that were checked')
}
