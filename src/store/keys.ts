import type { Scope } from '../core/people/scopes.ts'
import type { Tx } from './db.ts'

/** A key as it is stored: the secret only as its hash. */
export type StoredKey = Readonly<{
  prefix: string
  name: string
  scopes: readonly Scope[]
  secretHash: Buffer
}>

/** The key with this prefix; undefined when there is none or it was revoked. */
export async function findKey(tx: Tx, prefix: string): Promise<StoredKey | undefined> {
  const [row] = await tx.query<StoredKey>(
    `select prefix, name, scopes, secret_hash as "secretHash" from api_keys where prefix = $1 and revoked_at is null`,
    [prefix],
    'find-key',
  )
  return row
}

/** Adds a key. */
export async function saveKey(tx: Tx, key: StoredKey): Promise<void> {
  await tx.change('insert into api_keys (prefix, name, scopes, secret_hash) values ($1, $2, $3, $4)', [
    key.prefix,
    key.name,
    key.scopes,
    key.secretHash,
  ])
}

/** A key as people see it. */
export type ListedKey = Readonly<{
  prefix: string
  name: string
  scopes: readonly Scope[]
  createdAt: Date
  lastUsedAt: Date | null
}>

/** All keys in force, oldest first. */
export async function listKeys(tx: Tx): Promise<readonly ListedKey[]> {
  return tx.query<ListedKey>(
    `select prefix, name, scopes, created_at as "createdAt", last_used_at as "lastUsedAt"
       from api_keys where revoked_at is null order by created_at`,
  )
}

/** True when a key was revoked, false when there was none. */
export async function revokeKey(tx: Tx, prefix: string): Promise<boolean> {
  return (
    (await tx.change('update api_keys set revoked_at = now() where prefix = $1 and revoked_at is null', [prefix])) === 1
  )
}

/** Notes the use of a key, at most once a minute. */
export async function noteKeyUse(tx: Tx, prefix: string): Promise<void> {
  await tx.change(
    `update api_keys set last_used_at = now()
      where prefix = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    [prefix],
  )
}
