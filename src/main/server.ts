import { serve } from '@hono/node-server'
import { type ErrorHandler, Hono } from 'hono'
import { openApi } from '../contract/operations/openapi.ts'
import { caseWorkRoutes } from '../flows/act/cases/case-routes.ts'
import { tellingRoutes } from '../flows/act/cases/telling-routes.ts'
import { checkRoutes } from '../flows/act/checks/check-routes.ts'
import { equalityRoutes } from '../flows/act/checks/equality-routes.ts'
import { exitRoutes } from '../flows/act/exits/exit-routes.ts'
import { exitSettingsRoutes } from '../flows/act/exits/exit-settings-routes.ts'
import { gestureWorkRoutes } from '../flows/act/gestures/gesture-routes.ts'
import { incidentWorkRoutes } from '../flows/act/incidents/incident-routes.ts'
import { surveyRoutes } from '../flows/act/listening/survey-routes.ts'
import { mailRoutes } from '../flows/act/messages/mail-routes.ts'
import { webhookRoutes } from '../flows/act/messages/webhook-routes.ts'
import { wordingRoutes } from '../flows/act/messages/wording-routes.ts'
import { notedEventRoutes } from '../flows/act/noted-event-routes.ts'
import { customerSaidRoutes } from '../flows/act/privacy/customer-said-routes.ts'
import { dataRequestRoutes } from '../flows/act/privacy/data-request-routes.ts'
import { publicRoutes } from '../flows/act/public/public-routes.ts'
import { rulesRoutes } from '../flows/act/rules-routes.ts'
import { voucherRoutes } from '../flows/act/vouchers/voucher-routes.ts'
import type { Entry } from '../flows/caller.ts'
import { decideRoutes } from '../flows/decide/http.ts'
import { appendLanes } from '../flows/ingest/append-lanes.ts'
import { customerRoutes } from '../flows/ingest/customer-routes.ts'
import { ingestRoutes } from '../flows/ingest/http.ts'
import { importRoutes } from '../flows/ingest/import-routes.ts'
import { taskRoutes } from '../flows/ingest/task-routes.ts'
import { fitRoutes } from '../flows/predict/fit-routes.ts'
import { Refusal, refuse } from '../flows/respond.ts'
import { auditRoutes } from '../flows/show/audit-routes.ts'
import { caseRoutes } from '../flows/show/case-routes.ts'
import { gestureRoutes } from '../flows/show/gesture-routes.ts'
import { showRoutes } from '../flows/show/http.ts'
import { incidentRoutes } from '../flows/show/incident-routes.ts'
import { listeningRoutes } from '../flows/show/listening-routes.ts'
import { messageRoutes } from '../flows/show/message-routes.ts'
import { paperRoutes } from '../flows/show/paper-routes.ts'
import { voucherReadingRoutes } from '../flows/show/voucher-routes.ts'
import type { World } from '../flows/world.ts'
import { failingChecks } from '../store/check-results.ts'
import { isConnectionLost, sqlState } from '../store/db.ts'
import { accountRoutes } from './account-routes.ts'
import { keyRing } from './admission.ts'
import type { Config } from './config.ts'
import { admit } from './entry.ts'
import { idempotency } from './idempotency.ts'
import { openMetrics, routeOf } from './metrics.ts'
import { Misconfigured } from './misconfigured.ts'
import { peopleRoutes } from './people-routes.ts'
import { publicDoor } from './public-door.ts'
import { rateLimit } from './rate-limit.ts'
import { readiness } from './readiness.ts'
import { referencePage } from './reference-page.ts'
import { referenceStyle } from './reference-style.ts'
import { allowedMethods, nothingThere } from './routes.ts'
import { SECURITY_HEADERS, webFiles } from './web-files.ts'

// With 95 random bits no number of guesses helps; the limit keeps noise away from the database.
const UNKNOWN_CODES_PER_MINUTE = 20

const notReady = () =>
  new Refusal(
    'not-ready',
    'The database does not answer. Send the same again in a moment: what is stored by then counts once.',
    { headers: { 'retry-after': '2' } },
  )

