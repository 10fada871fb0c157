import type { Tx } from './db.ts'

const KEPT_HOURS = 24
/** A request that has not answered after this long died with its server. */
const IN_FLIGHT_SECONDS_MAX = 120

/** What a key was used for before. */
export type Claim =
  | Readonly<{ kind: 'new' }>
  | Readonly<{ kind: 'in-flight' }>
  | Readonly<{ kind: 'other-body' }>
  | Readonly<{ kind: 'answered'; status: number; response: string }>

/** Claims an idempotency key of a caller for a request; only one of several at once gets 'new'. */
export async function claim(tx: Tx, owner: string, key: string, bodyHash: Buffer): Promise<Claim> {
  const claimed = await tx.change(
    `insert into idempotency_keys as k (owner, key, body_hash) values ($1, $2, $3)
     on conflict (owner, key) do update set body_hash = excluded.body_hash, status = null, response = null, created_at = now()
       where k.created_at < now() - make_interval(hours => $4)
          or (k.status is null and k.created_at < now() - make_interval(secs => $5))`,
    [owner, key, bodyHash, KEPT_HOURS, IN_FLIGHT_SECONDS_MAX],
  )
  if (claimed === 1) return { kind: 'new' }
  const [row] = await tx.query<{ bodyHash: Buffer; status: number | null; response: string | null }>(
    `select body_hash as "bodyHash", status, response from idempotency_keys where owner = $1 and key = $2`,
    [owner, key],
  )
  if (row === undefined) return { kind: 'in-flight' }
  if (!row.bodyHash.equals(bodyHash)) return { kind: 'other-body' }
  return row.status === null
    ? { kind: 'in-flight' }
    : { kind: 'answered', status: row.status, response: row.response ?? '' }
}

/** Keeps the answer to a claimed request, for whoever repeats it. */
export async function keepAnswer(tx: Tx, owner: string, key: string, status: number, response: string): Promise<void> {
  await tx.change('update idempotency_keys set status = $3, response = $4 where owner = $1 and key = $2', [
    owner,
    key,
    status,
    response,
  ])
}

/** Gives a key back after a request that failed on our side, so that it can be tried again. */
export async function forgetClaim(tx: Tx, owner: string, key: string): Promise<void> {
  await tx.change('delete from idempotency_keys where owner = $1 and key = $2', [owner, key])
}

/** Deletes claims older than 24 hours. */
export async function forgetOldClaims(tx: Tx): Promise<void> {
  await tx.change('delete from idempotency_keys where created_at < now() - make_interval(hours => $1)', [KEPT_HOURS])
}
