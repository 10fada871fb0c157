import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from './make-folder.ts'

test('a folder is made with all that is missing above it, also twice at once, and a file is no folder', async () => {
  const root = await mkdtemp(join(tmpdir(), 'amends-folder-'))
  try {
    const deep = join(root, 'a', 'b', 'c')
    await Promise.all([makeFolder(deep), makeFolder(deep)])
    expect((await stat(deep)).isDirectory()).toBe(true)
    await writeFile(join(root, 'file'), '')
    await expect(makeFolder(join(root, 'file'))).rejects.toThrow('EEXIST')
    await expect(makeFolder(join(root, 'file', 'below'))).rejects.toThrow()
  } finally {
    await rm(root, { recursive: true })
  }
})

test.runIf(process.platform === 'linux')(
  'where no folder can be made, it says so and does not try for ever',
  async () => {
    await expect(makeFolder('/proc/amends/below')).rejects.toThrow('ENOENT')
  },
)
