import { type Static, Type } from 'typebox'
import { UUID } from '../core/ids.ts'
import { roles } from '../core/people/permissions.ts'

/** What travels about people of the firm: who they are, their role, their teams, and the links that let them in. */

const PASSWORD_LENGTH_MAX = 500
const TEAMS_MAX = 100

const uuid = Type.String({ pattern: UUID.source })
const time = Type.String({ format: 'date-time' })
const name = Type.String({ minLength: 1, maxLength: 200 })
const role = Type.Enum(roles)
const teams = Type.Array(uuid, { maxItems: TEAMS_MAX, uniqueItems: true, description: 'Ids of teams.' })
const token = Type.String({ pattern: '^[\\w-]{43}$', description: 'What follows the # of the link.' })
const password = Type.String({ maxLength: PASSWORD_LENGTH_MAX })

/** Somebody of the firm. */
export const person = Type.Object(
  {
    id: uuid,
    email: Type.String(),
    name: Type.String(),
    role,
    teams,
    state: Type.Enum(['active', 'invited', 'deactivated'] as const, {
      description: 'Invited: no password was chosen yet. Deactivated: may not sign in.',
    }),
    invitedUntil: Type.Union([time, Type.Null()], { description: 'Until when a link works that was not used yet.' }),
    sessions: Type.Integer({ description: 'How many browsers are signed in.' }),
  },
  { $id: 'Person' },
)
export type Person = Static<typeof person>

/** A team of the firm. */
export const team = Type.Object(
  { id: uuid, name: Type.String(), people: Type.Integer({ description: 'Who may sign in, or is invited.' }) },
  { $id: 'Team' },
)

/** Everybody of the firm, and the teams. */
export const staff = Type.Object({ people: Type.Array(person), teams: Type.Array(team) }, { $id: 'Staff' })
export type Staff = Static<typeof staff>

/** Whom to invite. */
export const inviteBody = Type.Object(
  { email: Type.String({ format: 'email', maxLength: 200 }), name, role, teams: Type.Optional(teams) },
  { $id: 'Invite' },
)
export type Invite = Static<typeof inviteBody>

/** A person as the administrator wants them. */
export const personBody = Type.Object(
  { name, role, teams, active: Type.Boolean({ description: 'With false: deactivated, and every session ends.' }) },
  { $id: 'PersonWish' },
)
export type PersonWish = Static<typeof personBody>

/** A link that works once. It is shown this once; the server keeps a hash. */
export const link = Type.Object(
  {
    person: uuid,
    path: Type.String({ description: 'To be put after the address of this installation.' }),
    expiresAt: time,
  },
  { $id: 'Link' },
)
export type Link = Static<typeof link>

/** A link that somebody followed. */
export const followedBody = Type.Object({ token }, { $id: 'Followed' })

/** Whose link it is. */
export const invited = Type.Object({ email: Type.String(), name: Type.String(), expiresAt: time }, { $id: 'Invited' })
export type Invited = Static<typeof invited>

/** A password for whoever was sent a link. */
export const joinBody = Type.Object({ token, password }, { $id: 'Join' })

/** A new password for whoever is signed in. */
export const passwordBody = Type.Object({ current: password, next: password }, { $id: 'PasswordChange' })

/** A name for a team. */
export const teamBody = Type.Object({ name: Type.String({ minLength: 1, maxLength: 100 }) }, { $id: 'TeamWish' })

/** A browser in which the caller is signed in. */
export const ownSession = Type.Object(
  {
    name: Type.String({ description: 'The beginning of its hash.' }),
    browser: Type.String({ description: 'What the browser said of itself.' }),
    startedAt: time,
    expiresAt: time,
    current: Type.Boolean({ description: 'Whether it is the one that asks.' }),
  },
  { $id: 'OwnSession' },
)
export type OwnSession = Static<typeof ownSession>
