import type { Tx } from './db.ts'

/**
 * The firm's own secret of a purpose. The first who asks makes it from `fresh`; from then on it is the same for all.
 * It never leaves the server.
 */
export async function readSecret(tx: Tx, purpose: 'hold-out' | 'links', fresh: () => string): Promise<string> {
  const name = `secret:${purpose}`
  const find = async () =>
    (await tx.query<{ value: string }>('select value from settings where name = $1', [name], 'secret'))[0]?.value
  const known = await find()
  if (known !== undefined) return known
  await tx.change('insert into settings (name, value) values ($1, $2) on conflict (name) do nothing', [
    name,
    JSON.stringify(fresh()),
  ])
  const made = await find()
  if (made === undefined) throw new Error('a secret that was made is there')
  return made
}
