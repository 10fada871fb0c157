import type { ExitKind } from '../../../core/exits/exit-case.ts'
import type { CustomerEvent } from '../../../core/relationship/event.ts'
import type { Subscription } from '../../../core/relationship/facts.ts'
import { inForce, type Relationship } from '../../../core/relationship/relationship.ts'
import { searchForm } from '../../../core/relationship/search-terms.ts'
import { type Instant, instantOf } from '../../../core/time/instant.ts'
import type { Tx } from '../../../store/db.ts'
import { readLog } from '../../../store/log.ts'
import { readSaved } from '../../../store/relationships.ts'
import { findByWholeTerm, findOrderHolders } from '../../../store/views/contract-holder-view.ts'

const HOLDERS_MAX = 50

/**
 * Whose contract a notice is about, the subscriptions that end with it, the end of a first term never renewed, and when
 * the days of withdrawing began: with the receipt of what was ordered, or the start of a subscription.
 */
export type FoundContract = Readonly<{
  customer: string
  subscriptions: readonly string[]
  fixedUntil: Instant | null
  withdrawFrom: Instant | null
}>

/** References are written with spaces and hyphens and without: only letters and digits are compared. */
const referenceForm = (text: string): string => searchForm(text).replaceAll(/[^\p{L}\p{N}]/gu, '')

/**
 * Recognises a contract by its reference together with the e-mail address of its holder: one without the other would
 * let a stranger end it. Undefined when nobody fits, or more than one: then a person finds out.
 */
export async function findContract(
  tx: Tx,
  { kind, reference, email }: About & Readonly<{ email: string | null }>,
): Promise<FoundContract | undefined> {
  if (email === null) return undefined
  const known = await findByWholeTerm(tx, searchForm(email), HOLDERS_MAX)
  const saved = await readSaved(tx, known)
  const holders = [...saved.values()].flatMap(({ customer, members, state }) =>
    state === null || state.person.erased ? [] : [{ customer, members, state }],
  )
  const people = holders.flatMap(({ customer, members }) => [customer, ...members])
  const byOrder = new Set(await findOrderHolders(tx, people, [reference, reference.trim()]))
  const found = holders.filter(
    ({ customer, members, state }) =>
      namesOf(customer, members, state).includes(referenceForm(reference)) ||
      [customer, ...members].some((one) => byOrder.has(one)),
  )
  const [only, ...others] = found
  if (only === undefined || others.length > 0) return undefined
  return contractOf(tx, only, { kind, reference })
}

function namesOf(customer: string, members: readonly string[], { facts, person }: Relationship): readonly string[] {
  const subscriptions = facts.subscriptions.map(({ subscription }) => subscription)
  const identities = person.identities.map(({ value }) => value)
  return [customer, ...members, ...subscriptions, ...identities].map(referenceForm)
}

/** What is asked for, and of what. */
type About = Readonly<{ kind: ExitKind; reference: string }>

/** The contract of a known customer that a notice is about. */
export async function contractOf(
  tx: Tx,
  { customer, members, state }: Readonly<{ customer: string; members: readonly string[]; state: Relationship }>,
  about: About,
): Promise<FoundContract> {
  const ending = endingOf(customer, members, state, about)
  const asksLog = ending.length > 0 || about.kind === 'withdraw'
  const log = asksLog ? inForce(await readLog(tx, [customer, ...members])) : []
  const renewed = new Set(
    log.flatMap((event) => (event.type === 'subscription.renewed' ? [event.data.subscription] : [])),
  )
  const terms = ending.flatMap(({ subscription, fixedUntil }) =>
    fixedUntil === null || renewed.has(subscription) ? [] : [fixedUntil],
  )
  const names = ending.map(({ subscription }) => subscription)
  return {
    customer,
    subscriptions: names,
    fixedUntil: latest(terms),
    withdrawFrom: about.kind === 'withdraw' ? latest(beginnings(log, names, about.reference)) : null,
  }
}

const latest = (instants: readonly Instant[]): Instant | null =>
  instants.reduce<Instant | null>((last, one) => (last === null || one > last ? one : last), null)

function beginnings(log: readonly CustomerEvent[], subscriptions: readonly string[], reference: string): Instant[] {
  const form = referenceForm(reference)
  return log.flatMap((event) => {
    switch (event.type) {
      case 'subscription.started':
        return subscriptions.includes(event.data.subscription) ? [event.at] : []
      case 'order.placed':
        return referenceForm(event.data.order) === form ? [event.at] : []
      case 'order.delivered':
        if (referenceForm(event.data.order) !== form) return []
        return [event.data.deliveredAt === undefined ? event.at : instantOf(event.data.deliveredAt)]
      default:
        return []
    }
  })
}

// A notice that names no subscription is about the only one, or about everything if it names the customer or nothing.
// One that withdraws from an order, or that could be about several, ends none by itself.
function endingOf(
  customer: string,
  members: readonly string[],
  { facts, person }: Relationship,
  { kind, reference }: About,
): readonly Subscription[] {
  const form = referenceForm(reference)
  const named = facts.subscriptions.filter(({ subscription }) => referenceForm(subscription) === form)
  if (named.length > 0) return named
  const names = ['', customer, ...members, ...person.identities.map(({ value }) => value)].map(referenceForm)
  if (names.includes(form)) return facts.subscriptions
  return kind !== 'withdraw' && facts.subscriptions.length === 1 ? facts.subscriptions : []
}
