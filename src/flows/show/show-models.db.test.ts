import { Compile } from 'typebox/compile'
import { describe, expect, test } from 'vitest'
import { freshDb } from '../../../test/fresh-db.ts'
import { testWorld } from '../../../test/test-world.ts'
import { modelList, modelPage } from '../../contract/models.ts'
import { locales } from '../../contract/words.ts'
import { leavePriors } from '../../core/goodwill/leave-priors.ts'
import { simulatedFirm } from '../../core/simulated-firm/simulated-firm.ts'
import { instantOf } from '../../core/time/instant.ts'
import { readLiveModel } from '../../store/models.ts'
import { acceptWire } from '../ingest/accept-wire.ts'
import { fitModel } from '../predict/fit-models.ts'
import { showModel, showModels } from './show-models.ts'

const { db } = await freshDb()
const now = instantOf('2026-06-01T00:00:00Z')
const world = testWorld(db, now)
const CUSTOMERS = 700

const isList = Compile(modelList)
const isPage = Compile(modelPage)

async function shown(version: number | null, locale: (typeof locales)[number] = 'en') {
  const answer = await showModel(db, 'leave', { version, locale })
  if (answer.kind !== 'shown') throw new Error(answer.kind)
  expect(isPage.Check(answer.page)).toBe(true)
  return answer.page
}

describe('models', () => {
  test('before the first fit are what was published, said to be so', async () => {
    const page = await shown(null)
    expect(page).toMatchObject({ shown: null, versions: [], calibration: null, backtest: [], warnings: [] })
    expect(page.coefficients).toHaveLength(Object.keys(leavePriors).length)
    expect(page.coefficients.every(({ from, learnedShare }) => from === 'literature' && learnedShare === 0)).toBe(true)
    expect(page.reference?.monthly).toEqual(page.reference?.monthlyPrior)
    expect(await showModel(db, 'leave', { version: 1, locale: 'en' })).toEqual({ kind: 'version-unknown' })
    const list = await showModels(world, 'en')
    expect(isList.Check(list)).toBe(true)
    expect(list.models[0]).toMatchObject({ kind: 'leave', live: null, versions: 0 })
  })

  test('after a fit tell what was learned, how it was tried, and on which months', async () => {
    const firm = simulatedFirm({ customers: CUSTOMERS, months: 18, seed: 4, kind: 'contract', endAt: now })
    for (let index = 0; index < CUSTOMERS; index += 1) await acceptWire(world, firm.customer(index).events)
    const kept = await fitModel(world, 'leave')
    if (kept.kind !== 'fitted') throw new Error(kept.kind)
    const page = await shown(kept.version)
    expect(page.shown).toMatchObject({ version: 1, exits: kept.report.exits, dataTo: '2026-06-01T00:00:00.000Z' })
    expect(page.calibration?.deciles.length).toBe(10)
    expect(page.against).toMatchObject({ version: 0 })
    const told = page.backtest.filter(({ heldOut }) => !heldOut).reduce((sum, { expected }) => sum + expected, 0)
    // The intercept is free, so on the months that were fitted as many leave as are expected.
    expect(told).toBeCloseTo(kept.report.exits, 4)
    expect(page.backtest.filter(({ heldOut }) => heldOut)).toHaveLength(page.calibration?.months ?? 0)
    expect(page.coefficients.find(({ name }) => name === 'intercept')).toMatchObject({ from: 'own-data' })
    expect((await showModels(world, 'nl')).models[0]).toMatchObject({ versions: 1, ageDays: 0 })
    // What the data say alone is kept and told, and nobody is scored by it.
    const slopes = page.coefficients.filter(({ name }) => name !== 'intercept')
    expect(page.coefficients.every(({ flat }) => flat !== undefined)).toBe(true)
    for (const { rows, flat } of slopes) if (rows === 0) expect(flat).toBeNull()
    const alone = slopes.flatMap(({ flat, posterior }) => (flat ? [{ flat, posterior }] : []))
    expect(alone.length).toBeGreaterThan(5)
    for (const { flat, posterior } of alone) expect(flat.sd).toBeGreaterThan(posterior.sd)
    expect((await readLiveModel(db)).mean).toEqual(slopes.map(({ posterior }) => posterior.mean))
  })

  test.each(locales)('say everything in words: %s', async (locale) => {
    const page = await shown(1, locale)
    const sentences = [
      page.shown?.reason.sentence,
      ...page.warnings.map(({ sentence }) => sentence),
      ...page.coefficients.map(({ label }) => label),
    ]
    expect(page.warnings.length).toBeGreaterThan(0)
    for (const one of sentences) expect(one).not.toMatch(/undefined|NaN|_|^$/)
    expect(new Set(page.coefficients.map(({ label }) => label)).size).toBe(page.coefficients.length)
  })
})
