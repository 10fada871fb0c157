import { expect, test } from 'vitest'
import { freshDb } from '../../../test/fresh-db.ts'
import { testWorld } from '../../../test/test-world.ts'
import { instant, instantOf, MONTH_MS, rfc3339 } from '../../core/instant.ts'
import { priorModel } from '../../core/leave-model.ts'
import { score } from '../../core/score.ts'
import { simulatedFirm } from '../../core/simulated-firm/simulated-firm.ts'
import { saveModel } from '../../store/models.ts'
import { claimSlice, finishSlice, openRun } from '../../store/scoring-run.ts'
import { settingsAtFirst } from '../../store/settings.ts'
import { readStatesBetween } from '../../store/states.ts'
import { addTaskOnce, takeTask } from '../../store/tasks.ts'
import { acceptWire } from '../ingest/accept-wire.ts'
import { verifyLog } from '../ingest/verify-log.ts'
import { scoreAll } from './score-all.ts'

const { db } = await freshDb()
const endAt = instantOf('2026-06-01T00:00:00Z')
const now = instant(endAt + 0.3 * MONTH_MS)
const world = testWorld(db, now)
const CUSTOMERS = 200

const firm = simulatedFirm({ customers: CUSTOMERS, months: 18, seed: 4, kind: 'shop', endAt })
for (let index = 0; index < CUSTOMERS; index += 1) await acceptWire(world, firm.customer(index).events)

const newVersion = (intercept: number) =>
  db.transaction((tx) =>
    saveModel(tx, {
      kind: 'leave',
      model: (version) => ({ ...priorModel, version, intercept: { ...priorModel.intercept, mean: intercept } }),
      report: null,
      live: true,
      reason: 'nothing-to-compare',
      dataTo: endAt,
    }),
  )

const stored = () =>
  db.query<{ customer: string; stay: number; value: number; at: Date; version: number; row: string }>(
    `select customer, stay, value_minor as value, scored_at as at, model_version as version, xmin::text as row
       from relationships order by customer`,
  )

async function expectScored(version: number, intercept: number): Promise<void> {
  const model = { ...priorModel, version, intercept: { ...priorModel.intercept, mean: intercept } }
  const rows = new Map((await stored()).map((row) => [row.customer, row]))
  const states = await readStatesBetween(db, '', 'z')
  expect(states.length).toBe(CUSTOMERS)
  for (const { customer, state } of states) {
    const plain = score(state, model, settingsAtFirst, now)
    expect(rows.get(customer)).toMatchObject({ version, value: plain.valueMinor, at: new Date(now) })
    expect(rows.get(customer)?.stay).toBeCloseTo(plain.stay, 6)
  }
}

test('everybody is scored by the live version as of now, and states and ledgers stay as they were', async () => {
  const version = await newVersion(-3)
  expect(await scoreAll(world)).toMatchObject({ kind: 'done', customers: CUSTOMERS })
  await expectScored(version, -3)
  expect((await verifyLog(world)).differences).toEqual([])
})

test('the same once more writes nothing', async () => {
  const before = await stored()
  expect(await scoreAll(world)).toMatchObject({ kind: 'done', customers: CUSTOMERS })
  expect(await stored()).toEqual(before)
})

test('several workers share a run, each customer is scored once, and as one worker would', async () => {
  const version = await newVersion(-3.1)
  // A beat of a worker's, sent with what it knew long ago.
  const late = setInterval(() => void db.change(`update tasks set progress = '{"done": 1}' where kind = 'score'`), 5)
  const shared = await Promise.all([1, 2, 3].map(() => scoreAll(world, { sliceCustomers: 20 })))
  clearInterval(late)
  expect(shared.map(({ customers }) => customers)).toEqual([CUSTOMERS, CUSTOMERS, CUSTOMERS])
  await expectScored(version, -3.1)
  const runs = await db.query(`select from tasks where kind = 'score' and state = 'done'`)
  expect(runs.length).toBe(3)
  expect(await db.query('select from slices')).toEqual([])
})

