import { type Context, Hono } from 'hono'
import { noTermsForecast, type TermsForecast } from '../../contract/exit-wave.ts'
import { customerFilters, customerSorts } from '../../contract/show.ts'
import type { TeamList } from '../../contract/teams.ts'
import { modelKinds } from '../../core/learning/fit-report.ts'
import { type Instant, MINUTE_MS } from '../../core/time/instant.ts'
import { audit } from '../../store/audit.ts'
import type { Tx } from '../../store/db.ts'
import { findForecast } from '../../store/forecasts.ts'
import { asOfReader } from '../../store/views/as-of-view.ts'
import { callerOf, type Entry } from '../caller.ts'
import { exportCustomer } from '../export-customer.ts'
import { KEY_LENGTH_MAX, keyOf, localeOf, oneOf, text, unknownCustomer, wholeNumber } from '../parameters.ts'
import { Refusal } from '../respond.ts'
import type { World } from '../world.ts'
import { listCustomers } from './list-customers.ts'
import { showChecks } from './show-checks.ts'
import { showCustomer } from './show-customer.ts'
import { showEquality } from './show-equality.ts'
import { showGoodwillHistory } from './show-goodwill-history.ts'
import { showLiability } from './show-liability.ts'
import { showModel, showModels } from './show-models.ts'
import { OVERVIEW_DAYS_MAX, showOverview } from './show-overview.ts'
import { showStatus } from './show-status.ts'
import { showTimeline } from './show-timeline.ts'

const PAGE_MAX = 200
const PAGE_AT_FIRST = 50
const CURSOR_LENGTH_MAX = 4_000
const VERSIONS = { atFirst: 1, max: 999_999 }

/** What can be read: `GET` of status, overview, customers, one customer's page, curve, timeline, and export, and models. */
export function showRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  const asOf = asOfReader()
  routes.get('/status', async (c) => c.json(await showStatus(world)))
  routes.get('/overview', async (c) => {
    const days = wholeNumber(c, 'days', { atFirst: 7, max: OVERVIEW_DAYS_MAX })
    return c.json(await showOverview(world.db, world.now(), days))
  })
  routes.get('/customers', async (c) =>
    c.json(
      await listCustomers(world.db, {
        search: text(c, 'search', KEY_LENGTH_MAX) ?? '',
        sort: oneOf(c, 'sort', customerSorts) ?? 'at-stake',
        filter: oneOf(c, 'filter', customerFilters) ?? 'all',
        segment: text(c, 'segment', KEY_LENGTH_MAX),
        cursor: text(c, 'cursor', CURSOR_LENGTH_MAX),
        limit: wholeNumber(c, 'limit', { atFirst: PAGE_AT_FIRST, max: PAGE_MAX }),
      }),
    ),
  )
  routes.get('/liability', (c) => liabilityAnswer(world, c))
  routes.get('/customers/:key', (c) => page(world, c, (tx) => asOf(tx, world.now())))
  routes.get('/customers/:key/goodwill', async (c) => {
    const shown = await showGoodwillHistory(world.db, keyOf(c), {
      locale: localeOf(c),
      now: world.now(),
      without: text(c, 'without', KEY_LENGTH_MAX),
    })
    if (shown.kind === 'customer-unknown') throw unknownCustomer()
    return c.json(shown.history)
  })
  routes.get('/customers/:key/timeline', async (c) => {
    const shown = await showTimeline(world.db, keyOf(c), {
      cursor: text(c, 'cursor', CURSOR_LENGTH_MAX),
      limit: wholeNumber(c, 'limit', { atFirst: PAGE_AT_FIRST, max: PAGE_MAX }),
      locale: localeOf(c),
    })
    if (shown.kind === 'customer-unknown') throw unknownCustomer()
    return c.json(shown.timeline)
  })
  routes.get('/customers/:key/export', async (c) => {
    const exported = await exportCustomer(world.db, keyOf(c))
    if (exported.kind === 'customer-unknown') throw unknownCustomer()
    const { actor } = callerOf(c)
    await world.db.transaction((tx) => audit(tx, actor, 'customer.exported', { kind: 'customer', id: keyOf(c) }))
    c.header('content-disposition', 'attachment; filename="customer.json"')
    c.header('cache-control', 'no-store')
    return c.json(exported.export)
  })
  routes.get('/checks', async (c) => c.json(await showChecks(world.db, localeOf(c))))
  routes.get('/equality', async (c) => c.json(await showEquality(world.db, localeOf(c))))
  routes.get('/teams/figures', async (c) =>
    c.json((await findForecast<TeamList>(world.db, 'teams'))?.body ?? noTeamFigures),
  )
  routes.get('/forecasts/terms', async (c) =>
    c.json((await findForecast<TermsForecast>(world.db, 'terms'))?.body ?? noTermsForecast),
  )
  routes.get('/models', async (c) => c.json(await showModels(world, localeOf(c))))
  routes.get('/models/:kind', async (c) => {
    const kind = modelKinds.find((one) => one === c.req.param('kind'))
    const version = c.req.query('version') === undefined ? null : wholeNumber(c, 'version', VERSIONS)
    const shown = kind === undefined ? undefined : await showModel(world.db, kind, { version, locale: localeOf(c) })
    if (shown?.kind !== 'shown') throw new Refusal('not-found', 'There is no such model, or no such version of it.')
    return c.json(shown.page)
  })
  return routes
}

/** Before anything was worked out. */
const noTeamFigures: TeamList = { madeAt: null, from: null, to: null, firm: null, teams: [], untold: 0 }

async function liabilityAnswer(world: World, c: Context): Promise<Response> {
  const shown = await showLiability(world.db)
  if (shown.kind === 'forecast-missing') {
    throw new Refusal(
      'forecast-missing',
      'Nothing was forecast of vouchers yet. That happens after an import and every night.',
    )
  }
  return c.json(shown.liability)
}

/** The page changes with the state and, since goodwill fades, with time: an answer stays good for its minute. */
async function page(world: World, c: Context<Entry>, asOf: (tx: Tx) => Promise<Instant>): Promise<Response> {
  const locale = localeOf(c)
  const shown = await showCustomer(world.db, keyOf(c), locale, asOf)
  if (shown.kind === 'customer-unknown') throw unknownCustomer()
  const minute = Math.floor(Date.parse(shown.page.asOf) / MINUTE_MS)
  const merged = shown.page.mergedInto === null ? '' : '-merged'
  const { currency, timeZone } = shown.settings
  const etag = `W/"${shown.revision}-${shown.page.model.version}-${minute}-${locale}-${currency}-${timeZone}${merged}"`
  c.header('etag', etag)
  c.header('cache-control', 'private, no-cache')
  c.header('vary', 'accept-language')
  if (
    c.req
      .header('if-none-match')
      ?.split(/\s*,\s*/)
      .includes(etag)
  )
    return c.body(null, 304)
  return c.json(shown.page)
}
