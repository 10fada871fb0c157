import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The processes that a process began and that still run. */
export const childrenOf = (pid: number): readonly number[] =>
  execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []))

/** Ends a process without a word. */
export function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It was faster.
  }
}

/** Ends the embedded PostgreSQL of a data directory without a word; does nothing to a server that is not ours. */
export async function killPostgres(directory: string, withChildren: boolean): Promise<void> {
  const text = await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(text.split('\n')[0])
  if (!pid) return
  const children = withChildren ? childrenOf(pid) : []
  for (const one of [pid, ...children]) killNow(one)
}
