import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { freshDb } from '../../../test/fresh-db.ts'
import { testWorld } from '../../../test/test-world.ts'
import { modelPage } from '../../contract/models.ts'
import { locales } from '../../contract/words.ts'
import { simulatedFirm } from '../../core/simulated-firm/simulated-firm.ts'
import { instantOf } from '../../core/time/instant.ts'
import { findLiveModel, readLiveModel } from '../../store/models.ts'
import { acceptWire } from '../ingest/accept-wire.ts'
import { showCustomer } from '../show/show-customer.ts'
import { showModel } from '../show/show-models.ts'
import { fitModel, fittedKinds } from './fit-models.ts'

const { db } = await freshDb()
const endAt = instantOf('2026-06-01T00:00:00Z')
const world = testWorld(db, endAt)
const CUSTOMERS = 300

const firm = simulatedFirm({ customers: CUSTOMERS, months: 24, seed: 11, kind: 'shop', endAt })
for (let index = 0; index < CUSTOMERS; index += 1) await acceptWire(world, firm.customer(index).events)

test('every kind of model can be asked for', () => {
  expect([...fittedKinds].sort()).toEqual(['attrition', 'leave', 'redemption', 'retaliation', 'value', 'winback'])
})

test.each(['attrition', 'value', 'redemption'] as const)(
  '%s of a simulated shop is fitted, kept, and live',
  async (kind) => {
    const kept = await fitModel(world, kind)
    if (kept.kind !== 'fitted') throw new Error(JSON.stringify(kept))
    expect(kept.live).toBe(true)
    expect(kept.report.gradientNorm).toBeLessThan(1e-5)
    expect(kept.report.exits).toBeGreaterThan(10)
    expect(await findLiveModel(db, kind)).toMatchObject({ version: kept.version, report: { exits: kept.report.exits } })
  },
  120_000,
)

test('the leave model of a shop is learned from buying, not from silence, and its page says so', async () => {
  const kept = await fitModel(world, 'leave')
  if (kept.kind !== 'fitted') throw new Error(JSON.stringify(kept))
  expect(kept).toMatchObject({ live: true, report: { learnedFrom: 'buying', customers: expect.any(Number) } })
  expect(await readLiveModel(db)).toMatchObject({ version: kept.version, exits: kept.report.exits })
  expect(kept.report.chosen).toMatchObject({ peopleWhoDeclareExits: 0, shareOfCustomers: 1 })
  for (const locale of locales) {
    const shown = await showModel(db, 'leave', { version: null, locale })
    if (shown.kind !== 'shown') throw new Error(shown.kind)
    expect(Compile(modelPage).Check(shown.page)).toBe(true)
    expect(shown.page.learnedFrom?.code).toBe('buying')
    expect(shown.page.learnedFrom?.sentence.length).toBeGreaterThan(20)
  }
}, 120_000)

test('win-back of a firm that never tried is refused, and nothing is kept', async () => {
  expect(await fitModel(world, 'winback')).toMatchObject({ kind: 'refused', because: 'too-few' })
  expect(await findLiveModel(db, 'winback')).toBeUndefined()
})

test('retaliation of too few acts is refused; a page tells the chance of the priors, and only while a failure is open', async () => {
  const wire = (customer: string, id: string, type: string, at: string, data: Readonly<Record<string, unknown>>) => ({
    customer,
    id,
    source: 'till',
    type,
    at,
    data,
  })
  await acceptWire(world, [
    wire('let-down', '1', 'order.placed', '2026-03-01T10:00:00Z', { order: 'a', value: 3_000, currency: 'EUR' }),
    wire('let-down', '2', 'failure.occurred', '2026-05-30T10:00:00Z', { failure: 'f', severity: 'major' }),
    wire('calm', '3', 'order.placed', '2026-03-01T10:00:00Z', { order: 'b', value: 3_000, currency: 'EUR' }),
    wire('calm', '4', 'order.placed', '2026-05-01T10:00:00Z', { order: 'c', value: 4_000, currency: 'EUR' }),
  ])
  expect(await fitModel(world, 'retaliation')).toMatchObject({ kind: 'refused', because: 'too-few' })
  const foreseenOf = async (customer: string) => {
    const shown = await showCustomer(db, customer, 'en', async () => endAt)
    if (shown.kind !== 'customer' || shown.page.profilingRefusedAt !== null) throw new Error('a page was expected')
    return shown.page.foreseen
  }
  const { retaliation } = await foreseenOf('let-down')
  expect(retaliation?.value).toBeCloseTo(0.036, 3)
  expect([retaliation?.events, retaliation?.months, retaliation?.parts[0]?.covariate]).toEqual([0, 6, 'r_intercept'])
  expect(retaliation).toMatchObject({ version: 0, dataTo: null })
  expect(retaliation?.parts[0]?.label).toBe('an ordinary major failure, in its month')
  const calm = await foreseenOf('calm')
  expect([calm.retaliation, calm.winBack]).toEqual([null, null])
  expect(calm.outlook?.alive).toBeGreaterThan(0.5)
  expect(calm.outlook?.value).toBeGreaterThan(0)
})
