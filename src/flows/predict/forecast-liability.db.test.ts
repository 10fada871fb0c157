import { existsSync } from 'node:fs'
import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { freshDb } from '../../../test/fresh-db.ts'
import { scratch } from '../../../test/scratch-import.ts'
import { testWorld } from '../../../test/test-world.ts'
import { liability as schema } from '../../contract/liability.ts'
import { simulatedFirm } from '../../core/simulated-firm/simulated-firm.ts'
import { instantOf } from '../../core/time/instant.ts'
import { acceptWire } from '../ingest/accept-wire.ts'
import { importFiles } from '../ingest/import-files.ts'
import { readMapping } from '../ingest/mapping.ts'
import { showLiability } from '../show/show-liability.ts'
import { type ForecastLiability, forecastLiability } from './forecast-liability.ts'

const { db } = await freshDb()
const endAt = instantOf('2026-06-01T00:00:00Z')
const world = testWorld(db, endAt)
const JOURNEY = new URL('../../../../shared/data/completejourney/', import.meta.url)

const toldBy = (made: ForecastLiability) => {
  if (made.kind !== 'forecast') throw new Error(`a forecast was expected, not ${JSON.stringify(made)}`)
  return made.liability
}

test('before the first forecast there is none, and nothing is made up', async () => {
  expect(await showLiability(db)).toEqual({ kind: 'forecast-missing' })
})

test('without vouchers nothing is owed, and the answer keeps its shape', async () => {
  const told = toldBy(await forecastLiability(world))
  expect(Compile(schema).Check(told)).toBe(true)
  expect([told.vouchers, told.openMinor, told.roll, told.model.uses]).toEqual([0, 0, [], 0])
})

test('the vouchers of a simulated firm tie month by month, and what was made is what is shown', async () => {
  const firm = simulatedFirm({ customers: 150, months: 18, seed: 4, kind: 'shop', endAt })
  for (let index = 0; index < 150; index += 1) await acceptWire(world, firm.customer(index).events)
  const told = toldBy(await forecastLiability(world))
  expect(Compile(schema).Check(told)).toBe(true)
  expect(await showLiability(db)).toEqual({ kind: 'shown', liability: told })
  expect(told.vouchers).toBeGreaterThan(30)
  let opening = 0
  for (const one of told.roll) {
    expect(one.openingMinor).toBe(opening)
    opening += one.issuedMinor - one.redeemedMinor - one.expiredMinor - one.cancelledMinor
    expect(one.closingMinor).toBe(opening)
  }
  const [sums] = await db.query<{ issued: number; redeemed: number }>(
    `select sum((data ->> 'value')::bigint) filter (where type = 'voucher.issued')::float8 as issued,
            sum((data ->> 'value')::bigint) filter (where type = 'voucher.redeemed')::float8 as redeemed from events`,
  )
  expect(told.roll.reduce((sum, one) => sum + one.issuedMinor, 0)).toBe(sums?.issued)
  expect(told.roll.reduce((sum, one) => sum + one.redeemedMinor, 0)).toBe(sums?.redeemed)
  expect(told.openMinor).toBe(opening)
  const { redeemedMinor, expiredMinor, stillOpenMinor } = told.forecast.total
  expect(redeemedMinor.mean + expiredMinor.mean + stillOpenMinor.mean).toBeCloseTo(opening, 0)
}, 120_000)

test('one voucher of two people who were merged is one voucher', async () => {
  const before = toldBy(await forecastLiability(world))
  const wire = (customer: string, id: string, type: string, at: string, data: Readonly<Record<string, unknown>>) => ({
    customer,
    id,
    source: 'till',
    type,
    at,
    data,
  })
  const money = { voucher: 'gift-7', value: 5_000, currency: 'EUR' }
  await acceptWire(world, [
    wire('one', '1', 'voucher.issued', '2026-04-01T10:00:00Z', { ...money, origin: 'paid' }),
    wire('other', '2', 'voucher.redeemed', '2026-04-20T10:00:00Z', { ...money, value: 2_000 }),
  ])
  const apart = toldBy(await forecastLiability(world))
  expect(apart.openMinor - before.openMinor).toBe(5_000)
  await acceptWire(world, [wire('other', '3', 'customer.merged', '2026-05-01T10:00:00Z', { into: 'one' })])
  const together = toldBy(await forecastLiability(world))
  expect(together.openMinor - before.openMinor).toBe(3_000)
}, 120_000)

test.skipIf(!existsSync(JOURNEY))(
  'the coupons of the Complete Journey: every one is counted, and bands hold most of what came',
  async () => {
    const { db: grocer } = await freshDb()
    const market = testWorld(grocer, instantOf('2018-01-15T00:00:00Z'))
    await using place = await scratch()
    const files = ['campaigns.csv', 'campaign_descriptions.csv', 'coupon_redemptions.csv']
    await importFiles({
      paths: files.map((name) => new URL(name, JOURNEY).pathname),
      mapping: await readMapping('complete-journey'),
      workFolder: place.work,
      rejectsPath: place.path('rejects.csv'),
      accept: (raw) => acceptWire(market, raw),
      now: market.now,
    })
    const told = toldBy(await forecastLiability(market))
    expect(told.vouchers).toBe(6_589)
    expect(told.roll.reduce((sum, one) => sum + one.redeemedCount, 0)).toBe(792)
    expect([told.openMinor, told.backtest.made.every(({ minor }) => minor === null)]).toEqual([0, true])
    const [month] = told.backtest.horizons
    if (month?.count.kind !== 'checked' || told.backtest.batches.kind !== 'checked')
      throw new Error('forecasts were due')
    // 10 to 11 forecasts of all and 25 of single campaigns: coverage is known to some 15 and 8 points.
    expect(month.count.coverage95).toBeGreaterThanOrEqual(0.8)
    expect(told.backtest.batches.coverage50).toBeGreaterThan(0.35)
    expect(told.backtest.batches.coverage80).toBeGreaterThan(0.65)
    expect(told.backtest.batches.coverage95).toBeGreaterThan(0.85)
  },
  240_000,
)
