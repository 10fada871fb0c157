import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { administer, databaseOn } from './engine.ts'

export const projectRoot = fileURLToPath(new URL('..', import.meta.url))

/** The Node that Amends brings along: started by it, the process that we see is the server itself. */
export const pinnedNode = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node')

const READY = /Amends is ready at (http:\/\/\S+)/
const POLL_MS = 50

/** The server that DATABASE_URL names, on which each data directory has a database of its own; else the embedded one. */
const serverUrl = process.env.DATABASE_URL || undefined

const databaseOf = (directory: string): string => basename(directory).replaceAll('-', '_').toLowerCase()

/** An empty data directory; PostgreSQL, which may run as another user, may enter it. Remove it with `removeDirectory`. */
export async function freshDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'amends-walk-'))
  await chmod(directory, 0o755)
  if (serverUrl !== undefined) await administer(serverUrl, `create database ${databaseOf(directory)}`)
  return directory
}

/** The way to the database of a data directory while something runs on it. */
export const databaseUrlOf = (directory: string): string =>
  serverUrl === undefined
    ? `postgresql://postgres@/amends?host=${encodeURIComponent(join(directory, 'socket'))}`
    : databaseOn(serverUrl, databaseOf(directory))

/** Whether each Amends has a PostgreSQL of its own, which a test may stop. */
export const isEmbedded = serverUrl === undefined

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}

type Environment = Readonly<Record<string, string | undefined>>

/** What a command printed and how it ended; `code` is null when a signal ended it. */
export type Ran = Readonly<{ code: number | null; stdout: string; stderr: string }>

/** Whose Amends runs, where and how; what is left out is the project's, the pinned Node, no input. */
export type RunOptions = Readonly<{ home?: string; node?: string; env?: Environment; input?: string; cwd?: string }>

function begin(words: readonly string[], options: RunOptions) {
  const { home = projectRoot, node = pinnedNode, env = {}, cwd = projectRoot } = options
  const { DATABASE_URL: _, ...outer } = process.env
  const directory = env.AMENDS_DATA_DIR
  const named = serverUrl === undefined || directory === undefined ? {} : { DATABASE_URL: databaseUrlOf(directory) }
  const child = spawn(node, [join(home, 'bin', 'amends.js'), ...words], {
    cwd,
    env: { ...outer, ...named, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  // Not 'exit': the last output may come after it.
  const ended = once(child, 'close').then(([code]): Ran => ({ code, stdout, stderr }))
  return { child, ended, stdout: () => stdout, stderr: () => stderr }
}

/** Runs `amends WORDS` to its end on a data directory. */
export async function amends(directory: string, words: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const env = { AMENDS_DATA_DIR: directory, ...options.env }
  const { child, ended } = begin(words, { ...options, env })
  child.stdin.end(options.input ?? '')
  return ended
}

/** A running `amends start`. */
export type StartedApp = Readonly<{
  address: string
  port: number
  directory: string
  process: ChildProcess
  /** The process number of the server. */
  pid: number
  stderr: () => string
  /** Asks it to end as Ctrl-C or a service manager would, and waits until it has. */
  stop: (signal?: NodeJS.Signals) => Promise<Ran>
  /** Ends the server, and it alone, without a word. */
  kill: () => Promise<Ran>
}>

export type StartOptions = RunOptions & Readonly<{ directory: string; port?: number; words?: readonly string[] }>

/** Starts `amends start --no-open` and waits for its address. Throws what it said when it ends before that. */
export async function startApp(options: StartOptions): Promise<StartedApp> {
  const { directory, port = await freePort(), words = [] } = options
  const env = {
    AMENDS_DATA_DIR: directory,
    AMENDS_PORT: String(port),
    AMENDS_RATE_PER_MINUTE: '1000000',
    ...options.env,
  }
  const { child, ended, stdout, stderr } = begin(['start', '--no-open', ...words], { ...options, env })
  const over = ended.then(({ code }) => {
    throw new Error(`amends start ended with ${code}: ${stderr()}`)
  })
  const ready = until(async () => READY.exec(stdout())?.[1])
  const address = await Promise.race([ready, over])
  over.catch(() => undefined)
  const end = (signal: NodeJS.Signals) => async () => {
    child.kill(signal)
    return ended
  }
  const { pid } = child
  if (pid === undefined) throw new Error('amends start has no process number')
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => end(signal)()
  return { address, port, directory, process: child, pid, stderr, stop, kill: end('SIGKILL') }
}

/** Asks again and again until there is an answer that is neither undefined nor false; a minute at most. */
export async function until<Answer>(
  ask: () => Promise<Answer | undefined | false>,
  { seconds = 60, pause = POLL_MS }: Readonly<{ seconds?: number; pause?: number }> = {},
): Promise<Answer> {
  const giveUpAt = Date.now() + seconds * 1_000
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (Date.now() > giveUpAt) throw new Error(`not within ${seconds} s: ${ask}`)
    await after(pause)
  }
}

/** Makes an API key that may do everything. */
export async function makeKey(directory: string): Promise<string> {
  const made = await amends(directory, [
    'key',
    'create',
    '--name',
    'test',
    '--scopes',
    'ingest,read,operate,erase',
    '--json',
  ])
  return JSON.parse(made.stdout).key
}

/** Asks the API of a running Amends with a key. */
export const askWith = (
  { address, key }: Readonly<{ address: string; key: string }>,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  fetch(`${address}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

/** Ends whatever still runs on a data directory and removes it. */
export async function removeDirectory(directory: string): Promise<void> {
  if (serverUrl !== undefined)
    await administer(serverUrl, `drop database if exists ${databaseOf(directory)} with (force)`)
  await rm(directory, { recursive: true, force: true })
}
