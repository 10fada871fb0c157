import { Compile } from 'typebox/compile'
import { describe, expect, test } from 'vitest'
import { freshDb } from '../../../test/fresh-db.ts'
import { tell } from '../../../test/tell.ts'
import { testWorld } from '../../../test/test-world.ts'
import { customerPage, goodwillHistory, timeline } from '../../contract/show.ts'
import { instantOf } from '../../core/time/instant.ts'
import { readAsOf } from '../../store/views/as-of-view.ts'
import { exportCustomer } from '../export-customer.ts'
import { showCustomer } from './show-customer.ts'
import { showGoodwillHistory } from './show-goodwill-history.ts'
import { showTimeline } from './show-timeline.ts'

const now = instantOf('2026-06-01T00:00:00Z')
const { db } = await freshDb()
const world = testWorld(db, now)

await tell(world, [
  {
    customer: 'mia',
    type: 'customer.profiled',
    at: '2025-01-10T09:00:00Z',
    data: { name: 'Mia', segment: 'home', startedAt: '2024-01-10T09:00:00Z' },
  },
  {
    customer: 'mia',
    type: 'subscription.started',
    at: '2025-01-10T10:00:00Z',
    data: { subscription: 's', product: 'fibre', monthlyValue: 4_000, currency: 'EUR' },
  },
  {
    customer: 'mia',
    type: 'order.placed',
    at: '2026-01-10T10:00:00Z',
    data: { order: 'o1', value: 12_000, currency: 'EUR' },
  },
  {
    customer: 'mia',
    type: 'order.placed',
    at: '2026-03-10T10:00:00Z',
    data: { order: 'o2', value: 3_000, currency: 'EUR' },
  },
  {
    customer: 'mia',
    id: 'bad',
    type: 'order.placed',
    at: '2026-03-11T10:00:00Z',
    data: { order: 'o3', value: 9_000, currency: 'EUR' },
  },
  { customer: 'mia', type: 'event.retracted', at: '2026-03-12T10:00:00Z', data: { id: 'bad' } },
  {
    customer: 'mia',
    type: 'voucher.issued',
    at: '2026-03-12T11:00:00Z',
    data: { voucher: 'v', value: 2_500, currency: 'EUR', origin: 'goodwill' },
  },
  {
    customer: 'mia',
    id: 'fail',
    type: 'failure.occurred',
    at: '2026-05-10T10:00:00Z',
    data: {
      failure: 'f',
      severity: 'critical',
      category: 'outage',
      loss: 5_000,
      currency: 'EUR',
      promisedFixBy: '2026-05-14T10:00:00Z',
      text: 'No line since Monday.',
    },
  },
  {
    customer: 'mia',
    type: 'promise.made',
    at: '2026-05-11T10:00:00Z',
    data: { promise: 'p', what: 'a call back', due: '2026-05-12T10:00:00Z' },
  },
  {
    customer: 'mia',
    type: 'moment.told',
    at: '2026-05-20T10:00:00Z',
    data: { kind: 'move', on: '2026-07-01T00:00:00Z' },
  },
])

async function pageOf(key: string) {
  const shown = await showCustomer(db, key, 'en', (tx) => readAsOf(tx, now))
  if (shown.kind !== 'customer' || shown.page.profilingRefusedAt !== null) throw new Error(`${key} is not scored`)
  return shown.page
}

