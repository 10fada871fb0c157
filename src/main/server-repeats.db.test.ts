import { describe, expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { testApi } from '../../test/test-api.ts'
import { instant } from '../core/time/instant.ts'

const { db } = await freshDb()
const { ask, send, keyFor, lines } = await testApi(db)

const event = (id: string) => ({
  id,
  customer: 'C-1',
  type: 'order.placed',
  at: '2026-01-02T00:00:00Z',
  data: { order: id },
})
const post = (key: string, body: unknown, more: Readonly<{ key?: string }> = {}, path = '/v1/events') =>
  ask('POST', path, { body, headers: { 'idempotency-key': key }, ...more })

describe('an idempotency key', () => {
  test('gives the first answer again', async () => {
    const first = await post('twice', event('a'))
    expect([first.json.accepted, first.headers.get('idempotency-replayed')]).toEqual([1, null])
    const second = await post('twice', event('a'))
    expect(second).toMatchObject({ status: 200, json: { accepted: 1, repeated: 0 } })
    expect(second.headers.get('idempotency-replayed')).toBe('true')
  })

  test('gives answers with part refused, and without a body, again too', async () => {
    for (const _ of [1, 2]) expect((await post('part', [event('part'), {}])).status).toBe(207)
    const prefix = (await keyFor('read')).split('_')[1]
    for (const _ of [1, 2])
      expect((await send('DELETE', `/v1/keys/${prefix}`, { headers: { 'idempotency-key': 'end' } })).status).toBe(204)
  })

  test('starts long work once', async () => {
    const tasks = [
      await post('demo', { customers: 3 }, {}, '/v1/demo'),
      await post('demo', { customers: 3 }, {}, '/v1/demo'),
    ]
    expect(tasks.map(({ status }) => status)).toEqual([202, 202])
    expect(tasks[1]?.json.id).toBe(tasks[0]?.json.id)
    expect(await db.query('select from tasks')).toHaveLength(1)
  })

  test('refuses another body, address, or method', async () => {
    await post('other', event('b'))
    expect(await post('other', event('c'))).toMatchObject({ status: 422, json: { code: 'idempotency-reused' } })
    expect((await post('other', event('b'), {}, '/v1/events?strict=false')).json.code).toBe('idempotency-reused')
    expect((await send('DELETE', '/v1/customers/C-9', { headers: { 'idempotency-key': 'other' } })).status).toBe(422)
    expect(await db.query(`select 1 from events where id = 'c'`)).toEqual([])
  })

  test('belongs to its caller', async () => {
    const mine = { key: await keyFor('ingest') }
    const yours = { key: await keyFor('ingest') }
    expect((await post('ours', event('d'), mine)).json.accepted).toBe(1)
    expect((await post('ours', event('e'), yours)).json.accepted).toBe(1)
  })

  test('lets one of several at once through; the others wait or get its answer', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('at once', event('f'))))
    const kinds = answers.map(({ status, json, headers }) =>
      status === 409 ? json.code : (headers.get('idempotency-replayed') ?? 'first'),
    )
    expect(kinds.filter((kind) => kind === 'first')).toHaveLength(1)
    expect(kinds.filter((kind) => !['first', 'true', 'idempotency-in-flight'].includes(String(kind)))).toEqual([])
    for (const { status, headers } of answers) if (status === 409) expect(headers.get('retry-after')).toBe('1')
    expect(await post('at once', event('f'))).toMatchObject({ json: { accepted: 1 } })
  })

  test('is in flight while the first has no answer, and free again when its server died', async () => {
    await post('slow', event('g'))
    await db.change(`update idempotency_keys set status = null, response = null where key = 'slow'`)
    expect(await post('slow', event('g'))).toMatchObject({ status: 409, json: { code: 'idempotency-in-flight' } })
    await db.change(`update idempotency_keys set created_at = now() - interval '3 minutes' where key = 'slow'`)
    expect(await post('slow', event('g'))).toMatchObject({ status: 200, json: { repeated: 1 } })
  })

  test('is free again after a refusal and after a day', async () => {
    expect((await post('again', { id: 'h' })).json.code).toBe('event-malformed')
    expect((await post('again', event('h'))).json.accepted).toBe(1)
    await db.change(`update idempotency_keys set created_at = now() - interval '25 hours' where key = 'again'`)
    expect((await post('again', event('i'))).json.accepted).toBe(1)
  })

  test('is free again after a failure of ours', async () => {
    await db.change('alter table events rename to events_gone')
    expect((await post('failed', event('j'))).json.code).toBe('internal')
    await db.change('alter table events_gone rename to events')
    expect((await post('failed', event('j'))).json.accepted).toBe(1)
    expect(lines.splice(0)).toHaveLength(1)
  })

  test('has a length, and is not looked at in a reading', async () => {
    expect((await post('x'.repeat(201), event('k'))).json.code).toBe('parameter-malformed')
    for (const _ of [1, 2]) {
      const read = await send('GET', '/v1/tasks', { headers: { 'idempotency-key': 'read' } })
      expect([read.status, read.headers.get('idempotency-replayed')]).toEqual([200, null])
    }
  })

  test('keeps no secret', async () => {
    const made = await post('secret', { name: 'x', scopes: ['read'] }, {}, '/v1/keys')
    expect(made.status).toBe(201)
    expect(await db.query(`select from idempotency_keys where key = 'secret' or response like '%amends\\_%'`)).toEqual(
      [],
    )
  })

  test('does not bound an upload', async () => {
    const { json } = await ask('POST', '/v1/uploads')
    const body = new Uint8Array(2 << 20).fill(65)
    const put = await ask('PUT', `/v1/uploads/${json.upload}/a.csv`, { body, headers: { 'idempotency-key': 'file' } })
    expect(put).toMatchObject({ status: 200, json: { files: [{ name: 'a.csv', bytes: 2 << 20 }] } })
  })
})

describe('limits', () => {
  test('are told with every answer, and refuse what is over them', async () => {
    const { ask } = await testApi(db, { ratePerMinute: 5 })
    const key = await keyFor('read')
    const answers = []
    for (let n = 0; n < 6; n += 1) answers.push(await ask('GET', '/v1/tasks', { key }))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429])
    expect(answers.map(({ headers }) => headers.get('ratelimit'))).toEqual(
      ['r=4;t=12', 'r=3;t=24', 'r=2;t=36', 'r=1;t=48', 'r=0;t=60', 'r=0;t=60'].map((one) => `"default";${one}`),
    )
    expect(new Set(answers.map(({ headers }) => headers.get('ratelimit-policy')))).toEqual(
      new Set(['"default";q=5;w=60']),
    )
    expect(answers[5]).toMatchObject({ json: { code: 'rate-limited' } })
    expect(Number(answers[5]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await ask('GET', '/v1/tasks', { key: await keyFor('read') })).status).toBe(200)
  })

  test('fill up again with time', async () => {
    let now = Date.UTC(2026, 5, 1)
    const { send } = await testApi(db, { ratePerMinute: 2, world: { now: () => instant(now) } })
    const key = await keyFor('read')
    const read = async () => (await send('GET', '/v1/tasks', { key })).status
    expect([await read(), await read(), await read()]).toEqual([200, 200, 429])
    now += 30_000
    expect([await read(), await read()]).toEqual([200, 429])
  })

  test('do not touch health and metrics', async () => {
    const { send } = await testApi(db, { ratePerMinute: 1 })
    for (const path of ['/healthz', '/healthz', '/readyz', '/readyz', '/metrics', '/metrics'])
      expect((await send('GET', path, { key: null })).status).toBe(200)
  })
})
