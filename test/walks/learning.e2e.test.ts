import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askWith, freshDirectory, makeKey, removeDirectory, type StartedApp, startApp, until } from '../started-app.ts'

let directory: string
let app: StartedApp
let key: string
let db: pg.Client

beforeAll(async () => {
  directory = await freshDirectory()
  app = await startApp({ directory })
  key = await makeKey(directory)
  db = await connected()
  const demo = await api('POST', '/v1/demo', { kind: 'shop', customers: 300, months: 12, seed: 5 })
  await done(demo.id)
})
afterAll(async () => {
  await db.end()
  await app.stop()
  await removeDirectory(directory)
})

type Task = Readonly<{ id: string; state: string; doing: string | null; problem: string | null }>

const api = async (method: string, path: string, body?: object): Promise<Task> =>
  (await (await askWith({ address: app.address, key }, method, path, body)).json()) as Task

async function connected(): Promise<pg.Client> {
  const host = encodeURIComponent(join(directory, 'socket'))
  const client = new pg.Client({ connectionString: `postgresql://postgres@/amends?host=${host}` })
  // It is ended with the app that is told to stop.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

const tasksOf = async (where: string) =>
  (await db.query<{ id: string; lease: string }>(`select id, lease_until::text as lease from tasks where ${where}`))
    .rows

const versions = async () =>
  Number((await db.query<{ n: string }>(`select count(*) as n from models where kind = 'value'`)).rows[0]?.n)

const done = (id: string) => until(async () => (await api('GET', `/v1/tasks/${id}`)).state === 'done', { seconds: 110 })

const customers = async () => Number((await db.query<{ n: string }>('select count(*) as n from states')).rows[0]?.n)

const workers = (): readonly number[] =>
  execFileSync('ps', ['-e', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([pid, parent, ...args]) => (Number(parent) === app.pid && args.includes('worker') ? [Number(pid)] : []))

/**
 * Begins a fit that cannot keep its version, and does `meanwhile` what is to be done while it is at its end and nothing of
 * it is stored; then lets it go on.
 */
async function whileFitting(meanwhile: (id: string) => Promise<void>): Promise<string> {
  await until(async () => (await tasksOf(`state in ('waiting', 'running')`)).length === 0, { seconds: 120 })
  const holder = await connected()
  try {
    await holder.query('begin; lock table models in exclusive mode')
    const { id } = await api('POST', '/v1/models/value/fits')
    await until(async () => {
      const { rows } = await db.query(
        `select from pg_stat_activity where application_name = 'amends fit' and wait_event_type = 'Lock'`,
      )
      return rows.length > 0
    })
    await meanwhile(id)
    return id
  } finally {
    await holder.end()
  }
}

describe('a fit has a thread of its own', () => {
  test('while it goes on its lease is renewed, and other tasks of the same worker are done', async () => {
    const before = await versions()
    const id = await whileFitting(async (fit) => {
      await until(async () => (await api('GET', `/v1/tasks/${fit}`)).doing === 'fitting')
      const [first] = await tasksOf(`id = '${fit}'`)
      await until(async () => (await tasksOf(`id = '${fit}'`))[0]?.lease !== first?.lease)
      const known = await customers()
      await api('POST', '/v1/demo', { kind: 'contract', customers: 20, months: 6, seed: 6 })
      await until(async () => (await customers()) === known + 20)
    })
    await done(id)
    expect(await versions()).toBe(before + 1)
  })

  test('one that breaks is a failed task with its reason, and the next one is done', async () => {
    await db.query(
      `create function broken() returns trigger language plpgsql as $$ begin raise 'no room for models'; end $$`,
    )
    await db.query('create trigger broken before insert on models for each row execute function broken()')
    const broken = await api('POST', '/v1/models/value/fits')
    const task = await until(async () => {
      const now = await api('GET', `/v1/tasks/${broken.id}`)
      return now.state === 'failed' && now
    })
    expect(task.problem).toBe('no room for models')
    await db.query('drop function broken cascade')
    const next = await api('POST', '/v1/models/value/fits')
    await done(next.id)
  })

  test('a worker killed in the middle of one is replaced, and the version is kept once', async () => {
    const before = await versions()
    const id = await whileFitting(async () => {
      for (const pid of workers()) process.kill(pid, 'SIGKILL')
    })
    await done(id)
    expect(await versions()).toBe(before + 1)
  })

  test('told to stop, the app ends at once with nothing kept, and the next start takes the fit up', async () => {
    const before = await versions()
    let ended: ReturnType<StartedApp['stop']> | undefined
    const id = await whileFitting(async (fit) => {
      ended = app.stop('SIGINT')
      await until(
        async () => (await tasksOf(`id = '${fit}' and state = 'running' and lease_until <= now()`)).length === 1,
      )
      expect(await versions()).toBe(before)
    })
    await db.end()
    expect((await ended)?.code).toBe(0)
    app = await startApp({ directory })
    db = await connected()
    await done(id)
    expect(await versions()).toBe(before + 1)
  })
})
