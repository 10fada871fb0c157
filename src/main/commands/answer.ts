import type { World } from '../../flows/world.ts'
import { readConfig } from '../config.ts'
import { openWorld } from '../open-world.ts'

/** Opens the world for one command and leaves it again, whether the server is running or not. */
export async function inWorld<Result>(
  name: string,
  work: (world: World, connectionString: string) => Promise<Result>,
): Promise<Result> {
  const { world, connectionString, close } = await openWorld(readConfig(), name)
  try {
    return await work(world, connectionString)
  } finally {
    await close()
  }
}

/** Prints the answer: one JSON object on stdout with `--json`, else lines for a person. */
export function answer(
  asJson: boolean | undefined,
  value: Readonly<Record<string, unknown>>,
  lines: readonly string[],
): void {
  const text = asJson === true ? JSON.stringify(value) : lines.join('\n')
  process.stdout.write(`${text}\n`)
}

/** A progress line that replaces itself, on a terminal only. */
export function progressLine(): Readonly<{ show: (line: string) => void; end: () => void }> {
  const { stderr } = process
  if (!stderr.isTTY) return { show: () => undefined, end: () => undefined }
  return {
    show: (line) => stderr.write(`\r\u001b[2K${line.slice(0, stderr.columns - 1)}`),
    end: () => stderr.write('\r\u001b[2K'),
  }
}

/** A count with thousands set apart. */
export const counted = (value: number): string => value.toLocaleString('en').replaceAll(',', '\u202f')

/** "12 s", "3 min". */
export const duration = (seconds: number | null): string =>
  seconds === null ? 'soon' : seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`
