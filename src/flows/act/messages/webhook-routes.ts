import { randomBytes, randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { type WebhookDelivery, type WebhookEndpoint, webhookChange, webhookWish } from '../../../contract/outbox.ts'
import { UUID } from '../../../core/ids.ts'
import { DAY_MS, rfc3339 } from '../../../core/time/instant.ts'
import { audit } from '../../../store/audit.ts'
import { enqueue } from '../../../store/jobs.ts'
import {
  addEndpoint,
  changeEndpoint,
  type Delivery,
  type Endpoint,
  findDeliveryTo,
  findEndpoint,
  listDeliveries,
  listEndpoints,
  removeEndpoint,
  reviveDelivery,
  rotateSecret,
} from '../../../store/webhooks.ts'
import { callerOf, type Entry } from '../../caller.ts'
import { NOBODY, queueDelivery } from '../../emit.ts'
import { bodyReader, Refusal } from '../../respond.ts'
import type { World } from '../../world.ts'
import { wrongUrl } from './post-webhook.ts'

const SECRET_BYTES = 32
const FORMER_SECRET_DAYS = 1

const readWish = bodyReader(webhookWish)
const readChange = bodyReader(webhookChange)

const newSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`

/** Setting up webhooks, and looking at what was delivered. */
export function webhookRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.get('/webhooks', async (c) => c.json((await listEndpoints(world.db)).map(endpointView)))
  routes.post('/webhooks', async (c) => {
    const { url, events } = await readWish(c)
    refuseUrl(world, url)
    const id = randomUUID()
    const secret = newSecret()
    await world.db.transaction(async (tx) => {
      await addEndpoint(tx, { id, url, events, secret })
      await audit(tx, callerOf(c).actor, 'webhook.added', { kind: 'webhook', id }, { events: events.length })
    })
    return c.json({ id, secret }, 201)
  })
  routes.put('/webhooks/:id', async (c) => {
    const { id } = await readEndpoint(world, c)
    const { url, events, on } = await readChange(c)
    refuseUrl(world, url)
    await world.db.transaction(async (tx) => {
      await changeEndpoint(tx, { id, url, events, state: on ? 'active' : 'off' })
      await audit(tx, callerOf(c).actor, 'webhook.changed', { kind: 'webhook', id }, { events: events.length, on })
    })
    return c.json(endpointView(await readEndpoint(world, c)))
  })
  routes.delete('/webhooks/:id', async (c) => {
    const { id } = await readEndpoint(world, c)
    await world.db.transaction(async (tx) => {
      await removeEndpoint(tx, id)
      await audit(tx, callerOf(c).actor, 'webhook.removed', { kind: 'webhook', id })
    })
    return c.body(null, 204)
  })
  routes.post('/webhooks/:id/secret', async (c) => {
    const { id } = await readEndpoint(world, c)
    const secret = newSecret()
    await world.db.transaction(async (tx) => {
      await rotateSecret(tx, id, secret, new Date(world.now() + FORMER_SECRET_DAYS * DAY_MS))
      await audit(tx, callerOf(c).actor, 'webhook.secret-changed', { kind: 'webhook', id })
    })
    return c.json({ id, secret })
  })
  routes.route('/', deliveryRoutes(world))
  return routes
}

function deliveryRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  const readDelivery = async (endpoint: Endpoint, id: string): Promise<Delivery> => {
    const delivery = UUID.test(id) ? await findDeliveryTo(world.db, endpoint.id, id) : undefined
    if (delivery === undefined) throw new Refusal('not-found', 'There is no such delivery.')
    return delivery
  }
  routes.get('/webhooks/:id/deliveries', async (c) => {
    const { id } = await readEndpoint(world, c)
    return c.json((await listDeliveries(world.db, id)).map(deliveryView))
  })
  routes.post('/webhooks/:id/test', async (c) => {
    const endpoint = await readEndpoint(world, c)
    const type = 'webhook.test'
    const body = JSON.stringify({ type, timestamp: rfc3339(world.now()), data: {} })
    const test = { customer: NOBODY, event: randomUUID(), endpoint: endpoint.id, type, body }
    const id = await world.db.transaction((tx) => queueDelivery(tx, test))
    return c.json(deliveryView(await readDelivery(endpoint, id)), 202)
  })
  routes.post('/webhooks/:id/deliveries/:delivery/replay', async (c) => {
    const endpoint = await readEndpoint(world, c)
    const { customer, id } = await readDelivery(endpoint, c.req.param('delivery'))
    const revived = await world.db.transaction(async (tx) => {
      const done = await reviveDelivery(tx, customer, id)
      if (!done) return false
      await enqueue(tx, 'webhook.deliver', { customer, id })
      await audit(tx, callerOf(c).actor, 'webhook.replayed', { kind: 'webhook', id: endpoint.id }, { delivery: id })
      return true
    })
    if (!revived) throw new Refusal('not-in-this-state', 'The delivery is under way.')
    return c.json(deliveryView(await readDelivery(endpoint, id)), 202)
  })
  return routes
}

async function readEndpoint(world: World, c: Context): Promise<Endpoint> {
  const id = c.req.param('id') ?? ''
  const endpoint = UUID.test(id) ? await findEndpoint(world.db, id) : undefined
  if (endpoint === undefined) throw new Refusal('not-found', 'There is no such webhook.')
  return endpoint
}

function refuseUrl(world: World, url: string): void {
  const wrong = wrongUrl(url, world.allowPrivateWebhooks)
  if (wrong !== undefined) throw new Refusal('address-refused', wrong, { pointer: '/url' })
}

const endpointView = ({ id, url, events, state, formerUntil, createdAt }: Endpoint): WebhookEndpoint => ({
  id,
  url,
  events: [...events],
  on: state === 'active',
  formerSecretUntil: formerUntil?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
})

const deliveryView = (delivery: Delivery): WebhookDelivery => {
  const { id, event, type, body, state, attempts, status, problem, createdAt, triedAt, nextAt } = delivery
  return {
    id,
    event,
    type,
    body,
    state,
    attempts,
    status,
    problem,
    createdAt: createdAt.toISOString(),
    triedAt: triedAt?.toISOString() ?? null,
    nextAt: nextAt?.toISOString() ?? null,
  }
}
