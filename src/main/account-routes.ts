import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { deleteCookie } from 'hono/cookie'
import { keyBody, settingsBody, setUpBody, signInBody } from '../contract/operate.ts'
import { type Permission, permissionsOfScopes } from '../core/people/permissions.ts'
import { scopes } from '../core/people/scopes.ts'
import { rfc3339 } from '../core/time/instant.ts'
import { zoneOf } from '../core/time/zone.ts'
import { callerOf, type Entry } from '../flows/caller.ts'
import { bodyReader, Refusal } from '../flows/respond.ts'
import type { World } from '../flows/world.ts'
import { audit } from '../store/audit.ts'
import { listKeys } from '../store/keys.ts'
import { endSession, isAnybodyThere } from '../store/people.ts'
import { readSettings, saveSettings } from '../store/settings.ts'
import { addTaskOnce } from '../store/tasks.ts'
import { dropKey, type KeyRing, makeKey, normalEmail, recognise, sessionHash, setUp } from './admission.ts'
import { SESSION_COOKIE } from './entry.ts'
import { ownAccountRoutes, refuseTries } from './own-account-routes.ts'
import { refuseWeak } from './people.ts'
import { rateLimit } from './rate-limit.ts'
import { sessionView, startSession } from './session.ts'

const SIGN_INS_PER_MINUTE = 10
const CURRENCIES = Intl.supportedValuesOf('currency')

const readSetUp = bodyReader(setUpBody)
const readSignIn = bodyReader(signInBody)
const readKey = bodyReader(keyBody)
const readSettingsBody = bodyReader(settingsBody)

/** Set-up, sign-in, keys, and settings: what stands at the door and not in any verb. */
export function accountRoutes(world: World, keys: KeyRing): Hono<Entry> {
  const routes = new Hono<Entry>()
  const signIns = rateLimit(SIGN_INS_PER_MINUTE)

  routes.post('/setup', async (c) => {
    const who = await readSetUp(c)
    refuseWeak(who.password, who)
    // Asked first, so that nobody makes the server hash passwords for nothing; `setUp` decides when two come at once.
    const first = (await isAnybodyThere(world.db)) ? undefined : await setUp(world, who)
    if (first === undefined) throw new Refusal('already-set-up', 'Sign in, or ask the administrator to add you.')
    await startSession(world, c, first)
    return c.json(sessionView(first), 201)
  })

  routes.post('/session', async (c) => {
    const { email, password } = await readSignIn(c)
    refuseTries(signIns, normalEmail(email), world.now())
    const colleague = await recognise(world, email, password)
    if (colleague === undefined) throw new Refusal('credentials-wrong', 'Check both and try again.')
    await startSession(world, c, colleague)
    return c.json(sessionView(colleague))
  })

  routes.get('/session', (c) => {
    const colleague = c.get('caller')?.colleague
    if (colleague === undefined) throw new Refusal('key-missing', 'Nobody is signed in.')
    return c.json(sessionView(colleague))
  })

  routes.delete('/session', async (c) => {
    const token = c.get('sessionToken')
    if (token !== undefined) await endSession(world.db, sessionHash(token))
    deleteCookie(c, SESSION_COOKIE, { path: '/' })
    return c.body(null, 204)
  })

  routes.route('/', ownAccountRoutes(world, signIns))
  routes.route('/', keyRoutes(world, keys))
  routes.route('/', settingsRoutes(world))
  return routes
}

function keyRoutes(world: World, keys: KeyRing): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.get('/keys', async (c) => c.json(await listKeys(world.db)))
  routes.post('/keys', async (c) => {
    const body = await readKey(c)
    const granted = scopes.filter((scope) => body.scopes.includes(scope))
    requireAll(callerOf(c).permissions, permissionsOfScopes(granted))
    const { key, prefix } = await makeKey(world, callerOf(c).actor, body.name, granted)
    const createdAt = rfc3339(world.now())
    return c.json({ key, prefix, name: body.name, scopes: granted, createdAt, lastUsedAt: null }, 201)
  })
  routes.delete('/keys/:prefix', async (c) => {
    const prefix = c.req.param('prefix')
    if (!(await dropKey(world, callerOf(c).actor, prefix))) throw new Refusal('not-found', 'There is no such key.')
    keys.forget(prefix)
    return c.body(null, 204)
  })

  return routes
}

function settingsRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.get('/settings', async (c) => c.json(await readSettings(world.db)))
  routes.put('/settings', async (c) => {
    const body = await readSettingsBody(c)
    if (!CURRENCIES.includes(body.currency)) {
      throw new Refusal('currency-unknown', `"${body.currency}" is not a currency of ISO 4217.`, {
        pointer: '/currency',
      })
    }
    const { firm, currency, marginShare, discountMonthly } = body
    const { timeZone = (await readSettings(world.db)).timeZone } = body
    if (zoneOf(timeZone) === null) {
      throw new Refusal('time-zone-unknown', `"${timeZone}" is not a time zone of the IANA list.`, {
        pointer: '/timeZone',
      })
    }
    const settings = { firm, timeZone, currency, marginShare, discountMonthly }
    await world.db.transaction(async (tx) => {
      await saveSettings(tx, settings)
      // Values and what is at stake rest on the margins.
      await addTaskOnce(tx, { id: randomUUID(), kind: 'rescore', title: 'New settings', input: {} })
      const details = { timeZone, currency, marginShare, discountMonthly }
      await audit(tx, callerOf(c).actor, 'settings.changed', { kind: 'settings', id: 'firm' }, details)
    })
    return c.json(settings)
  })
  return routes
}

/** Nobody can make a key that may do more than they may themselves. */
function requireAll(held: ReadonlySet<Permission>, wanted: readonly Permission[]): void {
  const missing = wanted.filter((permission) => !held.has(permission))
  if (missing.length === 0) return
  throw new Refusal('permission-missing', `You cannot give away "${missing.join('", "')}": you may not do it yourself.`)
}
