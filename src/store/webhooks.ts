import type { DeliveryState, WebhookType } from '../core/contact/outbox.ts'
import type { Tx } from './db.ts'

/** Where events are sent. `formerSecret` signs along until `formerUntil`. */
export type Endpoint = Readonly<{
  id: string
  url: string
  events: readonly WebhookType[]
  secret: string
  formerSecret: string | null
  formerUntil: Date | null
  state: 'active' | 'off'
  createdAt: Date
}>

const ENDPOINT = `id, url, events, secret, former_secret as "formerSecret", former_until as "formerUntil", state,
  created_at as "createdAt"`

/** Adds an endpoint. */
export async function addEndpoint(
  tx: Tx,
  { id, url, events, secret }: Pick<Endpoint, 'id' | 'url' | 'events' | 'secret'>,
): Promise<void> {
  await tx.change(`insert into webhook_endpoints (id, url, events, secret, state) values ($1, $2, $3, $4, 'active')`, [
    id,
    url,
    events,
    secret,
  ])
}

/** The endpoint; undefined when there is none. */
export async function findEndpoint(tx: Tx, id: string): Promise<Endpoint | undefined> {
  const [row] = await tx.query<Endpoint>(`select ${ENDPOINT} from webhook_endpoints where id = $1`, [id])
  return row
}

/** All endpoints, oldest first. */
export async function listEndpoints(tx: Tx): Promise<readonly Endpoint[]> {
  return tx.query<Endpoint>(`select ${ENDPOINT} from webhook_endpoints order by created_at, id`)
}

/** The endpoints that are on and asked for this event. */
export async function listeningTo(tx: Tx, type: WebhookType): Promise<readonly Pick<Endpoint, 'id'>[]> {
  return tx.query<{ id: string }>(`select id from webhook_endpoints where state = 'active' and $1 = any(events)`, [
    type,
  ])
}

/** Changes what an endpoint gets, where, and whether at all; false when there is none. */
export async function changeEndpoint(
  tx: Tx,
  { id, url, events, state }: Pick<Endpoint, 'id' | 'url' | 'events' | 'state'>,
): Promise<boolean> {
  const changed = await tx.change('update webhook_endpoints set url = $2, events = $3, state = $4 where id = $1', [
    id,
    url,
    events,
    state,
  ])
  return changed === 1
}

/** Puts a new secret in the place of the old, which signs along until then; false when there is no such endpoint. */
export async function rotateSecret(tx: Tx, id: string, secret: string, formerUntil: Date): Promise<boolean> {
  const changed = await tx.change(
    `update webhook_endpoints set former_secret = secret, former_until = $3, secret = $2 where id = $1`,
    [id, secret, formerUntil],
  )
  return changed === 1
}

/** Turns an endpoint off. */
export async function turnOff(tx: Tx, id: string): Promise<void> {
  await tx.change(`update webhook_endpoints set state = 'off' where id = $1`, [id])
}

/** Removes an endpoint and what was to be delivered there; false when there is none. */
export async function removeEndpoint(tx: Tx, id: string): Promise<boolean> {
  await tx.change('delete from webhook_deliveries where endpoint = $1', [id])
  return (await tx.change('delete from webhook_endpoints where id = $1', [id])) === 1
}

/** One event on its way to one endpoint. `body` is sent as it stands. */
export type Delivery = Readonly<{
  customer: string
  id: string
  event: string
  endpoint: string
  type: string
  body: string
  state: DeliveryState
  attempts: number
  status: number | null
  problem: string | null
  createdAt: Date
  triedAt: Date | null
  nextAt: Date | null
}>

const DELIVERY = `customer, id, event, endpoint, type, body, state, attempts, status, problem,
  created_at as "createdAt", tried_at as "triedAt", next_at as "nextAt"`

/** Writes down that an event is to be delivered. */
export async function addDelivery(
  tx: Tx,
  {
    customer,
    id,
    event,
    endpoint,
    type,
    body,
  }: Pick<Delivery, 'customer' | 'id' | 'event' | 'endpoint' | 'type' | 'body'>,
): Promise<void> {
  await tx.change(
    `insert into webhook_deliveries (customer, id, event, endpoint, type, body, state)
      values ($1, $2, $3, $4, $5, $6, 'waiting')`,
    [customer, id, event, endpoint, type, body],
  )
}

/** The delivery; undefined when there is none. */
export async function findDelivery(tx: Tx, customer: string, id: string): Promise<Delivery | undefined> {
  const [row] = await tx.query<Delivery>(`select ${DELIVERY} from webhook_deliveries where customer = $1 and id = $2`, [
    customer,
    id,
  ])
  return row
}

/** A delivery to this endpoint; undefined when there is none. */
export async function findDeliveryTo(tx: Tx, endpoint: string, id: string): Promise<Delivery | undefined> {
  const [row] = await tx.query<Delivery>(`select ${DELIVERY} from webhook_deliveries where endpoint = $1 and id = $2`, [
    endpoint,
    id,
  ])
  return row
}

/** Writes an attempt down. */
export async function noteAttempt(
  tx: Tx,
  { customer, id }: Pick<Delivery, 'customer' | 'id'>,
  attempt: Readonly<{ state: DeliveryState; status: number | null; problem: string | null; nextAt: Date | null }>,
): Promise<void> {
  await tx.change(
    `update webhook_deliveries set attempts = attempts + 1, tried_at = now(), state = $3, status = $4, problem = $5,
        next_at = $6 where customer = $1 and id = $2`,
    [customer, id, attempt.state, attempt.status, attempt.problem, attempt.nextAt],
  )
}

/** Begins anew with a delivery that ended; false when it is under way or unknown. */
export async function reviveDelivery(tx: Tx, customer: string, id: string): Promise<boolean> {
  const changed = await tx.change(
    `update webhook_deliveries set state = 'waiting', attempts = 0, problem = null, next_at = null
      where customer = $1 and id = $2 and state <> 'waiting'`,
    [customer, id],
  )
  return changed === 1
}

const LISTED_MAX = 100

/** The last 100 deliveries to an endpoint, newest first. */
export async function listDeliveries(tx: Tx, endpoint: string): Promise<readonly Delivery[]> {
  return tx.query<Delivery>(
    `select ${DELIVERY} from webhook_deliveries where endpoint = $1
      order by created_at desc, customer desc, id desc limit ${LISTED_MAX}`,
    [endpoint],
  )
}
