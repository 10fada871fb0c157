import { Hono } from 'hono'
import { surveyWish } from '../../../contract/surveys.ts'
import type { Entry } from '../../caller.ts'
import { localeOf, unknownCustomer } from '../../parameters.ts'
import { bodyReader } from '../../respond.ts'
import type { World } from '../../world.ts'
import { inputWorkRoutes } from './input-routes.ts'
import { inviteToSurvey } from './invite-to-survey.ts'
import { previewInvitation } from './preview-invitation.ts'

const readWish = bodyReader(surveyWish)

/** Asking customers: surveys, and for advice. */
export function surveyRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.post('/surveys/invitations', async (c) => {
    const invited = await inviteToSurvey(world, await readWish(c))
    if ('kind' in invited) throw unknownCustomer()
    return c.json(invited)
  })
  routes.post('/surveys/invitations/preview', async (c) => {
    const preview = await previewInvitation(world, await readWish(c), localeOf(c))
    if (preview === undefined) throw unknownCustomer()
    return c.json(preview)
  })
  routes.route('/', inputWorkRoutes(world))
  return routes
}
