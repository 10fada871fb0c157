import { type Instant, instant } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

/** A copy of everything about a customer; `id` is that of the request or the exit that it was made for. */
export type DataPack = Readonly<{ customer: string; id: string; expiresAt: Instant; content: Buffer }>

/** Keeps a copy. Made again, the newer one counts. */
export async function saveDataPack(tx: Tx, pack: DataPack & Readonly<{ madeAt: Instant }>): Promise<void> {
  const { customer, id, madeAt, expiresAt, content } = pack
  await tx.change(
    `insert into data_packs (customer, id, made_at, expires_at, content) values ($1, $2, $3, $4, $5)
     on conflict (customer, id) do update set made_at = excluded.made_at, expires_at = excluded.expires_at,
       content = excluded.content`,
    [customer, id, new Date(madeAt), new Date(expiresAt), content],
  )
}

/** The copy, unless it is over or was erased. */
export async function findDataPack(
  tx: Tx,
  { customer, id }: Pick<DataPack, 'customer' | 'id'>,
  now: Instant,
): Promise<DataPack | undefined> {
  const [row] = await tx.query<{ expiresAt: Date; content: Buffer }>(
    `select expires_at as "expiresAt", content from data_packs where customer = $1 and id = $2 and expires_at > $3`,
    [customer, id, new Date(now)],
    'find-data-pack',
  )
  return row === undefined
    ? undefined
    : { customer, id, expiresAt: instant(row.expiresAt.getTime()), content: row.content }
}

/** Takes away copies whose links are over. */
export async function forgetDataPacks(tx: Tx, now: Instant): Promise<void> {
  await tx.change('delete from data_packs where expires_at <= $1', [new Date(now)])
}
