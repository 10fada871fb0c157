import { afterAll, describe, expect, inject, test } from 'vitest'
import { administer } from '../../test/engine.ts'
import { freshDb } from '../../test/fresh-db.ts'
import { testApi } from '../../test/test-api.ts'
import { connect } from '../store/db.ts'

const { isCluster } = inject('testEngine')
const { db, connectionString } = await freshDb()
const { ask, send, lines, all } = await testApi(db)

const customer = 'C-personal-4711'
const personal = /Simulated Person|simulated@example\.org|4711|arrived broken|amends_x|hunter/

describe('the log', () => {
  test('holds nothing personal and no secret when all is well', async () => {
    const at = '2026-01-02T00:00:00Z'
    const events = [
      {
        id: 'p',
        customer,
        type: 'customer.profiled',
        at,
        data: { name: 'Simulated Person', email: 'simulated@example.org' },
      },
      { id: 'c', customer, type: 'contact.opened', at, data: { contact: 'c', text: 'It arrived broken.' } },
    ]
    expect((await ask('POST', '/v1/events', { body: events })).json.accepted).toBe(2)
    await ask('POST', '/v1/events', { body: { ...events[0], at: 'Simulated Person' } })
    await ask('GET', `/v1/customers/${customer}`)
    await ask('POST', '/v1/session', { key: null, body: { email: 'simulated@example.org', password: 'hunter22222' } })
    expect(JSON.stringify(lines)).not.toMatch(personal)
  })

  test('says nothing of whoever hung up in the middle of a body', async () => {
    const before = lines.length
    const body = new ReadableStream({
      start(stream) {
        stream.enqueue(new TextEncoder().encode('[{"id":'))
      },
      pull(stream) {
        // As Node says it of a connection that is gone.
        stream.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
      },
    })
    const { status } = await send('POST', '/v1/events', { body, headers: { 'content-type': 'application/json' } })
    expect([status, lines.slice(before)]).toEqual([400, []])
  })

  // A cluster has no triggers to complain with.
  test.skipIf(isCluster)('tells what broke, and quotes nobody, when the database complains of a value', async () => {
    await administer(
      connectionString,
      `create function complain() returns trigger language plpgsql as $$ begin raise exception 'bad value % for amends_x', new.customer; end $$`,
    )
    await administer(
      connectionString,
      'create trigger complains before insert or update on relationships for each row execute function complain()',
    )
    const broken = await ask('POST', '/v1/events', {
      body: {
        id: 'q',
        customer,
        type: 'customer.profiled',
        at: '2026-01-03T00:00:00Z',
        data: { name: 'Simulated Person' },
      },
    })
    await administer(connectionString, 'drop trigger complains on relationships')
    expect(broken).toMatchObject({ status: 500, json: { code: 'internal' } })
    expect(JSON.stringify(broken.json)).not.toMatch(personal)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({
      sentence: 'request failed',
      facts: {
        method: 'POST',
        route: '/v1/events',
        message: 'database error P0001',
        stack: expect.arrayContaining([expect.stringMatching(/^at /)]),
      },
    })
    expect(JSON.stringify(lines)).not.toMatch(personal)
    expect(JSON.stringify(lines)).not.toContain(all)
  })
})

describe('metrics', () => {
  test('count events and requests by route, and name no customer', async () => {
    await send('GET', `/v1/customers/${customer}`)
    await send('GET', `/v1/customers/${customer}/timeline?search=${customer}`)
    await send('GET', `/v1/nothing/${customer}`)
    await send('GET', `/page/${customer}`)
    const answer = await send('GET', '/metrics', { key: null })
    const text = await answer.text()
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(text).toMatch(/amends_events_total\{outcome="accepted"\} [1-9]/)
    expect(text).toContain('route="/v1/customers/:key"')
    expect(text).toContain('route="/v1/events"')
    expect(text).toMatch(/process_resident_memory_bytes \d/)
    expect(text).not.toMatch(personal)
  })

  test('do not grow with the methods that a stranger makes up', async () => {
    for (const method of ['BREW', 'PROPFIND', 'X'.repeat(50)]) await send(method, '/v1/events')
    expect(await (await send('GET', '/metrics')).text()).not.toMatch(/BREW|XXXX/)
  })
})

describe('an ETag', () => {
  test('saves a page that has not changed, and changes with the customer and the language', async () => {
    const path = `/v1/customers/${customer}`
    const first = await send('GET', path)
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^W\/".+"$/)
    const again = await send('GET', path, { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
    expect((await send('GET', `${path}?lang=ru`, { headers: { 'if-none-match': etag } })).status).toBe(200)
    await ask('POST', '/v1/events', {
      body: { id: 'later', customer, type: 'order.placed', at: '2026-02-02T00:00:00Z', data: { order: 'x' } },
    })
    const changed = await send('GET', path, { headers: { 'if-none-match': etag } })
    expect(changed.status).toBe(200)
    expect(changed.headers.get('etag')).not.toBe(etag)
  })
})

describe('without a database', async () => {
  const gone = connect({
    connectionString: 'postgres://nobody:hunter2@127.0.0.1:1/none',
    connectionsMax: 1,
    name: 'test',
  })
  const { ask, lines } = await testApi(db, { world: { db: gone } })
  afterAll(gone.close)

  test('the process is alive, not ready, and asks to come again', async () => {
    expect((await ask('GET', '/healthz', { key: null })).status).toBe(200)
    for (const [method, path] of [
      ['GET', '/readyz'],
      ['GET', '/v1/tasks'],
      ['POST', '/v1/events'],
    ] as const) {
      const answer = await ask(method, path)
      expect(answer).toMatchObject({ status: 503, json: { code: 'not-ready' } })
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect(JSON.stringify(lines)).not.toMatch(/hunter2|nobody/)
  })
})

test('what is about a customer is kept in no cache of others', async () => {
  for (const path of ['', '/timeline', '/goodwill', '/export']) {
    const { headers } = await send('GET', `/v1/customers/${customer}${path}`)
    expect([path, headers.get('cache-control')]).toEqual([path, expect.stringMatching(/no-store|private/)])
  }
})

test('the reference page asks for nothing from elsewhere and runs no scripts', async () => {
  const answer = await send('GET', '/reference', { key: null })
  const page = await answer.text()
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'")
  expect(page).not.toMatch(/<script|style=|\son\w+=|(src|href)="(?!#|\/(reference\.css|openapi\.json)")/)
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
  expect(links.filter((id) => !ids.includes(id))).toEqual([])
})
