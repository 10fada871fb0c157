import { describe, expect, test } from 'vitest'
import { freshDb } from '../../../test/fresh-db.ts'
import { testWorld } from '../../../test/test-world.ts'
import { simulatedFirm } from '../../core/simulated-firm/simulated-firm.ts'
import { instantOf } from '../../core/time/instant.ts'
import { readLiveModel } from '../../store/models.ts'
import { acceptWire } from '../ingest/accept-wire.ts'
import { verifyLog } from '../ingest/verify-log.ts'
import { refit } from './refit.ts'

const { db } = await freshDb()
const now = instantOf('2026-06-01T00:00:00Z')
const world = testWorld(db, now)

const rows = () =>
  db.query<{ version: number; scored: number; stale: number }>(
    `select model_version as version, count(*) as scored, count(*) filter (where scored_at < $1) as stale
       from relationships group by 1 order by 1`,
    [new Date(now).toISOString()],
  )

describe('refit', () => {
  test('without data the published priors stay, and a version says why', async () => {
    expect(await refit(world)).toMatchObject({ kind: 'refused', because: 'too-few' })
    expect(await readLiveModel(db)).toMatchObject({ version: 1, intercept: { from: 'prior' } })
  })

  test('learns from own exits, and scores everybody with the new version as of now', async () => {
    const firm = simulatedFirm({ customers: 300, months: 18, seed: 11, kind: 'contract', endAt: now })
    for (let index = 0; index < 300; index += 1) await acceptWire(world, firm.customer(index).events)
    const seen: string[] = []
    const kept = await refit(world, { progress: ({ doing }) => void seen.push(doing) })
    if (kept.kind !== 'fitted') throw new Error(kept.kind)
    const truths = Array.from({ length: 300 }, (_, index) => firm.customer(index).truth)
    const exits = truths.filter(({ leftBy, hazards, exitMonth, firstRow }) => {
      // The last month of the window is not over, so nobody knows yet who leaves in it.
      return leftBy === 'customer' && exitMonth !== null && exitMonth - firstRow < hazards.length
    })
    expect(kept.report.exits).toBe(exits.length)
    expect(kept.report.rows).toBe(truths.reduce((sum, { hazards }) => sum + hazards.length, 0))
    expect(await readLiveModel(db)).toMatchObject({ version: 2, exits: exits.length, intercept: { from: 'own-data' } })
    expect(await rows()).toEqual([{ version: 2, scored: 300, stale: 0 }])
    expect(new Set(seen)).toEqual(new Set(['counting', 'collecting', 'fitting', 'scoring']))
    expect((await verifyLog(world)).differences).toEqual([])
  })

  test('stopped on the way it leaves the live version as it was', async () => {
    const stop = new AbortController()
    stop.abort()
    await refit(world, { signal: stop.signal })
    expect(await readLiveModel(db)).toMatchObject({ version: 2 })
  })
})
