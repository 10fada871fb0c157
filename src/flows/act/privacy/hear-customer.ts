import { randomUUID } from 'node:crypto'
import type { CustomerSaid } from '../../../contract/customer-said.ts'
import { ownEvent } from '../../../contract/ingest.ts'
import { momentNamed } from '../../../core/gestures/told-moment.ts'
import type { Actor } from '../../../core/people/actor.ts'
import type { AuditAction } from '../../../core/people/audit.ts'
import { PROFILING } from '../../../core/privacy/profiling.ts'
import { inForce, type Relationship } from '../../../core/relationship/relationship.ts'
import { type Instant, rfc3339 } from '../../../core/time/instant.ts'
import { audit } from '../../../store/audit.ts'
import type { Tx } from '../../../store/db.ts'
import { dropWaiting } from '../../../store/gestures.ts'
import { readLog } from '../../../store/log.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { type KnownPerson, personOf } from '../../person-of.ts'
import type { World } from '../../world.ts'

/** Who writes it down: somebody of the firm, or the customer on a page of ours. */
export type Writer = Actor | 'customer'

/** Writes down whether a customer objects to profiling; undefined where nobody is there any more. */
export const hearProfiling = (world: World, key: string, refused: boolean, who: Writer) =>
  hear(world, key, async (tx, { customer, state }) => {
    if ((state.profilingRefusedAt !== null) === refused) return []
    await note(tx, who, refused ? 'customer.profiling-refused' : 'customer.profiling-allowed', customer)
    // Of profiling the channel says nothing; the vocabulary asks for one, and no message goes by this one.
    const data = { channel: 'web', purpose: PROFILING, granted: !refused } as const
    return [ownEvent({ id: `profiling ${randomUUID()}`, customer, type: 'consent.changed', at: world.now(), data })]
  })

/** Writes down a moment that the customer or the family told of; undefined where nobody is there any more. */
export const hearMoment = (
  world: World,
  key: string,
  { kind, on }: Readonly<{ kind: string; on: Instant | null }>,
  who: Writer,
) =>
  hear(world, key, async (tx, { customer, state }) => {
    const at = world.now()
    if (state.person.moments.some((one) => one.kind === kind && one.at === (on ?? one.at))) return []
    await note(tx, who, 'customer.moment-told', customer)
    const data = { kind, ...(on === null ? {} : { on: rfc3339(on) }) }
    return [ownEvent({ id: `moment ${randomUUID()}`, customer, type: 'moment.told', at, data })]
  })

/** Takes back every word of a moment, whoever sent it; undefined where nobody is there any more. */
export const forgetMoment = (world: World, key: string, kind: string, who: Writer) =>
  hear(world, key, async (tx, { customer, keys }) => {
    const told = inForce(await readLog(tx, keys)).filter(
      (event) => event.type === 'moment.told' && event.data.kind === kind,
    )
    if (told.length > 0) await note(tx, who, 'customer.moment-taken-back', customer)
    await dropWaiting(tx, keys, momentNamed(kind) ?? kind)
    return told.map(({ id, source, customer: whose }) =>
      ownEvent({
        id: `no moment ${randomUUID()}`,
        customer: whose,
        type: 'event.retracted',
        at: world.now(),
        data: { id, source },
      }),
    )
  })

type Tell = (tx: Tx, person: KnownPerson) => Promise<Decided<unknown>['events']>

async function hear(world: World, key: string, tell: Tell): Promise<CustomerSaid | undefined> {
  const known = await appendDecided(world, async (tx): Promise<Decided<boolean>> => {
    const person = await personOf(tx, key)
    if (person === undefined || person.state.person.erased) return { events: [], answer: false }
    return { events: await tell(tx, person), answer: true }
  })
  const now = known ? await personOf(world.db, key) : undefined
  return now === undefined ? undefined : saidOf(now.customer, now.state)
}

// Customers leave their trace in the log of events; the audit log is about the firm's own people and programs.
async function note(tx: Tx, who: Writer, action: AuditAction, customer: string): Promise<void> {
  if (who !== 'customer') await audit(tx, who, action, { kind: 'customer', id: customer })
}

const saidOf = (customer: string, { profilingRefusedAt, person }: Relationship): CustomerSaid => ({
  customer,
  profilingRefusedAt: profilingRefusedAt === null ? null : rfc3339(profilingRefusedAt),
  moments: person.moments.map(({ kind, at }) => ({ kind, at: rfc3339(at) })),
})
