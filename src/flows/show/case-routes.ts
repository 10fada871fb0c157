import { Hono } from 'hono'
import { CASES_PAGE_MAX, caseFilters } from '../../contract/cases.ts'
import { queueReasons } from '../../core/cases/case-queue.ts'
import { UUID } from '../../core/ids.ts'
import { type Instant, instant } from '../../core/time/instant.ts'
import { callerOf, type Entry } from '../caller.ts'
import { KEY_LENGTH_MAX, localeOf, oneOf, refuseParameter, text, unknownCustomer, wholeNumber } from '../parameters.ts'
import { Refusal } from '../respond.ts'
import type { World } from '../world.ts'
import { caseEvidence, lookOf } from './case-evidence.ts'
import { listApprovals } from './list-approvals.ts'
import { listCaseChanges, listCases } from './list-cases.ts'
import { listFailures } from './list-failures.ts'
import { showCase } from './show-case.ts'

const PAGE_AT_FIRST = 50
const CURSOR_LENGTH_MAX = 1_000

/** The queue, what changed in it, and one case. */
export function caseRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  const uuid = (name: string, value: string | null): string | null => {
    if (value !== null && !UUID.test(value)) throw refuseParameter(name, 'is an id as the answers give it.')
    return value
  }
  routes.get('/cases', async (c) =>
    c.json(
      await listCases(world, callerOf(c), {
        filter: oneOf(c, 'filter', caseFilters) ?? 'all',
        customer: text(c, 'customer', KEY_LENGTH_MAX),
        team: uuid('team', text(c, 'team', KEY_LENGTH_MAX)),
        incident: uuid('incident', text(c, 'incident', KEY_LENGTH_MAX)),
        category: text(c, 'category', KEY_LENGTH_MAX),
        floor: oneOf(c, 'floor', queueReasons) ?? null,
        search: text(c, 'search', KEY_LENGTH_MAX) ?? '',
        cursor: text(c, 'cursor', CURSOR_LENGTH_MAX),
        limit: wholeNumber(c, 'limit', { atFirst: PAGE_AT_FIRST, max: CASES_PAGE_MAX }),
      }),
    ),
  )
  routes.get('/cases/changes', async (c) =>
    c.json(await listCaseChanges(world, callerOf(c), instantOfCursor(text(c, 'cursor', CURSOR_LENGTH_MAX)))),
  )
  routes.get('/customers/:key/failures', async (c) => {
    const failures = await listFailures(world, callerOf(c), c.req.param('key'))
    if (failures === undefined) throw unknownCustomer()
    return c.json(failures)
  })
  routes.get('/approvals', async (c) => c.json(await listApprovals(world)))
  routes.get('/cases/:id', async (c) => {
    const page = await showCase(world, callerOf(c), c.req.param('id'), { locale: localeOf(c), words: true })
    if (page === undefined) throw new Refusal('case-unknown', 'There is no such case, or it belongs to another team.')
    return c.json(page, 200, { etag: `"${page.revision}"`, 'cache-control': 'private, no-cache' })
  })
  routes.get('/cases/:id/evidence', async (c) => {
    const id = c.req.param('id')
    const found = await caseEvidence(world, callerOf(c), id, lookOf(c))
    if (found === undefined) throw new Refusal('case-unknown', 'There is no such case, or it belongs to another team.')
    return c.json(found.evidence, 200, {
      'content-disposition': `attachment; filename="case-${id.replaceAll(/\W/g, '')}.json"`,
      'cache-control': 'no-store',
    })
  })
  return routes
}

function instantOfCursor(cursor: string | null): Instant | null {
  if (cursor === null) return null
  if (!/^\d{1,15}$/.test(cursor)) throw refuseParameter('cursor', 'is one that an answer gave.')
  return instant(Number(cursor))
}
