import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import type { PersonId } from '../core/ids.ts'
import type { Actor } from '../core/people/actor.ts'
import { permissionsOfRole, permissionsOfScopes } from '../core/people/permissions.ts'
import type { Scope } from '../core/people/scopes.ts'
import { zoneOf } from '../core/time/zone.ts'
import type { Caller } from '../flows/caller.ts'
import type { World } from '../flows/world.ts'
import { audit } from '../store/audit.ts'
import type { Tx } from '../store/db.ts'
import { findKey, noteKeyUse, revokeKey, type StoredKey, saveKey } from '../store/keys.ts'
import { type Colleague, findByEmail, findSession, saveFirst, saveSession } from '../store/people.ts'
import { noteTimeZone } from '../store/settings.ts'

/** Who may come in: keys of machines and sessions of people. Secrets are stored as hashes only. */

const PREFIX_BYTES = 6
const SECRET_BYTES = 24
const SESSION_BYTES = 32
const SESSION_NAME_LENGTH = 12
const BROWSER_LENGTH_MAX = 200
/** How long a session lasts, in days from signing in. */
export const SESSION_DAYS = 14

const sha256 = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** A key with its secret, which is shown this once, and the part by which it is known. */
export type MadeKey = Readonly<{ key: string; prefix: string }>

/** Makes a key. 192 random bits need no slow hash. */
export async function makeKey(world: World, who: Actor, name: string, granted: readonly Scope[]): Promise<MadeKey> {
  const prefix = randomBytes(PREFIX_BYTES).toString('hex')
  const secret = randomBytes(SECRET_BYTES).toString('base64url')
  await world.db.transaction(async (tx) => {
    await saveKey(tx, { prefix, name, scopes: granted, secretHash: sha256(secret) })
    await audit(tx, who, 'key.created', { kind: 'key', id: prefix }, { scopes: granted.join(',') })
  })
  return { key: `amends_${prefix}_${secret}`, prefix }
}

/** Ends a key at once; false when there is none. A server that has the key in its ring must `forget` it too. */
export async function dropKey(world: World, who: Actor, prefix: string): Promise<boolean> {
  if (!/^[0-9a-f]{1,64}$/.test(prefix)) return false
  return world.db.transaction(async (tx) => {
    const revoked = await revokeKey(tx, prefix)
    if (revoked) await audit(tx, who, 'key.revoked', { kind: 'key', id: prefix })
    return revoked
  })
}

/** Keys that came lately, so that not every request asks the database. */
export type KeyRing = Readonly<{
  /** The caller of a key, or undefined when it is malformed, unknown, revoked, or wrong. */
  callerOf: (key: string) => Promise<Caller | undefined>
  /** To be called where a key is revoked; other processes notice within a second. */
  forget: (prefix: string) => void
}>

const REMEMBERED_MS = 1_000
const KEYS_REMEMBERED_MAX = 1_000

/** A ring without keys. */
export function keyRing(world: World): KeyRing {
  const remembered = new Map<string, KnownKey>()
  const find = async (prefix: string): Promise<KnownKey | undefined> => {
    const known = remembered.get(prefix)
    if (known !== undefined && known.until > world.now()) return known
    const key = await findKey(world.db, prefix)
    if (key === undefined) return undefined
    if (remembered.size >= KEYS_REMEMBERED_MAX) remembered.clear()
    const found = { secretHash: key.secretHash, caller: callerOfKey(key), until: world.now() + REMEMBERED_MS }
    remembered.set(prefix, found)
    void noteKeyUse(world.db, prefix).catch(() => undefined)
    return found
  }
  return {
    callerOf: async (key) => {
      const [, prefix, secret] = /^amends_([0-9a-f]+)_(.+)$/.exec(key) ?? []
      if (prefix === undefined || secret === undefined) return undefined
      const stored = await find(prefix)
      if (stored === undefined || !timingSafeEqual(stored.secretHash, sha256(secret))) return undefined
      return stored.caller
    },
    forget: (prefix) => remembered.delete(prefix),
  }
}

type KnownKey = Readonly<{ secretHash: Buffer; caller: Caller; until: number }>

