import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { addTask, findTask, findUnderWay } from '../../../store/tasks.ts'
import type { Entry } from '../../caller.ts'
import { Refusal } from '../../respond.ts'
import { taskView } from '../../task-view.ts'
import type { World } from '../../world.ts'
import { CHECKS } from './run-checks.ts'

/** Running all checks now. While some run already, the answer is that task. */
export function checkRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.post('/checks/runs', async (c) => {
    const task = await world.db.transaction(async (tx) => {
      const same = await findUnderWay(tx, CHECKS)
      if (same !== undefined) return same
      const id = randomUUID()
      await addTask(tx, { id, ...CHECKS, input: { all: true } })
      return findTask(tx, id)
    })
    if (task === undefined) throw new Refusal('internal', 'The task was not stored.')
    return c.json(taskView(task), 202)
  })
  return routes
}
