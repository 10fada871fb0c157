import type { Tx } from './db.ts'

/** Somebody of the firm who may sign in. */
export type Colleague = Readonly<{
  email: string
  name: string
  role: string
  passwordHash: string
  locale: string | null
}>

const COLUMNS = `email, name, role, password_hash as "passwordHash", locale`

/** Who signs in with this address; undefined when nobody does. */
export async function findColleague(tx: Tx, email: string): Promise<Colleague | undefined> {
  const [row] = await tx.query<Colleague>(`select ${COLUMNS} from people where email = $1`, [email])
  return row
}

/** False until the first administrator is set up. */
export async function isAnybodyThere(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ there: boolean }>('select exists (select from people) as there')
  return row?.there ?? false
}

/** Adds the first administrator; false when there is somebody already, also when two try at once. */
export async function saveFirst(tx: Tx, who: Colleague): Promise<boolean> {
  await tx.query('lock table people in exclusive mode')
  if (await isAnybodyThere(tx)) return false
  await savePerson(tx, who)
  return true
}

/** Adds somebody; for an address that is known, replaces name, role, and password. */
export async function savePerson(tx: Tx, who: Colleague): Promise<void> {
  await tx.change(
    `insert into people (email, name, role, password_hash, locale) values ($1, $2, $3, $4, $5)
     on conflict (email) do update set name = excluded.name, role = excluded.role, password_hash = excluded.password_hash`,
    [who.email, who.name, who.role, who.passwordHash, who.locale],
  )
}

/** Begins a session of this many days, and deletes those that are over. */
export async function saveSession(tx: Tx, tokenHash: Buffer, email: string, days: number): Promise<void> {
  await tx.change('delete from sessions where expires_at < now()')
  await tx.change(
    `insert into sessions (token_hash, email, expires_at) values ($1, $2, now() + make_interval(days => $3))`,
    [tokenHash, email, days],
  )
}

/** Whose session this is; undefined when it is unknown or over. */
export async function findSession(tx: Tx, tokenHash: Buffer): Promise<Colleague | undefined> {
  const [row] = await tx.query<Colleague>(
    `select ${COLUMNS} from people where email = (select email from sessions where token_hash = $1 and expires_at > now())`,
    [tokenHash],
    'find-session',
  )
  return row
}

/** Ends a session at once. */
export async function endSession(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tx.change('delete from sessions where token_hash = $1', [tokenHash])
}
