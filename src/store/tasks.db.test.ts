import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { addTask, isTaskOlderThan } from './tasks.ts'

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
