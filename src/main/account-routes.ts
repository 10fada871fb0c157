import { type Context, Hono } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { keyBody, settingsBody, setUpBody, signInBody } from '../contract/operate.ts'
import { bodyReader, Refusal } from '../flows/respond.ts'
import type { World } from '../flows/world.ts'
import { listKeys, revokeKey } from '../store/keys.ts'
import { endSession } from '../store/people.ts'
import { readSettings, saveSettings } from '../store/settings.ts'
import { createKey, openSession, recognise, SESSION_DAYS, sessionHash, setUp } from './admission.ts'
import { type Entry, SESSION_COOKIE } from './entry.ts'
import { rateLimit } from './rate-limit.ts'

const SIGN_INS_PER_MINUTE = 10
const CURRENCIES = Intl.supportedValuesOf('currency')

const readSetUp = bodyReader(setUpBody)
const readSignIn = bodyReader(signInBody)
const readKey = bodyReader(keyBody)
const readSettingsBody = bodyReader(settingsBody)

/** Set-up, sign-in, keys, and settings: what stands at the door and not in any verb. */
export function accountRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  const signIns = rateLimit(SIGN_INS_PER_MINUTE)

  const startSession = async (c: Context, email: string) => {
    const token = await world.db.transaction((tx) => openSession(tx, email))
    const secure = c.req.header('x-forwarded-proto') === 'https' || new URL(c.req.url).protocol === 'https:'
    setCookie(c, SESSION_COOKIE, token, {
      httpOnly: true,
      sameSite: 'Lax',
      secure,
      path: '/',
      maxAge: SESSION_DAYS * 86_400,
    })
  }

  routes.post('/setup', async (c) => {
    const who = await readSetUp(c)
    if (!(await setUp(world, who))) throw new Refusal('already-set-up', 'Sign in, or ask the administrator to add you.')
    await startSession(c, who.email.trim().toLowerCase())
    return c.json({ email: who.email, name: who.name, role: 'admin', locale: null }, 201)
  })

  routes.post('/session', async (c) => {
    const { email, password } = await readSignIn(c)
    if (!signIns(email.toLowerCase(), world.now()).allowed) {
      throw new Refusal('rate-limited', 'Too many tries for this address. Wait a minute.', {
        headers: { 'retry-after': '60' },
      })
    }
    const colleague = await recognise(world, email, password)
    if (colleague === undefined) throw new Refusal('credentials-wrong', 'Check both and try again.')
    await startSession(c, colleague.email)
    const { name, role, locale } = colleague
    return c.json({ email: colleague.email, name, role, locale })
  })

  routes.get('/session', (c) => {
    const colleague = c.get('caller')?.colleague
    if (colleague === undefined) throw new Refusal('key-missing', 'Nobody is signed in.')
    const { email, name, role, locale } = colleague
    return c.json({ email, name, role, locale })
  })

  routes.delete('/session', async (c) => {
    const token = c.get('sessionToken')
    if (token !== undefined) await endSession(world.db, sessionHash(token))
    deleteCookie(c, SESSION_COOKIE, { path: '/' })
    return c.body(null, 204)
  })

  routes.get('/keys', async (c) => c.json(await listKeys(world.db)))
  routes.post('/keys', async (c) => {
    const body = await readKey(c)
    const key = await createKey(world.db, body.name, body.scopes)
    return c.json({ key, name: body.name, scopes: body.scopes, prefix: key.split('_')[1] }, 201)
  })
  routes.delete('/keys/:prefix', async (c) => {
    if (!(await revokeKey(world.db, c.req.param('prefix')))) throw new Refusal('not-found', 'There is no such key.')
    return c.body(null, 204)
  })

  routes.get('/settings', async (c) => c.json(await readSettings(world.db)))
  routes.put('/settings', async (c) => {
    const body = await readSettingsBody(c)
    if (!CURRENCIES.includes(body.currency)) {
      throw new Refusal('currency-unknown', `"${body.currency}" is not a currency of ISO 4217.`, {
        pointer: '/currency',
      })
    }
    await saveSettings(world.db, body)
    return c.json(body)
  })
  return routes
}
