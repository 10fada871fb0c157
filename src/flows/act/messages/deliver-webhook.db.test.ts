import { randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { testApi } from '../../../../test/test-api.ts'
import { webhookReceiver } from '../../../../test/webhook-receiver.ts'
import { instant } from '../../../core/time/instant.ts'
import { emit } from '../../emit.ts'
import type { World } from '../../world.ts'
import { deliverWebhook } from './deliver-webhook.ts'

const { db } = await freshDb()
const receiver = await webhookReceiver()
afterAll(() => receiver.close())

const api = await testApi(db, { world: { allowPrivateWebhooks: true, now: () => instant(Date.now()) } })
const { ask, send } = api
/** Deliveries have a clock of their own, which tests put forward. */
let now = Date.now()
const world: World = { ...api.world, now: () => instant(now) }

let endpoint = { id: '', secret: '' }
beforeEach(async () => {
  await db.change('delete from webhook_endpoints')
  await db.change('delete from webhook_deliveries')
  Object.assign(receiver.answer, { status: 204, headers: {}, body: '' })
  now = Date.now()
  const added = await ask('POST', '/v1/webhooks', { body: { url: receiver.url, events: ['case.opened'] } })
  expect(added.status).toBe(201)
  endpoint = { id: String(added.json.id), secret: String(added.json.secret) }
})

type Seen = {
  id: string
  state: string
  attempts: number
  status: number | null
  problem: string | null
  event: string
}
const deliveries = async (): Promise<Seen[]> =>
  (await ask('GET', `/v1/webhooks/${endpoint.id}/deliveries`)).json as unknown as Seen[]
const keys = () => db.query<{ customer: string; id: string }>('select customer, id from webhook_deliveries')
const opened = () =>
  db.transaction((tx) => emit(world, tx, { type: 'case.opened', customer: 'C-1', data: { case: 'K-1' } }))
const deliverAll = async (as: World = world) => {
  for (const key of await keys()) await deliverWebhook(as, key)
}
const last = () => {
  const found = receiver.received.at(-1)
  if (found === undefined) throw new Error('nothing was received')
  return { ...found, headers: found.headers as Record<string, string> }
}

describe('an event', () => {
  test('goes to whoever asked for it, signed by Standard Webhooks, and to nobody else', async () => {
    await ask('POST', '/v1/webhooks', { body: { url: receiver.url, events: ['voucher.issued'] } })
    await opened()
    expect(await keys()).toHaveLength(1)
    await deliverAll()
    const { headers, body } = last()
    expect(new Webhook(endpoint.secret).verify(body, headers)).toEqual({
      type: 'case.opened',
      timestamp: expect.stringMatching(/Z$/),
      data: { customer: 'C-1', case: 'K-1' },
    })
    expect(() => new Webhook(`whsec_${'A'.repeat(44)}`).verify(body, headers)).toThrow()
    expect(await deliveries()).toMatchObject([
      { state: 'delivered', attempts: 1, status: 204, event: headers['webhook-id'] },
    ])
  })

  test('of a transaction that failed is told to nobody', async () => {
    const failed = db.transaction(async (tx) => {
      await emit(world, tx, { type: 'case.opened', customer: 'C-1', data: {} })
      throw new Error('the cause failed')
    })
    await expect(failed).rejects.toThrow('the cause failed')
    expect(await keys()).toEqual([])
  })

  test('that is not taken is tried again for three days, then given up, and can be replayed under the same id', async () => {
    receiver.answer.status = 500
    await opened()
    const began = now
    const waits: number[] = []
    for (;;) {
      await deliverAll()
      const [row] = await db.query<{ state: string; next: Date | null }>(
        'select state, next_at as next from webhook_deliveries',
      )
      if (row?.next === null || row === undefined) break
      waits.push(row.next.getTime() - now)
      now = row.next.getTime()
    }
    expect(waits.toSorted((a, b) => a - b)).not.toHaveLength(0)
    expect(now - began).toBe(3 * 86_400_000)
    const [dead] = await deliveries()
    expect(dead).toMatchObject({ state: 'dead', attempts: 10, status: 500, problem: 'The endpoint answered 500.' })
    receiver.answer.status = 200
    expect((await ask('POST', `/v1/webhooks/${endpoint.id}/deliveries/${dead?.id}/replay`)).status).toBe(202)
    await deliverAll()
    expect(await deliveries()).toMatchObject([{ state: 'delivered', event: dead?.event }])
    expect(last().headers['webhook-id']).toBe(dead?.event)
  })

  test('is not sent before its time by a job that was queued twice', async () => {
    receiver.answer.status = 503
    await opened()
    await deliverAll()
    const before = receiver.received.length
    await deliverAll()
    expect(receiver.received).toHaveLength(before)
    expect(await deliveries()).toMatchObject([{ attempts: 1 }])
  })

  test('is not carried along a redirect', async () => {
    Object.assign(receiver.answer, { status: 302, headers: { location: `${receiver.url}-elsewhere` } })
    await opened()
    await deliverAll()
    expect(last().path).toBe('/hook')
    expect(await deliveries()).toMatchObject([{ state: 'waiting', status: 302 }])
  })

  test('answered with 410 turns its endpoint off', async () => {
    receiver.answer.status = 410
    await opened()
    await deliverAll()
    expect(await deliveries()).toMatchObject([{ state: 'dead', status: 410 }])
    expect((await ask('GET', '/v1/webhooks')).json).toMatchObject([{ on: false }])
  })

  test('counts as taken by its status, however long the answer is', async () => {
    receiver.answer.status = 200
    receiver.answer.body = 'x'.repeat(10_000_000)
    await opened()
    await deliverAll()
    expect(await deliveries()).toMatchObject([{ state: 'delivered', status: 200 }])
  })

  test('does not reach a private address unless the operator allows it, by name or by number', async () => {
    const strict: World = { ...world, allowPrivateWebhooks: false }
    for (const host of ['127.0.0.1', 'localhost']) {
      const url = `https://${host}:${receiver.port}/hook`
      await db.change('update webhook_endpoints set url = $1', [url])
      await db.change('delete from webhook_deliveries')
      await opened()
      const before = receiver.received.length
      await deliverAll(strict)
      expect(receiver.received).toHaveLength(before)
      expect((await deliveries())[0]?.problem).toMatch(/public internet/)
    }
  })
})

test('while a secret is being changed both sign, and a day later the new one alone', async () => {
  const changed = await ask('POST', `/v1/webhooks/${endpoint.id}/secret`)
  const secret = String(changed.json.secret)
  await opened()
  await deliverAll()
  for (const one of [endpoint.secret, secret]) new Webhook(one).verify(last().body, last().headers)
  now += 25 * 3_600_000
  await opened()
  await deliverAll()
  expect(last().headers['webhook-signature']?.split(' ')).toHaveLength(1)
})

test('what is done with a webhook is in the audit log', async () => {
  await ask('PUT', `/v1/webhooks/${endpoint.id}`, { body: { url: receiver.url, events: ['exit.ended'], on: false } })
  await ask('POST', `/v1/webhooks/${endpoint.id}/secret`)
  expect((await send('DELETE', `/v1/webhooks/${endpoint.id}`)).status).toBe(204)
  const done = await db.query<{ action: string }>(
    'select action from audit_entries where subject = $1 order by position',
    [endpoint.id],
  )
  expect(done.map(({ action }) => action)).toEqual([
    'webhook.added',
    'webhook.changed',
    'webhook.secret-changed',
    'webhook.removed',
  ])
})

test('a test event goes the way of every other, and a webhook that is not there is not found', async () => {
  const test = await ask('POST', `/v1/webhooks/${endpoint.id}/test`)
  expect(test.status).toBe(202)
  await deliverAll()
  expect(new Webhook(endpoint.secret).verify(last().body, last().headers)).toMatchObject({ type: 'webhook.test' })
  expect((await ask('POST', `/v1/webhooks/${randomUUID()}/test`)).status).toBe(404)
})
