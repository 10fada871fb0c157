import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const COMMAND = fileURLToPath(new URL('../bin/amends.js', import.meta.url))
const READY = /Amends is ready at (http:\/\/\S+)/

/** A whole Amends of a test's own: server, worker, and database in a directory that goes away with it. */
export type StartedAmends = Readonly<{ address: string; stop: () => Promise<void> }>

/** Starts it as a person would, on a free port, and answers when it says that it is ready. */
export async function startAmends(): Promise<StartedAmends> {
  const directory = await mkdtemp(join(tmpdir(), 'amends-e2e-'))
  // Started as root, PostgreSQL runs as another user, who must be able to enter.
  await chmod(directory, 0o755)
  const { DATABASE_URL: _, ...environment } = process.env
  const child = spawn(process.execPath, [COMMAND, 'start', '--no-open'], {
    env: { ...environment, AMENDS_DATA_DIR: directory, AMENDS_PORT: '0', AMENDS_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const address = await addressOf(child, ended)
  return {
    address,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function addressOf(child: ChildProcess, ended: Promise<void>): Promise<string> {
  let said = ''
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      const address = said.match(READY)?.[1]
      if (address !== undefined) resolve(address)
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    void ended.then(() => reject(new Error(`Amends ended before it was ready:\n${said}`)))
  })
}
