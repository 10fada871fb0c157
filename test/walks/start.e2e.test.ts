import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  amends,
  askWith,
  databaseUrlOf,
  freePort,
  freshDirectory,
  isEmbedded,
  makeKey,
  type Ran,
  removeDirectory,
  type StartedApp,
  startApp,
  until,
} from '../started-app.ts'

const directories: string[] = []
const fresh = async () => {
  const directory = await freshDirectory()
  directories.push(directory)
  return directory
}
afterAll(() => Promise.all(directories.map(removeDirectory)))

const isReady = async (address: string) => (await fetch(`${address}/readyz`).catch(() => undefined))?.ok === true

/** The server, its worker, and what PostgreSQL consists of. */
function processesOf({ pid, directory }: Pick<StartedApp, 'pid' | 'directory'>): readonly number[] {
  const all = execFileSync('ps', ['-e', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, own, parent, state = '', args = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
      return own === undefined || state.startsWith('Z') ? [] : [{ pid: Number(own), parent: Number(parent), args }]
    })
  const roots = all.filter((one) => one.pid === pid || one.args.includes(`${directory}/postgres`)).map((one) => one.pid)
  const below = (parents: readonly number[]): readonly number[] => {
    const children = all.filter(({ parent }) => parents.includes(parent)).map((one) => one.pid)
    return children.length === 0 ? [] : [...children, ...below(children)]
  }
  return [...new Set([...roots, ...below(roots)])]
}

const alive = (pids: readonly number[]) => {
  const all = execFileSync('ps', ['-e', '-o', 'pid=,stat='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
  return pids.filter((pid) => all.some(([one, state]) => Number(one) === pid && !state?.startsWith('Z')))
}

/** Waits until none of these processes is left. */
const gone = (pids: readonly number[]) => until(async () => alive(pids).length === 0)

/** One helpful sentence on stderr, nothing on stdout, the given exit code. */
function expectSentence({ code, stdout, stderr }: Ran, expected: number, sentence: RegExp): void {
  expect(stderr).toMatch(sentence)
  expect(stderr).not.toMatch(/^\s+at |node:internal|\.ts:\d/m)
  expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2)
  expect(stdout).toBe('')
  expect(code).toBe(expected)
}

const inDatabase = async (directory: string, statement: string) => {
  const client = new pg.Client({ connectionString: databaseUrlOf(directory) })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

describe('a first and a second start', () => {
  test('say in one line where they are, and the second finds what the first stored', async () => {
    const directory = await fresh()
    const first = await startApp({ directory })
    const setUp = await fetch(`${first.address}/v1/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'lead@example.org', name: 'Lead', password: 'a long password' }),
    })
    expect(setUp.status).toBe(201)
    const pids = processesOf(first)
    expect(pids.length).toBeGreaterThan(isEmbedded ? 3 : 1)
    const ended = await first.stop('SIGTERM')
    expect(ended).toMatchObject({
      code: 0,
      stdout: `Amends is ready at ${first.address} (first visit: set up the administrator)\n`,
    })
    await gone(pids)

    const second = await startApp({ directory })
    const session = await fetch(`${second.address}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'lead@example.org', password: 'a long password' }),
    })
    expect(session.status).toBe(200)
    const later = processesOf(second)
    expect(await second.stop('SIGINT')).toMatchObject({ code: 0, stdout: `Amends is ready at ${second.address}\n` })
    await gone(later)
  })

  test.skipIf(!isEmbedded)('told to stop while it still starts, it leaves nothing behind', async () => {
    const directory = await fresh()
    const started = startApp({ directory })
    started.catch(() => undefined)
    await until(async () => stat(join(directory, 'start.lock')).catch(() => undefined))
    const pid = await until(async () =>
      Number(
        execFileSync('pgrep', ['-f', 'amends.js start --no-open', '-P', String(process.pid)], { encoding: 'utf8' }),
      ),
    )
    process.kill(pid, 'SIGTERM')
    await gone([pid])
    await until(async () => processesOf({ pid, directory }).length === 0)
    const again = await startApp({ directory })
    expect(await isReady(again.address)).toBe(true)
    await again.stop()
  })
})

