import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { setTimeout as after } from 'node:timers/promises'

const TRY_AGAIN_MS = 100
const BEAT_MS = 1_000
/** A holder that has not touched its file for this long is gone, even if another process has its number by now. */
const STALE_MS = 15_000

/**
 * Does the work while no other process does work under the same file. The lock of a process that was killed is taken
 * over. Waits as long as it takes; throws what the work throws.
 */
export async function withFileLock<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  while (!(await take(path))) {
    await takeAwayFromTheDead(path)
    await after(TRY_AGAIN_MS)
  }
  const beat = setInterval(() => {
    const now = new Date()
    void utimes(path, now, now).catch(() => undefined)
  }, BEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    await rm(path, { force: true })
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function takeAwayFromTheDead(path: string): Promise<void> {
  const holder = await readFile(path, 'utf8').catch(() => undefined)
  const touched = await stat(path).catch(() => undefined)
  if (holder === undefined || touched === undefined) return
  const isStale = Date.now() - touched.mtimeMs > STALE_MS
  if (!isStale && (holder === '' || isAlive(Number(holder)))) return
  const aside = `${path}.${process.pid}`
  await rename(path, aside).catch(() => undefined)
  // Somebody who also saw the dead one may have been faster, and this be the lock of a living one: then give it back.
  if ((await readFile(aside, 'utf8').catch(() => holder)) === holder) await rm(aside, { force: true })
  else await rename(aside, path)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
