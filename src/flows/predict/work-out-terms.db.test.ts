import { expect, test } from 'vitest'
import { freshDb } from '../../../test/fresh-db.ts'
import { tell } from '../../../test/tell.ts'
import { testApi } from '../../../test/test-api.ts'
import type { TermsForecast } from '../../contract/exit-wave.ts'
import { DAY_MS, type Instant, instant, instantOf, rfc3339 } from '../../core/time/instant.ts'
import { workOutTerms } from './work-out-terms.ts'

const { db } = await freshDb()
const now: Instant = instantOf('2026-06-15T10:00:00Z')
const { ask, asRole, world } = await testApi(db, { world: { now: () => now } })
const { signal } = new AbortController()
const on = (days: number): string => rfc3339(instant(now + days * DAY_MS))
const read = async () => (await ask('GET', '/v1/forecasts/terms')).json as unknown as TermsForecast

test('terms that end are foretold of those who are bound, and of nobody who objects to it', async () => {
  expect(await read()).toMatchObject({ madeAt: null, bound: 0, months: [] })
  const started = (customer: string, fixedUntil: string | null) => ({
    ...{ customer, type: 'subscription.started', at: on(-100) },
    data: { subscription: 's', monthly: 900, ...(fixedUntil === null ? {} : { fixedUntil }) },
  })
  await tell(world, [
    started('soon', on(20)),
    started('later', on(200)),
    started('free', null),
    started('silent', on(20)),
    {
      customer: 'silent',
      type: 'consent.changed',
      at: on(-1),
      data: { channel: 'web', purpose: 'profiling', granted: false },
    },
  ])
  await workOutTerms(world, signal)
  const told = await read()
  expect(told).toMatchObject({ bound: 2, looked: 4, customers: 4, asOf: rfc3339(now) })
  expect(told.months.map(({ ending }) => ending)).toEqual([1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0])
  expect(told.ifFree?.value).toBeGreaterThan(told.leaving?.value ?? Number.NaN)
  expect((await ask('GET', '/v1/forecasts/terms', await asRole('marketer'))).status).toBe(403)
})
