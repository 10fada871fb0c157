import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, test } from 'vitest'
import { importInto, MemoryLog, scratch, type Wire } from '../../../test/scratch-import.ts'
import { readMapping, readyMappings } from './mapping.ts'

const data = '../shared/data'
const timeout = 120_000
const hasData = existsSync(`${data}/olist`)
if (!hasData) console.warn(`The tests of the ready mappings are skipped: the data sets are not in ${data}.`)

async function importSet(log: MemoryLog, name: string, paths: readonly string[]) {
  await using place = await scratch()
  const result = await importInto(log, place, {
    mapping: await readMapping(name),
    paths: paths.map((path) => `${data}/${path}`),
  })
  if (result.kind !== 'done') throw new Error(JSON.stringify(result))
  const { accepted, repeated, rejected, problems } = result.report
  return { accepted, repeated, rejected, problems }
}

const clean = (accepted: number, repeated = 0) => ({ accepted, repeated, rejected: 0, problems: [] })

const ordersOf = (events: readonly Wire[], field: string): ReadonlySet<string> =>
  new Set(events.map(({ data }) => String(data[field]).replace(/^delivery:/, '')))

test('every ready mapping says what it is and what it needs', async () => {
  const ready = await readyMappings()
  expect(ready.map(({ name }) => name)).toEqual(['cdnow', 'complete-journey', 'events', 'olist', 'telco'])
  for (const { about, needs, tables } of ready) {
    expect(about).not.toBe('')
    for (const need of needs)
      expect([...tables.map(({ name }) => name), 'file']).toEqual(expect.arrayContaining([...need]))
  }
})

describe.skipIf(!hasData)('Olist', () => {
  test('a random sample: 6.8 % of the delivered orders are late, and their mean score is 2.35 against 4.32', {
    timeout,
  }, async () => {
    const log = new MemoryLog()
    await importSet(log, 'olist', ['olist/random5000_*'])
    const events = log.wire()
    const counts = log.counts()
    expect(counts['order.placed']).toBe(5_000)
    const late = ordersOf(
      events.filter(({ type, data }) => type === 'failure.occurred' && data.category === 'late delivery'),
      'order',
    )
    expect(late.size / (counts['order.delivered'] ?? 0)).toBeCloseTo(0.068, 3)
    const kept = ordersOf(
      events.filter(({ type }) => type === 'promise.kept'),
      'promise',
    )
    const scores = new Map<string, number>()
    for (const { type, data } of events) {
      if (type === 'survey.answered') scores.set(String(data.survey).split(':')[1] ?? '', Number(data.score))
    }
    const meanOf = (orders: ReadonlySet<string>) => {
      const found = [...scores].filter(([order]) => orders.has(order)).map(([, score]) => score)
      return { count: found.length, mean: found.reduce((sum, score) => sum + score, 0) / found.length }
    }
    expect(meanOf(late)).toEqual({ count: 323, mean: expect.closeTo(2.35, 1) })
    expect(meanOf(kept)).toEqual({ count: 4_505, mean: expect.closeTo(4.32, 1) })
  })

  test('the enriched set: failures by kind and severity, promises kept and broken, posts; then both sets together', {
    timeout,
  }, async () => {
    const log = new MemoryLog()
    await importSet(log, 'olist', ['olist/enriched_*'])
    const kinds: Record<string, number> = {}
    for (const { type, data } of log.wire()) {
      const kind = `${String(data.category)}, ${String(data.severity)}`
      if (type === 'failure.occurred') kinds[kind] = (kinds[kind] ?? 0) + 1
    }
    // Of 2,963 orders that were not delivered, 1,234 were cancelled or unavailable; the rest, 1,729, stopped on the way.
    expect(kinds).toEqual({
      'late delivery, minor': 47,
      'late delivery, major': 295,
      'not delivered, major': 1_703,
      'not delivered, critical': 26,
      'order unavailable, major': 609,
      'order cancelled, major': 484,
      'order cancelled, minor': 141,
    })
    const counts = log.counts()
    expect(counts).toMatchObject({ 'customer.profiled': 8_135, 'order.placed': 8_135 })
    expect(new Set(log.wire().map(({ customer }) => customer)).size).toBe(8_016)
    // 384 orders are in both sets: they count once, whatever comes first.
    const before = log.events.size
    expect(await importSet(log, 'olist', ['olist'])).toEqual(clean(94_304 - before, before))
    expect(log.counts()).toMatchObject({ 'order.placed': 8_135 + 5_000 - 384 })
    expect(await importSet(log, 'olist', ['olist/random5000_*'])).toMatchObject({ accepted: 0, rejected: 0 })
  })

  test('orders and customers alone are enough', { timeout }, async () => {
    const log = new MemoryLog()
    const { rejected } = await importSet(log, 'olist', [
      'olist/random5000_orders.csv',
      'olist/random5000_customers.csv',
    ])
    expect(rejected).toBe(0)
    expect(log.counts()).toMatchObject({ 'order.placed': 5_000 })
    expect(log.counts()['survey.answered']).toBeUndefined()
  })
})

