import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { audit } from '../../store/audit.ts'
import { addTask, findTask, findUnderWay } from '../../store/tasks.ts'
import { callerOf, type Entry } from '../caller.ts'
import { Refusal } from '../respond.ts'
import { taskView } from '../task-view.ts'
import type { World } from '../world.ts'
import { fittedKinds } from './fit-models.ts'

/** Learning a model now. While one of its kind learns already, the answer is that task. */
export function fitRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.post('/models/:kind/fits', async (c) => {
    const kind = fittedKinds.find((one) => one === c.req.param('kind'))
    if (kind === undefined) throw new Refusal('not-found', 'There is no such model.')
    const task = await world.db.transaction(async (tx) => {
      const same = await findUnderWay(tx, { kind: 'fit', title: kind })
      if (same !== undefined) return same
      const id = randomUUID()
      await addTask(tx, { id, kind: 'fit', title: kind, input: { model: kind } })
      await audit(tx, callerOf(c).actor, 'model.fit-started', { kind: 'task', id }, { model: kind })
      return findTask(tx, id)
    })
    if (task === undefined) throw new Refusal('internal', 'The task was not stored.')
    return c.json(taskView(task), 202)
  })
  return routes
}
