import { Hono } from 'hono'
import {
  type DataRequest,
  type DataRequestList,
  dataRequestStates,
  dataRequestStep,
} from '../../../contract/data-requests.ts'
import { isStorable } from '../../../contract/ingest.ts'
import { type Instant, rfc3339 } from '../../../core/time/instant.ts'
import { findDataRequest, listDataRequests, type StoredDataRequest } from '../../../store/data-requests.ts'
import { callerOf, type Entry } from '../../caller.ts'
import { oneOf } from '../../parameters.ts'
import { bodyReader, Refusal } from '../../respond.ts'
import type { World } from '../../world.ts'
import { answerDataRequest } from './answer-data-request.ts'
import { canHandOver } from './hand-over-data.ts'

const LISTED_MAX = 200

const readStep = bodyReader(dataRequestStep)

/** What customers ask about their data, as the firm sees it. */
export function dataRequestRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.get('/data-requests', async (c) => {
    const state = oneOf(c, 'state', dataRequestStates) ?? 'open'
    const list: DataRequestList = {
      requests: (await listDataRequests(world.db, { state, limit: LISTED_MAX })).map(view),
      page: canHandOver(world) ? `${world.publicUrl}/data-request` : null,
    }
    return c.json(list)
  })
  routes.post('/data-requests/:id/steps', async (c) => {
    const step = await readStep(c)
    const id = c.req.param('id')
    const { actor, permissions } = callerOf(c)
    const found = isStorable(id) ? await findDataRequest(world.db, id) : undefined
    if (found?.request.kind === 'erasure' && step.step === 'answer' && !permissions.has('customers.erase'))
      throw new Refusal('permission-missing', 'Erasing takes the permission customers.erase.')
    if (found?.request.kind === 'access' && step.step === 'answer' && !canHandOver(world))
      throw new Refusal(
        'mail-unconfigured',
        'A copy goes by a link in a mail: AMENDS_SMTP_URL, AMENDS_MAIL_FROM and AMENDS_PUBLIC_URL make that possible.',
      )
    const answered = await answerDataRequest(world, found?.id ?? '', step, actor)
    if (answered.kind === 'unknown') throw new Refusal('not-found', 'There is no such request.')
    if (answered.kind === 'refused') throw new Refusal('not-in-this-state', refusals[answered.because])
    return c.json(view(answered.stored))
  })
  return routes
}

const refusals = {
  'not-confirmed': 'The customer has not confirmed it.',
  'taken-before': 'This was decided before.',
  'too-late': 'The month is over: it can be answered, and no longer extended.',
} as const

const timeText = (at: Instant | null): string | null => (at === null ? null : rfc3339(at))

function view({ id, customer, email, words, dueAt, request }: StoredDataRequest): DataRequest {
  return {
    id,
    customer,
    kind: request.kind,
    email,
    words,
    askedAt: rfc3339(request.askedAt),
    confirmedAt: timeText(request.confirmedAt),
    dueAt: rfc3339(dueAt),
    extendedAt: timeText(request.extendedAt),
    decidedAt: timeText(request.decidedAt),
    endedAt: timeText(request.endedAt),
    end: request.end,
  }
}
