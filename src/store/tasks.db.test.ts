import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { addTask, isTaskOlderThan, takeTask } from './tasks.ts'

const { db } = await freshDb()

test('a task counts as recent for its own kind and for so many hours', async () => {
  expect(await isTaskOlderThan(db, 'rescore', 24)).toBe(true)
  const id = randomUUID()
  await addTask(db, { id, kind: 'rescore', title: 'Nightly', input: {} })
  expect(await isTaskOlderThan(db, 'rescore', 24)).toBe(false)
  expect(await isTaskOlderThan(db, 'score', 24)).toBe(true)
  await db.query(`update tasks set created_at = now() - interval '25 hours' where id = $1`, [id])
  expect(await isTaskOlderThan(db, 'rescore', 24)).toBe(true)
})

test('a file waits neither for what is learned nor for an incident, and each lane takes its oldest', async () => {
  await db.query('delete from tasks')
  for (const kind of ['fit', 'rescore', 'score', 'incident', 'import', 'simulate'] as const)
    await addTask(db, { id: randomUUID(), kind, title: kind, input: {} })
  const taken = async (lane: Parameters<typeof takeTask>[1]) => (await takeTask(db, lane))?.kind
  expect(await taken('imports')).toBe('import')
  expect(await taken('learning')).toBe('fit')
  expect(await taken('incidents')).toBe('incident')
  expect(await taken('scoring')).toBe('score')
  expect([await taken('imports'), await taken('imports')]).toEqual(['simulate', undefined])
  expect(await taken('any')).toBe('rescore')
})
