import { expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { type Told, tell } from '../../../../test/tell.ts'
import { testApi } from '../../../../test/test-api.ts'
import { DAY_MS, type Instant, instant, instantOf, rfc3339 } from '../../../core/time/instant.ts'
import { verifyLog } from '../../ingest/verify-log.ts'
import { forgetSilent, planForgetting } from './forget-silent.ts'

const { db } = await freshDb()
let now: Instant = instantOf('2026-06-15T10:00:00Z')
// Time goes on: two workers that erase the same customer do so at two instants.
const tick = (): Instant => {
  now = instant(now + 1)
  return now
}
const { ask, world } = await testApi(db, { world: { now: tick } })

const ago = (days: number): string => rfc3339(instant(now - days * DAY_MS))
const ordered = (customer: string, days: number): readonly Told[] => [
  {
    customer,
    type: 'customer.profiled',
    at: ago(days),
    data: { name: `Simulated ${customer}`, email: `${customer}@example.org` },
  },
  { customer, type: 'order.placed', at: ago(days), data: { order: `o-${customer}`, value: 5_000 } },
]
const run = { signal: new AbortController().signal, progress: () => undefined }
const nameOf = async (customer: string) => (await ask('GET', `/v1/customers/${customer}`)).json.name
const waiting = async () =>
  (await db.query<{ count: number }>(`select count(*)::int as count from tasks where kind = 'forget'`))[0]?.count

async function keepFor(keptMonths: number | null): Promise<void> {
  const { json } = await ask('GET', '/v1/privacy-settings')
  const saved = await ask('PUT', '/v1/privacy-settings', { body: { ...json, keptMonths } })
  expect(saved).toMatchObject({ status: 200, json: { keptMonths } })
}

test('nobody is erased unless the firm said so, a day ago or more; then it is planned once a day', async () => {
  await tell(world, ordered('early', 900))
  await planForgetting(world)
  expect(await forgetSilent(world, run)).toEqual({ looked: 0, erased: 0 })
  await keepFor(24)
  await planForgetting(world)
  expect(await waiting()).toBe(0)
  now = instant(now + DAY_MS)
  await planForgetting(world)
  await planForgetting(world)
  expect(await waiting()).toBe(1)
})

test('who was silent for so long is erased, once; who came back or is bound stays; people who were merged go together', async () => {
  await tell(world, [
    ...['gone', 'bound', 'twin', 'case'].flatMap((one) => ordered(one, 2)),
    { customer: 'other', type: 'order.placed', at: ago(1), data: { order: 'o-other', value: 100 } },
    { customer: 'other', type: 'customer.merged', at: ago(1), data: { into: 'twin' } },
    { customer: 'bound', type: 'subscription.started', at: ago(1), data: { subscription: 's' } },
  ])
  const opened = await ask('POST', '/v1/cases', { body: { customer: 'case', severity: 'minor', category: 'billing' } })
  expect(opened.status).toBe(201)
  now = instant(now + 800 * DAY_MS)
  await tell(world, ordered('late', 700))
  expect(await ask('GET', '/v1/privacy-settings/silent?months=24')).toMatchObject({ json: { customers: 5 } })
  expect((await ask('GET', '/v1/privacy-settings/silent?months=0')).status).toBe(400)
  const [one, two] = await Promise.all([forgetSilent(world, run), forgetSilent(world, run)])
  expect(one.erased + two.erased).toBe(3)
  expect(await Promise.all(['early', 'gone', 'twin'].map(nameOf))).toEqual([null, null, null])
  expect(await Promise.all(['bound', 'late', 'case'].map(nameOf))).toEqual(
    ['bound', 'late', 'case'].map((name) => `Simulated ${name}`),
  )
  const erased = await db.query<{ subject: string }>(
    `select subject from audit_entries where action = 'customer.erased' order by 1`,
  )
  expect(erased.map(({ subject }) => subject)).toEqual(['early', 'gone', 'other', 'twin'])
  expect((await forgetSilent(world, run)).erased).toBe(0)
  expect((await verifyLog(world)).differences).toEqual([])
})

test('who comes back in that moment was erased before, or not at all', async () => {
  await tell(world, ordered('back', 1))
  now = instant(now + 800 * DAY_MS)
  const again = { customer: 'back', type: 'order.placed', at: rfc3339(now), data: { order: 'again', value: 1 } }
  const [{ erased }] = await Promise.all([forgetSilent(world, run), tell(world, [again])])
  const name = await nameOf('back')
  expect([null, 'Simulated back']).toContain(name)
  // Whichever was first: erased before she came back, or not at all.
  const [event] = await db.query<{ at: Date }>(
    `select at from events where customer = 'back' and type = 'customer.erased'`,
  )
  expect(event === undefined).toBe(name !== null)
  expect(erased > 0 || name !== null).toBe(true)
  expect((await verifyLog(world)).differences).toEqual([])
})

test('periods by purpose, as they were stored before, erase nobody', async () => {
  const before = { keptMonths: { service: 12, profiling: 12, offers: 12 }, contact: 'privacy@firm.example' }
  await db.change(`update settings set value = $1 where name = 'privacy'`, [JSON.stringify(before)])
  expect((await ask('GET', '/v1/privacy-settings')).json).toMatchObject({ keptMonths: null, contact: before.contact })
  expect(await forgetSilent(world, run)).toEqual({ looked: 0, erased: 0 })
})
