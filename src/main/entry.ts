import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { Scope } from '../core/scopes.ts'
import { Refusal } from '../flows/respond.ts'
import type { World } from '../flows/world.ts'
import { type Caller, callerOfSession, type KeyRing } from './admission.ts'
import type { RateLimit } from './rate-limit.ts'

/** The cookie of a session. */
export const SESSION_COOKIE = 'amends_session'

/** What a request carries once it is inside. */
export type Entry = { Variables: { caller: Caller | undefined; sessionToken: string | undefined } }

/** Which scope a request under /v1 needs: the first line that fits. */
const needs: readonly (readonly [method: string, path: RegExp, scope: Scope | 'nothing'])[] = [
  ['OPTIONS', /^\/v1\//, 'nothing'],
  ['*', /^\/v1\/(setup|session)$/, 'nothing'],
  ['GET', /^\/v1\/status$/, 'nothing'],
  ['POST', /^\/v1\/events$/, 'ingest'],
  ['DELETE', /^\/v1\/customers\//, 'erase'],
  ['GET', /^\/v1\/customers\/[^/]+\/export$/, 'erase'],
  ['GET', /^\/v1\/(overview|customers|tasks|settings|mappings|tables)(\/|$)/, 'read'],
  ['*', /^\/v1\//, 'operate'],
]

function scopeFor(sent: string, path: string): Scope | 'nothing' {
  const method = sent === 'HEAD' ? 'GET' : sent
  return needs.find(([only, pattern]) => (only === '*' || only === method) && pattern.test(path))?.[2] ?? 'operate'
}

const writes = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** Lets in who may: by `Authorization: Bearer`, else by session; refuses forged cross-site writes and too many requests. */
export const admit = (world: World, keys: KeyRing, limit: RateLimit) =>
  createMiddleware<Entry>(async (c, next) => {
    const caller = await recogniseCaller(world, keys, c)
    c.set('caller', caller)
    // The very path that picks the route: read otherwise, "/v1/customers/x/%65xport" would pass as harmless. An encoded
    // slash stays encoded in it, so that a customer key cannot look like a path of its own.
    const scope = scopeFor(c.req.method, c.req.path)
    if (scope !== 'nothing') requireScope(caller, scope)
    c.header('cache-control', 'no-store')
    const { allowed, limit: most, remaining, resetSeconds } = limit(caller?.name ?? 'nobody', world.now())
    c.header('ratelimit-policy', `"default";q=${most};w=60`)
    c.header('ratelimit', `"default";r=${remaining};t=${resetSeconds}`)
    if (!allowed) {
      throw new Refusal('rate-limited', `${most} requests a minute are allowed.`, { headers: { 'retry-after': '1' } })
    }
    await next()
  })

function requireScope(caller: Caller | undefined, scope: Scope): void {
  if (caller === undefined) {
    throw new Refusal(
      'key-missing',
      'Send "Authorization: Bearer KEY", or sign in. Keys are made under Settings or by "amends key create".',
      {
        headers: { 'www-authenticate': 'Bearer' },
      },
    )
  }
  if (!caller.scopes.includes(scope)) throw new Refusal('scope-missing', `This needs the scope "${scope}".`)
}

async function recogniseCaller(world: World, keys: KeyRing, c: Context<Entry>): Promise<Caller | undefined> {
  const authorization = c.req.header('authorization')
  if (authorization !== undefined) {
    const key = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
    return key === undefined ? undefined : keys.callerOf(key)
  }
  const token = getCookie(c, SESSION_COOKIE)
  c.set('sessionToken', token)
  if (writes.has(c.req.method)) refuseForgery(c)
  return token === undefined ? undefined : callerOfSession(world, token)
}

/** A browser says where a request comes from; a page of another site may not write with our cookie. */
function refuseForgery(c: Context): void {
  const origin = c.req.header('origin')
  const site = c.req.header('sec-fetch-site')
  const foreign =
    origin !== undefined && origin !== 'null' ? hostOf(origin) !== c.req.header('host') : site === 'cross-site'
  if (foreign || origin === 'null')
    throw new Refusal('origin-refused', 'Writes with a session are taken from our own pages only.')
}

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined)
