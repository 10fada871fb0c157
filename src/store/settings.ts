import type { Margins } from '../core/forecast.ts'
import type { Tx } from './db.ts'

/** What the firm sets once; every field has a sensible value before. */
export type FirmSettings = Margins & Readonly<{ firm: string | null }>

/** What holds until the firm says otherwise. */
export const settingsAtFirst: FirmSettings = { firm: null, currency: 'EUR', marginShare: 0.3, discountMonthly: 0.008 }

/** The settings in force. */
export async function readSettings(tx: Tx): Promise<FirmSettings> {
  const [row] = await tx.query<{ value: Partial<FirmSettings> }>(
    `select value from settings where name = 'firm'`,
    [],
    'settings',
  )
  return { ...settingsAtFirst, ...row?.value }
}

/** Replaces the settings. */
export async function saveSettings(tx: Tx, settings: FirmSettings): Promise<void> {
  await tx.change(
    `insert into settings (name, value) values ('firm', $1) on conflict (name) do update set value = excluded.value`,
    [JSON.stringify(settings)],
  )
}
