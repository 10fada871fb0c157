import { Hono } from 'hono'
import { followedBody, type Invited, joinBody, type OwnSession, passwordBody } from '../contract/people.ts'
import { type Caller, callerOf, type Entry } from '../flows/caller.ts'
import { bodyReader, Refusal } from '../flows/respond.ts'
import type { World } from '../flows/world.ts'
import { audit } from '../store/audit.ts'
import type { Colleague } from '../store/people.ts'
import { endSessions, listSessions, setPassword } from '../store/staff.ts'
import { hashPassword, recognise, sessionHash } from './admission.ts'
import { join, readInvited, refuseWeak } from './people.ts'
import type { RateLimit } from './rate-limit.ts'
import { sessionView, startSession } from './session.ts'

const readFollowed = bodyReader(followedBody)
const readJoin = bodyReader(joinBody)
const readPassword = bodyReader(passwordBody)

/** What somebody does about the own account: following a link, the password, and where she is signed in. */
export function ownAccountRoutes(world: World, tries: RateLimit): Hono<Entry> {
  const routes = new Hono<Entry>()

  routes.post('/invitation', async (c) => {
    const { token } = await readFollowed(c)
    const { email, name, invitedUntil } = await readInvited(world.db, token)
    const answer: Invited = { email, name, expiresAt: (invitedUntil ?? new Date(world.now())).toISOString() }
    return c.json(answer)
  })

  routes.post('/join', async (c) => {
    const { token, password } = await readJoin(c)
    const joined = await join(world, token, password)
    await startSession(world, c, joined)
    return c.json(sessionView({ ...joined, locale: null }), 201)
  })

  routes.put('/session/password', async (c) => {
    const { current, next } = await readPassword(c)
    const colleague = signedIn(callerOf(c))
    refuseTries(tries, colleague.email, world.now())
    if ((await recognise(world, colleague.email, current)) === undefined)
      throw new Refusal('credentials-wrong', 'The current password is another one.', { pointer: '/current' })
    refuseWeak(next, colleague, '/next')
    const passwordHash = await hashPassword(next)
    const kept = sessionHash(c.get('sessionToken') ?? '')
    await world.db.transaction(async (tx) => {
      await setPassword(tx, colleague.id, passwordHash)
      const ended = await endSessions(tx, colleague.id, kept)
      await audit(tx, callerOf(c).actor, 'person.password-changed', { kind: 'person', id: colleague.id }, { ended })
    })
    return c.body(null, 204)
  })

  routes.get('/sessions', async (c) => {
    const { id } = signedIn(callerOf(c))
    const sessions = await listSessions(world.db, id, sessionHash(c.get('sessionToken') ?? ''))
    return c.json(
      sessions.map(
        (one): OwnSession => ({
          ...one,
          startedAt: one.startedAt.toISOString(),
          expiresAt: one.expiresAt.toISOString(),
        }),
      ),
    )
  })

  routes.delete('/sessions', async (c) => {
    const { id } = signedIn(callerOf(c))
    const kept = sessionHash(c.get('sessionToken') ?? '')
    await world.db.transaction(async (tx) => {
      const ended = await endSessions(tx, id, kept)
      await audit(tx, { kind: 'person', id }, 'sessions.ended', { kind: 'person', id }, { ended })
    })
    return c.body(null, 204)
  })
  return routes
}

/** Who is signed in; a key has no account of its own. */
function signedIn({ colleague }: Caller): Colleague {
  if (colleague === undefined) throw new Refusal('key-missing', 'This is for people: sign in.')
  return colleague
}

/** Refuses when a password was tried too often for this address. */
export function refuseTries(tries: RateLimit, email: string, nowMs: number): void {
  if (tries(email, nowMs).allowed) return
  throw new Refusal('rate-limited', 'Too many tries for this address. Wait a minute.', {
    headers: { 'retry-after': '60' },
  })
}