test('what a worker held that was killed is scored by another, and what it had done stays done', async () => {
  const version = await newVersion(-3.2)
  const run = await db.transaction((tx) => openRun(tx, { id: crypto.randomUUID(), version, asOf: now }))
  const claim = await db.transaction((tx) => claimSlice(tx, run, 150))
  expect(claim.kind).toBe('slice')
  expect((await db.transaction((tx) => claimSlice(tx, run, 150))).kind).toBe('slice')
  expect((await db.transaction((tx) => claimSlice(tx, run, 150))).kind).toBe('wait')
  // The killed worker never comes back, and its lease ends.
  await db.change(`update slices set lease_until = now() - interval '1 second'`)
  expect(await scoreAll(world)).toMatchObject({ kind: 'done', customers: CUSTOMERS })
  expect(new Set((await stored()).map((row) => row.version))).toEqual(new Set([version]))
  if (claim.kind === 'slice') await db.transaction((tx) => finishSlice(tx, run, claim.slice))
  expect(await db.query('select from slices')).toEqual([])
})

test('a worker with nothing else to do joins a run that is being worked on', async () => {
  const version = await newVersion(-3.3)
  const run = await db.transaction((tx) => openRun(tx, { id: crypto.randomUUID(), version, asOf: now }))
  expect(await takeTask(db)).toMatchObject({ id: run.id, kind: 'score' })
  expect(await takeTask(db)).toMatchObject({ id: run.id, kind: 'score' })
  expect(await scoreAll(world, { task: run.id })).toMatchObject({ kind: 'done', customers: CUSTOMERS })
  expect(await takeTask(db)).toBeUndefined()
})

test('a task that only asks for scores becomes the run; a newer version takes the place of an older run', async () => {
  await addTaskOnce(db, { id: crypto.randomUUID(), kind: 'score', title: 'Nightly', input: {} })
  const task = await takeTask(db)
  expect(await scoreAll(world, task === undefined ? {} : { task: task.id })).toMatchObject({ customers: CUSTOMERS })
  expect(await db.query('select state from tasks where id = $1', [task?.id])).toEqual([{ state: 'done' }])
  const old = await db.transaction((tx) => openRun(tx, { id: crypto.randomUUID(), version: 1, asOf: now }))
  expect(await scoreAll(world)).toMatchObject({ kind: 'done', customers: CUSTOMERS })
  expect(await db.query('select state from tasks where id = $1', [old.id])).toEqual([{ state: 'cancelled' }])
  expect((await db.transaction((tx) => claimSlice(tx, old))).kind).toBe('over')
})

test('who gets an event meanwhile keeps the score that came with it', async () => {
  const [first] = await readStatesBetween(db, '', 'z')
  const customer = first?.customer ?? ''
  await newVersion(-3.4)
  await db.change('update states set revision = revision - 1 where customer = $1', [customer])
  await scoreAll(world)
  const versions = await db.query<{ version: number }>(
    'select model_version as version from relationships where customer = $1',
    [customer],
  )
  const live = Math.max(...(await stored()).map(({ version }) => version))
  expect(versions[0]?.version).toBeLessThan(live)
  await db.change('update states set revision = revision + 1 where customer = $1', [customer])
})

test('stopped on the way a run waits for the next', async () => {
  const stop = new AbortController()
  stop.abort()
  expect(await scoreAll(world, { signal: stop.signal })).toMatchObject({ kind: 'stopped', customers: 0 })
  const later = testWorld(db, instant(now + MONTH_MS / 60))
  expect(await scoreAll(later)).toMatchObject({ kind: 'done', customers: CUSTOMERS })
  const [row] = await stored()
  expect(rfc3339(instant(row?.at.getTime() ?? 0))).toBe(rfc3339(now))
})
