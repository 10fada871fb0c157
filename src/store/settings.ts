import { randomUUID } from 'node:crypto'
import type { Margins } from '../core/goodwill/forecast.ts'
import type { Tx } from './db.ts'

/** What the firm sets once; every field has a sensible value before. `timeZone` is an IANA name. */
export type FirmSettings = Margins & Readonly<{ firm: string | null; timeZone: string }>

/** What holds until the firm says otherwise. */
export const settingsAtFirst: FirmSettings = {
  firm: null,
  timeZone: 'UTC',
  currency: 'EUR',
  marginShare: 0.3,
  discountMonthly: 0.008,
}

/** The settings in force, and the currencies in which amounts were ever told. */
export type Settled = Readonly<{ settings: FirmSettings; currencies: readonly string[]; settled: boolean }>

/** The settings in force. */
export const readSettings = async (tx: Tx): Promise<FirmSettings> => (await readSettled(tx)).settings

/** What the firm said stands above what its first events showed, and that above what its browser told at the set-up. */
export const SETTING_LAYERS = ['set-up', 'currency', 'firm']
const SEEN = 'currency:'

/** The settings in force, of all that was ever told, by name. */
export const layered = (told: Readonly<Record<string, Partial<FirmSettings>>>): FirmSettings =>
  Object.assign({}, settingsAtFirst, ...SETTING_LAYERS.map((layer) => told[layer] ?? {}))

/** The settings in force; `settled` is false while the currency is still only the one that everybody starts with. */
export async function readSettled(tx: Tx): Promise<Settled> {
  const rows = await tx.query<{ name: string; value: Partial<FirmSettings> }>(
    'select name, value from settings order by name',
    [],
    'settings',
  )
  return {
    settings: layered(Object.fromEntries(rows.map(({ name, value }) => [name, value]))),
    currencies: rows.filter(({ name }) => name.startsWith(SEEN)).map(({ name }) => name.slice(SEEN.length)),
    settled: rows.some(({ name }) => name === 'currency' || name === 'firm'),
  }
}

/**
 * Remembers currencies in which amounts were told. The first of all becomes the firm's, until somebody sets another.
 * Repeating it does nothing.
 */
export async function noteCurrencies(tx: Tx, first: string | undefined, currencies: readonly string[]): Promise<void> {
  if (first !== undefined) await noteOnce(tx, 'currency', { currency: first })
  // In one order, so that two batches cannot wait for each other.
  for (const currency of currencies.toSorted()) await noteOnce(tx, SEEN + currency, {})
}

/** Remembers the time zone of the browser or machine at which the first person was set up. */
export const noteTimeZone = (tx: Tx, timeZone: string): Promise<void> => noteOnce(tx, 'set-up', { timeZone })

async function noteOnce(tx: Tx, name: string, value: object): Promise<void> {
  const noted = await tx.change(
    'insert into settings (name, value) values ($1, $2) on conflict (name) do nothing',
    [name, JSON.stringify(value)],
    'note-setting',
  )
  // A currency that was merely seen changes nothing, and two who saw new ones must not wait for each other's mark.
  if (noted > 0 && SETTING_LAYERS.includes(name)) await noteFirmChange(tx)
}

/**
 * To be called with whatever changes how everybody is scored: the settings, or which models are live. Whoever remembers
 * these reads this mark with each customer, and reads them anew when it is another one.
 */
export async function noteFirmChange(tx: Tx): Promise<void> {
  await tx.change(
    `insert into settings (name, value) values ('changed', $1) on conflict (name) do update set value = excluded.value`,
    [JSON.stringify(randomUUID())],
  )
}

/** The mark as a column, in the same statement as what is compared with it. */
export const FIRM_CHANGED = `(select value #>> '{}' from settings where name = 'changed')`

/** What the firm says about its mail. */
export type MailSettings = Readonly<{
  /** Where answers go; null for the sender. */
  replyTo: string | null
  /** How customers are told who looks after their case. Left out: by role. */
  owner?: 'first-name' | 'role'
}>

/** The settings of mail in force. */
export async function readMailSettings(tx: Tx): Promise<MailSettings> {
  const [row] = await tx.query<{ value: MailSettings }>(`select value from settings where name = 'mail'`)
  return row?.value ?? { replyTo: null }
}

/** Replaces the settings of mail. */
export async function saveMailSettings(tx: Tx, settings: MailSettings): Promise<void> {
  await tx.change(
    `insert into settings (name, value) values ('mail', $1) on conflict (name) do update set value = excluded.value`,
    [JSON.stringify(settings)],
  )
}

/** Replaces the settings. */
export async function saveSettings(tx: Tx, settings: FirmSettings): Promise<void> {
  await tx.change(
    `insert into settings (name, value) values ('firm', $1) on conflict (name) do update set value = excluded.value`,
    [JSON.stringify(settings)],
  )
  await noteFirmChange(tx)
}
