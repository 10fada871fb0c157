import { describe, expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { type Told, tell } from '../../../../test/tell.ts'
import { testWorld } from '../../../../test/test-world.ts'
import type { RecoveryCase } from '../../../core/cases/recovery-case.ts'
import { DAY_MS, type Instant, instant, instantOf, rfc3339 } from '../../../core/time/instant.ts'
import { readSaved } from '../../../store/relationships.ts'
import { verifyLog } from '../../ingest/verify-log.ts'
import type { World } from '../../world.ts'
import { watchPromises } from './watch-promises.ts'

const { db } = await freshDb(12)
let now: Instant = instantOf('2026-06-15T08:00:00Z')
const world: World = { ...testWorld(db), now: () => now }
const signal = new AbortController().signal

const on = (days: number): string => rfc3339(instant(now + days * DAY_MS))
const made = (customer: string, due: string, data: object = {}): Told => ({
  customer,
  type: 'promise.made',
  at: on(0),
  data: { promise: 'p', due, ...data },
})
const casesOf = async (customer: string): Promise<readonly RecoveryCase[]> =>
  (await db.query<{ state: RecoveryCase }>('select state from cases where customer = $1', [customer])).map(
    ({ state }) => state,
  )
const failuresOf = async (customer: string) =>
  (await readSaved(db, [customer])).get(customer)?.state?.facts.failures ?? []

describe('when the time of a promise passes', () => {
  test('a case opens by itself, once, however many workers look, also after days without one', async () => {
    await tell(world, [made('late', on(1)), made('kept', on(1)), made('more time', on(1)), made('in time', on(20))])
    await tell(world, [
      { customer: 'kept', type: 'promise.kept', at: on(0.004), data: { promise: 'p' } },
      { ...made('more time', on(15)), id: 'again', at: on(0.004) },
    ])
    expect(await watchPromises(world, signal)).toBe(0)
    now = instant(now + 9 * DAY_MS)
    await Promise.all([1, 2, 3, 4].map(() => watchPromises(world, signal)))
    expect(await casesOf('late')).toMatchObject([{ category: 'broken promise', openedAt: now - 8 * DAY_MS }])
    expect(await failuresOf('late')).toMatchObject([{ isInferred: true, links: ['promise:p'] }])
    for (const other of ['kept', 'more time', 'in time']) expect(await casesOf(other)).toEqual([])
    expect(await watchPromises(world, signal)).toBe(0)
    await tell(world, [{ customer: 'late', type: 'promise.broken', at: rfc3339(now), data: { promise: 'p' } }])
    expect(await casesOf('late')).toHaveLength(1)
  })

  test('a worker that dies in the middle leaves it to the next', async () => {
    await tell(world, [made('crash', on(1))])
    now = instant(now + 2 * DAY_MS)
    const dying: World = {
      ...world,
      db: {
        ...db,
        transaction: (work) =>
          db.transaction(async (tx) => {
            await work(tx)
            throw new Error('killed before the commit')
          }),
      },
    }
    await expect(watchPromises(dying, signal)).rejects.toThrow('killed')
    expect(await casesOf('crash')).toEqual([])
    await watchPromises(world, signal)
    expect(await casesOf('crash')).toHaveLength(1)
  })

  test('history and simulated firms open nothing', async () => {
    const past = { at: on(-400), data: { promise: 'p', due: on(-390) } }
    const many = Array.from({ length: 200 }, (_, nth) => ({ customer: `old${nth}`, type: 'promise.made', ...past }))
    await tell(world, [...many, { ...made('played', on(1)), source: 'simulated' }])
    now = instant(now + 2 * DAY_MS)
    expect(await watchPromises(world, signal)).toBe(0)
  })

  test('what was due yesterday waits for the rest of the file', async () => {
    const told = { customer: 'file', type: 'promise.made', at: on(-2), data: { promise: 'p', due: on(-1) } }
    await tell(world, [told, { ...told, customer: 'file kept' }])
    expect(await watchPromises(world, signal)).toBe(0)
    await tell(world, [{ customer: 'file kept', type: 'promise.kept', at: on(-1.5), data: { promise: 'p' } }])
    now = instant(now + 3_600_000)
    await watchPromises(world, signal)
    expect([await casesOf('file'), await casesOf('file kept')].map(({ length }) => length)).toEqual([1, 0])
  })
})

describe('one lateness is one failure and one case', () => {
  test('of an order, the promise about it, its late delivery, the dispute, and the report', async () => {
    await tell(world, [
      { customer: 'one', type: 'order.placed', at: on(0), data: { order: 'o', promisedAt: on(1) } },
      made('one', on(1), { about: 'o' }),
    ])
    now = instant(now + 2 * DAY_MS)
    await watchPromises(world, signal)
    const told = [
      ['order.delivered', { order: 'o', promisedAt: on(-1) }],
      ['promise.broken', { promise: 'p' }],
      ['dispute.opened', { kind: 'chargeback', order: 'o' }],
      ['failure.occurred', { failure: 'shop', severity: 'major', category: 'lost parcel', order: 'o', loss: 900 }],
      ['failure.acknowledged', { failure: 'shop' }],
    ] as const
    for (const [type, data] of told) await tell(world, [{ customer: 'one', type, at: on(0), data }])
    const [only, ...others] = await casesOf('one')
    expect(others).toEqual([])
    expect(only).toMatchObject({ severity: 'major', category: 'lost parcel', lossMinor: 900 })
    expect(only?.round.acknowledgedAt).not.toBeNull()
    expect(await failuresOf('one')).toMatchObject([{ also: ['shop'], isInferred: false, severity: 'major' }])
  })

  test('and a report that comes first is joined by what follows from it', async () => {
    const report = { failure: 'first', severity: 'major', order: 'o' }
    await tell(world, [
      { customer: 'first', type: 'order.placed', at: on(0), data: { order: 'o' } },
      made('first', on(1), { about: 'o' }),
      { customer: 'first', type: 'failure.occurred', at: on(0), data: report },
    ])
    now = instant(now + 2 * DAY_MS)
    await watchPromises(world, signal)
    await tell(world, [{ customer: 'first', type: 'promise.broken', at: on(0), data: { promise: 'p' } }])
    expect(await casesOf('first')).toHaveLength(1)
    expect(await failuresOf('first')).toHaveLength(1)
  })
})

test('the log and what is folded from it agree', async () => {
  expect((await verifyLog(world)).differences).toEqual([])
})
