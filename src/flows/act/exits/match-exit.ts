import type { ExitKind } from '../../../core/exits/exit-case.ts'
import type { Actor } from '../../../core/people/actor.ts'
import { audit } from '../../../store/audit.ts'
import type { Tx } from '../../../store/db.ts'
import { addExit, findExitByNumber, isUnmatched, removeExit, type StoredExit } from '../../../store/exits.ts'
import { readSaved } from '../../../store/relationships.ts'
import { readSettings } from '../../../store/settings.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import type { World } from '../../world.ts'
import { contractOf, type FoundContract } from './find-contract.ts'
import { confirmExit, tellExit } from './request-exit.ts'

/** What came of it. */
export type Matched =
  | Readonly<{ kind: 'matched'; exit: StoredExit }>
  | Readonly<{ kind: 'no-exit' }>
  | Readonly<{ kind: 'matched-before' }>
  | Readonly<{ kind: 'customer-unknown' }>

/** The contract of a customer whom somebody names; undefined when no event has told of the customer. */
export async function contractOfNamed(
  tx: Tx,
  key: string,
  about: Readonly<{ kind: ExitKind; reference: string }>,
): Promise<FoundContract | undefined> {
  const row = (await readSaved(tx, [key])).get(key)
  const root = row?.root ?? key
  const held = root === key ? row : (await readSaved(tx, [root])).get(root)
  if (held === undefined || held.state === null) return undefined
  return contractOf(tx, { customer: root, members: held.members, state: held.state }, about)
}

/**
 * Gives a notice to the customer whom a person found. It counts from when it came in; the end is told in a second
 * confirmation, to the address that the first one went to.
 */
export async function matchExit(world: World, id: string, customer: string, who: Actor): Promise<Matched> {
  return appendDecided(world, async (tx): Promise<Decided<Matched>> => {
    const was = await findExitByNumber(tx, id)
    if (was === undefined) return { events: [], answer: { kind: 'no-exit' } }
    if (!isUnmatched(was.customer)) return { events: [], answer: { kind: 'matched-before' } }
    const contract = await contractOfNamed(tx, customer, was.notice)
    if (contract === undefined) return { events: [], answer: { kind: 'customer-unknown' } }
    const { timeZone } = await readSettings(tx)
    const exit = confirmExit({ ...was, customer: contract.customer }, contract, { zone: timeZone, at: world.now() })
    // Whoever else gives it to somebody at the same time finds nothing to take away.
    if (!(await removeExit(tx, was))) return { events: [], answer: { kind: 'matched-before' } }
    await addExit(tx, exit)
    await audit(tx, who, 'exit.matched', { kind: 'customer', id: contract.customer }, { exit: id })
    const events = await tellExit(world, tx, {
      stored: exit,
      subscriptions: contract.subscriptions,
      cause: 'matched',
      timeZone,
    })
    return { events, answer: { kind: 'matched', exit } }
  })
}
