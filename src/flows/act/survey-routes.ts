import { Hono } from 'hono'
import { surveyWish } from '../../contract/surveys.ts'
import type { Entry } from '../caller.ts'
import { unknownCustomer } from '../parameters.ts'
import { bodyReader } from '../respond.ts'
import type { World } from '../world.ts'
import { inviteToSurvey } from './invite-to-survey.ts'

const readWish = bodyReader(surveyWish)

/** Asking customers. */
export function surveyRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.post('/surveys/invitations', async (c) => {
    const invited = await inviteToSurvey(world, await readWish(c))
    if ('kind' in invited) throw unknownCustomer()
    return c.json(invited)
  })
  return routes
}
