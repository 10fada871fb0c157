import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { testApi } from '../../test/test-api.ts'
import { operations } from '../contract/operations/operations.ts'
import { permissionsOfRole, permissionsOfScopes, roles } from '../core/people/permissions.ts'
import { scopes } from '../core/people/scopes.ts'
import type { Entry } from '../flows/caller.ts'
import { Refusal } from '../flows/respond.ts'
import { keyRing } from './admission.ts'
import { admit } from './entry.ts'
import { rateLimit } from './rate-limit.ts'

const { db } = await freshDb()
const { world, ask, keyFor, asRole, lines } = await testApi(db)
const keys = await Promise.all(
  scopes.map(async (scope) => [scope, permissionsOfScopes([scope]), { key: await keyFor(scope) }] as const),
)
const people = await Promise.all(
  roles.map(async (role) => [role, permissionsOfRole(role), await asRole(role)] as const),
)
const callers = [...keys, ...people]

/** A path of an operation with something in the place of each parameter. */
const filled = (path: string): string => path.replaceAll(/\{[^}]+\}/g, 'nothing-here')

const guarded = operations.filter(({ permission, path }) => permission !== 'nothing' && path.startsWith('/v1/'))

describe('every role and every scope, trying every operation', () => {
  test.each(guarded.map((one) => [`${one.method} ${one.path}`, one] as const))(
    '%s lets in exactly who has its permission',
    async (_, { method, path, permission }) => {
      const nobody = await ask(method.toUpperCase(), filled(path), { key: null })
      expect(nobody).toMatchObject({ status: 401, json: { code: 'key-missing' } })
      expect(nobody.headers.get('www-authenticate')).toBe('Bearer')
      for (const [name, held, sent] of callers) {
        const { status, json } = await ask(method.toUpperCase(), filled(path), sent)
        const may = permission === 'nothing' || held.includes(permission)
        expect([name, json.code === 'permission-missing', status === 403]).toEqual([name, !may, !may])
      }
    },
  )

  test('an auditor gets answers from GET alone, and from trying rules, which changes nothing', () => {
    const open = guarded.filter(
      ({ permission }) => permission !== 'nothing' && permissionsOfRole('auditor').includes(permission),
    )
    expect(open.length).toBeGreaterThan(5)
    expect(open.filter(({ method }) => method !== 'get').map(({ id }) => id)).toEqual(['tryContactPolicy'])
  })

  test('what needs no permission is the sign-in and the state of the service', () => {
    const open = operations.filter(({ permission, path }) => permission === 'nothing' && path.startsWith('/v1/'))
    const known = ['changePassword', 'join', 'listSessions', 'readInvitation', 'readSession', 'readStatus', 'setUp']
    const missing = open
      .map(({ id }) => id)
      .filter((id) => ![...known, 'signIn', 'signOut', 'signOutElsewhere'].includes(id))
    expect(missing).toEqual([])
    expect(open).toHaveLength(known.length + 3)
  })

  test('a route that no operation describes is never reached', async () => {
    const own = new Hono<Entry>()
    own.onError((error, c) => c.text(error instanceof Refusal ? error.code : 'reached'))
    own.use('/v1/*', admit(world, keyRing(world), rateLimit(10)))
    own.get('/v1/undescribed', (c) => c.text('reached'))
    own.get('/v1/tasks', (c) => c.text('reached'))
    const answerTo = async (path: string, authorization: string) =>
      (await own.request(path, { headers: { authorization } })).text()
    const key = `Bearer ${await keyFor('read')}`
    expect(await answerTo('/v1/tasks', key)).toBe('reached')
    expect(await answerTo('/v1/undescribed', key)).toBe('not-found')
    expect(await answerTo('/v1/undescribed', '')).toBe('key-missing')
  })
})

test('a refused person is told the permission and the role, a key the scope', async () => {
  const [agent] = people.filter(([role]) => role === 'agent').map(([, , sent]) => sent)
  expect((await ask('GET', '/v1/keys', agent)).json.detail).toMatch(/"integrations\.read".*role "agent"/)
  const key = await keyFor('ingest')
  expect((await ask('GET', '/v1/overview', { key })).json.detail).toMatch(/"figures\.read".*scope "read"/)
})

test('nothing of all that was a fault of ours', () => {
  expect(lines).toEqual([])
})
