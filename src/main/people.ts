import { randomBytes, randomUUID } from 'node:crypto'
import type { Invite, PersonWish } from '../contract/people.ts'
import { type PersonId, personId, UUID } from '../core/ids.ts'
import type { Actor } from '../core/people/actor.ts'
import type { AuditDetails } from '../core/people/audit.ts'
import { PASSWORD_LENGTH_MIN, type PasswordProblem, passwordProblem } from '../core/people/password.ts'
import type { Role } from '../core/people/permissions.ts'
import { Refusal } from '../flows/respond.ts'
import type { World } from '../flows/world.ts'
import { type AuditedChange, audit, auditAll } from '../store/audit.ts'
import type { Tx } from '../store/db.ts'
import { savePerson } from '../store/people.ts'
import {
  addInvited,
  addTeam,
  changeMember,
  countAdministrators,
  dropInvitation,
  endSessions,
  findInvited,
  findMember,
  findMemberByEmail,
  lockPeople,
  type Member,
  removeTeam,
  saveInvitation,
  setPassword,
  setTeams,
  takeInvitation,
} from '../store/staff.ts'
import { hashPassword, normalEmail, sessionHash } from './admission.ts'

const TOKEN_BYTES = 32
const LINK_DAYS = 3

/** What to do about each kind of weak password. */
export const passwordAdvice: Readonly<Record<PasswordProblem, string>> = {
  'too-short': `A password has at least ${PASSWORD_LENGTH_MIN} characters.`,
  'too-plain':
    'This one is among the first that are tried. A few words in a row are easy to remember and hard to guess.',
  'names-you': 'A password does not repeat the name or the address.',
}

/** Refuses a password that is short, common, or says who chose it; `pointer` is where the request has it. */
export function refuseWeak(
  password: string,
  who: Readonly<{ email: string; name: string }>,
  pointer = '/password',
): void {
  const problem = passwordProblem(password, who)
  if (problem !== undefined) throw new Refusal('password-weak', passwordAdvice[problem], { pointer })
}

/** A link that works once, with its secret. */
export type MadeLink = Readonly<{ person: PersonId; path: string; expiresAt: Date }>

async function newLink(tx: Tx, person: PersonId): Promise<MadeLink> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const expiresAt = await saveInvitation(tx, person, sessionHash(token), LINK_DAYS)
  // After the #, so that no server and no log of a proxy ever sees it.
  return { person, path: `/join#${token}`, expiresAt }
}

const about = (id: PersonId) => ({ kind: 'person', id }) as const

/** Adds somebody who then chooses a password by a link. Refuses an address that is known. */
export async function invite(world: World, who: Actor, { email, name, role, teams = [] }: Invite): Promise<MadeLink> {
  return world.db.transaction(async (tx) => {
    await lockPeople(tx)
    if ((await findMemberByEmail(tx, normalEmail(email))) !== undefined)
      throw new Refusal('person-known', 'Change the person who has it, or make a new link.', { pointer: '/email' })
    const id = await addInvited(tx, { email: normalEmail(email), name, role })
    await setTeams(tx, id, teams)
    const made = await newLink(tx, id)
    await audit(tx, who, 'person.invited', about(id), { role, teams: teams.length })
    return made
  })
}

/** Adds somebody with a password at once; for an address that is known, replaces name, role, and password. */
export async function addPerson(
  world: World,
  who: Actor,
  { email, name, role, password }: Readonly<{ email: string; name: string; role: Role; password: string }>,
): Promise<void> {
  const passwordHash = await hashPassword(password)
  await world.db.transaction(async (tx) => {
    await lockPeople(tx)
    const administratorsBefore = await countAdministrators(tx)
    const id = await savePerson(tx, { email, name, role, passwordHash })
    await refuseNobodyLeft(tx, administratorsBefore)
    await endSessions(tx, id)
    await audit(tx, who, 'person.added', about(id), { role })
  })
}

async function refuseNobodyLeft(tx: Tx, administratorsBefore: number): Promise<void> {
  if (administratorsBefore > 0 && (await countAdministrators(tx)) === 0)
    throw new Refusal('last-administrator', 'Make somebody else an administrator first.')
}

