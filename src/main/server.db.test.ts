import { describe, expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { testApi } from '../../test/test-api.ts'
import { operations } from '../contract/operations/operations.ts'
import { errorCodes } from '../core/error-codes.ts'
import { scopes } from '../core/people/scopes.ts'

const { db } = await freshDb()
const { app, ask, send, keyFor, lines, all } = await testApi(db)
const keys = new Map(await Promise.all(scopes.map(async (scope) => [scope, await keyFor(scope)] as const)))

const order = (id: string, customer = 'C-1') => ({
  id,
  customer,
  type: 'order.placed',
  at: '2026-01-02T00:00:00Z',
  data: { order: id, value: 1_000, currency: 'EUR' },
})

describe('the routes', () => {
  const registered = new Set(
    app.routes
      .filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:([a-z]+)/gi, '{$1}')}`),
  )
  const documented = new Set(operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`))

  test('under /v1 are all in the document, and all of the document is there', () => {
    const inside = [...registered].filter((route) => route.includes(' /v1/'))
    expect(inside.length).toBeGreaterThan(20)
    expect(inside.filter((route) => !documented.has(route))).toEqual([])
    expect([...documented].filter((route) => !registered.has(route))).toEqual([])
  })
})

describe('keys and scopes', () => {
  test('what nobody needs a key for is open', async () => {
    for (const path of [
      '/healthz',
      '/readyz',
      '/metrics',
      '/openapi.json',
      '/reference',
      '/reference.css',
      '/v1/status',
    ]) {
      expect([path, (await send('GET', path, { key: null })).status]).toEqual([path, 200])
    }
  })

  test('malformed, unknown, and revoked keys are no keys', async () => {
    const prefix = all.split('_')[1]
    for (const key of [
      'x',
      'amends_',
      'amends_zz_x',
      `amends_${prefix}_wrong`,
      `amends_${'0'.repeat(12)}_${'a'.repeat(32)}`,
      'amends_00_\u00e9',
    ]) {
      expect([key, (await send('GET', '/v1/tasks', { key })).status]).toEqual([key, 401])
    }
    expect((await send('GET', '/v1/tasks', { key: null, headers: { authorization: `Basic ${all}` } })).status).toBe(401)
    const short = await keyFor('read')
    expect((await send('GET', '/v1/tasks', { key: short })).status).toBe(200)
    expect((await send('DELETE', `/v1/keys/${short.split('_')[1]}`)).status).toBe(204)
    expect((await send('GET', '/v1/tasks', { key: short })).status).toBe(401)
    expect((await ask('DELETE', `/v1/keys/${short.split('_')[1]}`)).json.code).toBe('not-found')
  })

  test('a key cannot make a key that may do more than itself', async () => {
    const key = keys.get('operate') ?? ''
    expect(await ask('POST', '/v1/keys', { key, body: { name: 'more', scopes: ['operate', 'erase'] } })).toMatchObject({
      status: 403,
      json: { code: 'permission-missing' },
    })
    const made = await ask('POST', '/v1/keys', { key, body: { name: 'same', scopes: ['operate', 'operate'] } })
    expect(made).toMatchObject({ status: 201, json: { scopes: ['operate'] } })
    expect((await send('GET', '/v1/keys', { key: String(made.json.key) })).status).toBe(200)
  })

  test('the list of keys holds no secret', async () => {
    const text = await (await send('GET', '/v1/keys')).text()
    expect(text).toContain(all.split('_')[1])
    expect(text).not.toContain(all.split('_').slice(2).join('_'))
    expect(text).not.toMatch(/hash/i)
  })

  test('an address in other clothes needs the same scope', async () => {
    await ask('POST', '/v1/events', { body: order('clothes', 'C-clothes') })
    const read = keys.get('read') ?? ''
    for (const path of [
      '/v1/customers/C-clothes/export',
      '/v1/customers/C-clothes/%65xport',
      '/v1/customers/C-clothes/expor%74',
      '/v1/%63ustomers/C-clothes/export',
      '/v1/customers/x/../C-clothes/export',
    ]) {
      expect([path, (await send('GET', path, { key: read })).status]).toEqual([path, 403])
    }
    for (const path of [
      '/v1//customers/C-clothes/export',
      '/v1/customers//C-clothes/export',
      '/v1/customers/C-clothes/export/',
      '/V1/customers/C-clothes/export',
      '/v1/customers/C-clothes%2Fexport',
    ]) {
      const { status } = await send('GET', path, { key: read, headers: { accept: 'application/json' } })
      expect([path, status]).not.toEqual([path, 200])
    }
    expect((await send('POST', '/v1/%65vents', { key: read, body: order('x') })).status).toBe(403)
    expect((await send('HEAD', '/v1/customers/C-clothes/export', { key: read })).status).toBe(403)
  })
})

