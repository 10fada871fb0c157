import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { testWorld } from '../../test/test-world.ts'
import { instantOf } from '../core/time/instant.ts'
import { importMemory } from './import-memory.ts'

const filesDir = await mkdtemp(join(tmpdir(), 'amends-memory-'))
afterAll(() => rm(filesDir, { recursive: true }))

const now = instantOf('2026-06-01T00:00:00Z')
const worldOf = async () => ({ ...testWorld((await freshDb()).db, now), filesDir })
const world = await worldOf()
const identity = { paths: ['orders.csv'], sql: 'select 1', rejectsPath: 'rejects.csv' }
const checkpoint = { fingerprint: 'f', done: 7, accepted: 5, repeated: 1, rejected: 1, rejectsBytes: 80 }

test('an interrupted import is remembered for the same files, mapping and database, until it is done', async () => {
  const memory = await importMemory(world, identity)
  expect(await memory.read()).toBeUndefined()
  await memory.save({ ...checkpoint, done: 3 })
  await memory.save(checkpoint)
  expect(await (await importMemory(world, identity)).read()).toEqual(checkpoint)
  expect(await (await importMemory(world, { ...identity, sql: 'select 2' })).read()).toBeUndefined()
  expect(await (await importMemory(await worldOf(), identity)).read()).toBeUndefined()
  await memory.forget()
  expect(await memory.read()).toBeUndefined()
})