describe('a customer', () => {
  test('is answered in the shape of the contract, in every language', async () => {
    const check = Compile(customerPage)
    for (const locale of ['en', 'nl', 'ru'] as const) {
      const shown = await showCustomer(db, 'mia', locale, (tx) => readAsOf(tx, now))
      expect(shown.kind === 'customer' ? [...check.Errors(shown.page)] : [shown]).toEqual([])
    }
  })

  test('has a statement that adds up, and an amount at stake', async () => {
    const page = await pageOf('mia')
    const entries = page.entries.reduce((sum, entry) => sum + entry.now, 0)
    const statics = page.statics.reduce((sum, { amount }) => sum + amount, 0)
    expect(page.goodwill.value).toBeCloseTo(entries, 9)
    expect(page.linearPredictor).toBeCloseTo(page.intercept + statics - entries, 9)
    expect(page.goodwill.low).toBeLessThanOrEqual(page.goodwill.value)
    expect(page.goodwill.high).toBeGreaterThanOrEqual(page.goodwill.value)
    expect(page.entries.filter(({ mark }) => mark === 'let-down').length).toBeGreaterThan(0)
    expect(new Set(page.entries.map(({ key }) => key)).size).toBe(page.entries.length)
    expect(page.atStake?.amount.value).toBeGreaterThan(0)
    expect(page.future.repaired?.median).toHaveLength(13)
    expect(page.future.neglected.median[12]).toBeLessThan(page.future.repaired?.median[12] ?? 0)
  })

  test('has the facts, without what was retracted', async () => {
    const page = await pageOf('mia')
    expect(page.facts).toMatchObject({
      orders12: 2,
      paid12: 15_000,
      monthlyValue: 4_000,
      openFailures: 1,
      openPromises: 0,
      voucherBalance: 2_500,
      leftAt: null,
    })
    expect(page).toMatchObject({
      name: 'Mia',
      since: '2024-01-10T09:00:00.000Z',
      asOf: '2026-06-01T00:00:00.000Z',
      mergedInto: null,
      members: [],
    })
    expect(page.moments).toEqual([{ kind: 'move', at: '2026-07-01T00:00:00.000Z' }])
  })

  test('nobody has heard of is unknown', async () => {
    expect(await showCustomer(db, 'nobody', 'en', (tx) => readAsOf(tx, now))).toEqual({ kind: 'customer-unknown' })
    expect(await showTimeline(db, 'nobody', { cursor: null, limit: 5, locale: 'en' })).toEqual({
      kind: 'customer-unknown',
    })
    expect(await showGoodwillHistory(db, 'nobody', { locale: 'en', now })).toEqual({ kind: 'customer-unknown' })
    expect(await exportCustomer(db, 'nobody')).toEqual({ kind: 'customer-unknown' })
  })

  test('is shown as of the newest event when the data are history', async () => {
    const later = instantOf('2027-06-01T00:00:00Z')
    const shown = await showCustomer(db, 'mia', 'en', (tx) => readAsOf(tx, later))
    expect(shown.kind === 'customer' && shown.page.asOf).toBe('2026-05-20T10:00:00.000Z')
  })
})

describe('the timeline', () => {
  const read = async (key: string, limit: number) => {
    const items = []
    for (let cursor: string | null = null; ; ) {
      const shown = await showTimeline(db, key, { cursor, limit, locale: 'en' })
      if (shown.kind !== 'timeline') throw new Error(`${key} is unknown`)
      expect([...Compile(timeline).Errors(shown.timeline)]).toEqual([])
      items.push(...shown.timeline.items)
      cursor = shown.timeline.cursor
      if (cursor === null) return items
    }
  }

  test('is newest first, once each, whatever the page', async () => {
    const items = await read('mia', 100)
    expect(items).toHaveLength(10)
    expect(items.map(({ at }) => at)).toEqual(
      items
        .map(({ at }) => at)
        .toSorted()
        .reverse(),
    )
    expect(await read('mia', 3)).toEqual(items)
  })

  test('marks what was retracted, and carries the text', async () => {
    const items = await read('mia', 4)
    expect(items.filter(({ retracted }) => retracted).map(({ event }) => event)).toEqual(['bad'])
    expect(items.find(({ event }) => event === 'fail')?.text).toBe('No line since Monday.')
    expect(items.every(({ sentence }) => sentence.length > 0)).toBe(true)
  })

  test('refuses a cursor that is not its own', async () => {
    await expect(showTimeline(db, 'mia', { cursor: 'eyJ9', limit: 5, locale: 'en' })).rejects.toMatchObject({
      code: 'parameter-malformed',
    })
  })
})

