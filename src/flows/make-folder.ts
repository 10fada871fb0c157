import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder and what is missing above it; one that is there already is left as it is. Throws what the system
 * says. Not `recursive`: below a folder that takes no other, such as /proc, Node 26 then tries for ever.
 */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  if (await isFolder(path)) return
  if (dirname(path) !== path) await makeFolder(dirname(path), mode)
  try {
    await mkdir(path, mode)
  } catch (error) {
    // Another process was faster.
    if (!(await isFolder(path))) throw error
  }
}

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() ?? false
