import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { demoBody } from '../../contract/operate.ts'
import { UUID } from '../../core/ids.ts'
import { audit } from '../../store/audit.ts'
import { addTask, cancelTask, findTask, listTasks, type StoredTask } from '../../store/tasks.ts'
import { callerOf, type Entry } from '../caller.ts'
import { bodyReader, Refusal } from '../respond.ts'
import { taskView } from '../task-view.ts'
import type { World } from '../world.ts'
import { folderOf } from './run-task.ts'
import type { SimulateInput } from './task-inputs.ts'

const readDemo = bodyReader(demoBody)

/** Long work: starting the demo firm, looking at what runs, cancelling it, fetching what was rejected. */
export function taskRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()

  routes.post('/demo', async (c) => {
    const {
      kind = 'shop',
      customers = 2_000,
      months = 18,
      seed = Math.floor(world.random() * 1_000_000),
    } = await readDemo(c)
    const input: SimulateInput = { kind, customers, months, seed, endAt: world.now() }
    const id = randomUUID()
    await world.db.transaction(async (tx) => {
      await addTask(tx, { id, kind: 'simulate', title: `Simulated ${kind}, ${customers} customers`, input })
      await audit(tx, callerOf(c).actor, 'demo.started', { kind: 'task', id }, { customers, months, seed })
    })
    return c.json(taskView(await readTask(world, id)), 202)
  })

  routes.get('/tasks', async (c) => c.json((await listTasks(world.db)).map(taskView)))
  routes.get('/tasks/:id', async (c) => c.json(taskView(await readTask(world, c.req.param('id')))))
  routes.delete('/tasks/:id', async (c) => {
    const { id } = await readTask(world, c.req.param('id'))
    await world.db.transaction(async (tx) => {
      await cancelTask(tx, id)
      await audit(tx, callerOf(c).actor, 'task.cancelled', { kind: 'task', id })
    })
    return c.json(taskView(await readTask(world, id)))
  })

  routes.get('/imports/:id/rejects', async (c) => {
    const { id, progress } = await readTask(world, c.req.param('id'))
    const path = join(folderOf(world, 'rejects'), `${id}.csv`)
    if (progress.rejects === null || !(await stat(path).catch(() => undefined))) {
      throw new Refusal('not-found', 'No row of this import was rejected.')
    }
    const stream = Readable.toWeb(createReadStream(path)) as ReadableStream
    return c.body(stream, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="rejected-${id.slice(0, 8)}.csv"`,
    })
  })
  return routes
}

async function readTask(world: World, id: string): Promise<StoredTask> {
  const task = UUID.test(id) ? await findTask(world.db, id) : undefined
  if (task === undefined) throw new Refusal('not-found', 'There is no such task.')
  return task
}
