import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { simulatedFirm } from '../../src/core/simulated-firm/simulated-firm.ts'
import { instantOf } from '../../src/core/time/instant.ts'
import { rng } from '../../src/stats/rng.ts'
import { childrenOf, killNow, killPostgres } from '../killing.ts'
import { disordered, sender } from '../sender.ts'
import {
  amends,
  askWith,
  databaseUrlOf,
  freePort,
  freshDirectory,
  makeKey,
  removeDirectory,
  type StartedApp,
  startApp,
  until,
} from '../started-app.ts'

const KILLS = 52
const SENDERS = 3
const BATCH = 120
const LULL_MS_MAX = 350

const seed = Number(process.env.AMENDS_TEST_SEED ?? 20_261_122)
const chance = rng(seed)
const kills = chance.split('kills')
const order = chance.split('order')

const firm = (kind: 'shop' | 'contract') =>
  simulatedFirm({ customers: 150, months: 12, seed: 7, kind, endAt: instantOf('2026-06-01T00:00:00Z') })

const stream = disordered(
  (['shop', 'contract'] as const).flatMap((kind) =>
    Array.from({ length: 150 }, (_, index) => firm(kind).customer(index).events).flat(),
  ),
  () => order.uniform(),
)
const batches = Array.from({ length: Math.ceil(stream.length / BATCH) }, (_, index) =>
  stream.slice(index * BATCH, (index + 1) * BATCH),
)

let directory: string
let app: StartedApp
let port: number
let key: string

beforeAll(async () => {
  directory = await freshDirectory()
  port = await freePort()
  app = await startApp({ directory, port })
  key = await makeKey(directory)
})
afterAll(async () => {
  await app.stop()
  await removeDirectory(directory)
})

type Task = Readonly<{ id: string; state: string; done: number; accepted: number; repeated: number }>

const api = async (method: string, path: string, body?: object): Promise<Task> =>
  (await (await askWith({ address: app.address, key }, method, path, body)).json()) as Task

const restart = async () => {
  app = await startApp({ directory, port })
}

const isReady = async () => {
  const { exitCode, signalCode } = app.process
  if (exitCode !== null || signalCode !== null) {
    throw new Error(`the server ended by itself (${exitCode ?? signalCode}): ${app.stderr().slice(-3_000)}`)
  }
  const response = await fetch(`${app.address}/readyz`).catch(() => undefined)
  await response?.body?.cancel()
  return response?.ok === true
}

/** Ways to pull the plug, how often each comes, and what somebody does about it. */
const ways: Readonly<Record<string, Readonly<{ weight: number; pull: () => Promise<void> }>>> = {
  server: { weight: 20, pull: async () => void (await app.kill()) },
  'server and worker': {
    weight: 8,
    pull: async () => {
      for (const child of childrenOf(app.pid)) killNow(child)
      await app.kill()
    },
  },
  worker: { weight: 6, pull: async () => childrenOf(app.pid).forEach(killNow) },
  postmaster: { weight: 8, pull: () => killPostgres(directory, false) },
  'all of PostgreSQL': { weight: 6, pull: () => killPostgres(directory, true) },
  everything: {
    weight: 4,
    pull: async () => {
      const children = childrenOf(app.pid)
      await killPostgres(directory, true)
      children.forEach(killNow)
      await app.kill()
    },
  },
}

// Each way as often as its weight says, in an order of the seed.
const schedule = Object.entries(ways)
  .flatMap(([name, { weight }]) => Array.from({ length: weight }, () => ({ name, key: kills.uniform() })))
  .sort((a, b) => a.key - b.key)
  .map(({ name }) => name)