/** Copies the CSV files of a set into a folder, the records of each in another order. */
async function shuffle(set: string, folder: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const files = (await readdir(`${data}/${set}`)).filter((file) =>
    /^(?!products|coupons\.|classified|random5000).*csv/.test(file),
  )
  for (const file of files) {
    const records = `read_csv('${data}/${set}/${file}', all_varchar = true, header = true, quote = '"', escape = '"')`
    const out = `${folder}/${file.replace(/\.gz$/, '')}`
    await connection.run(
      `copy (select * from ${records} as r order by hash(r::varchar || 'another order')) to '${out}' (header)`,
    )
  }
  connection.closeSync()
  instance.closeSync()
}

test.skipIf(!hasData).each([
  ['olist', 'olist'],
  ['complete-journey', 'completejourney'],
  ['telco', 'telco_churn'],
])('%s: the files with their lines in another order repeat everything', { timeout }, async (name, set) => {
  const log = new MemoryLog()
  await importSet(log, name, [name === 'olist' ? 'olist/enriched_*' : set])
  await using place = await scratch()
  await shuffle(set, place.folder)
  const result = await importInto(log, place, { mapping: await readMapping(name) })
  expect(result).toMatchObject({ kind: 'done', report: { accepted: 0, repeated: log.events.size, rejected: 0 } })
})

describe.skipIf(!hasData)('CDNOW', () => {
  test('the master, then the sample, which repeats all of its orders', { timeout }, async () => {
    const log = new MemoryLog()
    expect(await importSet(log, 'cdnow', ['cdnow/cdnow_master.csv.gz'])).toEqual(clean(69_659))
    const events = log.wire()
    expect(new Set(events.map(({ customer }) => customer)).size).toBe(23_570)
    expect(events.filter(({ data: { value } }) => value === 0)).toHaveLength(80)
    const days = new Set(events.map(({ customer, at }) => `${customer} ${at}`))
    expect(events.length - days.size).toBe(2_068)
    expect(await importSet(log, 'cdnow', ['cdnow/cdnow_sample.csv'])).toEqual(clean(0, 6_919))
    expect(await importSet(log, 'cdnow', ['cdnow'])).toEqual(clean(0, 69_659))
  })
})

describe.skipIf(!hasData)('Complete Journey', () => {
  test('baskets, campaigns, coupons, households', { timeout }, async () => {
    const log = new MemoryLog()
    expect(await importSet(log, 'complete-journey', ['completejourney'])).toEqual(clean(64_116))
    expect(log.counts()).toEqual({
      'order.placed': 47_243,
      'offer.sent': 6_589,
      'offer.accepted': 792,
      'voucher.issued': 6_589,
      'voucher.redeemed': 2_102,
      'customer.profiled': 801,
    })
    const basket = log.wire().find(({ id }) => id === 'basket:31625220889')
    // 2017-01-28 14:06:53 in New York, in winter.
    expect(basket?.at).toBe('2017-01-28T19:06:53.000Z')
  })
})

describe.skipIf(!hasData)('telco', () => {
  test('7,043 subscriptions, 1,869 ended, most often for the attitude of a support person', { timeout }, async () => {
    const log = new MemoryLog()
    await importSet(log, 'telco', ['telco_churn'])
    expect(log.counts()).toMatchObject({
      'subscription.started': 7_043,
      'subscription.ended': 1_869,
      'customer.profiled': 7_043,
    })
    const ended = log.wire().filter(({ type }) => type === 'subscription.ended')
    expect(ended.filter(({ data: { reason } }) => reason === 'Attitude of support person')).toHaveLength(192)
    const started = log.wire().find(({ id }) => id === 'subscription:5575-GNVDE:1-started')
    expect(started?.at).toBe('2015-09-01T00:00:00.000Z')
    expect(started?.data).toMatchObject({ monthlyValue: 5_695, fixedUntil: '2016-09-01T00:00:00.000Z' })
    const renewed = log
      .wire()
      .filter(({ type, customer }) => type === 'subscription.renewed' && customer === '5575-GNVDE')
    expect(renewed.map(({ at }) => at)).toEqual(['2016-09-01T00:00:00.000Z', '2017-09-01T00:00:00.000Z'])
  })

  test('works without the reasons', { timeout }, async () => {
    const log = new MemoryLog()
    await importSet(log, 'telco', ['telco_churn/telco_churn.csv'])
    const ended = log.wire().filter(({ type }) => type === 'subscription.ended')
    expect(ended.every(({ data: { reason, by } }) => reason === undefined && by === 'customer')).toBe(true)
    expect(ended).toHaveLength(1_869)
  })
})
