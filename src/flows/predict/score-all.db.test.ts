import { expect, inject, test } from 'vitest'
import { freshDb } from '../../../test/fresh-db.ts'
import { until } from '../../../test/started-app.ts'
import { testWorld } from '../../../test/test-world.ts'
import { priorModel } from '../../core/goodwill/leave-model.ts'
import { score } from '../../core/goodwill/score.ts'
import { simulatedFirm } from '../../core/simulated-firm/simulated-firm.ts'
import { instant, instantOf, MONTH_MS, rfc3339 } from '../../core/time/instant.ts'
import { type Db, sqlState } from '../../store/db.ts'
import { saveModel } from '../../store/models.ts'
import { claimSlice, finishSlice, openRun } from '../../store/scoring-run.ts'
import { settingsAtFirst } from '../../store/settings.ts'
import { readStatesBetween } from '../../store/states.ts'
import { addTaskOnce, takeTask } from '../../store/tasks.ts'
import { acceptWire } from '../ingest/accept-wire.ts'
import { verifyLog } from '../ingest/verify-log.ts'
import { scoreAll } from './score-all.ts'

const { isCluster } = inject('testEngine')
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
  // A beat of a worker's, sent with what it knew long ago. Of one task at a time, as beats are: two that take several
  // rows, in whatever order, wait for each other.
  const beat = `update tasks set progress = '{"done": 1}' where kind = 'score' and state = 'running'`
  const late = setInterval(() => void db.change(beat), 5)
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

test('a slice is stored by whoever holds it, and as what was claimed', async () => {
  const version = await newVersion(-3.25)
  const run = await db.transaction((tx) => openRun(tx, { id: crypto.randomUUID(), version, asOf: now }))
  const claimed = async (customers: number) => {
    const claim = await db.transaction((tx) => claimSlice(tx, run, customers))
    return claim.kind === 'slice' ? claim.slice : expect.unreachable()
  }
  const first = await claimed(10)
  // A database that was killed may forget the claim: the same customers are claimed again, and more of them.
  await db.change('delete from slices')
  const again = await claimed(20)
  expect(await db.transaction((tx) => finishSlice(tx, run, first))).toBe(false)
  expect(await db.transaction((tx) => finishSlice(tx, run, again))).toBe(true)
  expect(await db.transaction((tx) => finishSlice(tx, run, again))).toBe(false)
  const next = await claimed(20)
  await newVersion(-3.26)
  await scoreAll(world)
  expect(await db.transaction((tx) => finishSlice(tx, run, next))).toBe(false)
})

test('an older run that is slow stores nothing over what a newer one scored', async () => {
  await newVersion(-3.27)
  const asked = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const query: Db['query'] = async (text, values, name) => {
    const rows = await db.query<never>(text, values, name)
    if (name !== 'read-states-between') return rows
    asked.resolve()
    await goOn.promise
    return rows
  }
  const older = scoreAll({ ...world, db: { ...db, query } })
  await asked.promise
  const version = await newVersion(-3.28)
  expect(await scoreAll(world)).toMatchObject({ kind: 'done', customers: CUSTOMERS })
  goOn.resolve()
  expect(await older).toMatchObject({ kind: 'stopped' })
  await expectScored(version, -3.28)
})

test.skipIf(isCluster)('a run that waits for somebody who waits for it gives way, and tries again', async () => {
  const version = await newVersion(-3.29)
  // In whichever order PostgreSQL takes them, that of the table or that of their keys, the first comes before the last.
  const places = (await db.query<{ customer: string }>('select customer from relationships order by ctid')).map(
    ({ customer }) => customer,
  )
  const first = places.slice(0, CUSTOMERS / 2).toSorted()[0]
  const last = places
    .slice(CUSTOMERS / 2)
    .toSorted()
    .at(-1)
  const problems: unknown[] = []
  const transaction: Db['transaction'] = (work) =>
    db.transaction(work).catch((error) => {
      problems.push(sqlState(error))
      throw error
    })
  const run = await db.transaction(async (tx) => {
    // Who looks for a circle first is the one that gives way.
    await tx.query(`set local deadlock_timeout = '1h'`)
    const hold = (customer: string | undefined) =>
      tx.query('select 1 from relationships where customer = $1 for update', [customer])
    await hold(last)
    const running = scoreAll({ ...world, db: { ...db, transaction } })
    const waiting = `select 1 from pg_stat_activity where wait_event = 'transactionid' and datname = current_database()`
    await until(async () => (await db.query(waiting)).length > 0, { pause: 5 })
    await hold(first)
    return { running }
  })
  expect(await run.running).toMatchObject({ kind: 'done', customers: CUSTOMERS })
  expect(problems).toEqual(['40P01'])
  await expectScored(version, -3.29)
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