describe(`killed at random moments (seed ${seed})`, () => {
  test('no acknowledged event is lost, none counts twice, and the work at hand is taken over', {
    // For what hangs: each of the kills starts a server, which takes seconds, and many on a busy machine.
    timeout: 900_000,
  }, async () => {
    expect(schedule.length).toBeGreaterThanOrEqual(KILLS)
    const demo = await api('POST', '/v1/demo', { kind: 'shop', customers: 1_200, months: 12, seed: 5 })
    const senders = Array.from({ length: SENDERS }, (_, index) => {
      const random = chance.split(`sender ${index}`)
      const mine = batches.filter((_, batch) => batch % SENDERS === index)
      return sender(mine, { address: () => app.address, key, random: () => random.uniform() })
    })
    const running = Promise.all(senders.map((one) => one.run()))
    const slowest = { name: '', ms: 0 }
    for (const name of schedule) {
      // Not a wait for anything: the moment of the kill is what chance decides here.
      await after(kills.uniform() * LULL_MS_MAX)
      const from = performance.now()
      await ways[name]?.pull()
      if (app.process.exitCode !== null || app.process.signalCode !== null) await restart()
      await until(isReady)
      const ms = performance.now() - from
      if (process.env.AMENDS_TEST_TALK) console.error(name, Math.round(ms))
      if (ms > slowest.ms) Object.assign(slowest, { name, ms })
    }
    for (const one of senders) one.end()
    const tallies = await running
    expect(tallies.flatMap(({ lost }) => lost)).toEqual([])
    expect(tallies.flatMap(({ refused }) => refused)).toEqual([])
    expect(tallies.reduce((sum, { failures }) => sum + failures, 0)).toBeGreaterThan(KILLS / 4)

    const done = await until(async () => {
      const task = await api('GET', `/v1/tasks/${demo.id}`)
      return ['done', 'failed', 'cancelled'].includes(task.state) && task
    })
    expect(done).toMatchObject({ state: 'done', problem: null, rejected: 0 })
    await expectLog(done.accepted + done.repeated)
  })

  test('a worker killed in the middle of its task is replaced, and the task is done once', async () => {
    const task = await api('POST', '/v1/demo', { kind: 'contract', customers: 900, months: 12, seed: 11 })
    await until(async () => (await api('GET', `/v1/tasks/${task.id}`)).done > 0)
    childrenOf(app.pid).forEach(killNow)
    const done = await until(async () => {
      const now = await api('GET', `/v1/tasks/${task.id}`)
      return ['done', 'failed', 'cancelled'].includes(now.state) && now
    })
    expect(done).toMatchObject({ state: 'done', rejected: 0 })
    const truth = await truthOf('contract-900-12-11')
    expect(done.accepted + done.repeated).toBe(truth.summary.events)
    expect(await countOf(`source = 'simulated' and starts_with(customer, 'C')`)).toBe(truth.summary.events)
    expect(await verification()).toMatchObject({ differences: 0 })
  })
})

async function truthOf(begin: string) {
  const names = await readdir(join(directory, 'files', 'truth'))
  const name = names.find((one) => one.startsWith(begin) && one.endsWith('.json'))
  return JSON.parse(await readFile(join(directory, 'files', 'truth', name ?? ''), 'utf8'))
}

const verification = async () => JSON.parse((await amends(directory, ['verify', '--json'])).stdout)

async function inDatabase<Row extends pg.QueryResultRow>(statement: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: databaseUrlOf(directory) })
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}

const countOf = async (where: string) =>
  Number((await inDatabase<{ n: string }>(`select count(*) as n from events where ${where}`))[0]?.n)

/** The log holds exactly what was sent and what was simulated, and every state is its fold. */
async function expectLog(simulated: number): Promise<void> {
  const rows = await inDatabase<{ key: string }>(
    `select customer || ' ' || source || ' ' || id as key from events where source = 'till'`,
  )
  const stored = rows.map(({ key }) => key)
  const sent = new Set(stream.map(({ customer, source, id }) => `${customer} ${source} ${id}`))
  expect(stored.length).toBe(new Set(stored).size)
  expect(stored.filter((one) => !sent.has(one))).toEqual([])
  expect(new Set(stored)).toEqual(sent)
  expect(await countOf(`source = 'simulated'`)).toBe(simulated)
  const truth = await truthOf('shop-1200-12-5')
  expect(simulated).toBe(truth.summary.events)
  expect(await verification()).toMatchObject({ differences: 0, events: sent.size + simulated })
}
