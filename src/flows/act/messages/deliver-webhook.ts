import { Webhook } from 'standardwebhooks'
import { webhookWaitMs } from '../../../core/contact/outbox.ts'
import { enqueue } from '../../../store/jobs.ts'
import {
  type Delivery,
  type Endpoint,
  findDelivery,
  findEndpoint,
  noteAttempt,
  turnOff,
} from '../../../store/webhooks.ts'
import type { World } from '../../world.ts'
import { type Posted, postWebhook } from './post-webhook.ts'

const GONE = 410
const RETRY_EARLY_MS = 1_000

/**
 * Delivers one event to its endpoint, signed by Standard Webhooks, and plans the next try if it was not taken. An event
 * can arrive twice when we die between its answer and our note of it: the receiver knows it by its `webhook-id`.
 */
export async function deliverWebhook(world: World, key: Readonly<{ customer: string; id: string }>): Promise<void> {
  const delivery = await findDelivery(world.db, key.customer, key.id)
  // Replayed, ended, or planned again since this job was queued: another job is the one that counts.
  if (delivery === undefined || delivery.state !== 'waiting') return
  if (delivery.nextAt !== null && delivery.nextAt.getTime() > world.now() + RETRY_EARLY_MS) return
  const endpoint = await findEndpoint(world.db, delivery.endpoint)
  if (endpoint === undefined || endpoint.state === 'off') {
    const ended = { state: 'dead', status: null, problem: 'The endpoint is turned off.', nextAt: null } as const
    return noteAttempt(world.db, delivery, ended)
  }
  const headers = signed(endpoint, delivery, new Date(world.now()))
  const posted = await postWebhook(endpoint.url, delivery.body, headers, world.allowPrivateWebhooks)
  await notePosted(world, delivery, posted)
  world.log.info({ delivery: delivery.id, type: delivery.type, status: posted.status }, 'event posted to an endpoint')
}

/** The headers of Standard Webhooks; while a secret is being changed, both sign. */
function signed(
  { secret, formerSecret, formerUntil }: Pick<Endpoint, 'secret' | 'formerSecret' | 'formerUntil'>,
  { event, body }: Pick<Delivery, 'event' | 'body'>,
  at: Date,
): Readonly<Record<string, string>> {
  const former = formerSecret !== null && formerUntil !== null && formerUntil > at ? [formerSecret] : []
  return {
    'content-type': 'application/json',
    'user-agent': 'Amends',
    'webhook-id': event,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': [secret, ...former].map((one) => new Webhook(one).sign(event, at, body)).join(' '),
  }
}

async function notePosted(world: World, delivery: Delivery, { status, problem }: Posted): Promise<void> {
  const taken = status !== null && status >= 200 && status < 300
  if (taken) return noteAttempt(world.db, delivery, { state: 'delivered', status, problem: null, nextAt: null })
  const wait = status === GONE ? undefined : webhookWaitMs(delivery.attempts + 1)
  const said = problem ?? `The endpoint answered ${status}.`
  await world.db.transaction(async (tx) => {
    if (status === GONE) await turnOff(tx, delivery.endpoint)
    const nextAt = wait === undefined ? null : new Date(world.now() + wait)
    await noteAttempt(tx, delivery, { state: nextAt === null ? 'dead' : 'waiting', status, problem: said, nextAt })
    const { customer, id } = delivery
    if (nextAt !== null) await enqueue(tx, 'webhook.deliver', { customer, id }, { after: nextAt })
  })
}
