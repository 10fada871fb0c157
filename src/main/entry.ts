import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { Operation } from '../contract/operations/operation.ts'
import { type Permission, scopesGiving } from '../core/people/permissions.ts'
import type { Caller, Entry } from '../flows/caller.ts'
import { Refusal } from '../flows/respond.ts'
import type { World } from '../flows/world.ts'
import { type KeyRing, type OpenSessions, openSessions } from './admission.ts'
import type { RateLimit } from './rate-limit.ts'
import { nothingThere, operationsAt } from './routes.ts'

/** The cookie of a session. */
export const SESSION_COOKIE = 'amends_session'

const writes = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** Lets in who may: by `Authorization: Bearer`, else by session; refuses forged cross-site writes and too many requests. */
export function admit(world: World, keys: KeyRing, limit: RateLimit) {
  const sessions = openSessions(world)
  return createMiddleware<Entry>(async (c, next) => {
    const caller = await recogniseCaller(keys, sessions, c)
    c.set('caller', caller)
    // The very path that picks the route: read otherwise, "/v1/customers/x/%65xport" would pass as harmless. An encoded
    // slash stays encoded in it, so that a customer key cannot look like a path of its own.
    const found = operationsAt(c.req.method, c.req.path)
    const isQuestion = c.req.method === 'OPTIONS'
    if (!isQuestion) requirePermissions(caller, found)
    c.header('cache-control', 'no-store')
    const { allowed, limit: most, remaining, resetSeconds } = limit(caller?.name ?? 'nobody', world.now())
    c.header('ratelimit-policy', `"default";q=${most};w=60`)
    c.header('ratelimit', `"default";r=${remaining};t=${resetSeconds}`)
    if (!allowed) {
      throw new Refusal('rate-limited', `${most} requests a minute are allowed.`, { headers: { 'retry-after': '1' } })
    }
    // Nothing that is stored holds this character, and PostgreSQL does not even look for it.
    if (c.req.path.includes('\0')) throw new Refusal('not-found', 'No name of ours holds the character NUL.')
    // A route that is not among the operations has no permission to ask for, and so is never reached.
    if (found.length === 0 && !isQuestion) throw nothingThere(c.req.path)
    try {
      await next()
    } finally {
      // Whatever is written may end a session or change a role, and the next request must find it so.
      if (writes.has(c.req.method)) sessions.forget()
    }
  })
}

/** Where two operations fit one address, both permissions are needed; where none does, one has to be known at least. */
function requirePermissions(caller: Caller | undefined, found: readonly Operation[]): void {
  if (found.length > 0 && found.every(({ permission }) => permission === 'nothing')) return
  if (caller === undefined) {
    throw new Refusal(
      'key-missing',
      'Send "Authorization: Bearer KEY", or sign in. Keys are made under Settings or by "amends key create".',
      {
        headers: { 'www-authenticate': 'Bearer' },
      },
    )
  }
  for (const { permission } of found)
    if (permission !== 'nothing' && !caller.permissions.has(permission))
      throw new Refusal('permission-missing', whyNot(caller, permission))
}

function whyNot({ colleague }: Caller, permission: Permission): string {
  if (colleague !== undefined)
    return `This needs the permission "${permission}", which the role "${colleague.role}" does not have.`
  const giving = scopesGiving(permission)
  return giving.length === 0
    ? `This needs the permission "${permission}", which only people have: sign in.`
    : `This needs the permission "${permission}": a key has it with the scope "${giving.join('" or "')}".`
}

async function recogniseCaller(keys: KeyRing, sessions: OpenSessions, c: Context<Entry>): Promise<Caller | undefined> {
  const authorization = c.req.header('authorization')
  if (authorization !== undefined) {
    const key = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
    return key === undefined ? undefined : keys.callerOf(key)
  }
  const token = getCookie(c, SESSION_COOKIE)
  c.set('sessionToken', token)
  if (writes.has(c.req.method)) refuseForgery(c)
  return token === undefined ? undefined : sessions.callerOf(token)
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
