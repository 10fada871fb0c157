import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Checkpoint } from '../flows/ingest/import-files.ts'
import { folderOf } from '../flows/ingest/run-task.ts'
import type { World } from '../flows/world.ts'
import { readBirth } from '../store/birth.ts'

/** What makes a run of `amends import` the same as an earlier one. */
export type ImportIdentity = Readonly<{ paths: readonly string[]; sql: string; rejectsPath: string }>

/** Where an interrupted run of the same import into the same database can go on. */
export type ImportMemory = Readonly<{
  read: () => Promise<Checkpoint | undefined>
  save: (checkpoint: Checkpoint) => Promise<void>
  forget: () => Promise<void>
}>

/** The memory of an import on the command line: one small file beside the database, gone when the import is done. */
export async function importMemory(world: World, identity: ImportIdentity): Promise<ImportMemory> {
  // A checkpoint of another database would leave out what this one does not have.
  const birth = await readBirth(world.db)
  const name = createHash('sha256')
    .update(JSON.stringify([birth, identity]))
    .digest('hex')
    .slice(0, 32)
  const path = folderOf(world, 'work', `import-${name}.json`)
  return {
    read: async () => {
      const text = await readFile(path, 'utf8').catch(() => undefined)
      if (text === undefined) return undefined
      const kept: Checkpoint = JSON.parse(text)
      return kept
    },
    save: async (checkpoint) => {
      await mkdir(dirname(path), { recursive: true })
      // Renamed into place: a run that is killed while it writes leaves the checkpoint before, not half a one.
      await writeFile(`${path}.new`, JSON.stringify(checkpoint))
      await rename(`${path}.new`, path)
    },
    forget: () => rm(path, { force: true }),
  }
}
