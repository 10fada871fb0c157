import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { withFileLock } from './file-lock.ts'

const folder = await mkdtemp(join(tmpdir(), 'amends-lock-'))
const path = join(folder, 'lock')
afterAll(() => rm(folder, { recursive: true, force: true }))

test('one works at a time, and the file is gone afterwards', async () => {
  let working = 0
  let most = 0
  const work = async () => {
    working += 1
    most = Math.max(most, working)
    await readdir(folder)
    working -= 1
  }
  await Promise.all([withFileLock(path, work), withFileLock(path, work), withFileLock(path, work)])
  expect(most).toBe(1)
  expect(await readdir(folder)).toEqual([])
})

test('the lock of a process that is dead is taken over', async () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  await writeFile(path, String(pid))
  expect(await withFileLock(path, async () => 'worked')).toBe('worked')
})

test.each([
  ['whose number another process has by now', String(process.pid)],
  ['that was killed before it wrote its number', ''],
])('the lock of a process %s is taken over', async (_who, content) => {
  await writeFile(path, content)
  await utimes(path, new Date(0), new Date(0))
  expect(await withFileLock(path, async () => 'worked')).toBe('worked')
  expect(await readdir(folder)).toEqual([])
})

test('work that fails gives the lock back', async () => {
  await expect(withFileLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await readdir(folder)).toEqual([])
})

test('a folder that is not there is no lock that is held', async () => {
  await expect(withFileLock(join(folder, 'nowhere', 'lock'), async () => 'worked')).rejects.toThrow('ENOENT')
})