/** Answers what a request was refused for, or that something broke, which goes into the log. */
const whatBroke =
  (world: World): ErrorHandler<Entry> =>
  (error, c) => {
    if (error instanceof Refusal) return refuse(c, error)
    // Whoever hung up in the middle of a body hears nothing any more, and nothing of ours broke.
    if (error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET') return c.body(null, 400)
    const { method } = c.req
    world.log.error(
      { method, route: routeOf(c), kind: error.name, message: safeMessage(error), stack: framesOf(error) },
      'request failed',
    )
    return refuse(
      c,
      isConnectionLost(error)
        ? notReady()
        : new Refusal('internal', 'The error is in the log of the server. Sending the same events again does no harm.'),
    )
  }

/** The whole HTTP surface as one function from request to response. */
export async function httpApp(
  world: World,
  config: Pick<Config, 'ratePerMinute' | 'trustedProxies'>,
): Promise<Hono<Entry>> {
  const app = new Hono<Entry>()
  const metrics = openMetrics(() => failingChecks(world.db))
  const document = openApi()
  const lanes = appendLanes(world, metrics.countEvents)

  app.notFound((c) => refuse(c, nothingThere(c.req.path)))
  app.onError(whatBroke(world))
  const isReady = readiness(world)
  app.use('*', metrics.measure)
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    if (!(await isReady())) throw notReady()
    return c.json({ status: 'ok' })
  })
  app.get('/metrics', async (c) => c.body(await metrics.text(), 200, { 'content-type': metrics.contentType }))
  app.get('/openapi.json', (c) => c.json(document))
  app.get('/reference', (c) => c.html(referencePage(), 200, SECURITY_HEADERS))
  app.get('/reference.css', (c) =>
    c.body(referenceStyle(), 200, { ...SECURITY_HEADERS, 'content-type': 'text/css; charset=utf-8' }),
  )

  const keys = keyRing(world)
  app.use('/v1/*', admit(world, keys, rateLimit(config.ratePerMinute)), idempotency(world))
  app.route('/v1', accountRoutes(world, keys))
  app.route('/v1', peopleRoutes(world))
  app.route('/v1', ingestRoutes(world, lanes))
  app.route('/v1', customerRoutes(world))
  app.route('/v1', customerSaidRoutes(world))
  app.route('/v1', notedEventRoutes(world))
  app.route('/v1', decideRoutes(world))
  app.route('/v1', exitRoutes(world))
  app.route('/v1', exitSettingsRoutes(world))
  app.route('/v1', dataRequestRoutes(world))
  for (const routes of [surveyRoutes, gestureWorkRoutes, gestureRoutes, listeningRoutes])
    app.route('/v1', routes(world))
  app.route('/v1', importRoutes(world))
  app.route('/v1', taskRoutes(world))
  app.route('/v1', showRoutes(world))
  app.route('/v1', fitRoutes(world))
  app.route('/v1', checkRoutes(world))
  app.route('/v1', equalityRoutes(world))
  app.route('/v1', auditRoutes(world))
  for (const routes of [caseRoutes, caseWorkRoutes, incidentRoutes, incidentWorkRoutes]) app.route('/v1', routes(world))
  app.route('/v1', tellingRoutes(world))
  app.route('/v1', paperRoutes(world))
  app.route('/v1', rulesRoutes(world))
  app.route('/v1', messageRoutes(world))
  app.route('/v1', mailRoutes(world))
  app.route('/v1', wordingRoutes(world))
  app.route('/v1', webhookRoutes(world))
  app.route('/v1', voucherRoutes(world, rateLimit(UNKNOWN_CODES_PER_MINUTE)))
  app.route('/v1', voucherReadingRoutes(world))
  app.all('/v1/*', (c) => {
    const allow = allowedMethods(c.req.path)
    if (c.req.method !== 'OPTIONS' || allow.length === 0) throw nothingThere(c.req.path)
    return c.body(null, 204, { allow: allow.join(', ') })
  })
  app.route('/', publicRoutes(world, await publicDoor(world, config)))
  app.route('/', await webFiles())
  return app
}

/** Messages of the database quote values: its error code is logged instead. Of others, what comes before a quotation. */
function safeMessage(error: Error): string {
  const state = sqlState(error)
  return state === undefined ? (error.message.split(/["'(:]/)[0] ?? '') : `database error ${state}`
}

/** Where it broke. The stack begins with the message, which may quote a customer: only its frames are kept. */
const framesOf = (error: Error): readonly string[] =>
  (error.stack ?? '').split('\n').flatMap((line) => (/^ {4}at /.test(line) ? [line.trim()] : []))

/** A server that listens, and the way to stop it: no new requests, the open ones finish. */
export type Listening = Readonly<{ address: string; stop: () => Promise<void> }>

const STOP_MS_MAX = 10_000

/** Listens until stopped. Throws `Misconfigured` with a sentence when the address cannot be had. */
export async function listen(app: Hono<Entry>, { host, port }: Pick<Config, 'host' | 'port'>): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, (info) => {
      const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host
      resolve({
        address: `http://${shown.includes(':') ? `[${shown}]` : shown}:${info.port}`,
        stop: () =>
          new Promise((stopped) => {
            server.close(() => stopped())
            if ('closeIdleConnections' in server) server.closeIdleConnections()
            setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), STOP_MS_MAX).unref()
          }),
      })
    })
    server.on('error', (error) => {
      const code = 'code' in error ? error.code : undefined
      if (code === 'EADDRINUSE')
        reject(new Misconfigured(`Port ${port} is in use. Stop what uses it, or choose another with AMENDS_PORT.`))
      else if (code === 'EACCES')
        reject(
          new Misconfigured(`Port ${port} may not be opened by this user. Choose one above 1023 with AMENDS_PORT.`),
        )
      else reject(error)
    })
  })
}
