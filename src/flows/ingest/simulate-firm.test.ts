import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Outcome } from '../../contract/ingest.ts'
import type { SimulatedEvent } from '../../core/simulated-firm/life.ts'
import { simulatedFirm } from '../../core/simulated-firm/simulated-firm.ts'
import { instant, instantOf } from '../../core/time/instant.ts'
import { type SimulationProgress, simulateFirm } from './simulate-firm.ts'

const firm = simulatedFirm({
  customers: 400,
  months: 12,
  seed: 2,
  kind: 'shop',
  endAt: instantOf('2026-11-01T00:00:00Z'),
})
const all = Array.from({ length: 400 }, (_, index) => firm.customer(index))
const allEvents = all.flatMap(({ events }) => events)

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulate-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const ticking = () => {
  let at = 0
  return () => {
    at += 1_000
    return instant(at)
  }
}
const files = () => ({
  truthPath: join(folder, 'firm.json'),
  checkpointPath: join(folder, 'checkpoint.json'),
  now: ticking(),
})
const accepted: Outcome = { kind: 'accepted' }

test('sends every event once, in batches that never split a customer', async () => {
  const batches: (readonly SimulatedEvent[])[] = []
  const accept = async (events: readonly SimulatedEvent[]) => {
    batches.push(events)
    return events.map(() => accepted)
  }
  const report = await simulateFirm({ firm, to: { kind: 'accept', accept }, ...files() })
  expect(batches.flat()).toEqual(allEvents)
  expect(batches.length).toBeGreaterThan(1)
  const customers = batches.map((batch) => new Set(batch.map(({ customer }) => customer)))
  expect(customers.reduce((sum, { size }) => sum + size, 0)).toBe(400)
  expect(report).toMatchObject({ kind: 'done', customers: 400, events: allEvents.length, accepted: allEvents.length })
  expect(report).toMatchObject({ repeated: 0, refused: 0, refusals: [] })
})

test('writes a file of one event a line, and the truth beside it', async () => {
  const path = join(folder, 'events.ndjson')
  const report = await simulateFirm({ firm, to: { kind: 'file', path }, ...files() })
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual(allEvents)
  const truth = JSON.parse(await readFile(report.truth, 'utf8'))
  expect(truth).toMatchObject({ simulated: true, seed: 2, kind: 'shop', customers: 400, slopes: firm.truth.slopes })
  expect(truth.summary.left).toBe(all.filter(({ truth: { leftBy } }) => leftBy === 'customer').length)
  expect(truth.eachCustomer).toBe('firm.customers.ndjson')
  const each = (await readFile(join(folder, truth.eachCustomer), 'utf8')).trimEnd().split('\n')
  expect(each.map((line) => JSON.parse(line).customer)).toEqual(all.map((customer) => customer.truth.customer))
})

test('stopped by the signal it goes on where it was, and the files are the same as made at once', async () => {
  const path = join(folder, 'events.ndjson')
  const stop = new AbortController()
  const options = { firm, to: { kind: 'file', path }, ...files() } as const
  const first = await simulateFirm({ ...options, signal: stop.signal, progress: () => stop.abort() })
  expect(first.kind).toBe('stopped')
  expect(first.customers).toBeLessThan(400)
  const second = await simulateFirm(options)
  expect(second).toMatchObject({ kind: 'done', customers: 400, events: allEvents.length })
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
  expect(lines).toEqual(allEvents.map((event) => JSON.stringify(event)))
  const each = (await readFile(join(folder, 'firm.customers.ndjson'), 'utf8')).trimEnd().split('\n')
  expect(each.length).toBe(400)
})

test('a destination that fails ends the run; the next one sends that batch again and nothing before it', async () => {
  const sent: SimulatedEvent[] = []
  let broken = true
  const accept = async (events: readonly SimulatedEvent[]) => {
    if (broken && sent.length > 0) throw new Error('the database is gone')
    sent.push(...events)
    return events.map(() => accepted)
  }
  const options = { firm, to: { kind: 'accept', accept }, ...files() } as const
  await expect(simulateFirm(options)).rejects.toThrow('the database is gone')
  broken = false
  expect(await simulateFirm(options)).toMatchObject({ kind: 'done', accepted: allEvents.length })
  expect(sent).toEqual(allEvents)
})

test('counts repetitions and shows the first refusals', async () => {
  const refused: Outcome = {
    kind: 'refused',
    code: 'id-reused',
    pointer: '/id',
    detail: 'Another event has this id.',
  }
  const accept = async (events: readonly SimulatedEvent[]) =>
    events.map((_, place): Outcome => (place % 2 === 0 ? { kind: 'repeated' } : refused))
  const report = await simulateFirm({ firm, to: { kind: 'accept', accept }, ...files() })
  expect(report.accepted).toBe(0)
  expect(report.repeated + report.refused).toBe(allEvents.length)
  expect(report.refusals).toEqual(Array.from({ length: 10 }, () => refused))
})

test('says how far it is, how fast, and how long it takes still', async () => {
  const heard: SimulationProgress[] = []
  const accept = async (events: readonly SimulatedEvent[]) => events.map(() => accepted)
  await simulateFirm({ firm, to: { kind: 'accept', accept }, ...files(), progress: (one) => heard.push(one) })
  expect(heard.at(-1)).toMatchObject({ done: 400, total: 400, events: allEvents.length, secondsLeft: 0 })
  expect(heard.every(({ perSecond }) => perSecond > 0)).toBe(true)
  expect(heard.map(({ done }) => done)).toEqual(heard.map(({ done }) => done).toSorted((a, b) => a - b))
})
