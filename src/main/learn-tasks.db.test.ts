import { expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { testWorld } from '../../test/test-world.ts'
import { instantOf } from '../core/time/instant.ts'
import { fitModel, fittedKinds } from '../flows/predict/fit-models.ts'
import { takeTask } from '../store/tasks.ts'
import { learnAll, planLearning } from './learn-tasks.ts'
import type { Learning } from './learning.ts'

const { db } = await freshDb()
const world = testWorld(db, instantOf('2026-06-01T00:00:00Z'))

test('at night a kind whose fit breaks down keeps none of the others from learning, and the task tells which', async () => {
  await planLearning(world)
  const task = await takeTask(db, 'learning')
  if (task === undefined) throw new Error('a task was expected')
  const begun: string[] = []
  const learning: Learning = {
    fit: (kind, options) => {
      begun.push(kind)
      if (kind === 'leave' || kind === 'winback') throw new Error(`${kind} ran out of memory`)
      return fitModel(world, kind, options)
    },
    forecast: () => Promise.resolve({ kind: 'stopped' }),
  }
  const end = await learnAll({ world, learning }, task, () => undefined, new AbortController().signal)
  expect(begun.sort()).toEqual([...fittedKinds].sort())
  expect(end.kind).toBe('failed')
  expect(end.problem).toBe('leave: leave ran out of memory; winback: winback ran out of memory')
})
