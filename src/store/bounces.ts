import type { Tx } from './db.ts'

/** An address that took a message back. */
export type BouncedAddress = Readonly<{ customer: string; address: string; reason: string; bouncedAt: Date }>

const COLUMNS = `customer, address, reason, bounced_at as "bouncedAt"`
const LISTED_MAX = 500

/** Notes that an address bounces; the first reason stays. */
export async function addBounce(tx: Tx, customer: string, address: string, reason: string): Promise<void> {
  await tx.change(
    `insert into bounced_addresses (customer, address, reason) values ($1, $2, $3)
      on conflict (customer, address) do nothing`,
    [customer, address, reason],
  )
}

/** Whether an address bounces, whoever it belongs to. */
export async function findBounce(tx: Tx, address: string): Promise<BouncedAddress | undefined> {
  const [row] = await tx.query<BouncedAddress>(
    `select ${COLUMNS} from bounced_addresses where address = $1 order by bounced_at limit 1`,
    [address],
  )
  return row
}

/** The 500 addresses that bounced last. */
export async function listBounces(tx: Tx): Promise<readonly BouncedAddress[]> {
  return tx.query<BouncedAddress>(
    `select ${COLUMNS} from bounced_addresses order by bounced_at desc, address limit ${LISTED_MAX}`,
  )
}

/** Lets mail go to an address again; false when it did not bounce. */
export async function clearBounce(tx: Tx, address: string): Promise<boolean> {
  return (await tx.change('delete from bounced_addresses where address = $1', [address])) > 0
}