describe('methods', () => {
  test('HEAD asks like GET and needs the same scope', async () => {
    const key = keys.get('read') ?? ''
    const head = await send('HEAD', '/v1/tasks', { key })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  test('OPTIONS tells what is taken, to everybody', async () => {
    const options = await send('OPTIONS', '/v1/customers/C-1', { key: null })
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'DELETE, GET, HEAD, OPTIONS'])
    expect(options.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('another method is refused with those that are taken', async () => {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const refused = await ask(method, '/v1/events')
      expect([method, refused.status, refused.json.code, refused.headers.get('allow')]).toEqual([
        method,
        405,
        'method-unknown',
        'OPTIONS, POST',
      ])
    }
  })

  test('there is nothing at an unknown address', async () => {
    for (const path of ['/v1', '/v1/', '/v1/nothing', '/v1/customers/a/b/c', '/v1/tasks/1/2']) {
      const { status } = await send('POST', path)
      expect([path, status]).toEqual([path, 404])
    }
    expect(await ask('GET', '/v1/nothing')).toMatchObject({ status: 404, json: { code: 'not-found' } })
  })
})

describe('refusals', () => {
  const wrong: readonly (readonly [
    string,
    string,
    Readonly<{ key?: null; body?: unknown; headers?: Record<string, string> }>,
  ])[] = [
    ['POST', '/v1/events', { body: '{' }],
    ['POST', '/v1/events', { body: { id: 'x' } }],
    ['POST', '/v1/events', { key: null }],
    ['POST', '/v1/events', { body: 'x', headers: { 'content-type': 'image/png' } }],
    ['GET', '/v1/customers/nobody', {}],
    ['GET', '/v1/customers?limit=0', {}],
    ['GET', '/v1/customers?sort=shoe', {}],
    ['GET', '/v1/customers?cursor=%00', {}],
    ['GET', '/v1/overview?days=many', {}],
    ['GET', '/v1/tasks/1', {}],
    ['GET', '/v1/imports/1/rejects', {}],
    ['DELETE', '/v1/customers/nobody', {}],
    ['DELETE', '/v1/customers/%00', {}],
    ['GET', '/v1/customers/%00', {}],
    ['GET', '/v1/customers/%E0%A4%A', {}],
    ['GET', '/v1/customers/%ff', {}],
    ['DELETE', '/v1/customers/%ff', {}],
    ['DELETE', '/v1/keys/%00', {}],
    ['DELETE', '/v1/tasks/%00', {}],
    ['POST', '/v1/nothing', {}],
    ['POST', '/nothing', {}],
    [
      'POST',
      '/v1/incidents',
      {
        body: {
          title: 'x',
          category: 'outage',
          severity: 'major',
          beganAt: '0000-01-01T00:00:00Z',
          affected: { kind: 'keys', customers: [] },
        },
      },
    ],
    ['PUT', '/v1/uploads/nothing/x.csv', { body: 'x' }],
    ['PUT', '/v1/uploads/..%2F..%2Fkeys/x.csv', { body: 'x' }],
    ['POST', '/v1/keys', { body: { name: '\u0000', scopes: ['read'] } }],
    ['POST', '/v1/keys', { body: { name: 'x', scopes: ['everything'] } }],
    ['POST', '/v1/keys', { body: { name: 'x', scopes: [] } }],
    ['POST', '/v1/keys', { body: [] }],
    ['POST', '/v1/keys', { body: 'null' }],
    ['POST', '/v1/demo', { body: { customers: -1 } }],
    ['POST', '/v1/demo', { body: { customers: 1e300 } }],
    ['POST', '/v1/demo', { body: {}, headers: { 'content-type': 'text/html' } }],
    ['POST', '/v1/imports', { body: { upload: '../../../../../../etc/aaaaaaaaaaaaaaaaaaa' } }],
    ['POST', '/v1/imports', { body: { upload: '00000000-0000-4000-8000-000000000001', sql: 'select \u0000' } }],
    ['POST', '/v1/imports/preview', { body: { upload: '00000000-0000-4000-8000-000000000001' } }],
    [
      'PUT',
      '/v1/settings',
      { body: { firm: null, timeZone: 'CEST', currency: 'EUR', marginShare: 0.3, discountMonthly: 0 } },
    ],
    ['PUT', '/v1/settings', { body: { firm: null, currency: 'ZZZ', marginShare: 0.3, discountMonthly: 0 } }],
    ['PUT', '/v1/settings', { body: { firm: '\ud800', currency: 'EUR', marginShare: 0.3, discountMonthly: 0 } }],
    ['POST', '/v1/session', { body: { email: 'nobody@example.org', password: 'wrong' } }],
    ['POST', '/v1/session', { body: { email: '\u0000', password: '\u0000' } }],
    ['GET', '/v1/session', {}],
    ['POST', '/v1/setup', { body: { email: 'no address', name: 'x', password: 'long enough, surely' } }],
  ]

  test('no name in an address, however strange, breaks anything', async () => {
    const names = ['%00', 'a%00b', '%ff%fe', '%ed%a0%80', '..%2f..%2fetc%2fpasswd', `'%20or%201=1`, 'x'.repeat(5_000)]
    for (const { method, path } of operations.filter((one) => one.path.includes('{')))
      for (const name of names) {
        const { status } = await ask(
          method.toUpperCase(),
          path.replaceAll(/\{\w+\}/g, name),
          method === 'get' ? {} : { body: {} },
        )
        if (status >= 500) throw new Error(`${status} at ${method} ${path} with ${name}`)
      }
  })

  test.each(wrong)('%s %s is a problem with all its parts', async (method, path, sent) => {
    const { status, json, headers } = await ask(method, path, sent)
    const { code } = json as { code: keyof typeof errorCodes }
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(Object.keys(errorCodes)).toContain(code)
    expect(json).toMatchObject({
      type: `/reference#${code}`,
      title: errorCodes[code].title,
      status,
      detail: expect.stringMatching(/\.$/),
    })
    expect(status).toBe(errorCodes[code].status)
    expect(status).toBeLessThan(500)
  })

  test('and each is told on the reference page', async () => {
    const page = await (await send('GET', '/reference', { key: null })).text()
    for (const code of Object.keys(errorCodes)) expect(page).toContain(`id="${code}"`)
  })

  test('settings keep what they are, and nothing else', async () => {
    const body = { firm: 'A firm', timeZone: 'Asia/Tokyo', currency: 'EUR', marginShare: 0.5, discountMonthly: 0.01 }
    expect((await ask('PUT', '/v1/settings', { body: { ...body, more: 'x', __proto__: null } })).json).toEqual(body)
    expect((await ask('GET', '/v1/settings')).json).toEqual(body)
    const { timeZone: _, ...rest } = body
    expect((await ask('PUT', '/v1/settings', { body: rest })).json).toEqual(body)
  })

  test('none of it was a fault of ours', () => {
    expect(lines).toEqual([])
  })
})
