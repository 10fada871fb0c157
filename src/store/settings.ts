import type { Margins } from '../core/forecast.ts'
import type { Tx } from './db.ts'

/** What the firm sets once; every field has a sensible value before. */
export type FirmSettings = Margins & Readonly<{ firm: string | null }>

/** What holds until the firm says otherwise. */
export const settingsAtFirst: FirmSettings = { firm: null, currency: 'EUR', marginShare: 0.3, discountMonthly: 0.008 }

/** The settings in force. */
export const readSettings = async (tx: Tx): Promise<FirmSettings> => (await readSettled(tx)).settings

/** The settings in force, and whether the currency is still only the one that everybody starts with. */
export async function readSettled(tx: Tx): Promise<Readonly<{ settings: FirmSettings; settled: boolean }>> {
  const rows = await tx.query<{ value: Partial<FirmSettings> }>(
    // What the firm said stands after, and so above, what its first events showed.
    `select value from settings where name in ('currency', 'firm') order by name`,
    [],
    'settings',
  )
  return { settings: Object.assign({}, settingsAtFirst, ...rows.map(({ value }) => value)), settled: rows.length > 0 }
}

/** The currency of the firm's first amount becomes the firm's, until somebody sets another. Repeating it does nothing. */
export async function noteCurrency(tx: Tx, currency: string): Promise<void> {
  await tx.change(`insert into settings (name, value) values ('currency', $1) on conflict (name) do nothing`, [
    JSON.stringify({ currency }),
  ])
}

/** What the firm says about its mail. */
export type MailSettings = Readonly<{
  /** Where answers go; null for the sender. */
  replyTo: string | null
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
}
