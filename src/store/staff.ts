import { assert } from '../core/assert.ts'
import { type PersonId, personId, type TeamId, teamId } from '../core/ids.ts'
import { type Role, roleNamed } from '../core/people/permissions.ts'
import type { Tx } from './db.ts'

/** Somebody in the list of people. Invited means: no password was chosen yet. */
export type Member = Readonly<{
  id: PersonId
  email: string
  name: string
  role: Role
  state: 'active' | 'invited' | 'deactivated'
  teams: readonly TeamId[]
  invitedUntil: Date | null
  sessions: number
}>

/** A team and how many people it has who may sign in. */
export type Team = { id: string; name: string; people: number }

type MemberRow = {
  id: string
  email: string
  name: string
  role: string
  state: Member['state']
  teams: string[]
  invitedUntil: Date | null
  sessions: number
}

const MEMBERS = `select people.id, email, name, role,
    case when deactivated_at is not null then 'deactivated' when password_hash is null then 'invited' else 'active' end as state,
    array(select team::text from team_members where person = people.id order by team) as teams,
    (select expires_at from invitations where person = people.id and expires_at > now()) as "invitedUntil",
    (select count(*) from sessions where person = people.id and expires_at > now()) as sessions
  from people`

function memberOf(row: MemberRow): Member {
  const role = roleNamed(row.role)
  assert(role !== undefined, 'a stored role is one of the roles')
  return { ...row, id: personId(row.id), role, teams: row.teams.map(teamId) }
}

/** Everybody, by name. */
export async function listMembers(tx: Tx): Promise<readonly Member[]> {
  return (await tx.query<MemberRow>(`${MEMBERS} order by deactivated_at is not null, lower(name), people.id`)).map(
    memberOf,
  )
}

/** One of them; undefined when there is none. */
export async function findMember(tx: Tx, id: PersonId): Promise<Member | undefined> {
  const [row] = await tx.query<MemberRow>(`${MEMBERS} where people.id = $1`, [id])
  return row && memberOf(row)
}

/** One of them by address; undefined when nobody has it. */
export async function findMemberByEmail(tx: Tx, email: string): Promise<Member | undefined> {
  const [row] = await tx.query<MemberRow>(`${MEMBERS} where email = $1`, [email])
  return row && memberOf(row)
}

/** Lets no other transaction change people until this one ends: for rules about all of them together. */
export async function lockPeople(tx: Tx): Promise<void> {
  await tx.query('lock table people in exclusive mode')
}

/** How many administrators can sign in. */
export async function countAdministrators(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*) as count from people where role = 'admin' and deactivated_at is null and password_hash is not null`,
  )
  return row?.count ?? 0
}

/** Adds somebody without a password. */
export async function addInvited(
  tx: Tx,
  who: Readonly<{ email: string; name: string; role: Role }>,
): Promise<PersonId> {
  const [row] = await tx.query<{ id: string }>(
    'insert into people (email, name, role) values ($1, $2, $3) returning id',
    [who.email, who.name, who.role],
  )
  assert(row !== undefined, 'a person that was added is there')
  return personId(row.id)
}

/** Sets name, role, and whether somebody may sign in. */
export async function changeMember(
  tx: Tx,
  id: PersonId,
  { name, role, isActive }: Readonly<{ name: string; role: Role; isActive: boolean }>,
): Promise<void> {
  await tx.change(
    `update people set name = $2, role = $3,
        deactivated_at = case when $4 then null else coalesce(deactivated_at, now()) end where id = $1`,
    [id, name, role, isActive],
  )
}

/** Sets the teams of somebody; teams that are not there are passed over. */
export async function setTeams(tx: Tx, id: PersonId, teams: readonly string[]): Promise<void> {
  await tx.change('delete from team_members where person = $1', [id])
  await tx.change('insert into team_members (team, person) select id, $1 from teams where id = any($2::uuid[])', [
    id,
    teams,
  ])
}

/** Ends all sessions of somebody, but for the one to keep. Answers how many ended. */
export async function endSessions(tx: Tx, id: PersonId, kept: Buffer | null = null): Promise<number> {
  return tx.change('delete from sessions where person = $1 and ($2::bytea is null or token_hash <> $2)', [id, kept])
}

/** Gives somebody a link that works once; an older one no longer does. */
export async function saveInvitation(tx: Tx, id: PersonId, tokenHash: Buffer, days: number): Promise<Date> {
  const [row] = await tx.query<{ expiresAt: Date }>(
    `insert into invitations (person, token_hash, expires_at) values ($1, $2, now() + make_interval(days => $3))
     on conflict (person) do update set token_hash = excluded.token_hash, created_at = now(), expires_at = excluded.expires_at
     returning expires_at as "expiresAt"`,
    [id, tokenHash, days],
  )
  assert(row !== undefined, 'an invitation that was saved is there')
  return row.expiresAt
}

/** Whose link this is; undefined when it is unknown, used, over, or of somebody who was deactivated. */
export async function findInvited(tx: Tx, tokenHash: Buffer): Promise<Member | undefined> {
  const [row] = await tx.query<MemberRow>(
    `${MEMBERS} where deactivated_at is null
       and people.id = (select person from invitations where token_hash = $1 and expires_at > now())`,
    [tokenHash],
  )
  return row && memberOf(row)
}

/** Takes a link away; false when somebody else was faster. */
export async function takeInvitation(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  return (await tx.change('delete from invitations where token_hash = $1 and expires_at > now()', [tokenHash])) === 1
}

/** Takes away whatever link somebody has. */
export async function dropInvitation(tx: Tx, id: PersonId): Promise<void> {
  await tx.change('delete from invitations where person = $1', [id])
}

/** Sets a new password. */
export async function setPassword(tx: Tx, id: PersonId, passwordHash: string): Promise<void> {
  await tx.change('update people set password_hash = $2 where id = $1', [id, passwordHash])
}

/** All teams, by name. */
export async function listTeams(tx: Tx): Promise<readonly Team[]> {
  return tx.query<Team>(
    `select id, name, (select count(*) from team_members join people on people.id = person
        where team = teams.id and deactivated_at is null) as people from teams order by lower(name), id`,
  )
}

/** Adds a team; false when its name is taken. */
export async function addTeam(tx: Tx, id: string, name: string): Promise<boolean> {
  return (
    (await tx.change('insert into teams (id, name) values ($1, $2) on conflict (name) do nothing', [id, name])) === 1
  )
}

/** Removes a team and who belongs to it; false when there is none. */
export async function removeTeam(tx: Tx, id: string): Promise<boolean> {
  await tx.change('delete from team_members where team = $1', [id])
  return (await tx.change('delete from teams where id = $1', [id])) === 1
}

/** A session as its owner sees it. */
export type ListedSession = { name: string; browser: string; startedAt: Date; expiresAt: Date; current: boolean }

/** The sessions of somebody that are not over, newest first; `current` marks the one with this hash. */
export async function listSessions(tx: Tx, id: PersonId, current: Buffer): Promise<readonly ListedSession[]> {
  return tx.query<ListedSession>(
    `select left(encode(token_hash, 'hex'), 12) as name, browser, created_at as "startedAt", expires_at as "expiresAt",
            token_hash = $2 as current
       from sessions where person = $1 and expires_at > now() order by created_at desc`,
    [id, current],
  )
}
