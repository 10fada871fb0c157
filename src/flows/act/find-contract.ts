import { customerKey } from '../../core/ids.ts'
import type { Instant } from '../../core/instant.ts'
import type { Relationship } from '../../core/relationship.ts'
import { searchForm } from '../../core/search-terms.ts'
import type { Tx } from '../../store/db.ts'
import { readLog } from '../../store/log.ts'
import { readSaved } from '../../store/relationships.ts'
import { findByWholeTerm, findOrderHolders } from '../../store/views/contract-holder-view.ts'

const HOLDERS_MAX = 50

/** Whose contract a notice is about, and the end of a first fixed term that was never renewed. */
export type FoundContract = Readonly<{ customer: string; subscription: string | null; fixedUntil: Instant | null }>

/** References are written with spaces and hyphens and without: only letters and digits are compared. */
const referenceForm = (text: string): string => searchForm(text).replaceAll(/[^\p{L}\p{N}]/gu, '')

/**
 * Recognises a contract by its reference together with the e-mail address of its holder: one without the other would
 * let a stranger end it. Undefined when nobody fits, or more than one: then a person finds out.
 */
export async function findContract(
  tx: Tx,
  { reference, email }: Readonly<{ reference: string; email: string | null }>,
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
  return contractOf(tx, only.customer, only.members, only.state, reference)
}

function namesOf(customer: string, members: readonly string[], { facts, person }: Relationship): readonly string[] {
  const subscriptions = facts.subscriptions.map(({ subscription }) => subscription)
  const identities = person.identities.map(({ value }) => value)
  return [customer, ...members, ...subscriptions, ...identities].map(referenceForm)
}

/** The contract of a known customer: the subscription that the reference names, or the only one there is. */
async function contractOf(
  tx: Tx,
  customer: string,
  members: readonly string[],
  { facts }: Relationship,
  reference: string,
): Promise<FoundContract> {
  const named = facts.subscriptions.filter(
    ({ subscription }) => referenceForm(subscription) === referenceForm(reference),
  )
  const [one, ...more] = named.length > 0 ? named : facts.subscriptions
  if (one === undefined || more.length > 0) return { customer, subscription: null, fixedUntil: null }
  const log = await readLog(tx, [customer, ...members].map(customerKey))
  const renewed = log.some(
    (event) => event.type === 'subscription.renewed' && event.data.subscription === one.subscription,
  )
  return { customer, subscription: one.subscription, fixedUntil: renewed ? null : one.fixedUntil }
}
