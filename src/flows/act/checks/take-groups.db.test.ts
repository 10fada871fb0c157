import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { until } from '../../../../test/started-app.ts'
import { testApi } from '../../../../test/test-api.ts'

const { isCluster } = inject('testEngine')
const { db, connectionString } = await freshDb()
const { ask } = await testApi(db)
const holder = new pg.Client({ connectionString })
await holder.connect()
afterAll(() => holder.end())

const waiting = async () =>
  (await db.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`))
    .length

// Who waits for whose lock only one PostgreSQL can show.
test.skipIf(isCluster)('who is erased while a file of groups is taken in is in no group afterwards', async () => {
  const placed = { id: 'e', source: 'shop', customer: 'racing', type: 'order.placed', at: '2026-01-05T10:00:00Z' }
  await ask('POST', '/v1/events', { body: { ...placed, data: { order: 'o' } } })
  const wish = { groups: ['north', 'south'], basis: 'consent', reason: 'To see that nobody waits longer.' }
  expect((await ask('PUT', '/v1/equality/traits/region', { body: wish })).status).toBe(204)
  // Both end with the audit log: while it is held, the file is taken in and not written down yet.
  await holder.query('begin')
  await holder.query('select 1 from audit_head for update')
  const upload = ask('POST', '/v1/equality/traits/region/groups', { body: 'customer,group\nracing,north' })
  await until(async () => (await waiting()) === 1)
  const erasure = ask('DELETE', '/v1/customers/racing')
  await until(async () => (await waiting()) === 2)
  await holder.query('rollback')
  expect((await upload).json).toMatchObject({ taken: 1 })
  expect((await erasure).status).toBe(200)
  expect(await db.query('select 1 from customer_traits')).toEqual([])
  // And the other way round: whoever was erased is left out.
  expect(
    (await ask('POST', '/v1/equality/traits/region/groups', { body: 'customer,group\nracing,north' })).json,
  ).toMatchObject({
    taken: 0,
    leftOut: 1,
  })
})
