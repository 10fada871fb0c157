import { describe, expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { testApi } from '../../../../test/test-api.ts'
import type { RecoveryCase } from '../../../core/cases/recovery-case.ts'
import { DAY_MS, type Instant, instant, instantOf, rfc3339 } from '../../../core/time/instant.ts'
import { readSaved } from '../../../store/relationships.ts'
import { takeTask } from '../../../store/tasks.ts'
import { verifyLog } from '../../ingest/verify-log.ts'
import type { World } from '../../world.ts'
import { runIncidentStep } from './run-incident-step.ts'

const { db } = await freshDb(12)
let now: Instant = instantOf('2026-06-15T08:00:00Z')
const { ask, asRole, world } = await testApi(db, { world: { now: () => now } })
const agent = await asRole('agent')
const lead = await asRole('lead')
const admin = await asRole('admin')

type Figures = Readonly<{ affected: number; putRight: number; givenMinor: number }>
type Step = Readonly<{ id: string; kind: string; state: string; done: number; skipped: number; waiting: number }>
type Page = Figures & Readonly<{ steps: readonly Step[]; owed: readonly Readonly<{ step: string; cases: number }>[] }>

let told = 0
const tell = async (customer: string, type: string, data: object, at: Instant = now) => {
  told += 1
  const body = { id: `e${told}`, source: 'shop', customer, type, at: rfc3339(at), data }
  expect((await ask('POST', '/v1/events', { body })).json).toMatchObject({ rejected: 0 })
}
const outage = (more: object = {}) => ({
  title: 'No network in the north',
  category: 'outage',
  severity: 'major',
  beganAt: rfc3339(instant(now - 3_600_000)),
  ...more,
})
const keys = (customers: readonly string[]) => ({ kind: 'keys', customers })
/** Does what waits for a worker, as one would. */
const work = async (within: World = world, signal = new AbortController().signal) => {
  for (let task = await takeTask(db); task !== undefined; task = await takeTask(db)) {
    const { kind } = await runIncidentStep(within, task.id, { signal, progress: () => undefined })
    if (kind === 'stopped') return
    await db.query(`update tasks set state = 'done' where id = $1`, [task.id])
  }
}
const open = async (more: object = {}): Promise<string> => {
  const opened = await ask('POST', '/v1/incidents', { ...lead, body: outage(more) })
  expect(opened.status).toBe(201)
  await work()
  return String(opened.json.id)
}
const page = async (id: string): Promise<Page> =>
  (await ask('GET', `/v1/incidents/${id}`, agent)).json as unknown as Page
const step = async (id: string, body: object, who: object = lead) => {
  now = instant(now + 1_000)
  return ask('POST', `/v1/incidents/${id}/steps`, { ...who, body })
}
const did = async (id: string, body: object): Promise<Step | undefined> => {
  const asked = await step(id, body)
  expect([asked.status, asked.json]).toMatchObject([202, { state: 'started' }])
  await work()
  return (await page(id)).steps.find((one) => one.id === asked.json.id)
}
const casesOf = async (incident: string): Promise<readonly RecoveryCase[]> =>
  (
    await db.query<{ state: RecoveryCase }>('select state from cases where incident = $1 order by customer', [incident])
  ).map(({ state }) => state)
const many = async (prefix: string, count: number): Promise<readonly string[]> => {
  const names = Array.from({ length: count }, (_, nth) => `${prefix}${nth}`)
  for (const name of names)
    await tell(name, 'order.placed', { order: `o-${name}`, value: 5_000 }, instant(now - 5 * DAY_MS))
  return names
}

describe('who was hit', () => {
  test('gets one failure and one case, however often the list comes', async () => {
    const names = await many('hit', 3)
    const id = await open({ affected: keys([...names, 'nobody', 'hit0']) })
    expect(await page(id)).toMatchObject({ affected: 3, steps: [{ kind: 'add', state: 'done', done: 3, skipped: 1 }] })
    now = instant(now + 1_000)
    await ask('POST', `/v1/incidents/${id}/customers`, { ...lead, body: keys(names) })
    await work()
    expect(await page(id)).toMatchObject({ affected: 3, steps: [{ done: 0, skipped: 3 }, {}] })
    const failures = (await readSaved(db, ['hit1'])).get('hit1')?.state?.facts.failures
    expect(failures).toMatchObject([{ severity: 'major', links: [`incident:${id}`], at: now - 3_601_000 }])
    const { steps } = await page(id)
    const items = await ask('GET', `/v1/incidents/${id}/steps/${steps[1]?.id}?state=skipped&lang=nl`, agent)
    expect(items.json).toMatchObject({ items: [{ customer: 'nobody', reason: 'customer-unknown' }] })
  })

  test('keeps the failure and the case that tell of it already', async () => {
    await many('had', 1)
    await tell('had0', 'failure.occurred', { failure: 'own', severity: 'minor', order: 'o' })
    const promisedAt = rfc3339(instant(now - DAY_MS))
    await tell('had0', 'order.placed', { order: 'o', promisedAt }, instant(now - 3 * DAY_MS))
    await tell('came', 'order.placed', { order: 'p', promisedAt }, instant(now - 3 * DAY_MS))
    await tell('came', 'order.delivered', { order: 'p' }, instant(now - 2 * DAY_MS))
    const [from, to] = [rfc3339(instant(now - 1.5 * DAY_MS)), rfc3339(now)]
    const id = await open({ affected: { kind: 'late orders', from, to } })
    expect(await casesOf(id)).toMatchObject([{ customer: 'had0', failure: 'own' }])
    expect((await readSaved(db, ['had0'])).get('had0')?.state?.facts.failures).toHaveLength(1)
  })

  test('can be told by events too', async () => {
    const id = await open()
    await tell('wired', 'failure.occurred', { failure: 'w', severity: 'critical', incident: id })
    expect(await casesOf(id)).toMatchObject([{ customer: 'wired', openedBy: 'rule' }])
  })
})

describe('a step for all', () => {
  const remedy = (valueMinor: number) => ({
    kind: 'agree remedy',
    remedy: { what: 'A month free', fixBy: null, valueMinor, form: 'credit' },
    reason: 'The same for all.',
  })

  test('goes the whole way, and twice is once', async () => {
    const id = await open({ affected: keys(await many('way', 4)) })
    const wishes = [
      { kind: 'acknowledge' },
      { kind: 'own' },
      { kind: 'apologise', text: 'You had no network from seven to eight.' },
      remedy(1_000),
      { kind: 'fix', how: 'cable mended' },
      { kind: 'compensate', form: 'credit' },
      { kind: 'confirm' },
      { kind: 'close', rootCause: 'cable cut' },
    ]
    for (const wish of wishes) {
      expect([wish.kind, await did(id, wish)]).toMatchObject([wish.kind, { done: 4, skipped: 0 }])
      expect([wish.kind, (await step(id, wish)).json.code]).toEqual([wish.kind, 'not-in-this-state'])
    }
    expect(await page(id)).toMatchObject({ affected: 4, putRight: 4, givenMinor: 4_000 })
    const [failure] = (await readSaved(db, ['way0'])).get('way0')?.state?.facts.failures ?? []
    expect(failure).toMatchObject({ furtherApologies: [], compensatedMinor: 1_000, rootCause: 'cable cut' })
    const { case: one } = (await casesOf(id))[0] ?? { case: '' }
    expect(JSON.stringify((await ask('GET', `/v1/cases/${one}`, agent)).json.story)).toContain('from seven to eight')
  })

  test('says what it would do first, in total, and asks a second person beyond the limits', async () => {
    const id = await open({ affected: keys(await many('sum', 5)) })
    for (const wish of [{ kind: 'acknowledge' }, { kind: 'own' }, { kind: 'apologise', text: 'No network.' }])
      await did(id, wish)
    const preview = await ask('POST', `/v1/incidents/${id}/steps/preview`, { ...lead, body: remedy(45_000) })
    expect(preview.json).toMatchObject({ cases: 5, totalMinor: 225_000, authority: 'four eyes', passed: ['day'] })
    const asked = await step(id, remedy(45_000))
    expect(asked.json).toMatchObject({ cases: 5, state: 'asked' })
    await work()
    expect(await page(id)).toMatchObject({ owed: [{ step: 'agree remedy', cases: 5 }] })
    expect((await page(id)).steps[0]).toMatchObject({ state: 'asked', waiting: 5 })
    const answer = (who: object) =>
      ask('POST', `/v1/incidents/${id}/steps/${asked.json.id}/answer`, { ...who, body: { agrees: true } })
    expect((await answer(lead)).json.because).toBe('same-person')
    expect((await answer(admin)).status).toBe(204)
    expect((await answer(admin)).status).toBe(404)
    await work()
    expect((await page(id)).steps[0]).toMatchObject({ state: 'done', done: 5 })
    const [given] = await db.query<{ sum: number }>(
      `select sum(amount_minor)::bigint as sum from case_gifts where customer like 'sum%'`,
    )
    expect(given?.sum).toBe(225_000)
  })

  test('goes on where a worker died, and does nothing twice', async () => {
    const id = await open({ affected: keys(await many('die', 6)) })
    await step(id, { kind: 'acknowledge' })
    let left = 3
    const dying: World = {
      ...world,
      db: {
        ...db,
        transaction: (run) =>
          db.transaction(async (tx) => {
            const answer = await run(tx)
            left -= 1
            if (left < 0) throw new Error('killed before the commit')
            return answer
          }),
      },
    }
    await expect(work(dying)).rejects.toThrow('killed')
    expect((await page(id)).steps[0]).toMatchObject({ state: 'running', done: 3, waiting: 3 })
    await db.query(`update tasks set lease_until = now() where state = 'running'`)
    await work()
    expect((await page(id)).steps[0]).toMatchObject({ state: 'done', done: 6, skipped: 0 })
    for (const { revision } of await casesOf(id)) expect(revision).toBe(2)
  })

  test('and somebody who works on one of the cases at the same time: each step is done once', async () => {
    const id = await open({ affected: keys(await many('race', 8)) })
    await step(id, { kind: 'acknowledge' })
    const cases = await casesOf(id)
    const [, ...answers] = await Promise.all([
      work(),
      ...cases.map((one) => ask('POST', `/v1/cases/${one.case}/commands`, { ...agent, body: { kind: 'acknowledge' } })),
    ])
    const byHand = answers.filter(({ status }) => status === 200).length
    const [first] = (await page(id)).steps
    expect((first?.done ?? 0) + byHand).toBe(8)
    expect(first?.skipped).toBe(byHand)
    for (const { revision } of await casesOf(id)) expect(revision).toBe(2)
  })

  test('can be taken back where nobody has worked since', async () => {
    const id = await open({ affected: keys(await many('back', 3)) })
    const done = await did(id, { kind: 'acknowledge' })
    const [one] = await casesOf(id)
    await ask('POST', `/v1/cases/${one?.case}/commands`, { ...agent, body: { kind: 'own' } })
    const undo = () => ask('POST', `/v1/incidents/${id}/steps/${done?.id}/undo`, lead)
    now = instant(now + 5 * 60_000)
    expect((await undo()).status).toBe(202)
    await work()
    expect((await page(id)).steps[0]).toMatchObject({ kind: 'undo', done: 2, skipped: 1 })
    expect((await page(id)).owed).toContainEqual(expect.objectContaining({ step: 'acknowledge', cases: 2 }))
    now = instant(now + 6 * 60_000)
    expect((await undo()).json.code).toBe('not-in-this-state')
  })

  test('is for leads; a program does only what no person must', async () => {
    const id = await open({ affected: keys(await many('role', 1)) })
    expect((await step(id, { kind: 'acknowledge' }, agent)).status).toBe(403)
    expect((await step(id, { kind: 'own' }, {})).json.code).toBe('permission-missing')
    expect((await step(id, { kind: 'acknowledge' }, {})).status).toBe(202)
    await work()
    expect((await page(id)).steps[0]).toMatchObject({ done: 1 })
  })
})

test('what is known is kept, by who saw the last of it', async () => {
  const id = await open()
  const facts = { ...outage(), atFault: 'firm', endedAt: null, known: 'A cable was cut.', rootCause: null, team: null }
  const put = (etag: string) =>
    ask('PUT', `/v1/incidents/${id}`, { ...lead, headers: { ...lead.headers, 'if-match': etag }, body: facts })
  expect((await put('"1"')).json).toMatchObject({ revision: 2 })
  expect((await put('"1"')).status).toBe(412)
  expect((await ask('GET', '/v1/incidents', agent)).json.incidents).toContainEqual(
    expect.objectContaining({ id, known: 'A cable was cut.' }),
  )
  const later = { ...outage(), beganAt: rfc3339(instant(now + DAY_MS)) }
  expect((await ask('POST', '/v1/incidents', { ...lead, body: later })).status).toBe(400)
})

test('the log and what is folded from it agree', async () => {
  expect((await verifyLog(world)).differences).toEqual([])
})