/** Makes a new link for somebody who lost the first one or the password. The old password works until it is used. */
export async function renewLink(world: World, who: Actor, id: string): Promise<MadeLink> {
  return world.db.transaction(async (tx) => {
    const member = await readMember(tx, id)
    if (member.state === 'deactivated')
      throw new Refusal('person-deactivated', 'Let them in again first, then make a link.')
    const made = await newLink(tx, member.id)
    await audit(tx, who, 'person.link-made', about(member.id))
    return made
  })
}

/** Sets name, role, teams, and whether somebody may sign in. Refuses to leave nobody who administers. */
export async function changePerson(world: World, who: Actor, id: string, wish: PersonWish): Promise<Member> {
  return world.db.transaction(async (tx) => {
    await lockPeople(tx)
    const was = await readMember(tx, id)
    const administratorsBefore = await countAdministrators(tx)
    await changeMember(tx, was.id, { name: wish.name, role: wish.role, isActive: wish.active })
    await setTeams(tx, was.id, wish.teams)
    await refuseNobodyLeft(tx, administratorsBefore)
    if (!wish.active) {
      await endSessions(tx, was.id)
      await dropInvitation(tx, was.id)
    }
    const now = await readMember(tx, id)
    await auditAll(tx, who, differences(was, now))
    return now
  })
}

function differences(was: Member, now: Member): readonly AuditedChange[] {
  const details: AuditDetails = {
    ...(was.name === now.name ? {} : { renamed: true }),
    ...(was.role === now.role ? {} : { roleBefore: was.role, role: now.role }),
    ...(was.teams.join() === now.teams.join() ? {} : { teamsBefore: was.teams.length, teams: now.teams.length }),
  }
  const subject = about(now.id)
  const turned = (was.state === 'deactivated') !== (now.state === 'deactivated')
  return [
    ...(Object.keys(details).length === 0 ? [] : [{ action: 'person.changed', subject, details } as const]),
    ...(turned
      ? [{ action: now.state === 'deactivated' ? 'person.deactivated' : 'person.reactivated', subject } as const]
      : []),
  ]
}

async function readMember(tx: Tx, id: string): Promise<Member> {
  const member = UUID.test(id) ? await findMember(tx, personId(id)) : undefined
  if (member === undefined) throw new Refusal('not-found', 'There is no such person.')
  return member
}

const linkOver = () => new Refusal('link-over', 'Ask the administrator for a new one.')

/** Whose link this is. */
export async function readInvited(tx: Tx, token: string): Promise<Member> {
  const member = await findInvited(tx, sessionHash(token))
  if (member === undefined) throw linkOver()
  return member
}

/** Sets the password of whoever the link is for. It works once; all older sessions end. */
export async function join(world: World, token: string, password: string): Promise<Member> {
  const member = await readInvited(world.db, token)
  refuseWeak(password, member)
  const passwordHash = await hashPassword(password)
  return world.db.transaction(async (tx) => {
    if (!(await takeInvitation(tx, sessionHash(token)))) throw linkOver()
    await setPassword(tx, member.id, passwordHash)
    await endSessions(tx, member.id)
    await audit(tx, { kind: 'person', id: member.id }, 'person.joined', about(member.id))
    return member
  })
}

/** Adds a team, and answers its id. Refuses a name that is taken. */
export async function createTeam(world: World, who: Actor, name: string): Promise<string> {
  return world.db.transaction(async (tx) => {
    const id = randomUUID()
    if (!(await addTeam(tx, id, name))) throw new Refusal('team-known', 'Choose another name.', { pointer: '/name' })
    await audit(tx, who, 'team.created', { kind: 'team', id })
    return id
  })
}

/** Removes a team; whoever belonged to it does no longer. */
export async function dropTeam(world: World, who: Actor, id: string): Promise<void> {
  await world.db.transaction(async (tx) => {
    if (!UUID.test(id) || !(await removeTeam(tx, id))) throw new Refusal('not-found', 'There is no such team.')
    await audit(tx, who, 'team.removed', { kind: 'team', id })
  })
}
