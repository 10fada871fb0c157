import { type Context, Hono } from 'hono'
import { affectedWish, bulkAnswer, bulkWish, incidentFacts, incidentWish } from '../../../contract/incidents.ts'
import { UUID } from '../../../core/ids.ts'
import { callerOf, type Entry } from '../../caller.ts'
import { localeOf } from '../../parameters.ts'
import { bodyReader, Refusal } from '../../respond.ts'
import { revisionAsked } from '../../revision-asked.ts'
import type { World } from '../../world.ts'
import { answerForStep, askStep, previewStep, undoStep } from './ask-incident-step.ts'
import { addAffected, changeIncident, openIncident, unknownIncident } from './manage-incident.ts'

/** A list of so many keys as one request may hold. */
const KEYS_BYTES_MAX = 12_000_000

const readWish = bodyReader(incidentWish, KEYS_BYTES_MAX)
const readFacts = bodyReader(incidentFacts)
const readAffected = bodyReader(affectedWish, KEYS_BYTES_MAX)
const readStep = bodyReader(bulkWish)
const readAnswer = bodyReader(bulkAnswer)

/** Opening incidents, adding who was hit, and steps for all of their cases. */
export function incidentWorkRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.post('/incidents', async (c) => c.json(await openIncident(world, callerOf(c), await readWish(c)), 201))
  routes.put('/incidents/:id', async (c) => {
    const change = { id: idOf(c), revision: revisionAsked(c, 'of the incident'), facts: await readFacts(c) }
    const changed = await changeIncident(world, callerOf(c), change)
    if (changed === null) throw new Refusal('changed-meanwhile', 'Somebody changed the incident. Look at it again.')
    return c.json({ id: changed.id, revision: changed.revision }, 200, { etag: `"${changed.revision}"` })
  })
  routes.post('/incidents/:id/customers', async (c) => {
    const affected = await readAffected(c)
    return c.json({ step: await addAffected(world, callerOf(c), idOf(c), affected) }, 202)
  })
  routes.post('/incidents/:id/steps/preview', async (c) =>
    c.json(await previewStep(world, callerOf(c), { incident: idOf(c), wish: await readStep(c), locale: localeOf(c) })),
  )
  routes.post('/incidents/:id/steps', async (c) => {
    const ask = { incident: idOf(c), wish: await readStep(c), locale: localeOf(c) }
    return c.json(await askStep(world, callerOf(c), ask), 202)
  })
  routes.post('/incidents/:id/steps/:step/answer', async (c) => {
    const { agrees } = await readAnswer(c)
    const caller = callerOf(c)
    if (caller.colleague === undefined) throw new Refusal('permission-missing', 'Only a person may agree to this.')
    const answer = { incident: idOf(c), id: idOf(c, 'step'), agrees, locale: localeOf(c) }
    await answerForStep(world, { caller, colleague: caller.colleague }, answer)
    return c.body(null, 204)
  })
  routes.post('/incidents/:id/steps/:step/undo', async (c) =>
    c.json({ step: await undoStep(world, callerOf(c), { incident: idOf(c), id: idOf(c, 'step') }) }, 202),
  )
  return routes
}

function idOf(c: Context, name = 'id'): string {
  const id = c.req.param(name) ?? ''
  if (!UUID.test(id)) throw unknownIncident()
  return id
}
