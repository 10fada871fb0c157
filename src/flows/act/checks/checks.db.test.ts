import { expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { testApi } from '../../../../test/test-api.ts'
import type { Check, CheckList } from '../../../contract/checks.ts'
import { checkNames } from '../../../core/checks/checks.ts'
import { DAY_MS, type Instant, instant, rfc3339 } from '../../../core/time/instant.ts'
import { addEndpoint } from '../../../store/webhooks.ts'
import { checksDue, planChecks, runChecks } from './run-checks.ts'

const { db } = await freshDb()
let now: Instant = instant(Date.UTC(2026, 5, 15, 12))
const { ask, asRole, world, app } = await testApi(db, { world: { now: () => now } })
const begun = now
const ago = (days: number) => rfc3339(instant(begun - days * DAY_MS))
const signal = new AbortController().signal

const read = async (name: Check['name'], lang = 'en'): Promise<Check> => {
  const list = (await ask('GET', `/v1/checks?lang=${lang}`)).json as unknown as CheckList
  const found = list.checks.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no check ${name}`)
  return found
}

const event = (customer: string, type: string, at: number, data: object) => ({
  id: `${customer} ${type} ${at}`,
  customer,
  type,
  at: ago(at),
  data,
})
const tell = async (events: readonly object[]) => {
  const { json } = await ask('POST', '/v1/events', { body: { events } })
  expect(json).toMatchObject({ rejected: 0 })
}
/** Let-downs of 200 customers, each worth more than the one before; those of the first 80 are put right only half the time. */
const letDowns = Array.from({ length: 200 }, (_, place) => {
  const who = `c${String(place).padStart(3, '0')}`
  const named = { failure: `f ${who}` }
  const isPutRight = place >= 80 || place % 2 === 0
  return [
    event(who, 'order.placed', 60, { order: `o ${who}`, value: 1_000 * (place + 1), currency: 'EUR' }),
    event(who, 'order.placed', 50, { order: `p ${who}`, value: 1_000 * (place + 1), currency: 'EUR' }),
    event(who, 'failure.occurred', 40, {
      ...named,
      severity: 'minor',
      detectedBy: 'operations',
      loss: 3_000,
      currency: 'EUR',
      promisedFixBy: ago(35),
    }),
    event(who, 'failure.acknowledged', 39.9, named),
    event(who, 'failure.apologised', 39.8, named),
    event(who, 'failure.apologised', 39.7, named),
    event(who, 'failure.compensated', 38, { ...named, value: place % 2 === 0 ? 3_000 : 600, currency: 'EUR' }),
    ...(isPutRight ? [event(who, 'failure.fixed', 36, named)] : []),
    ...(place >= 180 ? [event(who, 'failure.reopened', 30, named)] : []),
    ...(place === 199 ? [event(who, 'event.retracted', 29, { id: `${who} failure.reopened 30`, source: 'api' })] : []),
  ]
}).flat()

test('before there is any customer nothing is due, and nothing is told', async () => {
  expect(await checksDue(world)).toEqual([])
  expect(await read('service-floor')).toMatchObject({ state: null, value: null, at: null })
})

test('all checks are due with the first events, and each says what it found', async () => {
  // Something of today: data that are older are looked at as of their end.
  await tell([...letDowns, event('today', 'order.placed', 0, { order: 'today' })])
  expect(await checksDue(world)).toEqual(checkNames)
  await planChecks(world)
  await planChecks(world)
  expect(await db.query(`select kind from tasks where kind = 'checks'`)).toEqual([{ kind: 'checks' }])
  const endpoint = { id: 'c0ffee00-0000-4000-8000-000000000001', url: 'https://hook.example.org', secret: 's' }
  await addEndpoint(db, { ...endpoint, events: ['check.failed'] })
  await runChecks(world, checkNames, { signal })

  expect(await read('apologies')).toMatchObject({ state: 'fails', value: 2, count: 200 })
  expect(await read('like-cases')).toMatchObject({
    state: 'fails',
    value: 5,
    parts: [{ name: 'minor 2000 5000', label: 'minor, loss from €20.00 to under €50.00', count: 200 }],
  })
  expect(await read('due-dates')).toMatchObject({ state: 'told', value: 5, count: 200 })
  // Of 160 fixes 20 re-opened, and one of these was taken back.
  expect(await read('reopened')).toMatchObject({ state: 'told', value: 19 / 160, count: 160 })
  expect(await read('data-requests')).toMatchObject({ state: 'holds', value: 0 })
  expect(await read('calibration')).toMatchObject({ state: 'too-few', value: null, parts: [] })
  const floor = await read('service-floor')
  expect(floor).toMatchObject({ state: 'fails', count: 200 })
  expect(floor.parts.map(({ label, value }) => [label, value])).toEqual([
    ['lowest fifth by value', 0.5],
    ['second fifth', 0.5],
    ['middle fifth', 1],
    ['fourth fifth', 1],
    ['highest fifth by value', 0.525],
  ])
  expect((await read('service-floor', 'nl')).parts[0]?.label).toBe('laagste vijfde naar waarde')
})

test('what fails anew is told to other systems once, of no customer, and counted', async () => {
  const told = async () =>
    (await db.query<{ customer: string; body: string }>(`select customer, body from webhook_deliveries`)).map(
      (one) => ({
        customer: one.customer,
        data: JSON.parse(one.body).data,
      }),
    )
  expect((await told()).map(({ data }) => data.check).sort()).toEqual(['apologies', 'like-cases', 'service-floor'])
  expect((await told())[0]).toMatchObject({ customer: '' })
  expect(Object.keys((await told())[0]?.data)).not.toContain('customer')
  const metrics = await (await app.request('/metrics')).text()
  expect(metrics).toContain('amends_check_failing{check="apologies"} 1')
  expect(metrics).toContain('amends_check_failing{check="data-requests"} 0')

  now = instant(begun + 2 * DAY_MS)
  expect(await checksDue(world)).not.toContain('apologies')
  expect(await checksDue(world)).toContain('data-requests')
  await runChecks(world, ['apologies'], { signal })
  expect(await told()).toHaveLength(3)
  const again = await read('apologies')
  expect(again.history).toHaveLength(2)
  expect([again.at, again.since]).toEqual([rfc3339(now), rfc3339(begun)])
})

test('who may run checks starts one task, however often it is asked for', async () => {
  await db.query(`update tasks set state = 'done' where kind = 'checks'`)
  const lead = await asRole('lead')
  const first = await ask('POST', '/v1/checks/runs', lead)
  const second = await ask('POST', '/v1/checks/runs', lead)
  expect([first.status, second.json.id]).toEqual([202, first.json.id])
  expect((await ask('POST', '/v1/checks/runs', await asRole('agent'))).json.code).toBe('permission-missing')
  expect((await ask('GET', '/v1/checks', await asRole('agent'))).json.running).toBe(first.json.id)
})
