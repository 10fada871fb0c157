import { type Instant, instant, rfc3339 } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

/** What is worked out beforehand and kept until the next of its name. */
type KeptName = 'liability' | 'teams' | 'terms' | 'equality'

/** A forecast, or figures, kept until the next of their name. */
export type StoredForecast<Body> = Readonly<{ asOf: Instant; madeAt: Instant; body: Body }>

/** The newest forecast of a name; undefined before the first. The body is as it was saved. */
export async function findForecast<Body>(tx: Tx, name: KeptName): Promise<StoredForecast<Body> | undefined> {
  const [row] = await tx.query<{ asOf: Date; madeAt: Date; body: Body }>(
    'select as_of as "asOf", made_at as "madeAt", body from forecasts where name = $1',
    [name],
  )
  return row === undefined
    ? undefined
    : { asOf: instant(row.asOf.getTime()), madeAt: instant(row.madeAt.getTime()), body: row.body }
}

/** Puts a forecast in the place of the one of its name. */
export async function saveForecast(
  tx: Tx,
  name: KeptName,
  { asOf, madeAt, body }: StoredForecast<unknown>,
): Promise<void> {
  await tx.change(
    `insert into forecasts (name, as_of, made_at, body) values ($1, $2, $3, $4)
     on conflict (name) do update set as_of = excluded.as_of, made_at = excluded.made_at, body = excluded.body`,
    [name, rfc3339(asOf), rfc3339(madeAt), JSON.stringify(body)],
  )
}
