import { assert } from '../core/assert.ts'
import { type PersonId, personId, type TeamId, teamId } from '../core/ids.ts'
import { type Role, roleNamed } from '../core/people/permissions.ts'
import type { Tx } from './db.ts'

/** Somebody of the firm who may sign in. */
export type Colleague = Readonly<{
  id: PersonId
  email: string
  name: string
  role: Role
  locale: string | null
  teams: readonly TeamId[]
}>

type ColleagueRow = { id: string; email: string; name: string; role: string; locale: string | null; teams: string[] }

const COLUMNS = `people.id, email, name, role, locale,
  array(select team::text from team_members where person = people.id order by team) as teams`

function colleagueOf({ id, email, name, role, locale, teams }: ColleagueRow): Colleague {
  const known = roleNamed(role)
  assert(known !== undefined, 'a stored role is one of the roles')
  return { id: personId(id), email, name, role: known, locale, teams: teams.map(teamId) }
}

/** Who signs in with this address, and the hash of the password; undefined when nobody does, or no longer. */
export async function findByEmail(
  tx: Tx,
  email: string,
): Promise<Readonly<{ colleague: Colleague; passwordHash: string }> | undefined> {
  const [row] = await tx.query<ColleagueRow & { passwordHash: string }>(
    `select ${COLUMNS}, password_hash as "passwordHash" from people
      where email = $1 and deactivated_at is null and password_hash is not null`,
    [email],
  )
  return row && { colleague: colleagueOf(row), passwordHash: row.passwordHash }
}

/** False until the first administrator is set up. */
export async function isAnybodyThere(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ there: boolean }>('select exists (select from people) as there')
  return row?.there ?? false
}

/** Somebody new, as the first administrator and the command line add them: with a password at once. */
export type NewPerson = Readonly<{ email: string; name: string; role: Role; passwordHash: string }>

/** Adds the first administrator; undefined when there is somebody already, also when two try at once. */
export async function saveFirst(tx: Tx, who: NewPerson): Promise<PersonId | undefined> {
  await tx.query('lock table people in exclusive mode')
  return (await isAnybodyThere(tx)) ? undefined : savePerson(tx, who)
}

/** Adds somebody; for an address that is known, replaces name, role, and password, and lets them in again. */
export async function savePerson(tx: Tx, who: NewPerson): Promise<PersonId> {
  const [row] = await tx.query<{ id: string }>(
    `insert into people (email, name, role, password_hash) values ($1, $2, $3, $4)
     on conflict (email) do update
        set name = excluded.name, role = excluded.role, password_hash = excluded.password_hash, deactivated_at = null
     returning id`,
    [who.email, who.name, who.role, who.passwordHash],
  )
  assert(row !== undefined, 'a person that was saved is there')
  return personId(row.id)
}

/** A session to begin: the secret only as its hash; what the browser says of itself, to tell sessions apart. */
export type NewSession = Readonly<{ tokenHash: Buffer; person: PersonId; browser: string; days: number }>

/** Begins a session, and deletes those that are over. */
export async function saveSession(tx: Tx, { tokenHash, person, browser, days }: NewSession): Promise<void> {
  await tx.change('delete from sessions where expires_at < now()')
  await tx.change(
    `insert into sessions (token_hash, person, browser, expires_at)
     values ($1, $2, $3, now() + make_interval(days => $4))`,
    [tokenHash, person, browser, days],
  )
}

/** Whose session this is; undefined when it is unknown or over, or the person was deactivated. */
export async function findSession(tx: Tx, tokenHash: Buffer): Promise<Colleague | undefined> {
  const [row] = await tx.query<ColleagueRow>(
    `select ${COLUMNS} from people
      where id = (select person from sessions where token_hash = $1 and expires_at > now()) and deactivated_at is null`,
    [tokenHash],
    'find-session',
  )
  return row && colleagueOf(row)
}

/** Ends a session at once. */
export async function endSession(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tx.change('delete from sessions where token_hash = $1', [tokenHash])
}