const callerOfKey = ({ prefix, scopes }: StoredKey): Caller => ({
  name: `key ${prefix}`,
  actor: { kind: 'key', prefix },
  permissions: new Set(permissionsOfScopes(scopes)),
  colleague: undefined,
})

/** Sessions that came lately, so that not every request of a page asks the database. */
export type OpenSessions = Readonly<{
  /** The caller of a session token, or undefined when it is unknown or over. */
  callerOf: (token: string) => Promise<Caller | undefined>
  /** To be called after whatever may have changed who may do what; other processes notice within a second. */
  forget: () => void
}>

/** No session is known yet. */
export function openSessions(world: World): OpenSessions {
  let remembered = new Map<string, Readonly<{ caller: Caller; until: number }>>()
  return {
    callerOf: async (token) => {
      const tokenHash = sha256(token)
      const name = tokenHash.toString('hex')
      const known = remembered.get(name)
      if (known !== undefined && known.until > performance.now()) return known.caller
      // What was forgotten while the database was asked stays so.
      const memory = remembered
      const colleague = await findSession(world.db, tokenHash)
      if (colleague === undefined) return undefined
      const caller = callerOfColleague(colleague, name)
      if (memory.size >= SESSIONS_REMEMBERED_MAX) memory.clear()
      memory.set(name, { caller, until: performance.now() + REMEMBERED_MS })
      return caller
    },
    forget: () => {
      remembered = new Map()
    },
  }
}
const SESSIONS_REMEMBERED_MAX = 1_000

const callerOfColleague = (colleague: Colleague, tokenHash: string): Caller => ({
  name: `session ${tokenHash.slice(0, SESSION_NAME_LENGTH)}`,
  actor: { kind: 'person', id: colleague.id },
  permissions: new Set(permissionsOfRole(colleague.role)),
  colleague,
})

/** How a session is named in the store. */
export const sessionHash = sha256

/** A new session of somebody who has shown the password. */
export async function openSession(tx: Tx, person: PersonId, browser: string): Promise<string> {
  const token = randomBytes(SESSION_BYTES).toString('base64url')
  await saveSession(tx, {
    tokenHash: sha256(token),
    person,
    browser: browser.slice(0, BROWSER_LENGTH_MAX),
    days: SESSION_DAYS,
  })
  return token
}

/** Adds the first administrator; undefined when there is somebody already. */
export async function setUp(
  world: World,
  who: Readonly<{ email: string; name: string; password: string; timeZone?: string }>,
): Promise<Colleague | undefined> {
  const passwordHash = await hash(who.password)
  const first = { email: normalEmail(who.email), name: who.name, role: 'admin', passwordHash } as const
  const id = await world.db.transaction(async (tx) => {
    const saved = await saveFirst(tx, first)
    if (saved === undefined) return undefined
    await noteTimeZone(tx, timeZoneOf(who.timeZone))
    await audit(tx, { kind: 'person', id: saved }, 'installation.set-up', { kind: 'person', id: saved })
    return saved
  })
  return id && { id, email: first.email, name: first.name, role: first.role, locale: null, teams: [] }
}

// That of the browser at the set-up; of this machine when it told none that we know.
const timeZoneOf = (told: string | undefined): string =>
  told !== undefined && zoneOf(told) !== null ? told : Intl.DateTimeFormat().resolvedOptions().timeZone

/** Makes or replaces a person's password hash. */
export const hashPassword = (password: string): Promise<string> => hash(password)

/** An e-mail address as it is stored and compared: trimmed, in small letters. */
export const normalEmail = (email: string): string => email.trim().toLowerCase()

// Checked when the address is unknown, so that the time taken does not tell which addresses exist.
const nobodysHash = await hash(randomBytes(16).toString('hex'))

/** Whom this address and password belong to, or undefined. */
export async function recognise(world: World, email: string, password: string): Promise<Colleague | undefined> {
  const found = await findByEmail(world.db, normalEmail(email))
  const right = await verify(found?.passwordHash ?? nobodysHash, password)
  return right ? found?.colleague : undefined
}
