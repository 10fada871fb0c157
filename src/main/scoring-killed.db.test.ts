import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { DoerOrder } from '../../test/doer.ts'
import { killPostgres } from '../../test/killing.ts'
import { pinnedNode, projectRoot, until } from '../../test/started-app.ts'
import { testWorld } from '../../test/test-world.ts'
import { priorModel } from '../core/goodwill/leave-model.ts'
import { simulatedFirm } from '../core/simulated-firm/simulated-firm.ts'
import { instantOf } from '../core/time/instant.ts'
import { acceptWire } from '../flows/ingest/accept-wire.ts'
import { verifyLog } from '../flows/ingest/verify-log.ts'
import { scoreAll } from '../flows/predict/score-all.ts'
import { connect } from '../store/db.ts'
import { migrate } from '../store/migrate.ts'
import { saveModel } from '../store/models.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'

/**
 * Everybody is scored by several at once while a worker, and PostgreSQL itself, are ended by SIGKILL: commits that were
 * not on disk yet are forgotten. A PostgreSQL of its own, since others would miss it.
 */

const CUSTOMERS = 600
const options = { sliceCustomers: 4 }
const WORKERS = 3
/** At least so many slices are done before the next kill. */
const BETWEEN_KILLS = 20

const directory = await mkdtemp(join(tmpdir(), 'amends-killed-'))
// Started as root, PostgreSQL runs as another user, who must be able to enter.
await chmod(directory, 0o755)
const engine = await startEmbeddedPostgres(directory)
const { connectionString } = engine
const pools = Array.from({ length: WORKERS }, (_, place) =>
  connect({ connectionString, connectionsMax: 8, name: `scoring ${place}` }),
)
const db = connect({ connectionString, connectionsMax: 4, name: 'test' })
afterAll(async () => {
  for (const pool of [...pools, db]) await pool.close()
  await engine.release()
  await rm(directory, { recursive: true, force: true })
})

const endAt = instantOf('2026-06-01T00:00:00Z')
const world = testWorld(db, endAt)
const firm = simulatedFirm({ customers: CUSTOMERS, months: 1, seed: 4, kind: 'shop', endAt })

const countOf = async (what: string): Promise<number> =>
  (await db.query<{ n: number }>(`select count(*) as n from ${what}`))[0]?.n ?? 0
const DONE = 'slices where lease_until is null'

/** Nobody comes back for what was held: another may have it at once. */
const endLeases = () =>
  db.change(`update slices set lease_until = now() - interval '1 second' where lease_until is not null`)

test('whoever is killed, each customer is scored once by the version of the run', { timeout: 300_000 }, async () => {
  await migrate(db)
  const events = Array.from({ length: CUSTOMERS }, (_, index) => firm.customer(index).events).flat()
  await acceptWire(world, events)
  const version = await db.transaction((tx) =>
    saveModel(tx, {
      kind: 'leave',
      model: (version) => ({ ...priorModel, version, intercept: { ...priorModel.intercept, mean: -3 } }),
      report: null,
      live: true,
      reason: 'nothing-to-compare',
      dataTo: endAt,
    }),
  )
  /** Where a slice is done, its scores are there. */
  const expectWhatIsDone = async () => {
    const missing = `slices s join relationships r on r.customer > s.after and r.customer <= s.upto
                      where s.lease_until is null and r.model_version <> ${version}`
    expect(await countOf(missing)).toBe(0)
  }
  const someAreDone = async (before: number) =>
    until(async () => (await countOf(DONE)) >= before + BETWEEN_KILLS, { pause: 2 })

  const order: DoerOrder = { connectionString, now: endAt, doing: { kind: 'score everybody', ...options } }
  const worker = spawn(pinnedNode, [join(projectRoot, 'test/doer.ts')], { stdio: ['pipe', 'ignore', 2] })
  worker.stdin?.end(JSON.stringify(order))
  const ended = once(worker, 'exit')
  await someAreDone(0)
  worker.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
  await expectWhatIsDone()
  await endLeases()

  for (let kill = 0; kill < 2; kill += 1) {
    const before = await countOf(DONE)
    const working = Promise.allSettled(pools.map((pool) => scoreAll({ ...world, db: pool }, options)))
    await someAreDone(before)
    await killPostgres(directory, true)
    expect((await working).map(({ status }) => status)).toEqual(pools.map(() => 'rejected'))
    await until(async () => engine.ensureRunning().then(() => db.query('select 1').catch(() => false)))
    await expectWhatIsDone()
    expect(await countOf(DONE)).toBeLessThan(CUSTOMERS / options.sliceCustomers)
    await endLeases()
  }

  const ends = await Promise.all(pools.map((pool) => scoreAll({ ...world, db: pool }, options)))
  expect(ends).toMatchObject(pools.map(() => ({ kind: 'done', customers: CUSTOMERS })))
  expect(await countOf(`relationships where model_version = ${version}`)).toBe(CUSTOMERS)
  expect(await countOf('slices')).toBe(0)
  expect(await verifyLog(world)).toMatchObject({ events: events.length, differences: [] })
})