test.skipIf(!isEmbedded)('started by npm, it ends when npm is ended by its id', async () => {
  const directory = await fresh()
  const { DATABASE_URL: _, ...environment } = process.env
  // As npm does it: with a shell in between, which ends and tells nobody.
  const shell = spawn('sh', ['-c', `"${process.execPath}" bin/amends.js start --no-open; true`], {
    env: { ...environment, npm_command: 'exec', AMENDS_DATA_DIR: directory, AMENDS_PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  expect(String(await once(shell.stdout, 'data'))).toMatch(/^Amends is ready/)
  const all = processesOf({ pid: shell.pid ?? 0, directory })
  expect(all.length).toBeGreaterThan(3)
  shell.kill('SIGTERM')
  await gone(all)
})

describe('what stands in the way is one sentence', () => {
  test('a port in use', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const ran = await amends(await fresh(), ['start', '--no-open'], { env: { AMENDS_PORT: String(port) } })
    server.close()
    expectSentence(ran, 2, /^Port \d+ is in use\. .*AMENDS_PORT/)
  })

  test('a data directory that cannot be written', async () => {
    const directory = await fresh()
    const file = join(directory, 'file')
    await writeFile(file, '')
    const env = isEmbedded ? {} : { DATABASE_URL: databaseUrlOf(directory) }
    const ran = await amends(join(file, 'data'), ['start', '--no-open'], { env })
    expectSentence(ran, 2, /cannot be written.*AMENDS_DATA_DIR/)
  })

  test.each([
    ['AMENDS_PORT', 'eighty', /AMENDS_PORT is "eighty", and must be a whole number/],
    ['AMENDS_LOG_LEVEL', 'loud', /AMENDS_LOG_LEVEL is "loud", and must be one of/],
    ['AMENDS_RATE_PER_MINUTE', '-1', /AMENDS_RATE_PER_MINUTE is "-1"/],
    ['DATABASE_URL', 'mysql://somewhere', /DATABASE_URL must begin with postgresql:/],
    ['DATABASE_URL', 'postgresql://nobody@127.0.0.1:1/none', /The database does not answer: .+/],
    ['DATABASE_URL', 'postgresql://nobody@localhost:1/none', /The database does not answer: .+/],
  ])('%s=%s', async (name, value, sentence) => {
    expectSentence(await amends(await fresh(), ['start', '--no-open'], { env: { [name]: value } }), 2, sentence)
  })

  test.skipIf(!isEmbedded)('a database that another PostgreSQL made', async () => {
    const directory = await fresh()
    await amends(directory, ['verify', '--json'])
    await writeFile(join(directory, 'postgres', 'PG_VERSION'), '12\n')
    const port = String(await freePort())
    const ran = await amends(directory, ['start', '--no-open'], { env: { AMENDS_PORT: port } })
    expectSentence(ran, 2, /was made by PostgreSQL 12, and this Amends brings PostgreSQL \d+/)
  })

  test('a schema of a newer Amends', async () => {
    const directory = await fresh()
    const app = await startApp({ directory })
    await inDatabase(directory, `insert into migrations (name) values ('9999-from-later.sql')`)
    await app.stop()
    const ran = await amends(directory, ['start', '--no-open'], { env: { AMENDS_PORT: String(app.port) } })
    expectSentence(ran, 2, /used by a newer Amends \(9999-from-later\.sql\)/)
  })
})

describe('beside a running server', () => {
  let app: StartedApp
  beforeAll(async () => {
    app = await startApp({ directory: await fresh() })
  })
  afterAll(() => app.stop())

  test('a second one on the same directory says that the port is in use, and leaves the first alone', async () => {
    const pids = processesOf(app)
    const ran = await amends(app.directory, ['start', '--no-open'], { env: { AMENDS_PORT: String(app.port) } })
    expectSentence(ran, 2, /^Port \d+ is in use/)
    expect(await isReady(app.address)).toBe(true)
    expect(alive(pids)).toEqual(expect.arrayContaining([app.pid]))
  })

  test('commands use the same database, several at once, and leave it running', async () => {
    const key = await makeKey(app.directory)
    const event = {
      id: 'a',
      customer: 'c',
      type: 'order.placed',
      at: '2026-01-01T00:00:00Z',
      data: { order: 'o', value: 1 },
    }
    const sent = await askWith({ address: app.address, key }, 'POST', '/v1/events', event)
    expect(sent.status).toBe(200)
    const ran = await Promise.all([
      amends(app.directory, ['verify', '--json']),
      amends(app.directory, ['doctor', '--json']),
      amends(app.directory, ['key', 'list', '--json']),
    ])
    expect(ran.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
      [0, ''],
    ])
    expect(JSON.parse(ran[0].stdout)).toMatchObject({ customers: 1, events: 1, differences: 0 })
    expect(await isReady(app.address)).toBe(true)
  })
})

test.skipIf(!isEmbedded)(
  'without a server commands start the database together, and the last one stops it',
  async () => {
    const directory = await fresh()
    const rounds = await Promise.all(
      Array.from({ length: 4 }, async (_, index) => {
        const made = await amends(directory, ['key', 'create', '--name', `k${index}`, '--scopes', 'read', '--json'])
        return [made, await amends(directory, ['verify', '--json'])]
      }),
    )
    for (const { code, stderr } of rounds.flat()) expect([code, stderr]).toEqual([0, ''])
    const listed = await amends(directory, ['key', 'list', '--json'])
    expect(JSON.parse(listed.stdout).keys).toHaveLength(4)
    expect(processesOf({ pid: -1, directory })).toEqual([])
  },
)

describe('killed without a word', () => {
  test('a server leaves neither worker nor database behind', async () => {
    const app = await startApp({ directory: await fresh() })
    const pids = processesOf(app)
    await app.kill()
    await gone(pids)
    await until(async () => processesOf(app).length === 0)
  })

  const oldNode = findOldNode()
  test.skipIf(oldNode === undefined)('neither does the old Node that npm runs on', async () => {
    const app = await startApp({ directory: await fresh(), node: oldNode ?? '' })
    const pids = processesOf(app)
    expect(pids.length).toBeGreaterThan(isEmbedded ? 4 : 2)
    await app.kill()
    await gone(pids)
  })

  test.skipIf(oldNode === undefined)('Ctrl-C, which an old Node and the server both hear, stops it well', async () => {
    const app = await startApp({ directory: await fresh(), node: oldNode ?? '' })
    const pids = processesOf(app)
    const server = pids.find((pid) => pid !== app.pid && isChildOf(pid, app.pid))
    if (server !== undefined) process.kill(server, 'SIGINT')
    expect(await app.stop('SIGINT')).toMatchObject({ code: 0 })
    await gone(pids)
  })
})

const isChildOf = (pid: number, parent: number) =>
  Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' })) === parent

/** A Node of this machine that is too old to run Amends itself, or undefined. */
function findOldNode(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'))
  return folders
    .map((folder) => join(folder, 'node'))
    .find((path) => {
      try {
        const major = /^v(\d+)/.exec(execFileSync(path, ['--version'], { encoding: 'utf8', stdio: 'pipe' }))?.[1]
        return Number(major) < 26
      } catch {
        return false
      }
    })
}
