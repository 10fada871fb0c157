import { expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { testWorld } from '../../test/test-world.ts'
import { type Accepted, parseEvent } from '../contract/ingest.ts'
import { type AppendLanes, appendLanes } from './ingest/append-lanes.ts'
import { verifyLog } from './ingest/verify-log.ts'

const { db } = await freshDb(10)
const world = testWorld(db)
// Two processes on one database: neither knows what the other saved.
const [one, other] = [appendLanes(world), appendLanes(world)]

function wire(customer: string, n: number, type = 'order.placed', data: object = {}): Accepted {
  const order = { order: `o${n}`, value: 1_000, currency: 'EUR' }
  const at = new Date(Date.UTC(2026, 0, 1 + n)).toISOString()
  const whole = { id: `${type}-${n}`, customer, type, at, data: type === 'order.placed' ? order : data }
  const item = parseEvent(whole, { now: world.now(), source: 'test', strict: true })
  if (item.kind === 'refused') throw new Error(item.detail)
  return item
}

async function told(lanes: AppendLanes, ...items: readonly Accepted[]): Promise<readonly string[]> {
  const outcomes = await lanes.append(items)
  if (outcomes === 'busy') throw new Error('busy')
  return outcomes.map(({ kind }) => kind)
}

const countOf = async (customer: string) =>
  (await db.query<{ n: number }>('select event_count as n from relationships where customer = $1', [customer]))[0]?.n

test('what another process saved meanwhile is noticed, also where it came between, or was a repetition', async () => {
  expect(await told(one, wire('a', 1))).toEqual(['accepted'])
  expect(await told(other, wire('a', 5))).toEqual(['accepted'])
  expect(await told(one, wire('a', 3), wire('a', 6))).toEqual(['accepted', 'accepted'])
  expect(await told(other, wire('a', 6), wire('a', 7))).toEqual(['repeated', 'accepted'])
  expect(await told(one, wire('a', 7))).toEqual(['repeated'])
  expect(await countOf('a')).toBe(5)
  expect((await verifyLog(world)).differences).toEqual([])
})

test('whom another process merged or parted is folded into the right person', async () => {
  await told(one, wire('x', 1), wire('y', 1), wire('z', 1))
  await told(other, wire('x', 2, 'customer.merged', { into: 'y' }))
  await told(one, wire('x', 3), wire('y', 3))
  expect(await countOf('y')).toBe(5)
  await told(other, wire('x', 4, 'customer.unmerged'), wire('x', 5, 'customer.merged', { into: 'z' }))
  await told(one, wire('x', 6))
  expect([await countOf('y'), await countOf('z')]).toEqual([2, 7])
  await told(other, wire('x', 7, 'event.retracted', { id: 'customer.merged-5' }))
  await told(one, wire('z', 8), wire('x', 8))
  expect((await verifyLog(world)).differences).toEqual([])
})

test('two processes that write the same customers at once lose nothing and double nothing', async () => {
  const items = Array.from({ length: 150 }, (_, n) => wire(`race-${n % 4}`, n))
  const kinds = await Promise.all([...items, ...items].map((item, place) => told(place % 3 === 0 ? one : other, item)))
  expect(kinds.flat().filter((kind) => kind === 'accepted')).toHaveLength(150)
  expect(kinds.flat().filter((kind) => kind === 'repeated')).toHaveLength(150)
  expect((await verifyLog(world)).differences).toEqual([])
})

test('a transaction that failed leaves nothing remembered that is not stored', async () => {
  await told(one, wire('f', 1))
  await db.query(`alter table search_terms add constraint nobody check (customer <> 'f')`)
  const profile = wire('f', 2, 'customer.profiled', { name: 'Nobody' })
  await expect(told(one, profile)).rejects.toThrow('nobody')
  await db.query('alter table search_terms drop constraint nobody')
  expect(await told(one, profile, wire('f', 3))).toEqual(['accepted', 'accepted'])
  expect(await countOf('f')).toBe(3)
  expect(await db.query(`select term from search_terms where customer = 'f'`)).toEqual([{ term: 'nobody' }])
  expect((await verifyLog(world)).differences).toEqual([])
})
