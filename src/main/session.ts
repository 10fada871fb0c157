import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import type { Session } from '../contract/show.ts'
import type { PersonId } from '../core/ids.ts'
import { permissionsOfRole } from '../core/people/permissions.ts'
import type { World } from '../flows/world.ts'
import { audit } from '../store/audit.ts'
import type { Colleague } from '../store/people.ts'
import { openSession, SESSION_DAYS } from './admission.ts'
import { SESSION_COOKIE } from './entry.ts'

/** Who is signed in, as it travels. */
export const sessionView = ({ id, email, name, role, locale, teams }: Colleague): Session => ({
  id,
  email,
  name,
  role,
  permissions: [...permissionsOfRole(role)],
  teams: [...teams],
  locale,
})

/** Signs somebody in: a session in the store, and its cookie in the answer. */
export async function startSession(world: World, c: Context, { id }: Readonly<{ id: PersonId }>): Promise<void> {
  const token = await world.db.transaction(async (tx) => {
    const opened = await openSession(tx, id, c.req.header('user-agent') ?? '')
    await audit(tx, { kind: 'person', id }, 'session.started', { kind: 'person', id })
    return opened
  })
  const secure = c.req.header('x-forwarded-proto') === 'https' || new URL(c.req.url).protocol === 'https:'
  setCookie(c, SESSION_COOKIE, token, {
    httpOnly: true,
    sameSite: 'Lax',
    secure,
    path: '/',
    maxAge: SESSION_DAYS * 86_400,
  })
}
