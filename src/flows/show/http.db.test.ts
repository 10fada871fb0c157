import { Hono } from 'hono'
import { Compile } from 'typebox/compile'
import { describe, expect, test } from 'vitest'
import { freshDb } from '../../../test/fresh-db.ts'
import { tell } from '../../../test/tell.ts'
import { testWorld } from '../../../test/test-world.ts'
import { customerList, problem, type ScoredCustomerPage } from '../../contract/show.ts'
import { commandLine } from '../../core/people/actor.ts'
import { permissions } from '../../core/people/permissions.ts'
import { instantOf } from '../../core/time/instant.ts'
import type { Entry } from '../caller.ts'
import { Refusal, refuse } from '../respond.ts'
import { showRoutes } from './http.ts'

const { db } = await freshDb()
const world = testWorld(db, instantOf('2026-06-01T12:00:30Z'))
const app = new Hono<Entry>()
app.onError((error, c) => {
  if (error instanceof Refusal) return refuse(c, error)
  throw error
})
app.use('*', async (c, next) => {
  c.set('caller', { name: 'test', actor: commandLine, permissions: new Set(permissions), colleague: undefined })
  await next()
})
app.route('/v1', showRoutes(world))

const STRANGE = ['a/b', 'a/goodwill', '100 %', '%2F', 'Ольга', 'a?b#c', '😀', "'; --", '..', 'x'.repeat(200)]
await tell(
  world,
  STRANGE.map((customer) => ({
    customer,
    type: 'order.placed',
    at: '2026-05-31T10:00:00Z',
    data: { order: 'o', value: 100, currency: 'EUR' },
  })),
)

const pathOf = (key: string) => `/v1/customers/${encodeURIComponent(key)}`

describe('reading over HTTP', () => {
  test.each(STRANGE.filter((key) => key !== '..'))(
    'a customer is found by the key %s, and all that belongs to it',
    async (key) => {
      const answer = await app.request(pathOf(key))
      expect(answer.status).toBe(200)
      expect(await answer.json()).toMatchObject({ customer: key })
      for (const part of ['goodwill', 'timeline', 'export']) {
        expect((await app.request(`${pathOf(key)}/${part}`)).status).toBe(200)
      }
    },
  )

  test('status, overview, and list answer without parameters', async () => {
    for (const path of ['/v1/status', '/v1/overview', '/v1/customers'])
      expect((await app.request(path)).status).toBe(200)
    const list = await (await app.request('/v1/customers?limit=3&sort=name')).json()
    expect([...Compile(customerList).Errors(list)]).toEqual([])
  })

  test.each([
    ['/v1/overview?days=0', 'parameter-malformed', 400],
    ['/v1/overview?days=7.5', 'parameter-malformed', 400],
    ['/v1/overview?days=183', 'parameter-malformed', 400],
    ['/v1/customers?sort=colour', 'parameter-malformed', 400],
    ['/v1/customers?filter=1', 'parameter-malformed', 400],
    ['/v1/customers?limit=1000', 'parameter-malformed', 400],
    ['/v1/customers?limit=-1', 'parameter-malformed', 400],
    ['/v1/customers?cursor=%7B%7D', 'parameter-malformed', 400],
    ['/v1/customers?search=a%00b', 'parameter-malformed', 400],
    [`/v1/customers?search=${'a'.repeat(201)}`, 'parameter-malformed', 400],
    ['/v1/customers/nobody', 'customer-unknown', 404],
    ['/v1/customers/a%00b', 'customer-unknown', 404],
    [`/v1/customers/${'x'.repeat(201)}`, 'customer-unknown', 404],
    ['/v1/customers/nobody/goodwill', 'customer-unknown', 404],
    ['/v1/customers/nobody/timeline', 'customer-unknown', 404],
    ['/v1/customers/nobody/export', 'customer-unknown', 404],
    ['/v1/customers/Ольга?lang=xx', 'parameter-malformed', 400],
  ])('%s is refused as %s', async (path, code, status) => {
    const answer = await app.request(path)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    const body = await answer.json()
    expect([...Compile(problem).Errors(body)]).toEqual([])
    expect(body).toMatchObject({ code, status })
  })

  test('the page speaks the language asked for, else the one preferred, else English', async () => {
    const sentence = async (lang: string, preferred?: string) => {
      const answer = await app.request(
        `${pathOf('a/b')}${lang}`,
        preferred === undefined ? {} : { headers: { 'accept-language': preferred } },
      )
      return JSON.stringify(((await answer.json()) as ScoredCustomerPage).statics)
    }
    const [english, dutch, russian] = [await sentence(''), await sentence('?lang=nl'), await sentence('?lang=ru')]
    expect(new Set([english, dutch, russian]).size).toBe(3)
    expect(await sentence('', 'de, nl-NL;q=0.8, ru;q=0.9')).toBe(russian)
    expect(await sentence('', 'de-DE')).toBe(english)
    expect(await sentence('?lang=nl', 'ru')).toBe(dutch)
  })

  test('a page that has not changed is not sent again', async () => {
    const first = await app.request(pathOf('a/b'))
    const etag = first.headers.get('etag') ?? ''
    expect(etag).not.toBe('')
    const again = await app.request(pathOf('a/b'), { headers: { 'if-none-match': `"x", ${etag}` } })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
    await tell(world, [
      {
        customer: 'a/b',
        type: 'order.placed',
        at: '2026-05-31T12:00:00Z',
        data: { order: 'o2', value: 100, currency: 'EUR' },
      },
    ])
    const changed = await app.request(pathOf('a/b'), { headers: { 'if-none-match': etag } })
    expect(changed.status).toBe(200)
    expect(changed.headers.get('etag')).not.toBe(etag)
  })
})
