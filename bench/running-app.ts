import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { connect, type Db } from '../src/store/db.ts'

const AMENDS = fileURLToPath(new URL('../bin/amends.js', import.meta.url))

/** The real application in its own processes, on a data directory of its own. */
export type RunningApp = Readonly<{
  address: string
  key: string
  db: Db
  dataDir: string
  /** Runs a command on the same data directory and answers its JSON. */
  command: (...words: readonly string[]) => unknown
  /** The server's process, and the worker's beneath it. */
  processes: () => readonly number[]
  stop: () => Promise<void>
}>

/** Starts it and waits until it is ready. A directory that is named is used and kept; else a new one is deleted at the end. */
export async function startApp(keptDir?: string): Promise<RunningApp> {
  const dataDir = keptDir ?? (await mkdtemp(join(tmpdir(), 'amends-bench-')))
  await mkdir(dataDir, { recursive: true })
  // Started as root, PostgreSQL runs as another user, who must be able to enter.
  await chmod(dataDir, 0o755)
  const env = {
    ...process.env,
    AMENDS_DATA_DIR: dataDir,
    AMENDS_PORT: '0',
    AMENDS_LOG_LEVEL: 'warn',
    AMENDS_RATE_PER_MINUTE: '1000000',
  }
  const child = spawn(process.execPath, [AMENDS, 'start', '--no-open'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const address = await readAddress(child)
  const command = (...words: readonly string[]): unknown =>
    JSON.parse(execFileSync(process.execPath, [AMENDS, ...words, '--json'], { env, encoding: 'utf8', maxBuffer: 1e8 }))
  const { key } = command('key', 'create', '--name', 'bench', '--scopes', 'ingest,read,operate') as { key: string }
  const connectionString = `postgresql://postgres@/amends?host=${encodeURIComponent(join(dataDir, 'socket'))}`
  const db = connect({ connectionString, connectionsMax: 4, name: 'bench' })
  return {
    address,
    key,
    db,
    dataDir,
    command,
    processes: () => [child.pid ?? 0, ...childrenOf(child.pid ?? 0)],
    stop: async () => {
      await db.close()
      child.kill('SIGTERM')
      await new Promise((resolve) => child.once('exit', resolve))
      if (keptDir === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function readAddress(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the application has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/\S+/.exec(line)?.[0]
    if (address !== undefined) return address
  }
  throw new Error('the application ended before it was ready')
}

const childrenOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)

/** Resident memory of a process in MiB, now and at its peak. Linux only. */
export function memoryOf(pid: number): Readonly<{ now: number; peak: number }> {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kib = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? Number.NaN)
  return { now: kib('VmRSS') / 1_024, peak: kib('VmHWM') / 1_024 }
}
