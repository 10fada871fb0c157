import { randomUUID } from 'node:crypto'
import type { WebhookType } from '../core/contact/outbox.ts'
import { rfc3339 } from '../core/time/instant.ts'
import type { Tx } from '../store/db.ts'
import { enqueue } from '../store/jobs.ts'
import { addDelivery, listeningTo } from '../store/webhooks.ts'
import type { World } from './world.ts'

/** What concerns no customer stands under this key: no customer has an empty one. */
export const NOBODY = ''

/** Something that other systems may be told; `customer` null where it is of none. `data` holds keys, kinds, amounts and times: no name, address, or text. */
export type Emitted = Readonly<{
  type: WebhookType
  customer: string | null
  data: Readonly<Record<string, string | number | boolean | null>>
}>

/** Tells every endpoint that asked for it, in the transaction of what happened: told if that is committed, else not. */
export async function emit(world: World, tx: Tx, { type, customer, data }: Emitted): Promise<void> {
  const endpoints = await listeningTo(tx, type)
  if (endpoints.length === 0) return
  const body = JSON.stringify({
    type,
    timestamp: rfc3339(world.now()),
    data: customer === null ? data : { customer, ...data },
  })
  // One id for the event wherever it goes: whoever gets it twice knows it again.
  const event = randomUUID()
  for (const endpoint of endpoints)
    await queueDelivery(tx, { customer: customer ?? NOBODY, event, endpoint: endpoint.id, type, body })
}

/** Writes one delivery down and queues it. */
export async function queueDelivery(
  tx: Tx,
  delivery: Readonly<{ customer: string; event: string; endpoint: string; type: string; body: string }>,
): Promise<string> {
  const id = randomUUID()
  await addDelivery(tx, { ...delivery, id })
  await enqueue(tx, 'webhook.deliver', { customer: delivery.customer, id })
  return id
}
