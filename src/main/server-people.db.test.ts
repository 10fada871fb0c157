import { beforeAll, describe, expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { testApi } from '../../test/test-api.ts'
import { permissions } from '../core/people/permissions.ts'

const { db } = await freshDb()
const { ask, send, lines } = await testApi(db)

const password = 'a long sentence is best'
const person = { email: 'Administrator@Example.org', name: 'Simulated Person', password }
const HOST = 'amends.test'

const tokenOf = (headers: Headers): string => /amends_session=([^;]*)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? ''
const asPerson = (token: string, headers: Readonly<Record<string, string>> = {}) => ({
  key: null,
  headers: { cookie: `amends_session=${token}`, ...headers },
})
const signIn = (email: string, secret: string) =>
  ask('POST', '/v1/session', { key: null, body: { email, password: secret } })

describe('the first administrator', () => {
  test('is named once, also when several try at once', async () => {
    expect((await ask('GET', '/v1/status', { key: null })).json.needsAdministrator).toBe(true)
    expect((await ask('POST', '/v1/setup', { key: null, body: { ...person, password: 'short' } })).json).toMatchObject({
      code: 'parameter-malformed',
      pointer: '/password',
    })
    const tries = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) =>
        ask('POST', '/v1/setup', { key: null, body: { ...person, email: `${name}@example.org` } }),
      ),
    )
    expect(tries.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    expect(tries.filter(({ status }) => status === 409).every(({ json }) => json.code === 'already-set-up')).toBe(true)
    expect(await db.query('select from people')).toHaveLength(1)
    expect((await ask('POST', '/v1/setup', { key: null, body: person })).json.code).toBe('already-set-up')
    expect((await ask('GET', '/v1/status', { key: null })).json.needsAdministrator).toBe(false)
  })

  test('is signed in, with a cookie that scripts and other sites cannot use', async () => {
    await db.change('delete from people')
    const made = await ask('POST', '/v1/setup', { key: null, body: person, headers: { 'x-forwarded-proto': 'https' } })
    expect(made.json).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      email: 'administrator@example.org',
      name: person.name,
      role: 'admin',
      permissions,
      teams: [],
      locale: null,
    })
    expect(made.headers.get('set-cookie')).toMatch(
      /; HttpOnly; Secure; SameSite=Lax$|(?=.*HttpOnly)(?=.*Secure)(?=.*SameSite=Lax)/,
    )
    expect(made.headers.get('cache-control')).toBe('no-store')
    expect((await ask('GET', '/v1/session', asPerson(tokenOf(made.headers)))).json.email).toBe(
      'administrator@example.org',
    )
  })
})

describe('a session', () => {
  test('opens with the right password only, and does not tell what was wrong', async () => {
    expect((await signIn(' ADMINISTRATOR@example.org ', password)).status).toBe(200)
    const refusals = [
      await signIn('administrator@example.org', 'wrong'),
      await signIn('nobody@example.org', password),
      await signIn('', ''),
    ]
    expect(new Set(refusals.map(({ json }) => JSON.stringify(json))).size).toBe(1)
    expect(refusals[0]).toMatchObject({ status: 401, json: { code: 'credentials-wrong' } })
  })

  test('reads and writes, and ends on the server', async () => {
    const token = tokenOf((await signIn(person.email, password)).headers)
    expect((await send('GET', '/v1/tasks', asPerson(token))).status).toBe(200)
    expect((await send('GET', '/v1/keys', asPerson(token))).status).toBe(200)
    const ended = await send('DELETE', '/v1/session', asPerson(token))
    expect([ended.status, tokenOf(ended.headers)]).toEqual([204, ''])
    expect((await send('GET', '/v1/tasks', asPerson(token))).status).toBe(401)
    expect((await send('DELETE', '/v1/session', asPerson(token))).status).toBe(204)
  })

  test('is over in time, and forged ones never begin', async () => {
    const token = tokenOf((await signIn(person.email, password)).headers)
    await db.change(`update sessions set expires_at = now() - interval '1 second'`)
    for (const one of [token, 'x', '', `${token}x`, '%00'])
      expect([one, (await send('GET', '/v1/tasks', asPerson(one))).status]).toEqual([one, 401])
  })

  test('is stored as a hash, and so is the password', async () => {
    const token = tokenOf((await signIn(person.email, password)).headers)
    const rows = JSON.stringify([
      await db.query('select encode(token_hash, $1) as hash from sessions', ['escape']),
      await db.query('select * from people'),
    ])
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(rows).not.toContain(token)
    expect(rows).not.toContain(password)
    expect(rows).toContain('$argon2id$')
  })
})

describe('a page of another site', async () => {
  const { ask, send } = await testApi(db)
  let token = ''
  beforeAll(async () => {
    token = tokenOf((await ask('POST', '/v1/session', { key: null, body: { email: person.email, password } })).headers)
  })
  const forged: readonly Readonly<Record<string, string>>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'not an address' },
    { origin: `http://${HOST}.evil.example` },
    { origin: `http://evil.example/${HOST}` },
    { origin: `http://${HOST}:8080` },
    { 'sec-fetch-site': 'cross-site' },
  ]
  test.each(forged)('cannot write with our cookie: %o', async (headers) => {
    for (const [method, path, body] of [
      ['POST', '/v1/keys', { name: 'forged', scopes: ['erase'] }],
      ['DELETE', '/v1/customers/C-1', undefined],
      ['PUT', '/v1/settings', {}],
      ['POST', '/v1/session', { email: 'x', password: 'x' }],
    ] as const) {
      const answer = await ask(method, path, { ...asPerson(token, headers), ...(body === undefined ? {} : { body }) })
      expect([path, answer.status, answer.json.code]).toEqual([path, 403, 'origin-refused'])
    }
    expect(await db.query(`select from api_keys where name = 'forged'`)).toEqual([])
  })

  test('while our own pages can, and machines with a key are not asked', async () => {
    const body = { customers: 1 }
    expect(
      (
        await send('POST', '/v1/demo', {
          ...asPerson(token, { origin: `http://${HOST}`, 'sec-fetch-site': 'same-origin' }),
          body,
        })
      ).status,
    ).toBe(202)
    expect((await send('POST', '/v1/demo', { body, headers: { origin: 'https://shop.example' } })).status).toBe(202)
  })
})

test('passwords cannot be tried out: ten tries a minute for an address, however it is written', async () => {
  const { ask } = await testApi(db)
  const statuses: number[] = []
  for (let n = 0; n < 12; n += 1) {
    const email = n % 2 === 0 ? 'victim@example.org' : ` VICTIM@example.org${' '.repeat(n)}`
    statuses.push((await ask('POST', '/v1/session', { key: null, body: { email, password: `guess ${n}` } })).status)
  }
  expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429])
  expect((await ask('POST', '/v1/session', { key: null, body: { email: person.email, password } })).status).toBe(200)
})

test('nothing of all that was a fault of ours', () => {
  expect(lines).toEqual([])
})
