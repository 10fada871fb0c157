import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { testApi } from '../../test/test-api.ts'
import { openApi } from '../contract/operations/openapi.ts'
import type { Json } from '../contract/operations/openapi-schemas.ts'

const { db } = await freshDb()
const { ask, send } = await testApi(db)
const document = openApi()

const at = (place: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => (inner as Json | undefined)?.[name], place)

/** A schema of the document with every reference replaced by what it names. */
function whole(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(whole)
  if (typeof schema !== 'object' || schema === null) return schema
  if ('$ref' in schema) return whole(at(document, ...String(schema.$ref).slice(2).split('/')))
  return Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, whole(value)]))
}

const customer = 'C-1'
const times = (n: number) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString()
const events = [
  {
    type: 'customer.profiled',
    data: { name: 'Simulated Person', email: 'simulated@example.org', segment: 'web', startedAt: times(-400) },
  },
  {
    type: 'subscription.started',
    data: { subscription: 's', monthlyValue: 2_000, currency: 'EUR', fixedUntil: times(900) },
  },
  { type: 'order.placed', data: { order: 'o', value: 5_000, currency: 'EUR' } },
  { type: 'promise.made', data: { promise: 'p', what: 'delivery', due: times(4) } },
  {
    type: 'failure.occurred',
    data: { failure: 'f', severity: 'critical', category: 'delivery', text: 'It never came.' },
  },
  { type: 'failure.apologised', data: { failure: 'f' } },
  { type: 'voucher.issued', data: { voucher: 'v', value: 500, currency: 'EUR', origin: 'goodwill', failure: 'f' } },
  { type: 'moment.told', data: { kind: 'move' } },
  { type: 'survey.answered', data: { survey: 'n', kind: 'nps', score: 2, text: 'Never again.' } },
  { type: 'exit.requested', data: {} },
].map((one, n) => ({ id: `e${n}`, customer, at: times(n), ...one }))

const task = await ask('POST', '/v1/demo', { body: { customers: 2 } })
const upload = await ask('POST', '/v1/uploads')
await ask('POST', '/v1/events', {
  body: [{ id: 'x', customer: 'C-2', type: 'customer.merged', at: times(1), data: { into: 'C-3' } }],
})

const asked: readonly (readonly [method: string, template: string, path: string, status: number, body?: unknown])[] = [
  ['POST', '/v1/events', '/v1/events', 200, events],
  ['POST', '/v1/events', '/v1/events', 207, [{}, events[0]]],
  ['POST', '/v1/events', '/v1/events', 422, {}],
  ['GET', '/v1/status', '/v1/status', 200],
  ['GET', '/v1/overview', '/v1/overview?days=182', 200],
  ['GET', '/v1/liability', '/v1/liability', 404],
  ['GET', '/v1/customers', '/v1/customers?limit=1', 200],
  ['GET', '/v1/customers', '/v1/customers?search=simulated', 200],
  ['GET', '/v1/customers/{key}', `/v1/customers/${customer}`, 200],
  ['GET', '/v1/customers/{key}', '/v1/customers/C-2?lang=ru', 200],
  ['GET', '/v1/customers/{key}', '/v1/customers/nobody', 404],
  ['GET', '/v1/customers/{key}/goodwill', `/v1/customers/${customer}/goodwill?lang=nl`, 200],
  ['GET', '/v1/customers/{key}/timeline', `/v1/customers/${customer}/timeline?limit=3`, 200],
  ['GET', '/v1/customers/{key}/export', `/v1/customers/${customer}/export`, 200],
  ['GET', '/v1/mappings', '/v1/mappings', 200],
  ['GET', '/v1/tasks', '/v1/tasks', 200],
  ['GET', '/v1/tasks/{id}', `/v1/tasks/${task.json.id}`, 200],
  ['DELETE', '/v1/tasks/{id}', `/v1/tasks/${task.json.id}`, 200],
  [
    'PUT',
    '/v1/uploads/{upload}/{name}',
    `/v1/uploads/${upload.json.upload}/events.csv`,
    200,
    'customer,type,at\nC-1,exit.confirmed,2025-02-01\n',
  ],
  ['POST', '/v1/imports/preview', '/v1/imports/preview', 200, { upload: upload.json.upload, mapping: 'events' }],
  ['POST', '/v1/imports', '/v1/imports', 202, { upload: upload.json.upload, mapping: 'events' }],
  ['POST', '/v1/demo', '/v1/demo', 202, {}],
  ['POST', '/v1/uploads', '/v1/uploads', 201],
  ['GET', '/v1/keys', '/v1/keys', 200],
  ['POST', '/v1/keys', '/v1/keys', 201, { name: 'x', scopes: ['read'] }],
  ['GET', '/v1/audit', '/v1/audit?limit=2&kind=key', 200],
  ['GET', '/v1/audit/verification', '/v1/audit/verification', 200],
  ['GET', '/v1/settings', '/v1/settings', 200],
  [
    'PUT',
    '/v1/settings',
    '/v1/settings',
    200,
    { firm: null, currency: 'EUR', marginShare: 0.3, discountMonthly: 0.01 },
  ],
  [
    'POST',
    '/v1/setup',
    '/v1/setup',
    201,
    { email: 'administrator@example.org', name: 'Administrator', password: 'a long sentence is best' },
  ],
  [
    'POST',
    '/v1/session',
    '/v1/session',
    200,
    { email: 'administrator@example.org', password: 'a long sentence is best' },
  ],
  ['GET', '/healthz', '/healthz', 200],
  ['GET', '/readyz', '/readyz', 200],
  ['DELETE', '/v1/customers/{key}', '/v1/customers/C-2', 200],
]

const cases = asked.map(([method, template, path, status, body]) => ({ method, template, path, status, body }))

test.each(cases)(
  '$method $path answers $status as the document says',
  async ({ method, template, path, status, body }) => {
    const answer = await ask(method, path, body === undefined ? {} : { body })
    expect([answer.status, answer.json]).toEqual([status, answer.json])
    const content = at(
      document,
      'paths',
      template,
      method.toLowerCase(),
      'responses',
      String(status),
      'content',
    ) as Json
    const media = answer.headers.get('content-type')?.split(';')[0] ?? ''
    expect(Object.keys(content)).toContain(media)
    const check = Compile(whole(at(content, media, 'schema')) as Json)
    expect([...check.Errors(answer.json)].map(({ instancePath, message }) => `${instancePath} ${message}`)).toEqual([])
  },
)

test('the addresses that stand in answers can be asked', async () => {
  const { json } = await ask('GET', '/v1/nothing')
  const [page, code] = String(json.type).split('#')
  expect(await (await send('GET', page ?? '')).text()).toContain(`id="${code}"`)
})
