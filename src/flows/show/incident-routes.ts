import { Hono } from 'hono'
import { UUID } from '../../core/ids.ts'
import { callerOf, type Entry } from '../caller.ts'
import { KEY_LENGTH_MAX, localeOf, oneOf, text, wholeNumber } from '../parameters.ts'
import { Refusal } from '../respond.ts'
import type { World } from '../world.ts'
import { showIncident, showIncidents, showStepItems } from './show-incident.ts'

const ITEMS = { atFirst: 100, max: 500 }

const nothing = () => new Refusal('not-found', 'There is no such incident.')

/** The incidents, one of them, and what came of a step of it. */
export function incidentRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  const uuid = (id: string): string => {
    if (!UUID.test(id)) throw nothing()
    return id
  }
  routes.get('/incidents', async (c) => c.json(await showIncidents(world)))
  routes.get('/incidents/:id', async (c) => {
    const page = await showIncident(world, callerOf(c), uuid(c.req.param('id')))
    if (page === undefined) throw nothing()
    return c.json(page, 200, { etag: `"${page.revision}"`, 'cache-control': 'private, no-cache' })
  })
  routes.get('/incidents/:id/steps/:step', async (c) => {
    const items = await showStepItems(world, {
      incident: uuid(c.req.param('id')),
      step: uuid(c.req.param('step')),
      state: oneOf(c, 'state', ['waiting', 'done', 'skipped']),
      after: text(c, 'cursor', KEY_LENGTH_MAX),
      limit: wholeNumber(c, 'limit', ITEMS),
      locale: localeOf(c),
    })
    if (items === undefined) throw nothing()
    return c.json(items)
  })
  return routes
}
