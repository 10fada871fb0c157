import type { Context, MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { matchedRoutes } from 'hono/route'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What Prometheus reads: requests by route, events by outcome, checks that fail, and the process itself. */
export type Metrics = Readonly<{
  text: () => Promise<string>
  contentType: string
  measure: MiddlewareHandler
  countEvents: (outcome: 'accepted' | 'repeated' | 'refused', count: number) => void
}>

/** A stranger can make up methods; each label of its own would cost memory for good. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const SECONDS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10]

/** Begins to count, in a registry of its own, so that two servers in one process do not mix. */
export function openMetrics(failingChecks: () => Promise<ReadonlyMap<string, boolean>>): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'amends_http_request_seconds',
    help: 'Time to answer a request, by method, route, and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  })
  const events = new Counter({
    name: 'amends_events_total',
    help: 'Events by what became of them.',
    labelNames: ['outcome'],
    registers: [registry],
  })
  const checks = new Gauge({
    name: 'amends_check_failing',
    help: '1 while a check fails, 0 else; by check, as it came out last.',
    labelNames: ['check'],
    registers: [registry],
  })
  return {
    text: async () => {
      // Without the database the other figures are still told.
      const known = await failingChecks().catch(() => new Map<string, boolean>())
      checks.reset()
      for (const [check, fails] of known) checks.set({ check }, fails ? 1 : 0)
      return registry.metrics()
    },
    contentType: registry.contentType,
    measure: createMiddleware(async (c, next) => {
      const end = requests.startTimer()
      await next()
      // The pattern of the route, never the address: addresses hold customer keys.
      end({ method: METHODS.has(c.req.method) ? c.req.method : 'other', route: routeOf(c), status: c.res.status })
    }),
    countEvents: (outcome, count) => {
      if (count > 0) events.inc({ outcome }, count)
    },
  }
}

/** The pattern of the route that answers: what stands for "anything below" counts only where nothing else fits. */
export function routeOf(c: Context): string {
  const paths = matchedRoutes(c).map(({ path }) => path)
  return paths.find((path) => !path.includes('*')) ?? paths.at(-1) ?? 'none'
}