describe('the curve of goodwill', () => {
  test('ends at the balance of the page, and its marks are its steps', async () => {
    const shown = await showGoodwillHistory(db, 'mia', { locale: 'en', now })
    if (shown.kind !== 'history') throw new Error('mia is unknown')
    const { points, marks } = shown.history
    expect([...Compile(goodwillHistory).Errors(shown.history)]).toEqual([])
    expect(points.at(-1)?.at).toBe('2026-06-01T00:00:00.000Z')
    expect(points.at(-1)?.balance).toBeCloseTo((await pageOf('mia')).goodwill.value, 9)
    expect(points.map(({ at }) => at)).toEqual(points.map(({ at }) => at).toSorted())
    const failed = marks.find(({ at }) => at === '2026-05-10T10:00:00.000Z')
    expect(failed).toMatchObject({ mark: 'let-down' })
    expect(failed?.step).toBeLessThan(-0.05)
    const around = points.filter(({ at }) => at === '2026-05-10T10:00:00.000Z').map(({ balance }) => balance)
    expect((around[1] ?? 0) - (around[0] ?? 0)).toBeCloseTo(failed?.step ?? 0, 9)
  })

  test('falls when a promise passes its time, though no event says so', async () => {
    const shown = await showGoodwillHistory(db, 'mia', { locale: 'en', now })
    const marks = shown.kind === 'history' ? shown.history.marks : []
    expect(marks.find(({ at }) => at.startsWith('2026-05-12T10:00:00'))).toMatchObject({ mark: 'let-down' })
  })

  test('of a long history has 400 points at most', async () => {
    const events = Array.from({ length: 900 }, (_, index) => ({
      customer: 'long',
      id: `e${index}`,
      type: 'failure.occurred',
      at: new Date(Date.UTC(2023, 0, 1) + index * 86_400_000).toISOString(),
      data: { failure: `f${index}`, severity: 'minor' },
    }))
    await tell(world, events)
    const shown = await showGoodwillHistory(db, 'long', { locale: 'en', now })
    expect(shown.kind === 'history' && shown.history.points.length).toBeLessThanOrEqual(400)
    expect(shown.kind === 'history' && shown.history.marks.length).toBeGreaterThan(0)
  })
})

describe('somebody who was merged', () => {
  test('is answered as the one who holds the relationship, with everything of both', async () => {
    await tell(world, [
      {
        customer: 'tom',
        type: 'order.placed',
        at: '2026-02-01T10:00:00Z',
        data: { order: 'a', value: 100, currency: 'EUR' },
      },
      {
        customer: 'tommy/old %',
        type: 'order.placed',
        at: '2026-02-02T10:00:00Z',
        data: { order: 'b', value: 100, currency: 'EUR' },
      },
      { customer: 'tommy/old %', type: 'customer.merged', at: '2026-02-03T10:00:00Z', data: { into: 'tom' } },
    ])
    expect(await pageOf('tom')).toMatchObject({
      customer: 'tom',
      mergedInto: null,
      members: ['tommy/old %'],
      facts: { orders12: 2 },
    })
    expect(await pageOf('tommy/old %')).toMatchObject({ customer: 'tom', mergedInto: 'tom', members: ['tommy/old %'] })
    const shown = await showTimeline(db, 'tommy/old %', { cursor: null, limit: 10, locale: 'nl' })
    expect(shown.kind === 'timeline' && new Set(shown.timeline.items.map(({ customer }) => customer))).toEqual(
      new Set(['tom', 'tommy/old %']),
    )
  })

  test('is exported with the others, with every row that is held', async () => {
    const exported = await exportCustomer(db, 'tommy/old %')
    if (exported.kind !== 'export') throw new Error('the export is missing')
    expect(exported.export).toMatchObject({ customer: 'tom', people: ['tom', 'tommy/old %'] })
    expect(exported.export.events).toHaveLength(3)
    for (const event of exported.export.events) {
      expect(Object.keys(event).sort()).toEqual(['at', 'customer', 'data', 'id', 'received_at', 'source', 'type'])
    }
    expect(exported.export.relationships).toHaveLength(2)
  })

  test('is exported with free text, names, and what it can be found by', async () => {
    const exported = await exportCustomer(db, 'mia')
    if (exported.kind !== 'export') throw new Error('the export is missing')
    expect(exported.export.prose).toMatchObject([{ id: 'fail', field: 'text', body: 'No line since Monday.' }])
    expect(exported.export.searchTerms).toMatchObject([{ term: 'mia' }])
  })
})
