import { beforeAll, describe, expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { testApi } from '../../test/test-api.ts'
import { permissionsOfRole } from '../core/people/permissions.ts'
import { verifyAudit } from '../flows/verify-audit.ts'

const { db } = await freshDb()
const { ask, lines } = await testApi(db)

const password = 'a long sentence is best'
const first = { email: 'administrator@example.org', name: 'Simulated Administrator', password }
const tokenOf = (headers: Headers): string => /amends_session=([^;]*)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? ''
const by = (token: string) => ({ key: null, headers: { cookie: `amends_session=${token}` } })
const linkToken = (path: unknown): string => String(path).replace('/join#', '')
const nobody = { key: null }

let admin = by('')
let adminId = ''
beforeAll(async () => {
  const made = await ask('POST', '/v1/setup', { ...nobody, body: first })
  admin = by(tokenOf(made.headers))
  adminId = String(made.json.id)
})

const invite = (email: string, role: string, teams: readonly string[] = []) =>
  ask('POST', '/v1/people', { ...admin, body: { email, name: 'Simulated Person', role, teams } })
const follow = (token: string, chosen: string) =>
  ask('POST', '/v1/join', { ...nobody, body: { token, password: chosen } })
const change = (id: unknown, wish: Readonly<Record<string, unknown>>) =>
  ask('PUT', `/v1/people/${id}`, {
    ...admin,
    body: { name: 'Simulated Person', role: 'agent', teams: [], active: true, ...wish },
  })
const actions = async (subject: unknown): Promise<unknown[]> =>
  (await db.query('select action from audit_entries where subject = $1 order by position', [subject])).map(
    ({ action }) => action,
  )

describe('an invitation', () => {
  test('lets somebody choose a password once, and signs in with the role', async () => {
    const made = await invite('Agent@Example.org', 'agent')
    expect(made).toMatchObject({ status: 201, json: { path: expect.stringMatching(/^\/join#[\w-]{43}$/) } })
    const token = linkToken(made.json.path)
    expect((await ask('POST', '/v1/invitation', { ...nobody, body: { token } })).json).toMatchObject({
      email: 'agent@example.org',
    })
    expect((await follow(token, 'Simulated1')).json.code).toBe('password-weak')
    const joined = await follow(token, password)
    expect(joined).toMatchObject({
      status: 201,
      json: { email: 'agent@example.org', role: 'agent', permissions: permissionsOfRole('agent') },
    })
    expect((await ask('GET', '/v1/settings', by(tokenOf(joined.headers)))).status).toBe(200)
    expect(await follow(token, password)).toMatchObject({ status: 410, json: { code: 'link-over' } })
    expect(await actions(made.json.person)).toEqual(['person.invited', 'person.joined', 'session.started'])
  })

  test('works for one of many who follow it at once', async () => {
    const token = linkToken((await invite('race@example.org', 'analyst')).json.path)
    const tries = await Promise.all(Array.from({ length: 4 }, () => follow(token, password)))
    expect(tries.map(({ status }) => status).sort()).toEqual([201, 410, 410, 410])
  })

  test('is over in time, and an older link is over when a newer one is made', async () => {
    const made = await invite('late@example.org', 'agent')
    const renewed = await ask('POST', `/v1/people/${made.json.person}/link`, admin)
    expect((await follow(linkToken(made.json.path), password)).json.code).toBe('link-over')
    await db.change(`update invitations set expires_at = now() - interval '1 second' where person = $1`, [
      made.json.person,
    ])
    expect((await follow(linkToken(renewed.json.path), password)).json.code).toBe('link-over')
  })

  test('is stored as a hash, and an address is invited once', async () => {
    const made = await invite('once@example.org', 'agent')
    const stored = JSON.stringify(await db.query(`select encode(token_hash, 'escape') as hash from invitations`))
    expect(stored).not.toContain(linkToken(made.json.path))
    expect(await invite('ONCE@example.org', 'admin')).toMatchObject({ status: 409, json: { code: 'person-known' } })
  })
})

describe('whoever is deactivated', () => {
  test('is signed out at once, cannot sign in or follow a link, and can be let in again', async () => {
    const made = await invite('leaver@example.org', 'lead')
    const person = made.json.person
    const joined = await follow(linkToken(made.json.path), password)
    const session = by(tokenOf(joined.headers))
    const link = linkToken((await ask('POST', `/v1/people/${person}/link`, admin)).json.path)
    expect((await change(person, { role: 'lead', active: false })).json.state).toBe('deactivated')
    expect((await ask('GET', '/v1/settings', session)).status).toBe(401)
    const body = { email: 'leaver@example.org', password }
    expect((await ask('POST', '/v1/session', { ...nobody, body })).json.code).toBe('credentials-wrong')
    expect((await follow(link, password)).json.code).toBe('link-over')
    expect((await ask('POST', `/v1/people/${person}/link`, admin)).json.code).toBe('person-deactivated')
    expect((await change(person, { role: 'lead' })).json.state).toBe('active')
    expect((await ask('POST', '/v1/session', { ...nobody, body })).status).toBe(200)
    expect((await actions(person)).slice(-3)).toEqual(['person.deactivated', 'person.reactivated', 'session.started'])
  })
})

describe('the last administrator', () => {
  test('can be neither demoted nor deactivated, also when two demote each other at once', async () => {
    const own = { name: first.name, role: 'admin' }
    expect(await change(adminId, { ...own, role: 'auditor' })).toMatchObject({
      status: 409,
      json: { code: 'last-administrator' },
    })
    expect((await change(adminId, { ...own, active: false })).json.code).toBe('last-administrator')
    expect((await ask('GET', '/v1/session', admin)).json.role).toBe('admin')
    const made = await invite('second@example.org', 'admin')
    expect((await change(adminId, { ...own, role: 'lead' })).json.code).toBe('last-administrator')
    await follow(linkToken(made.json.path), password)
    const both = await Promise.all([
      change(adminId, { ...own, role: 'lead' }),
      change(made.json.person, { role: 'lead' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    await db.change(`update people set role = 'admin' where id = $1`, [adminId])
  })
})

describe('teams', () => {
  test('have names of their own, are given to people, and go without taking them along', async () => {
    const team = await ask('POST', '/v1/teams', { ...admin, body: { name: 'North' } })
    expect((await ask('POST', '/v1/teams', { ...admin, body: { name: 'North' } })).json.code).toBe('team-known')
    const made = await invite('teamed@example.org', 'agent', [String(team.json.id)])
    const joined = await follow(linkToken(made.json.path), password)
    const session = by(tokenOf(joined.headers))
    expect((await ask('GET', '/v1/session', session)).json.teams).toEqual([team.json.id])
    expect((await ask('GET', '/v1/people', admin)).json.teams).toEqual([{ id: team.json.id, name: 'North', people: 1 }])
    expect((await ask('DELETE', `/v1/teams/${team.json.id}`, admin)).status).toBe(204)
    expect((await ask('GET', '/v1/session', session)).json.teams).toEqual([])
    for (const id of [team.json.id, 'nothing']) expect((await ask('DELETE', `/v1/teams/${id}`, admin)).status).toBe(404)
  })
})

describe('the own account', () => {
  test('shows where one is signed in, and signs out everywhere else', async () => {
    const body = { email: first.email, password }
    const other = by(tokenOf((await ask('POST', '/v1/session', { ...nobody, body })).headers))
    const sessions = Object.values((await ask('GET', '/v1/sessions', other)).json)
    expect(sessions.length).toBeGreaterThan(1)
    expect(sessions.filter((one) => (one as { current: boolean }).current)).toHaveLength(1)
    expect((await ask('DELETE', '/v1/sessions', admin)).status).toBe(204)
    expect((await ask('GET', '/v1/session', other)).status).toBe(401)
    expect((await ask('GET', '/v1/session', admin)).status).toBe(200)
  })

  test('changes its password with the current one, and that ends every other session', async () => {
    const body = { email: first.email, password }
    const other = by(tokenOf((await ask('POST', '/v1/session', { ...nobody, body })).headers))
    const set = (current: string, next: string) =>
      ask('PUT', '/v1/session/password', { ...admin, body: { current, next } })
    expect((await set('wrong', 'other words in a row')).json.code).toBe('credentials-wrong')
    expect((await set(password, 'password12')).json).toMatchObject({ code: 'password-weak', pointer: '/next' })
    expect((await set(password, 'other words in a row')).status).toBe(204)
    expect((await ask('GET', '/v1/session', other)).status).toBe(401)
    expect((await ask('POST', '/v1/session', { ...nobody, body })).json.code).toBe('credentials-wrong')
  })

  test('is for people: a key has none', async () => {
    for (const [method, path] of [
      ['GET', '/v1/sessions'],
      ['DELETE', '/v1/sessions'],
    ] as const)
      expect((await ask(method, path)).json.code).toBe('key-missing')
  })
})

test('of all that the audit log is whole, and no password or address is in it', async () => {
  expect(await verifyAudit(db)).toMatchObject({ kind: 'whole' })
  const text = JSON.stringify(await db.query('select * from audit_entries'))
  expect(text).not.toMatch(/@|sentence|Simulated/)
})

test('nothing of all that was a fault of ours', () => {
  expect(lines).toEqual([])
})
