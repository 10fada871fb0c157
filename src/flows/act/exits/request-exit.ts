import { randomBytes } from 'node:crypto'
import { type Accepted, ownEvent } from '../../../contract/ingest.ts'
import { assert } from '../../../core/assert.ts'
import { decideExit, lastMoment, requested } from '../../../core/exits/exit-case.ts'
import { exitEnd, withdrawalEnd } from '../../../core/exits/exit-end.ts'
import { type Instant, rfc3339 } from '../../../core/time/instant.ts'
import type { Tx } from '../../../store/db.ts'
import { addExit, type ExitNotice, findExitByNumber, type StoredExit, unmatchedKey } from '../../../store/exits.ts'
import { enqueue } from '../../../store/jobs.ts'
import { readSettings } from '../../../store/settings.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { emit } from '../../emit.ts'
import { queueMessage } from '../../queue-message.ts'
import type { World } from '../../world.ts'
import { type FoundContract, findContract } from './find-contract.ts'
import { contentOf, noticeLanguage } from './say-notice.ts'
import { offerChoice } from './settle-with-customer.ts'

// Without letters and digits that are read for one another (Crockford's base 32), so that it can be told by phone.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const NUMBER_LENGTH = 10

/** A new number of an exit, `E-XXXXX-XXXXX`: 50 random bits, so that nobody guesses somebody else's. */
export function exitNumber(): string {
  const signs = [...randomBytes(NUMBER_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length] ?? '')
  return `E-${signs.slice(0, 5).join('')}-${signs.slice(5).join('')}`
}

/**
 * Takes a notice. Nothing is refused: where nobody can be recognised, a person finds out later, and the answer to the
 * customer is the same. Row, events, confirmation and webhook are one transaction. The same number again changes
 * nothing and answers what was stored.
 */
export async function requestExit(
  world: World,
  id: string,
  notice: ExitNotice,
  of: (tx: Tx) => Promise<FoundContract | undefined> = (tx) => findContract(tx, notice),
): Promise<StoredExit> {
  const at = world.now()
  return appendDecided(world, async (tx): Promise<Decided<StoredExit>> => {
    const known = await findExitByNumber(tx, id)
    if (known !== undefined) return { events: [], answer: known }
    const { timeZone: zone } = await readSettings(tx)
    const contract = await of(tx)
    const customer = contract?.customer ?? unmatchedKey(id)
    const bare: StoredExit = {
      customer,
      id,
      toldAs: customer,
      endRule: null,
      withdrawUntil: null,
      notice,
      exit: requested(at),
      wished: null,
      referredAt: null,
    }
    const stored = contract === undefined ? bare : confirmExit(bare, contract, { zone, at })
    await addExit(tx, stored)
    const told = { stored, subscriptions: contract?.subscriptions ?? [], cause: 'requested', timeZone: zone } as const
    return { events: await tellExit(world, tx, told), answer: stored }
  })
}

/** The exit once it is known whose contract ends. The end counts from the request, whenever it is confirmed. */
export function confirmExit(
  was: StoredExit,
  { fixedUntil, withdrawFrom }: FoundContract,
  { zone, at }: Readonly<{ zone: string; at: Instant }>,
): StoredExit {
  const { kind, wishedOn } = was.notice
  const end = exitEnd({ kind, requestedAt: was.exit.requestedAt, wishedOn, fixedUntil, zone })
  const decision = decideExit(was.exit, { kind: 'confirm', endsAt: end.at }, at)
  assert(decision.kind === 'taken', 'a request that was not confirmed can be')
  const withdrawUntil = withdrawFrom === null ? null : withdrawalEnd(withdrawFrom, zone)
  return { ...was, exit: decision.exit, endRule: end.because, withdrawUntil }
}

/**
 * Tells the customer, and once it is known whose contract it is also other systems and the clock that ends it. Answers
 * the events for the log. `cause` keeps the two confirmations of one exit apart.
 */
export async function tellExit(
  world: World,
  tx: Tx,
  told: Readonly<{
    stored: StoredExit
    subscriptions: readonly string[]
    cause: 'requested' | 'matched'
    timeZone: string
  }>,
): Promise<readonly Accepted[]> {
  const { stored } = told
  const { customer, id, notice, exit } = stored
  await acknowledge(world, tx, stored, told)
  if (exit.endsAt === null) return []
  await emit(world, tx, { type: 'exit.requested', customer, data: { exit: id, kind: notice.kind } })
  await enqueue(tx, 'exit.end', { id }, { after: new Date(exit.endsAt) })
  await enqueue(tx, 'data.pack', { customer, id })
  await offerChoice(world, tx, stored)
  return eventsOf(stored, told.subscriptions)
}

// The reason stays with the exit: an event of the log could not be erased alone.
const eventsOf = ({ customer, id, notice, exit }: StoredExit, [scope, ...more]: readonly string[]) => [
  ownEvent({
    id: `${id} requested`,
    customer,
    type: 'exit.requested',
    at: exit.requestedAt,
    data: { exit: id, channel: notice.channel, ...(scope === undefined || more.length > 0 ? {} : { scope }) },
  }),
  ownEvent({
    id: `${id} confirmed`,
    customer,
    type: 'exit.confirmed',
    at: exit.confirmedAt ?? exit.requestedAt,
    data: { exit: id },
  }),
]

async function acknowledge(
  world: World,
  tx: Tx,
  { customer, id, endRule, notice, exit }: StoredExit,
  { cause, timeZone }: Readonly<{ cause: string; timeZone: string }>,
): Promise<void> {
  if (notice.email === null) return
  const queued = await queueMessage(world, tx, {
    customer,
    to: notice.email,
    kind: 'exit.acknowledged',
    language: noticeLanguage(notice),
    timeZone,
    values: {
      reference: id,
      content: contentOf(notice, { requestedAt: exit.requestedAt, zone: timeZone }),
      received: rfc3339(exit.requestedAt),
      ...(exit.endsAt === null ? {} : { ends: rfc3339(lastMoment(exit.endsAt, endRule)) }),
    },
    cause: `exit ${id} ${cause}`,
  })
  assert(queued.kind !== 'refused', 'a confirmation can be written from what was checked')
}
