import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { isAnybodyThere } from '../store/people.ts'
import { type Config, isChildWorker, workerEnvironment } from './config.ts'
import type { Engine } from './embedded-postgres.ts'
import { learningIn } from './learning.ts'
import { openWorld } from './open-world.ts'
import { httpApp, listen } from './server.ts'
import { work } from './work.ts'

const AMENDS = fileURLToPath(new URL('../../bin/amends.js', import.meta.url))
const WATCH_MS = 1_000
const RESTART_MS = 1_000
const KILL_MS = 15_000
// Long work runs in small batches: a tight heap makes the collector keep memory flat instead of letting it grow.
const WORKER_FLAGS = ['--max-old-space-size=320', '--max-semi-space-size=8']

/** Whether to open a browser, and which part to run; undefined runs both. */
export type StartOptions = Readonly<{ open: boolean; only: 'server' | 'worker' | undefined }>

/** Runs until SIGINT or SIGTERM: the server here, the worker beside it, the embedded database beneath both. */
export async function start(config: Config, options: StartOptions): Promise<void> {
  const told = toldToStop()
  if (options.only === 'worker') return runWorker(config, told)
  const { world, engine, close } = await openWorld(config, 'server')
  const unwatch = watch(engine)
  try {
    const listening = await listen(await httpApp(world, config), config)
    const worker = options.only === 'server' ? undefined : keepWorker()
    const first = !(await isAnybodyThere(world.db))
    process.stdout.write(
      `Amends is ready at ${listening.address}${first ? ' (first visit: set up the administrator)' : ''}\n`,
    )
    if (options.open) openBrowser(listening.address)
    await told
    await Promise.all([listening.stop(), worker?.stop()])
  } finally {
    unwatch()
    await close()
  }
}

async function runWorker(config: Config, told: Promise<void>): Promise<void> {
  const { world, connectionString, engine, close } = await openWorld(config, 'worker')
  const unwatch = watch(engine)
  const stop = new AbortController()
  void told.then(() => stop.abort())
  // The parent's end closes our standard input: a worker does not outlive its server.
  if (isChildWorker()) process.stdin.resume().on('end', () => stop.abort())
  try {
    await work(world, learningIn(connectionString), stop.signal)
  } finally {
    unwatch()
    await close()
    // An input that is being read keeps the process alive until its other end is closed.
    process.stdin.destroy()
  }
}

/** Brings the embedded database back when it is gone. */
function watch(engine: Engine | undefined): () => void {
  if (engine === undefined) return () => undefined
  let looking = false
  const timer = setInterval(async () => {
    if (looking) return
    looking = true
    await engine.ensureRunning().catch(() => undefined)
    looking = false
  }, WATCH_MS)
  return () => clearInterval(timer)
}

/**
 * Hears every signal, not the first alone: Ctrl-C in a terminal reaches us directly and through the Node that started
 * us, and the second one must not cut the stop short. The end of that other Node counts as a signal.
 */
const toldToStop = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
    process.once('disconnect', () => resolve())
    process.channel?.unref()
  })

/** A worker process that is started again whenever it ends. */
function keepWorker(): Readonly<{ stop: () => Promise<void> }> {
  let child: ChildProcess
  let stopping = false
  const run = () => {
    if (stopping) return
    child = spawn(process.execPath, [...WORKER_FLAGS, AMENDS, 'start', '--only', 'worker'], {
      stdio: ['pipe', 'ignore', 'inherit'],
      env: workerEnvironment(),
    })
    child.on('exit', () => {
      setTimeout(run, RESTART_MS).unref()
    })
  }
  run()
  return {
    stop: () =>
      new Promise((resolve) => {
        stopping = true
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
        setTimeout(() => child.kill('SIGKILL'), KILL_MS).unref()
      }),
  }
}

function openBrowser(address: string): void {
  const command = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open'
  spawn(command, [address], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref()
}
